import { describe, expect, test } from "vitest";
import { membersOf } from "../../../src/analysis/fleet/members.ts";
import { overviewOf } from "../../../src/analysis/fleet/overview.ts";
import { ownerNames } from "../../../src/analysis/fleet/owner-names.ts";
import { routerNames } from "../../../src/analysis/fleet/router-names.ts";
import { parseAddress } from "../../../src/net/address.ts";
import { readAddressMap } from "../../../src/topology/address-map.ts";
import type { Topology } from "../../../src/topology/topology.ts";
import { gateway, hub, hubAndSpokes, nic as labNic, subnetId as labSubnet, learned, network } from "../trace/lab.ts";
import { nic, snapshot, table } from "./fleet.ts";

const map = readAddressMap("address,name\n10.9.0.4,mapped\n10.9.0.5,one\n10.9.0.5,two\n10.0.1.4,not-this\n");

/** The networks of the lab, whose subnets are known by ids as Azure's. */
function topologyOf(): Topology {
  const { tables: _, outcomes: __, gatewayTables: ___, ...topology } = hubAndSpokes();
  return topology;
}

describe("the owner of a next hop", () => {
  const nameOf = ownerNames(null, map);
  test.each([
    ["10.9.0.4", "mapped"],
    ["10.9.0.5", null],
    ["10.9.9.9", null],
    ["nva01", null],
  ])("%s is %j by an address map", (address, name) => {
    expect(nameOf(address, null)).toBe(name);
    expect(nameOf(address, "/x/virtualNetworks/hub/subnets/main")).toBe(name);
  });
});

describe("the owner of a next hop near a subnet", () => {
  const address = "10.9.0.4";
  const topology: Topology = {
    ...topologyOf(),
    networks: [network("one", "10.9.0.0/16"), network("two", "10.9.0.0/16"), network("none", "10.9.0.0/16")],
    nics: [labNic("nva9", "one", address), labNic("a", "two", address), labNic("b", "two", address)],
  };
  test.each([
    ["the one resource of its network", "one", "nva9"],
    ["nothing where two resources have it", "two", null],
    ["what an address map names where none has it", "none", "mapped"],
    ["what an address map names where the subnet is not known", null, "mapped"],
  ])("is %s", (_, of, name) => {
    expect(ownerNames(topology, map)(address, of === null ? null : labSubnet(of, "main"))).toBe(name);
  });
});

describe("the next hops of a router", () => {
  const SITE = { region: null, addressPrefixes: [], asn: null } as const;
  const CONNECTION = { region: null, connectionType: "IPsec", status: "Connected" } as const;
  const topology: Topology = {
    ...topologyOf(),
    gateways: [
      gateway("vpn", "hub", ["10.0.0.4"]),
      gateway("far", "apart", ["10.2.0.9"]),
      gateway("lone", "apart", ["10.5.0.5"]),
    ],
    hubs: [
      hub("rs", {
        kind: "route-server",
        subnetId: labSubnet("hub", "main"),
        bgpPeers: [
          { id: "p", name: "peer-nva", address: parseAddress("10.7.0.4"), asn: 65010 },
          { id: "q", name: "no-address", address: null, asn: null },
        ] as never,
      }),
    ],
    localNetworkGateways: [
      {
        ...SITE,
        id: "LNG",
        name: "paris",
        gatewayAddress: parseAddress("20.0.0.1"),
        bgpAddress: parseAddress("192.168.0.4"),
      },
      { ...SITE, id: "rome", name: "rome", gatewayAddress: null, bgpAddress: parseAddress("192.168.9.4") },
    ],
    connections: [
      { ...CONNECTION, id: "a", name: "a", gatewayId: "VPN", peerId: "lng" },
      { ...CONNECTION, id: "b", name: "b", gatewayId: "far", peerId: "vpn" },
      { ...CONNECTION, id: "c", name: "c", gatewayId: "vpn", peerId: null },
    ],
  };
  const HOPS = "192.168.0.4,20.0.0.1,10.2.0.9,192.168.9.4,10.5.0.5,10.7.0.4,10.9.0.4,10.9.0.5,peer";
  const namesOf = (routerId: string, known: Topology | null) => [
    ...routerNames(learned(routerId, [`10.0.0.0/8 ${HOPS} EBgp`]), known, map),
  ];

  test("of a gateway are the ends of its connections, whichever side declares them, then what a map names", () => {
    expect(namesOf("vpn", topology)).toEqual([
      ["192.168.0.4", "paris"],
      ["20.0.0.1", "paris"],
      ["10.2.0.9", "far"],
      ["10.9.0.4", "mapped"],
    ]);
  });

  test("of a Route Server are its BGP peers", () => {
    expect(namesOf("rs", topology)).toEqual([
      ["10.7.0.4", "peer-nva"],
      ["10.9.0.4", "mapped"],
    ]);
  });

  const near: Topology = {
    ...topology,
    networks: [network("apart", "10.8.0.0/16"), network("solo", "10.8.0.0/16")],
    nics: [labNic("not-this", "apart", "10.8.0.4"), labNic("nva8", "solo", "10.8.0.4")],
    hubs: [
      hub("other", { kind: "route-server", subnetId: labSubnet("apart", "main") }),
      hub("rs", { kind: "route-server", subnetId: labSubnet("solo", "main") }),
      hub("vwan", { routerAddresses: [parseAddress("10.3.0.4")] }),
    ],
  };
  test.each([
    ["a Route Server", "RS", [["10.8.0.4", "nva8"]]],
    ["a virtual hub", "vwan", [["10.3.0.4", "vwan"]]],
    ["a router that the inventory lacks", "gone", []],
  ])("of %s are what is in its own network", (_, routerId, expected) => {
    expect([...routerNames(learned(routerId, ["10.0.0.0/8 10.8.0.4,10.3.0.4 EBgp"]), near, [])]).toEqual(expected);
  });

  test("without an inventory are those of a map alone", () => {
    expect(namesOf("vpn", null)).toEqual([["10.9.0.4", "mapped"]]);
  });
});

test("each subnet and NIC of a snapshot is listed with its table, its class and the time, or why it has none", () => {
  const LOCAL = "10.0.0.0/16 VnetLocal";
  const tables = { a: table(LOCAL), b: table(LOCAL, "10.0.1.0/24 VnetLocal"), c: table("0.0.0.0/0 Internet") };
  const given = snapshot(
    [
      nic("n1", "h/1", "a", { fetchedAt: null }),
      nic("n2", "h/2", "b"),
      nic("n3", "h/3", "c"),
      nic("n4", "h/4", null),
      nic("n5", "h/4", null, { outcome: "denied" }),
      nic("n6", "h/6", null, { outcome: "no-api" }),
    ],
    tables,
  );
  const rows = overviewOf(given, membersOf(given)).map(
    ({ name, nic: own, nics, routes, forwardingClass, fetchedAt, missing }) =>
      `${name} ${own} of ${nics}: ${routes} routes, class ${forwardingClass}, ${fetchedAt}, ${missing}`,
  );
  expect(rows).toEqual([
    "h/1 n1 of 1: 1 routes, class 1, null, null",
    "h/2 n2 of 1: 2 routes, class 1, 2026-11-29T10:00:00.000Z, null",
    "h/3 n3 of 1: 1 routes, class 2, 2026-11-29T10:00:00.000Z, null",
    "h/4 null of 2: null routes, class null, null, 1 stopped, 1 denied",
    "h/6 null of 1: null routes, class null, null, without an API",
  ]);
});

test("what is near in the router's network has a name too", () => {
  const topology: Topology = {
    ...topologyOf(),
    networks: [network("solo", "10.8.0.0/16")],
    nics: [labNic("nva8", "solo", "10.8.0.4")],
    gateways: [gateway("g", "solo", [])],
  };
  expect([...routerNames(learned("G", ["10.0.0.0/8 10.8.0.4 EBgp"]), topology, [])]).toEqual([["10.8.0.4", "nva8"]]);
});
