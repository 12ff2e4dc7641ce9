import { expect, test } from "vitest";
import { distinctTables } from "../../../../src/analysis/policy/reach/decisions.ts";
import { ownedAddresses } from "../../../../src/analysis/policy/reach/owned.ts";
import { traceData } from "../../../../src/analysis/trace/from-snapshot.ts";
import { formatAddress, parseAddress } from "../../../../src/net/address.ts";
import {
  change,
  configured,
  type Draft,
  dataOf,
  gateway,
  hub,
  hubAndSpokes,
  learned,
  loadBalancer,
  nic,
  snapshotOfDraft,
} from "../../trace/lab.ts";

test.each([
  { name: "no load balancer", pools: null, alike: true },
  { name: "a load balancer whose pool was read", pools: true, alike: false },
  { name: "a load balancer whose rule names a pool that was not read", pools: false, alike: false },
])("two NICs of one subnet are alike behind $name: $alike", ({ pools, alike }) => {
  const draft = hubAndSpokes();
  const machine = (name: string, address: string, poolIds: readonly string[]) => {
    const own = nic(name, "spoke1", address, { ipForwarding: null });
    return { ...own, ipConfigurations: own.ipConfigurations.map((each) => ({ ...each, poolIds })) };
  };
  draft.nics.push(machine("one", "10.1.0.5", []), machine("other", "10.1.0.6", ["ilb/p"]));
  draft.tables.one = draft.tables.web ?? [];
  const balancer = loadBalancer("ilb", "hub", "10.0.1.99", [], [{}]);
  if (pools !== null) draft.loadBalancers.push(pools ? balancer : { ...balancer, pools: [] });
  const snapshot = snapshotOfDraft(draft);
  const nics = snapshot.nics.map((each) => (each.name === "other" ? { ...each, tableKey: "one" } : each));
  const data = traceData({ ...snapshot, nics }, null);
  const owned = ownedAddresses(data, distinctTables(data), []);
  const keys = owned.filter(({ first }) => (first & 0xffn) === 5n || (first & 0xffn) === 6n).map(({ key }) => key);
  expect(keys).toHaveLength(2);
  expect(keys[0] === keys[1]).toBe(alike);
});

test.each([
  { name: "the address of a third", shared: "10.1.0.7", alike: false },
  { name: "a second address of its own", shared: "10.1.0.8", alike: true },
])("a NIC that also has $name is like another of its subnet: $alike", ({ shared, alike }) => {
  const draft = hubAndSpokes();
  const [one, third] = [nic("one", "spoke1", "10.1.0.5"), nic("third", "spoke1", "10.1.0.7")];
  const two = nic("two", "spoke1", "10.1.0.6");
  const second = two.ipConfigurations.map((each) => ({ ...each, primary: false, address: parseAddress(shared) }));
  draft.nics.push(one, { ...two, ipConfigurations: [...two.ipConfigurations, ...second] }, third);
  const data = traceData(snapshotOfDraft(draft), null);
  const owned = ownedAddresses(data, distinctTables(data), []);
  const keyOf = (text: string) => owned.find(({ first }) => first === parseAddress(text).value)?.key;
  expect(keyOf("10.1.0.5")).toBeDefined();
  expect(keyOf("10.1.0.6") === keyOf("10.1.0.5")).toBe(alike);
});

/** Whether NIC `two` is like NIC `one` of its subnet, which only ends walks. */
function isAlike(
  more: Parameters<typeof nic>[3],
  lab: (draft: Draft) => void,
  through: readonly string[] = [],
): boolean {
  const draft = hubAndSpokes();
  draft.nics.push(nic("one", "spoke1", "10.1.0.5"), nic("two", "spoke1", "10.1.0.6", more));
  lab(draft);
  const data = dataOf(draft);
  const owned = ownedAddresses(data, distinctTables(data), through);
  const keyOf = (text: string) => owned.find(({ first }) => first === parseAddress(text).value)?.key;
  expect([keyOf("10.1.0.5"), keyOf("10.1.0.6")].includes(undefined)).toBe(false);
  return keyOf("10.1.0.5") === keyOf("10.1.0.6");
}

const UNKNOWN = { ipForwarding: null };
const same = () => undefined;
const routeTable = (address: string) => (draft: Draft) => {
  draft.routeTables.push({
    ...{ id: "rt", name: "rt", region: null, disableBgpRoutePropagation: null, subnetIds: [] },
    routes: [
      configured("other", "9.0.0.0/8", "Internet", null),
      configured("r", "9.9.9.0/24", "VirtualAppliance", address),
    ],
  });
};

/** IP configurations with this address and with an unknown one. */
function withUnknown(address: string) {
  const { ipConfigurations } = nic("two", "spoke1", address);
  return [...ipConfigurations, ...ipConfigurations.map((each) => ({ ...each, primary: false, address: null }))];
}

test.each<[string, Parameters<typeof nic>[3], (draft: Draft) => void, boolean, (readonly string[])?]>([
  ["without IP forwarding", {}, same, true],
  ["with IP forwarding", { ipForwarding: true }, same, false],
  ["that may forward, and that nothing leads to", UNKNOWN, same, true],
  ["of a private endpoint", { privateEndpointId: "pe" }, same, false],
  ["of a machine with two NICs", { virtualMachineId: "vm-db" }, same, false],
  ["of no machine", { virtualMachineId: null }, same, true],
  ["that the rule names", {}, same, false, ["fw", "TWO"]],
  ["that the rule names by its id", { id: "/x/two", name: "2" }, same, false, ["/X/TWO"]],
  ["that the rule names by its address", {}, same, false, ["10.1.0.6"]],
  ["beside others that the rule names", {}, same, true, ["fw", "10.9.9.9"]],
  [
    "with a table, beside one without",
    {},
    (draft) => {
      draft.tables.two = ["0.0.0.0/0 Default Internet"];
    },
    false,
  ],
  [
    "with a table of its own",
    {},
    (draft) => {
      draft.tables.one = ["0.0.0.0/0 Default None"];
      draft.tables.two = ["0.0.0.0/0 Default Internet"];
    },
    false,
  ],
  ["of another subnet", { ipConfigurations: nic("two", "spoke2", "10.1.0.6").ipConfigurations }, same, false],
  [
    "of the same subnet in capitals",
    { ipConfigurations: nic("two", "SPOKE1", "10.1.0.6").ipConfigurations },
    same,
    true,
  ],
  ["of no known subnet", { ipConfigurations: nic("two", null, "10.1.0.6").ipConfigurations }, same, false],
  [
    "with IP forwarding, beside another with it",
    { ipForwarding: true },
    (draft) => change(draft.nics, "one", (each) => ({ ...each, ipForwarding: true })),
    false,
  ],
  ["with a second address that is not known", { ipConfigurations: withUnknown("10.1.0.6") }, same, true],
  [
    "that may forward, with a second address that is not known",
    { ...UNKNOWN, ipConfigurations: withUnknown("10.1.0.6") },
    same,
    true,
  ],
  [
    "that may forward, and is a next hop of a NIC",
    UNKNOWN,
    (draft) => {
      draft.tables.db = ["0.0.0.0/0 User VirtualAppliance 10.1.0.6"];
    },
    false,
  ],
  [
    "that may forward, beside the next hop of a NIC",
    UNKNOWN,
    (draft) => {
      draft.tables.db = ["0.0.0.0/0 User VirtualAppliance 10.1.0.7"];
    },
    true,
  ],
  ["that does not forward, but is a next hop", {}, routeTable("10.1.0.6"), true],
  ["that may forward, and is a next hop of a route table", UNKNOWN, routeTable("10.1.0.6"), false],
  ["that may forward, beside the next hop of a route table", UNKNOWN, routeTable("10.1.0.7"), true],
  [
    "that may forward, and is a next hop of a gateway",
    UNKNOWN,
    (draft) => {
      draft.gateways.push(gateway("vpn", "hub", []));
      draft.gatewayTables.push(learned("vpn", ["9.0.0.0/8 peer,10.1.0.6 EBgp"]));
    },
    false,
  ],
  [
    "that may forward, in a pool by its address",
    UNKNOWN,
    (draft) => {
      const balancer = loadBalancer("ilb", "hub", "10.0.1.99", [], [{}]);
      const addresses = [parseAddress("10.1.0.6")];
      draft.loadBalancers.push({ ...balancer, pools: balancer.pools.map((pool) => ({ ...pool, addresses })) });
    },
    false,
  ],
  [
    "with the address of a frontend",
    {},
    (draft) => {
      draft.loadBalancers.push(loadBalancer("ilb", "hub", "10.1.0.6", [], []));
    },
    false,
  ],
  [
    "with the address of a gateway",
    {},
    (draft) => {
      draft.gateways.push(gateway("vpn", "hub", ["10.1.0.6"]));
    },
    false,
  ],
  [
    "with the address of a hub's router",
    {},
    (draft) => {
      draft.hubs.push(hub("h", { routerAddresses: [parseAddress("10.1.0.6")] }));
    },
    false,
  ],
  [
    "with the address of a hub's BGP peer",
    {},
    (draft) => {
      const peer = { id: "p", name: "p", region: null };
      const bgpPeers = [
        { ...peer, address: null },
        { ...peer, address: parseAddress("10.1.0.6") },
      ];
      draft.hubs.push(hub("h", { bgpPeers }));
    },
    false,
  ],
  [
    "with the address of a firewall",
    {},
    (draft) => {
      draft.firewalls.push({
        ...{ id: "f", name: "f", region: null, hubId: null, subnetId: null, publicAddressIds: [] },
        addresses: [parseAddress("10.1.0.6")],
      });
    },
    false,
  ],
])("a NIC %s is like another of its subnet, or not", (_, more, lab, alike, through) => {
  expect(isAlike(more, lab, through)).toBe(alike);
});

test("addresses are in numeric order, IPv4 first, each once", () => {
  const draft = hubAndSpokes();
  draft.nics.push(nic("six", "hub", "fd00::4"), nic("twin", "hub", "10.0.1.4"));
  const data = dataOf(draft);
  const owned = ownedAddresses(data, distinctTables(data), ["10.0.0.1", "fw"]);
  expect(owned.map(({ family, first }) => formatAddress({ family, value: first }))).toEqual([
    ...["10.0.0.1", "10.0.1.4", "10.1.0.4", "10.2.0.4", "168.63.129.16", "169.254.169.254", "fd00::4"],
  ]);
  expect(owned.every(({ first, last }) => first === last)).toBe(true);
});
