import { same } from "../../../text/same.ts";
import { parentOf } from "../../resource-id.ts";
import type { Hub } from "../../topology.ts";
import type { Fields } from "../fields.ts";
import type { ResourceKind } from "./kind.ts";

/** Virtual hubs and Route Servers. */
export const HUB: ResourceKind = {
  types: ["microsoft.network/virtualhubs"],
  read(base, fields, draft) {
    const gateways = ["vpnGateway", "expressRouteGateway", "p2SVpnGateway"];
    draft.addHub({
      ...base,
      kind: kindOf(fields),
      addressPrefixes: fields.prefixes("addressPrefix"),
      routerAddresses: fields.addresses("virtualRouterIps"),
      asn: fields.number("virtualRouterAsn"),
      subnetId: null,
      firewallId: fields.reference("azureFirewall"),
      gatewayIds: gateways.flatMap((name) => fields.reference(name) ?? []),
    });
  },
};

/** Not every source has `kind`, a field for the portal. A Route Server has neither a WAN nor a prefix. */
function kindOf(fields: Fields): Hub["kind"] {
  if (same(fields.text("kind") ?? "", "RouteServer")) return "route-server";
  return fields.reference("virtualWan") === null && fields.text("addressPrefix") === null
    ? "route-server"
    : "virtual-hub";
}

export const HUB_CONNECTION: ResourceKind = {
  types: ["microsoft.network/virtualhubs/hubvirtualnetworkconnections"],
  read({ id, name }, fields, draft) {
    const networkId = fields.reference("remoteVirtualNetwork");
    if (networkId !== null) draft.addHubConnection({ id, name, networkId });
  },
};

/** The peers of a Route Server. */
export const HUB_PEER: ResourceKind = {
  types: ["microsoft.network/virtualhubs/bgpconnections"],
  read({ id, name }, fields, draft) {
    draft.addPeer({ id, name, address: fields.address("peerIp") });
  },
};

/** The IP configuration of a Route Server, which names its subnet. */
export const HUB_PLACE: ResourceKind = {
  types: ["microsoft.network/virtualhubs/ipconfigurations"],
  read({ id }, fields, draft) {
    const subnetId = fields.reference("subnet");
    const hubId = parentOf(id);
    if (subnetId !== null && hubId !== null) draft.placeHub(hubId, subnetId);
  },
};
