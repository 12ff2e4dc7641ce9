import { describe, expect, test } from "vitest";
import { roundTrip } from "../../../src/analysis/trace/round-trip.ts";
import { isStateful, symmetryOf } from "../../../src/analysis/trace/symmetry.ts";
import type { Hop, Trace } from "../../../src/analysis/trace/trace.ts";
import { change, type Draft, dataOf, hubAndSpokes, loadBalancer, network, nic, peering, question } from "./lab.ts";

/** A second appliance in the hub with the routes of the first. */
function secondAppliance(draft: Draft): void {
  draft.nics.push(nic("nva2", "hub", "10.0.1.5", { ipForwarding: true }));
  draft.tables.nva2 = draft.tables.nva ?? [];
}

const spokeBy = (prefix: string, hops: string) => [
  `${prefix} Default VnetLocal`,
  "10.0.0.0/16 Default VNetPeering",
  `0.0.0.0/0 User VirtualAppliance ${hops}`,
];

const behind = (draft: Draft, ...backends: readonly string[]) =>
  draft.loadBalancers.push(loadBalancer("ilb", "hub", "10.0.1.99", backends, [{}]));

interface Case {
  readonly name: string;
  readonly lab: (draft: Draft) => void;
  readonly to?: string;
  readonly symmetric: boolean | null;
  /** Said by a note too where it is asymmetric. */
  readonly text: string;
}

const DROPS = "a stateful appliance drops the reply unless it translates the source address";

const CASES: readonly Case[] = [
  { name: "one appliance in both directions", lab: () => undefined, symmetric: true, text: "both directions pass nva" },
  {
    name: "another appliance on the way back",
    lab: (draft) => {
      secondAppliance(draft);
      draft.tables.db = spokeBy("10.2.0.0/16", "10.0.1.5");
    },
    symmetric: false,
    text: `asymmetric: there through nva, back through nva2; ${DROPS}`,
  },
  {
    name: "equal-cost appliances on the way back, the known one among them",
    lab: (draft) => {
      secondAppliance(draft);
      draft.tables.db = spokeBy("10.2.0.0/16", "10.0.1.4,10.0.1.5");
    },
    symmetric: false,
    text: `asymmetric for part of the flows (ECMP): there through nva, back through nva2; ${DROPS}`,
  },
  {
    name: "the same equal-cost appliances in both directions",
    lab: (draft) => {
      secondAppliance(draft);
      draft.tables.web = spokeBy("10.1.0.0/16", "10.0.1.4,10.0.1.5");
      draft.tables.db = spokeBy("10.2.0.0/16", "10.0.1.4,10.0.1.5");
    },
    symmetric: false,
    text: `asymmetric for part of the flows (ECMP): there through nva, back through nva2; ${DROPS}`,
  },
  {
    name: "an appliance there, a peering back",
    lab: (draft) => {
      draft.tables.db = ["10.2.0.0/16 Default VnetLocal", "10.1.0.0/16 Default VNetPeering"];
      change(draft.networks, "spoke2", (each) => ({
        ...each,
        peerings: each.peerings.map((own) => ({ ...own, remoteNetworkId: "spoke1", remoteAddressPrefixes: [] })),
      }));
    },
    symmetric: false,
    text: `asymmetric: there through nva, back through no appliance; ${DROPS}`,
  },
  {
    name: "the same load balancer in both directions is contested",
    lab: (draft) => {
      secondAppliance(draft);
      behind(draft, "nva", "nva2");
      draft.tables.web = spokeBy("10.1.0.0/16", "10.0.1.99");
      draft.tables.db = spokeBy("10.2.0.0/16", "10.0.1.99");
    },
    symmetric: true,
    text: "both directions pass ilb",
  },
  {
    name: "a load balancer with one backend is not contested",
    lab: (draft) => {
      behind(draft, "nva");
      draft.tables.web = spokeBy("10.1.0.0/16", "10.0.1.99");
      draft.tables.db = spokeBy("10.2.0.0/16", "10.0.1.99");
    },
    symmetric: true,
    text: "both directions pass ilb",
  },
  {
    name: "a reply past the load balancer",
    lab: (draft) => {
      behind(draft, "nva");
      draft.tables.web = spokeBy("10.1.0.0/16", "10.0.1.99");
    },
    symmetric: false,
    text: `asymmetric: there through ilb, back through nva; ${DROPS}`,
  },
  {
    name: "a reply through a load balancer with rules for services only: the reply's port is the client's",
    lab: (draft) => {
      draft.loadBalancers.push(
        loadBalancer("ilb", "hub", "10.0.1.99", ["nva"], [{ protocol: "Tcp", frontendPort: 443 }]),
      );
      draft.tables.web = spokeBy("10.1.0.0/16", "10.0.1.99");
      draft.tables.db = spokeBy("10.2.0.0/16", "10.0.1.99");
    },
    symmetric: false,
    text: "the reply does not arrive",
  },
  {
    name: "a load balancer with the destination, which no reply passes",
    lab: (draft) => {
      draft.loadBalancers.push(loadBalancer("front", "spoke2", "10.2.0.99", ["db"], [{}]));
    },
    to: "10.2.0.99",
    symmetric: true,
    text: "both directions pass nva",
  },
  {
    name: "a load balancer with a backend whose reply takes another way",
    lab: (draft) => {
      secondAppliance(draft);
      draft.nics.push(nic("db2", "spoke2", "10.2.0.5"));
      draft.tables.db2 = spokeBy("10.2.0.0/16", "10.0.1.5");
      draft.loadBalancers.push(loadBalancer("front", "spoke2", "10.2.0.99", ["db", "db2"], [{}]));
    },
    to: "10.2.0.99",
    symmetric: false,
    text: `asymmetric: there through nva, back through nva2; ${DROPS}`,
  },
  {
    name: "more ways into a drop than can be compared, beside one that arrives",
    lab: (draft) => {
      const layers = Array.from({ length: 30 }, (_, at) => [`10.0.3.${at + 4}`, `10.0.4.${at + 4}`] as const);
      for (const [at, addresses] of layers.entries()) {
        const route = layers[at + 1] === undefined ? "None" : `VirtualAppliance ${layers[at + 1]}`;
        for (const address of addresses) {
          draft.nics.push(nic(address, "hub", address, { ipForwarding: true }));
          draft.tables[address] = ["10.0.0.0/16 Default VnetLocal", `0.0.0.0/0 User ${route}`];
        }
      }
      draft.tables.web = spokeBy("10.1.0.0/16", `10.0.1.4,${layers[0]}`);
    },
    symmetric: null,
    text: "too many ways to compare all of them",
  },
  {
    name: "a reply that is dropped",
    lab: (draft) => {
      draft.tables.db = ["10.0.0.0/8 Default None"];
    },
    symmetric: false,
    text: "the reply does not arrive",
  },
  {
    name: "a reply whose table is missing",
    lab: (draft) => {
      delete draft.tables.db;
    },
    symmetric: null,
    text: "part of the path is unknown",
  },
  {
    name: "a reply that leaves Azure: it may pass the same appliance when it comes back",
    lab: (draft) => {
      draft.tables.db = [
        "10.2.0.0/16 Default VnetLocal",
        "10.0.0.0/8 VirtualNetworkGateway VirtualNetworkGateway 10.63.110.252",
      ];
    },
    symmetric: null,
    text: "what a path passes outside Azure is unknown",
  },
  {
    name: "a reply that leaves Azure where the packet passes no stateful hop",
    lab: (draft) => {
      draft.tables.web = ["10.1.0.0/16 Default VnetLocal", "10.2.0.0/16 Default VNetPeering"];
      draft.networks = draft.networks.map((each) =>
        each.name === "spoke1" ? { ...each, peerings: [peering("spoke1", "spoke2", "10.2.0.0/16")] } : each,
      );
      draft.tables.db = [
        "10.2.0.0/16 Default VnetLocal",
        "10.0.0.0/8 VirtualNetworkGateway VirtualNetworkGateway 10.63.110.252",
      ];
    },
    symmetric: null,
    text: "what a path passes outside Azure is unknown",
  },
  {
    name: "a reply that leaves Azure after another appliance",
    lab: (draft) => {
      draft.nics.push(nic("nva2", "hub", "10.0.1.5", { ipForwarding: true }));
      draft.tables.nva2 = [
        "10.0.0.0/16 Default VnetLocal",
        "10.0.0.0/8 VirtualNetworkGateway VirtualNetworkGateway 10.63.110.252",
      ];
      draft.tables.db = spokeBy("10.2.0.0/16", "10.0.1.5");
    },
    symmetric: false,
    text: `asymmetric: there through nva, back through nva2; ${DROPS}`,
  },
  {
    name: "a reply that is unknown after another appliance",
    lab: (draft) => {
      draft.nics.push(nic("nva2", "hub", "10.0.1.5", { ipForwarding: true }));
      draft.tables.db = spokeBy("10.2.0.0/16", "10.0.1.5");
    },
    symmetric: false,
    text: `asymmetric: there through nva, back through nva2; ${DROPS}`,
  },
];

describe("a flow and its reply", () => {
  test.each(CASES)("$name: $symmetric", ({ lab, to = "10.2.0.4", symmetric, text }) => {
    const draft = hubAndSpokes();
    lab(draft);
    const data = dataOf(draft);
    const { symmetry } = roundTrip(data, question(data, "nic:web", to), true);
    expect([symmetry?.symmetric, symmetry?.text]).toEqual([symmetric, text]);
    if (text === "both directions pass ilb") return; // what it has for notes follows
    const asymmetric = [{ id: "asymmetric", level: "problem", text }];
    expect(symmetry?.notes).toEqual(text.startsWith("asymmetric") ? asymmetric : []);
  });

  test.each([
    [["nva"], []],
    [
      ["nva", "nva2"],
      ["ilb in both directions: the same backend by a measured lab, not by Microsoft's text (contested)"],
    ],
  ])(
    "through a load balancer with the backends %s is symmetric, and contested where there are several",
    (backends, texts) => {
      const draft = hubAndSpokes();
      secondAppliance(draft);
      behind(draft, ...backends);
      draft.tables.web = spokeBy("10.1.0.0/16", "10.0.1.99");
      draft.tables.db = spokeBy("10.2.0.0/16", "10.0.1.99");
      const data = dataOf(draft);
      const { symmetry } = roundTrip(data, question(data, "nic:web", "10.2.0.4"), true);
      expect(symmetry).toEqual({
        ...{ symmetric: true, text: "both directions pass ilb" },
        ...{ there: [[{ id: "ilb", name: "ilb" }]], back: [[{ id: "ilb", name: "ilb" }]] },
        notes: texts.map((text) => ({ id: "lb-symmetry", level: "remark", text })),
      });
    },
  );

  test("without an appliance, a load balancer or a firewall is symmetric", () => {
    const data = dataOf(hubAndSpokes());
    const { symmetry } = roundTrip(data, question(data, "nic:web", "10.0.1.4"), true);
    expect(symmetry).toEqual({
      ...{ symmetric: true, text: "no stateful hop on the path" },
      ...{ there: [[]], back: [[]], notes: [] },
    });
  });

  test("of several backends that answer, one reply is shown and the others are named", () => {
    const draft = hubAndSpokes();
    draft.nics.push(nic("db2", "spoke2", "10.2.0.5"), nic("db3", "spoke2", "10.2.0.6"));
    for (const name of ["db2", "db3"]) draft.tables[name] = draft.tables.db ?? [];
    draft.loadBalancers.push(loadBalancer("front", "spoke2", "10.2.0.99", ["db", "db2", "db3"], [{}]));
    const data = dataOf(draft);
    const { return: back } = roundTrip(data, question(data, "nic:web", "10.2.0.99"), true);
    const text = "from db; db2, db3 may answer too";
    expect(back?.notes).toEqual([{ id: "several-nics", level: "remark", text }]);
  });

  test("every table that either direction lacks is named once", () => {
    const draft = hubAndSpokes();
    draft.nics.push(nic("db2", "spoke2", "10.2.0.5"));
    draft.loadBalancers.push(loadBalancer("front", "spoke2", "10.2.0.99", ["db", "db2"], [{}]));
    draft.tables = { web: draft.tables.web ?? [], nva: draft.tables.nva ?? [] };
    const data = dataOf(draft);
    const { lacking } = roundTrip(data, question(data, "nic:web", "10.2.0.99"), true);
    expect(lacking).toEqual({ nics: ["db", "db2"], gateways: [], hubs: [] });
  });

  test.each([
    {
      name: "the Internet",
      to: "8.8.8.8",
      from: "nic:nva",
      reason: "8.8.8.8 is outside Azure, or in a network that was not read",
    },
    { name: "nothing: the packet is dropped", to: "10.99.0.1", from: "nic:nva", reason: "the packet does not arrive" },
    {
      name: "a gateway's start has no address",
      to: "10.0.1.4",
      from: "gateway:vpn",
      reason: "the source address of vpn is unknown",
    },
  ])("the reply of $name is not traced, and the answer says why", ({ to, from, reason }) => {
    const draft = hubAndSpokes();
    draft.gateways.push({
      ...{ id: "vpn", name: "vpn", region: null, gatewayType: "Vpn", networkId: "hub", subnetId: null },
      ...{ addresses: [], publicAddressIds: [], asn: null },
    });
    const data = dataOf(draft);
    const result = roundTrip(data, question(data, from, to), true);
    expect(result.return).toBeNull();
    expect(result.returnReason).toBe(reason);
  });

  test.each([
    {
      name: "dropped on the way",
      web: ["0.0.0.0/0 User None"],
      text: "the packet does not arrive",
    },
    {
      name: "leaving Azure, as to another network behind the same circuit",
      web: ["10.1.0.0/16 Default VnetLocal", "10.0.0.0/8 VirtualNetworkGateway VirtualNetworkGateway 10.63.110.252"],
      text: "the packet leaves Azure, so where it arrives is not known",
    },
    {
      name: "lost in a table that is missing",
      web: [
        "10.1.0.0/16 Default VnetLocal",
        "10.0.0.0/16 Default VNetPeering",
        "0.0.0.0/0 User VirtualAppliance 10.0.1.9",
      ],
      text: "it is not known whether the packet arrives",
    },
  ])("the reply to a packet $name is traced from the only NIC with the destination", ({ web, text }) => {
    const draft = hubAndSpokes();
    draft.tables.web = web;
    draft.nics.push(nic("untold", "hub", "10.0.1.9", { ipForwarding: true }));
    const data = dataOf(draft);
    const { return: back, returnReason, symmetry } = roundTrip(data, question(data, "nic:web", "10.2.0.4"), true);
    expect(back?.hops.map(({ name }) => name)).toEqual(["db", "nva", "web"]);
    const note = "db is the only known NIC with 10.2.0.4; the packet is not seen to arrive there";
    expect(back?.notes).toEqual([{ id: "not-arriving", level: "remark", text: note }]);
    expect([returnReason, symmetry?.symmetric, symmetry?.text]).toEqual([null, null, text]);
  });

  test("a reply from one of two NICs with the destination is not traced: address spaces overlap", () => {
    const draft = hubAndSpokes();
    draft.tables.web = ["0.0.0.0/0 User None"];
    draft.networks.push(network("other", "10.2.0.0/16"));
    draft.nics.push(nic("db-of-other", "other", "10.2.0.4"));
    const data = dataOf(draft);
    const { return: back, returnReason } = roundTrip(data, question(data, "nic:web", "10.2.0.4"), true);
    expect([back, returnReason]).toEqual([null, "the packet does not arrive"]);
  });

  test("nor where the packet leaves Azure, and two NICs have the destination", () => {
    const draft = hubAndSpokes();
    draft.tables.web = ["10.0.0.0/8 VirtualNetworkGateway VirtualNetworkGateway 10.63.110.252"];
    draft.networks.push(network("other", "10.2.0.0/16"));
    draft.nics.push(nic("db-of-other", "other", "10.2.0.4"));
    const data = dataOf(draft);
    const { return: back, returnReason } = roundTrip(data, question(data, "nic:web", "10.2.0.4"), true);
    const reason = "the packet leaves Azure, so where it arrives is not known; 2 NICs have 10.2.0.4";
    expect([back, returnReason]).toEqual([null, reason]);
  });

  test("without --return nothing of the reply is computed", () => {
    const data = dataOf(hubAndSpokes());
    const result = roundTrip(data, question(data, "nic:web", "10.2.0.4"), false);
    expect([result.return, result.returnReason, result.symmetry]).toEqual([null, null, null]);
  });
});

describe("a hop that drops a flow of which it sees one direction only", () => {
  const hop = (more: object) => ({ index: 1, name: "x", resourceId: "/x", address: null, next: [], ...more });
  const traceOf = (more: object) =>
    ({ hops: [hop(more)], ends: [{ hop: 1, disposition: "delivered", text: "" }] }) as unknown as Trace;
  test.each<[object, string | null]>([
    [{ kind: "nic", applianceId: "/vm" }, "/vm"],
    [{ kind: "nic", applianceId: null }, null],
    [{ kind: "load-balancer" }, "/x"],
    [{ kind: "firewall" }, "/x"],
    [{ kind: "managed-appliance" }, "/x"],
    [{ kind: "managed-appliance", resourceId: null }, "x"],
    [{ kind: "gateway" }, null],
    [{ kind: "hub" }, null],
    [{ kind: "host" }, null],
  ])("%j is known by %s", (more, id) => {
    const { there } = symmetryOf(traceOf(more), traceOf({ kind: "host" }));
    expect(there).toEqual([id === null ? [] : [{ id, name: "x" }]]);
    expect(isStateful(hop(more) as unknown as Hop)).toBe(id !== null);
  });
});
