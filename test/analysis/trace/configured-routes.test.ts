import { describe, expect, test } from "vitest";
import { announcedRoutes, configuredTable, gatewaysFor } from "../../../src/analysis/trace/configured-routes.ts";
import { formatPrefix } from "../../../src/net/prefix.ts";
import type { Peering } from "../../../src/topology/topology.ts";
import {
  change,
  changePeering,
  configured,
  type Draft,
  dataOf,
  gateway,
  hub,
  hubAndSpokes,
  learned,
  network,
  peering,
  subnetId,
} from "./lab.ts";
import { withRouteTable } from "./rules-cases.ts";

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

/** The rows of the hub's subnet, as `SOURCE TYPE PREFIXES HOPS`, without those that every table has. */
function rowsOf(lab: (draft: Draft) => void, options: { readonly ofGateway?: boolean } = {}) {
  const draft = hubAndSpokes();
  change(draft.networks, "hub", (each) => ({ ...each, peerings: [] }));
  lab(draft);
  const data = dataOf(draft);
  const hub = data.index.networks.get("hub");
  if (hub === null) throw new RangeError("no hub");
  const { annotated, unknownGateways } = configuredTable(data, hub, hub.subnets[0] ?? null, options);
  const rows = annotated.table.routes.map(({ source, nextHopType, addressPrefix, nextHopIpAddress, name }) =>
    [source, nextHopType, addressPrefix.map(formatPrefix), nextHopIpAddress, name ?? ""].join(" ").trim(),
  );
  return [...rows.filter((each) => !ALWAYS.includes(each)), ...unknownGateways.map(({ name }) => `unknown ${name}`)];
}

const ALWAYS = ["Default VnetLocal 10.0.0.0/16", "Default Internet 0.0.0.0/0,::/0"];
const NONE = "Default None 10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,100.64.0.0/10";

const withPeerings = (draft: Draft, ...peerings: readonly Peering[]) =>
  change(draft.networks, "hub", (each) => ({ ...each, peerings }));
const withRoutes = (draft: Draft, ...routes: readonly ReturnType<typeof configured>[]) => {
  for (const route of routes) withRouteTable(draft, "main", route);
  const [first] = draft.routeTables;
  if (first !== undefined) draft.routeTables = [{ ...first, routes }];
};
const withLearned = (draft: Draft, rows: readonly string[] | null) => {
  draft.gateways.push(gateway("vpn", "hub", ["10.0.0.4", "10.0.0.5"]));
  if (rows !== null) draft.gatewayTables.push(learned("vpn", rows));
};

describe("the routes of a subnet's configuration", () => {
  test.each<[string, (draft: Draft) => void, readonly string[]]>([
    ["are those of its network, the Internet and None", () => undefined, [NONE]],
    [
      "have the address space of a peered network, which its peering may not have yet",
      (draft) => withPeerings(draft, peering("hub", "spoke1", "10.1.0.0/24")),
      ["Default VNetPeering 10.1.0.0/16", NONE],
    ],
    [
      "have what the peering says of a network that was not read",
      (draft) => withPeerings(draft, peering("hub", "/x/far", "10.7.0.0/16", { state: "CONNECTED" })),
      ["Default VNetPeering 10.7.0.0/16", NONE],
    ],
    [
      "have a peering whose state is not known, and none that is not connected or has no prefixes",
      (draft) =>
        withPeerings(
          draft,
          peering("hub", "/x/a", "10.7.0.0/16", { state: null }),
          peering("hub", "/x/b", "10.8.0.0/16", { state: "Initiated" }),
          peering("hub", "/x/c", "10.9.0.0/16", { remoteAddressPrefixes: [] }),
        ),
      ["Default VNetPeering 10.7.0.0/16", NONE],
    ],
    [
      "have what a gateway learned, by its instances",
      (draft) => withLearned(draft, ["10.0.0.0/16 - Network", "172.16.0.0/16 192.168.0.4 EBgp"]),
      ["VirtualNetworkGateway VirtualNetworkGateway 172.16.0.0/16 10.0.0.4,10.0.0.5", NONE],
    ],
    ["have nothing of a gateway's own", (draft) => withLearned(draft, ["10.0.0.0/16 - Network"]), [NONE]],
    ["lack what is not known of a gateway", (draft) => withLearned(draft, null), [NONE, "unknown vpn"]],
    [
      "have no None routes beside a learned default route",
      (draft) => withLearned(draft, ["0.0.0.0/0 192.168.0.4 EBgp"]),
      ["VirtualNetworkGateway VirtualNetworkGateway 0.0.0.0/0 10.0.0.4,10.0.0.5"],
    ],
    [
      "have no None routes beside a user's default route to an appliance",
      (draft) => withRoutes(draft, configured("out", "0.0.0.0/0", "VirtualAppliance", "10.0.1.4")),
      ["User VirtualAppliance 0.0.0.0/0 10.0.1.4 out"],
    ],
    [
      "have None routes beside a user's default route to the Internet, to None, or of IPv6",
      (draft) =>
        withRoutes(
          draft,
          configured("a", "0.0.0.0/0", "Internet", null),
          configured("b", "0.0.0.0/0", "none", null),
          configured("c", "::/0", "VirtualAppliance", "fd00::4"),
        ),
      ["User Internet 0.0.0.0/0  a", "User none 0.0.0.0/0  b", "User VirtualAppliance ::/0 fd00::4 c", NONE],
    ],
    [
      "have no None routes beside one to an appliance that Azure lists as None",
      (draft) => withRoutes(draft, configured("out", "0.0.0.0/0", "None", "10.0.1.4")),
      ["User None 0.0.0.0/0 10.0.1.4 out"],
    ],
    [
      "lack user routes of service tags",
      (draft) => withRoutes(draft, { ...configured("tag", "0.0.0.0/0", "Internet", null), prefix: null }),
      [NONE],
    ],
  ])("%s", (_, lab, expected) => {
    expect(rowsOf(lab)).toEqual(expected);
  });

  test("have no learned routes where the route table refuses them, nor for the gateway itself", () => {
    const lab = (refuses: boolean | null) => (draft: Draft) => {
      withLearned(draft, ["172.16.0.0/16 192.168.0.4 EBgp"]);
      withRoutes(draft, configured("a", "9.0.0.0/8", "Internet", null));
      draft.routeTables = draft.routeTables.map((each) => ({ ...each, disableBgpRoutePropagation: refuses }));
    };
    const own = "User Internet 9.0.0.0/8  a";
    const learnedRow = "VirtualNetworkGateway VirtualNetworkGateway 172.16.0.0/16 10.0.0.4,10.0.0.5";
    expect(rowsOf(lab(true))).toEqual([own, NONE]);
    expect(rowsOf(lab(null))).toEqual([learnedRow, own, NONE]);
    expect(rowsOf(lab(false), { ofGateway: true })).toEqual([own, NONE]);
  });
});
