import { expect, test } from "vitest";
import { MappedOwners } from "../../../src/analysis/trace/mapped-owners.ts";
import { parseAddress } from "../../../src/net/address.ts";
import { readAddressMap } from "../../../src/topology/address-map.ts";
import type { Topology } from "../../../src/topology/topology.ts";
import { type Draft, gateway, hub, hubAndSpokes, loadBalancer, nic } from "./lab.ts";

const ADDRESS = parseAddress("10.9.0.4");
const bare = { region: null, subnetId: null } as const;

/** The names of what is only in a map, with the networks that the map says. */
function ownersOf(lab: (draft: Draft) => void, map = ""): readonly string[] {
  const draft = hubAndSpokes();
  lab(draft);
  const owners = new MappedOwners(draft as Topology, readAddressMap(`address,name,network\n${map}`));
  return owners.of(ADDRESS).map(({ owner, network }) => `${owner.kind} ${owner.resource.name} ${network}`);
}

const firewall = { ...bare, id: "fw", name: "fw", hubId: null, addresses: [ADDRESS] };
const [frontend] = loadBalancer("lb", "hub", "10.9.0.4", [], []).frontends;
if (frontend === undefined) throw new RangeError("no frontend");
const balanced = (more: object) => (draft: Draft) => {
  draft.loadBalancers.push({
    ...loadBalancer("lb", "hub", "10.9.0.4", [], []),
    frontends: [{ ...frontend, subnetId: null, ...more }],
  });
};

test.each<[string, (draft: Draft) => void, readonly string[]]>([
  ["a NIC in no subnet", (draft) => draft.nics.push(nic("a", null, "10.9.0.4")), ["nic a null"]],
  ["a NIC in a subnet", (draft) => draft.nics.push(nic("a", "hub", "10.9.0.4")), []],
  ["a NIC without an address", (draft) => draft.nics.push(nic("a", null, null)), []],
  ["a NIC with another address", (draft) => draft.nics.push(nic("a", null, "10.9.0.5")), []],
  ["a frontend in no subnet", balanced({}), ["load-balancer lb null"]],
  ["a frontend in a subnet", balanced({ subnetId: "hub/subnets/main" }), []],
  ["a public frontend", balanced({ publicAddressId: "pip" }), []],
  ["a firewall in no subnet and no hub", (draft) => draft.firewalls.push(firewall), ["firewall fw null"]],
  ["a firewall in a subnet", (draft) => draft.firewalls.push({ ...firewall, subnetId: "s" }), []],
  ["a firewall in a hub", (draft) => draft.firewalls.push({ ...firewall, hubId: "h" }), []],
  [
    "an appliance that Azure runs",
    (draft) => draft.managedAppliances.push({ ...bare, id: "va", name: "va", addresses: [ADDRESS] }),
    ["managed-appliance va null"],
  ],
  [
    "an appliance that Azure runs in a subnet",
    (draft) => draft.managedAppliances.push({ ...bare, id: "va", name: "va", subnetId: "s", addresses: [ADDRESS] }),
    [],
  ],
  ["a gateway in no network", (draft) => draft.gateways.push(gateway("g", null, ["10.9.0.4"])), ["gateway g null"]],
  ["a gateway in a network", (draft) => draft.gateways.push(gateway("g", "hub", ["10.9.0.4"], { subnetId: null })), []],
  ["a gateway in a subnet", (draft) => draft.gateways.push(gateway("g", "hub", ["10.9.0.4"], { networkId: null })), []],
  [
    "a Route Server in no subnet",
    (draft) => draft.hubs.push(hub("r", { kind: "route-server", routerAddresses: [ADDRESS] })),
    ["hub r null"],
  ],
  [
    "a Route Server in a subnet",
    (draft) => draft.hubs.push(hub("r", { kind: "route-server", subnetId: "s", routerAddresses: [ADDRESS] })),
    [],
  ],
  ["a virtual hub", (draft) => draft.hubs.push(hub("h", { routerAddresses: [ADDRESS] })), []],
])("what only an address map can name: %s", (_, lab, expected) => {
  expect(ownersOf(lab)).toEqual(expected);
});

test("the map says the network of a name with an address, in any case, and all names of an address count", () => {
  const lab = (draft: Draft) => {
    draft.nics.push(nic("a", null, "10.9.0.4"), nic("b", null, "10.9.0.4"), nic("c", null, "10.9.0.4"));
  };
  expect(ownersOf(lab, "10.9.0.4,A,spoke-a\n10.9.0.5,b,spoke-b\n10.9.0.4,c,\n")).toEqual([
    "nic a spoke-a",
    "nic b null",
    "nic c null",
  ]);
});

test("the network of a resource is that of the first of its addresses that the map has", () => {
  const map = readAddressMap("address,name,network\n10.9.0.4,a,spoke-a\n10.9.0.5,a,spoke-b\n");
  const owners = new MappedOwners(hubAndSpokes() as Topology, map);
  const networkOf = (name: string, ...texts: readonly string[]) =>
    owners.networkOf({ name, addresses: texts.map(parseAddress) });
  expect(networkOf("A", "10.9.0.9", "10.9.0.5", "10.9.0.4")).toBe("spoke-b");
  expect(networkOf("b", "10.9.0.4")).toBeNull();
  expect(networkOf("a")).toBeNull();
  expect(new MappedOwners(hubAndSpokes() as Topology, []).networkOf({ name: "a", addresses: [ADDRESS] })).toBeNull();
});
