import { compareAddresses, sameAddress } from "../../../net/address.ts";
import { same } from "../../../text/same.ts";
import { networkOf } from "../../resource-id.ts";
import type { ResourceKind } from "./kind.ts";

/** Virtual network gateways. */
export const GATEWAY: ResourceKind = {
  types: ["microsoft.network/virtualnetworkgateways"],
  read(base, fields, draft) {
    const configurations = fields.parts("ipConfigurations");
    const subnetId = configurations.map((each) => each.reference("subnet")).find((id) => id !== null) ?? null;
    const bgp = fields.part("bgpSettings");
    // Custom BGP addresses are link-local and belong to no network.
    const addresses = [
      ...configurations.flatMap((each) => each.address("privateIPAddress") ?? []),
      ...(bgp?.parts("bgpPeeringAddresses") ?? []).flatMap((each) => each.addresses("defaultBgpIpAddresses")),
      ...(bgp?.addresses("bgpPeeringAddress") ?? []),
    ].sort(compareAddresses);
    draft.add("gateways", {
      ...base,
      gatewayType: fields.text("gatewayType"),
      networkId: subnetId === null ? null : networkOf(subnetId),
      subnetId,
      addresses: addresses.filter((each, index) => addresses.findIndex((other) => sameAddress(each, other)) === index),
      publicAddressIds: configurations.flatMap((each) => each.reference("publicIPAddress") ?? []),
      asn: bgp?.number("asn") ?? null,
    });
  },
};

export const CONNECTION: ResourceKind = {
  types: ["microsoft.network/connections"],
  read(base, fields, draft) {
    const gatewayId = fields.reference("virtualNetworkGateway1");
    if (gatewayId === null) return;
    const peers = ["virtualNetworkGateway2", "localNetworkGateway2", "peer"].map((name) => fields.reference(name));
    draft.add("connections", {
      ...base,
      connectionType: fields.text("connectionType"),
      gatewayId,
      peerId: peers.find((id) => id !== null) ?? null,
      status: fields.text("connectionStatus"),
    });
  },
};

export const LOCAL_NETWORK_GATEWAY: ResourceKind = {
  types: ["microsoft.network/localnetworkgateways"],
  read(base, fields, draft) {
    const bgp = fields.part("bgpSettings");
    draft.add("localNetworkGateways", {
      ...base,
      addressPrefixes: fields.part("localNetworkAddressSpace")?.prefixes("addressPrefixes") ?? [],
      gatewayAddress: fields.address("gatewayIpAddress"),
      bgpAddress: bgp?.address("bgpPeeringAddress") ?? null,
      asn: bgp?.number("asn") ?? null,
    });
  },
};

/** ExpressRoute circuits. https://learn.microsoft.com/rest/api/expressroute/express-route-circuits/get */
export const CIRCUIT: ResourceKind = {
  types: ["microsoft.network/expressroutecircuits"],
  read(base, fields, draft) {
    const hasPrivatePeering = fields
      .parts("peerings")
      .some((each) => same(each.text("peeringType") ?? "", "AzurePrivatePeering"));
    draft.add("circuits", { ...base, hasPrivatePeering });
  },
};
