import { describe, expect, test } from "vitest";
import { holds, NetworkIndex } from "../../../src/analysis/trace/network-index.ts";
import { parseAddress } from "../../../src/net/address.ts";
import { parsePrefix } from "../../../src/net/prefix.ts";
import type { Topology } from "../../../src/topology/topology.ts";
import { type Draft, gateway, hub, hubAndSpokes, loadBalancer, network, nic, peering, subnetId } from "./lab.ts";

function indexOf(lab: (draft: Draft) => void): NetworkIndex {
  const draft = hubAndSpokes();
  lab(draft);
  return new NetworkIndex(draft as Topology);
}
const names = (all: readonly { readonly name: string }[]) => all.map(({ name }) => name).join(" ");
const same = () => undefined;

describe("the network that a peering leads to", () => {
  const peered = (lab: (draft: Draft) => void, from: string, address: string) => {
    const index = indexOf(lab);
    const own = index.networks.get(from);
    if (own === null) throw new RangeError("no network");
    const found = index.peeredNetwork(own, parseAddress(address));
    expect(index.peeredNetwork(own, parseAddress(address))).toBe(found);
    return found;
  };
  const only =
    (...networks: Draft["networks"]) =>
    (draft: Draft) => {
      draft.networks = networks;
    };
  test.each<[string, (draft: Draft) => void, string, string, string | null]>([
    ["by the peering's prefix", same, "hub", "10.1.0.4", "spoke1"],
    ["not for the network's own address", same, "hub", "10.0.0.4", null],
    ["not for an address of no peer", same, "spoke1", "10.2.0.4", null],
    [
      "by the peering's prefix alone, where the other network was not read",
      only(network("a", "10.1.0.0/16", [peering("a", "b", "10.2.0.0/16")])),
      "a",
      "10.2.0.4",
      "b",
    ],
    [
      "by the other network's own prefix, where the peering is not in sync",
      only(network("a", "10.1.0.0/16", [peering("a", "b", "10.2.0.0/16")]), network("b", "10.3.0.0/16")),
      "a",
      "10.3.0.4",
      "b",
    ],
    [
      "by the other side's peering, where its own was not read",
      only(network("a", "10.1.0.0/16"), network("b", "10.2.0.0/16", [peering("b", "A", "10.1.0.0/16")])),
      "a",
      "10.2.0.4",
      "b",
    ],
    [
      "by the longest prefix",
      only(network("a", "10.1.0.0/16", [peering("a", "b", "10.2.0.0/15"), peering("a", "c", "10.2.0.0/16")])),
      "a",
      "10.2.0.4",
      "c",
    ],
    [
      "not where nothing names the other network",
      only(network("a", "10.1.0.0/16", [peering("a", "b", "10.2.0.0/16", { remoteNetworkId: null })])),
      "a",
      "10.2.0.4",
      null,
    ],
  ])("is found %s", (_, lab, from, address, expected) => {
    expect(peered(lab, from, address)).toBe(expected);
  });
});

describe("gateways, hubs and Route Servers of a network", () => {
  const lab = (draft: Draft) => {
    draft.gateways.push(
      gateway("by-network", "HUB", []),
      gateway("by-subnet", "hub", [], { networkId: null }),
      gateway("of-none", null, []),
      gateway("of-unknown", null, [], { subnetId: "gone" }),
      gateway("other", "spoke1", []),
    );
    draft.hubs.push(
      hub("vhub", { connections: [{ id: "c1", name: "c1", networkId: "HUB" }] as never }),
      hub("vhub2", { connections: [{ id: "c2", name: "c2", networkId: "hub" }] as never }),
      hub("rs", { kind: "route-server", subnetId: subnetId("hub", "main") }),
      hub("rs-map", { kind: "route-server" }),
    );
  };
  test.each<[string | null, string, string, string]>([
    ["hub", "by-network by-subnet", "c1 c2", "rs"],
    ["Hub", "by-network by-subnet", "c1 c2", "rs"],
    ["spoke1", "other", "", ""],
    ["spoke2", "", "", ""],
    [null, "of-none of-unknown", "", "rs-map"],
  ])("of %s are %j, %j and %j", (id, gateways, connections, servers) => {
    const index = indexOf(lab);
    expect(names(index.gatewaysOf(id))).toBe(gateways);
    expect(
      index
        .hubsOf(id)
        .map(({ connectionId }) => connectionId)
        .join(" "),
    ).toBe(connections);
    expect(names(index.routeServersOf(id))).toBe(servers);
  });

  test("a gateway's network is that of its own word, else that of its subnet", () => {
    const index = indexOf(lab);
    const found = index.topology.gateways.map((each) => index.networkOfGateway(each)?.name ?? null);
    expect(found).toEqual(["hub", "hub", null, null, "spoke1"]);
  });
});

describe("NICs", () => {
  test("are found by their address in any network, each once", () => {
    const index = indexOf((draft) => {
      const twice = nic("twice", "hub", "10.2.0.4");
      draft.nics.push(nic("bare", "hub", null), {
        ...twice,
        ipConfigurations: [...twice.ipConfigurations, ...twice.ipConfigurations],
      });
    });
    expect(names(index.nicsWith(parseAddress("10.2.0.4")))).toBe("db twice");
    expect(names(index.nicsWith(parseAddress("10.9.0.4")))).toBe("");
    expect(names(index.networksWith(parseAddress("10.2.0.4")))).toBe("spoke2");
    expect(names(index.networksWith(parseAddress("11.2.0.4")))).toBe("");
  });

  test("of one machine are those of its id, in any case; the NIC itself first, alone where it has no machine", () => {
    const index = indexOf((draft) => {
      draft.nics = [
        nic("a", "hub", null, { virtualMachineId: "vm" }),
        nic("b", "hub", null, { virtualMachineId: "VM" }),
        nic("c", "hub", null, { virtualMachineId: null }),
        nic("d", "hub", null, { virtualMachineId: null }),
      ];
    });
    const mates = index.topology.nics.map((each) => names(index.nicsOfMachine(each)));
    expect(mates).toEqual(["a b", "b a", "c", "d"]);
    const [first] = index.topology.nics;
    expect(first && index.nicsOfMachine(first)).toBe(first && index.nicsOfMachine(first));
  });

  test("are in the network of the first configuration that says it", () => {
    const index = indexOf(same);
    const [one] = nic("x", "spoke1", null).ipConfigurations;
    if (one === undefined) throw new RangeError("no configuration");
    const placed = (...subnets: readonly (string | null)[]) =>
      index.networkOfNic({
        ...nic("x", null, null),
        ipConfigurations: subnets.map((each) => ({ ...one, subnetId: each })),
      })?.name ?? null;
    expect(placed()).toBeNull();
    expect(placed(null, "gone")).toBeNull();
    expect(placed(null, "gone", subnetId("spoke2", "main"), subnetId("spoke1", "main"))).toBe("spoke2");
  });

  test("are backends of a pool by either side's word, each once", () => {
    const index = indexOf((draft) => {
      const own = nic("own", "hub", "10.0.1.7");
      draft.nics.push({
        ...own,
        ipConfigurations: own.ipConfigurations.map((each) => ({ ...each, poolIds: ["LB/P"] })),
      });
      draft.loadBalancers.push(loadBalancer("lb", "hub", "10.0.1.9", ["nva", "OWN", "gone"], []));
    });
    expect(names(index.backendsOf("Lb/p"))).toBe("own nva");
    expect(names(index.backendsOf("lb/q"))).toBe("");
  });
});

test("resources are found by their ids in any case, and not by null", () => {
  const index = indexOf((draft) => {
    const table = { id: "RT", name: "rt", region: null, disableBgpRoutePropagation: null, subnetIds: [], routes: [] };
    draft.routeTables.push(table);
  });
  expect([index.networks.get("SPOKE1")?.name, index.networks.get("gone"), index.networks.get(null)]).toEqual([
    "spoke1",
    null,
    null,
  ]);
  const subnet = index.subnets.get("spoke1/SUBNETS/main");
  expect(index.networkOfSubnet(subnet?.id ?? null)?.name).toBe("spoke1");
  expect(subnet && index.routeTableOf({ ...subnet, routeTableId: "rt" })?.name).toBe("rt");
  expect([subnet && index.routeTableOf(subnet), index.routeTableOf(null)]).toEqual([null, null]);
});

test.each([
  [["10.0.0.0/8"], true],
  [["11.0.0.0/8", "10.1.0.0/16"], true],
  [["11.0.0.0/8"], false],
  [[], false],
])("prefixes %j hold 10.1.0.4: %s", (prefixes, expected) => {
  expect(
    holds(
      prefixes.map((text) => parsePrefix(text)),
      parseAddress("10.1.0.4"),
    ),
  ).toBe(expected);
});
