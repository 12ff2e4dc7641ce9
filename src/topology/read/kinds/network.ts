import { nameOf, parentOf } from "../../resource-id.ts";
import type { Peering, Subnet } from "../../topology.ts";
import type { Draft } from "../draft.ts";
import type { Fields } from "../fields.ts";
import type { ResourceKind } from "./kind.ts";

/** Virtual networks with their subnets and peerings; subnets and peerings also by themselves, as az lists them. */
export const NETWORK: ResourceKind = {
  types: ["microsoft.network/virtualnetworks"],
  read(base, fields, draft) {
    draft.addNetwork({ ...base, addressPrefixes: fields.part("addressSpace")?.prefixes("addressPrefixes") ?? [] });
    for (const each of fields.parts("subnets")) {
      const [id, name] = childOf(base.id, "subnets", each);
      addSubnet(id, name, base.id, each, draft);
    }
    for (const each of fields.parts("virtualNetworkPeerings")) {
      const [id, name] = childOf(base.id, "virtualNetworkPeerings", each);
      addPeering(id, name, base.id, each, draft);
    }
  },
};

export const SUBNET: ResourceKind = {
  types: ["microsoft.network/virtualnetworks/subnets"],
  read({ id, name }, fields, draft) {
    addSubnet(id, name, parentOf(id) ?? "", fields, draft);
  },
};

export const PEERING: ResourceKind = {
  types: ["microsoft.network/virtualnetworks/virtualnetworkpeerings"],
  read({ id, name }, fields, draft) {
    addPeering(id, name, parentOf(id) ?? "", fields, draft);
  },
};

function childOf(networkId: string, kind: string, fields: Fields): readonly [id: string, name: string] {
  const name = fields.text("name");
  const id = fields.text("id") ?? `${networkId}/${kind}/${name ?? "?"}`;
  return [id, name ?? nameOf(id)];
}

function addSubnet(id: string, name: string, networkId: string, fields: Fields, draft: Draft): void {
  const several = fields.prefixes("addressPrefixes");
  const subnet: Subnet = {
    id,
    name,
    networkId,
    addressPrefixes: several.length > 0 ? several : fields.prefixes("addressPrefix"),
    routeTableId: fields.reference("routeTable"),
    natGatewayId: fields.reference("natGateway"),
    networkSecurityGroupId: fields.reference("networkSecurityGroup"),
    serviceEndpoints: fields.parts("serviceEndpoints").flatMap((endpoint) => {
      const service = endpoint.text("service");
      return service === null ? [] : [{ service, locations: endpoint.texts("locations") }];
    }),
    defaultOutboundAccess: fields.flag("defaultOutboundAccess"),
    privateEndpointNetworkPolicies: fields.text("privateEndpointNetworkPolicies"),
  };
  draft.addSubnet(subnet);
}

function addPeering(id: string, name: string, networkId: string, fields: Fields, draft: Draft): void {
  const seen = fields.part("remoteAddressSpace") ?? fields.part("remoteVirtualNetworkAddressSpace");
  const peering: Peering = {
    id,
    name,
    networkId,
    remoteNetworkId: fields.reference("remoteVirtualNetwork"),
    remoteAddressPrefixes: seen?.prefixes("addressPrefixes") ?? [],
    state: fields.text("peeringState"),
    syncLevel: fields.text("peeringSyncLevel"),
    allowVirtualNetworkAccess: fields.flag("allowVirtualNetworkAccess"),
    allowForwardedTraffic: fields.flag("allowForwardedTraffic"),
    allowGatewayTransit: fields.flag("allowGatewayTransit"),
    useRemoteGateways: fields.flag("useRemoteGateways"),
  };
  draft.addPeering(peering);
}
