import { expect, test } from "vitest";
import { distinctTables } from "../../../../src/analysis/policy/reach/decisions.ts";
import { ownedAddresses } from "../../../../src/analysis/policy/reach/owned.ts";
import { traceData } from "../../../../src/analysis/trace/from-snapshot.ts";
import { parseAddress } from "../../../../src/net/address.ts";
import { hubAndSpokes, loadBalancer, nic, snapshotOfDraft } from "../../trace/lab.ts";

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
