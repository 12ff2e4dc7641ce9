import { expect, test } from "vitest";
import { announcedRoutes, gatewaysFor } from "../../../src/analysis/trace/configured-routes.ts";
import { formatPrefix } from "../../../src/net/prefix.ts";
import type { Peering } from "../../../src/topology/topology.ts";
import { changePeering, dataOf, gateway, hub, hubAndSpokes, learned, network, subnetId } from "./lab.ts";

/**
 * The prefixes that a NIC of the network has from Route Servers: one in hub, and one that only an address map names.
 */
function announcedTo(network: string | null, flags: Partial<Peering> = {}): readonly string[] {
  const draft = hubAndSpokes();
  changePeering(draft, "spoke1", "hub", flags);
  draft.hubs.push(
    hub("rs", { kind: "route-server", subnetId: subnetId("hub", "main") }),
    hub("mapped", { kind: "route-server" }),
  );
  draft.gatewayTables.push(
    learned("rs", ["9.0.0.0/8 10.0.1.4 EBgp", "9.1.0.0/16 10.0.1.4 EBgp"], "route-server-learned"),
    learned("mapped", ["8.0.0.0/8 10.0.1.4 EBgp"], "route-server-learned"),
  );
  const data = dataOf(draft);
  return announcedRoutes(data, data.index.networks.get(network)).map(({ prefix }) => formatPrefix(prefix));
}

test.each<[string, string | null, Partial<Peering>, readonly string[]]>([
  ["its own network", "hub", {}, ["9.0.0.0/8", "9.1.0.0/16"]],
  ["a peered network whose gateways it uses", "spoke1", { useRemoteGateways: true }, ["9.0.0.0/8", "9.1.0.0/16"]],
  ["no peered network whose gateways it does not use", "spoke1", { useRemoteGateways: false }, []],
  ["no peered network of which that is not known", "spoke1", { useRemoteGateways: null }, []],
  ["no peered network that nothing names", "spoke1", { useRemoteGateways: true, remoteNetworkId: null }, []],
  ["an address map, where its network is not known", null, {}, ["8.0.0.0/8"]],
])("a NIC has the routes of Route Servers of %s", (_, network, flags, expected) => {
  expect(announcedTo(network, flags)).toEqual(expected);
});

test.each<[string, string, Partial<Peering>, readonly string[]]>([
  ["its own", "hub", {}, ["vpn"]],
  ["those of a peered network that it uses", "spoke1", { useRemoteGateways: true }, ["vpn"]],
  ["none of a peered network that it does not use", "spoke1", { useRemoteGateways: false }, []],
  ["none of a network that nothing names", "spoke1", { useRemoteGateways: true, remoteNetworkId: null }, []],
])("the gateways of a network are %s", (_, of, flags, expected) => {
  const draft = hubAndSpokes();
  changePeering(draft, "spoke1", "hub", flags);
  draft.gateways.push(gateway("vpn", "hub", []), gateway("mapped", null, []));
  const data = dataOf(draft);
  const own = data.index.networks.get(of) ?? network("none", "10.0.0.0/8");
  expect(gatewaysFor(data, own).map(({ name }) => name)).toEqual(expected);
});
