import { expect, test } from "vitest";
import { distinctTables, keysOfTable } from "../../../../src/analysis/policy/reach/decisions.ts";
import { traceData } from "../../../../src/analysis/trace/from-snapshot.ts";
import { formatAddress, parseAddress } from "../../../../src/net/address.ts";
import { rangeOf } from "../../../../src/net/address-ranges.ts";
import { parsePrefix } from "../../../../src/net/prefix.ts";
import { row } from "../../../selection/routes-for-tests.ts";
import { hubAndSpokes, snapshotOfDraft } from "../../trace/lab.ts";

/** The key of an address in a table of these rows. */
function keyOf(rows: readonly string[], address: string): string | undefined {
  const { value } = parseAddress(address);
  const keyed = [...keysOfTable(rows.map(row), [rangeOf(parsePrefix("10.0.0.0/8"))])];
  return keyed.find(({ first, last }) => first <= value && value <= last)?.key;
}

const NVA = "User 10.0.0.0/8 VirtualAppliance 10.9.9.9";
test.each<[string, readonly string[], string, string, boolean]>([
  ["one route", [NVA], "10.0.0.1", "10.200.0.1", true],
  ["two next hops", [NVA, "User 10.2.0.0/16 VirtualAppliance 10.9.9.8"], "10.1.0.1", "10.2.0.1", false],
  [
    "one next hop, in the networks of two rows that lose",
    [NVA, "Default! 10.0.0.0/9 VnetLocal", "Default! 10.128.0.0/9 VNetPeering"],
    "10.0.0.1",
    "10.128.0.1",
    false,
  ],
  ["one next hop, in a network and outside", [NVA, "Default! 10.0.0.0/9 VnetLocal"], "10.0.0.1", "10.128.0.1", false],
  [
    "one next hop, in the shorter of two prefixes and in both",
    ["Default! 10.0.0.0/8 VnetLocal", NVA, "Default! 10.1.0.0/16 VNetPeering"],
    "10.2.0.1",
    "10.1.0.1",
    false,
  ],
  [
    "one next hop, in the shorter of two prefixes and in both, listed last",
    ["Default! 10.1.0.0/16 VNetPeering", NVA, "Default! 10.0.0.0/8 VnetLocal"],
    "10.2.0.1",
    "10.1.0.1",
    false,
  ],
  [
    "one next hop, in the first of two equal rows, whatever else covers it",
    ["Default! 10.0.0.0/8 VnetLocal", NVA, "Default! 10.0.0.0/8 VNetPeering", "User! 10.1.0.0/16 None"],
    "10.2.0.1",
    "10.1.0.1",
    true,
  ],
  [
    "one next hop, in a row that is no network's",
    [NVA, "Default! 10.0.0.0/9 Internet"],
    "10.0.0.1",
    "10.128.0.1",
    true,
  ],
  [
    "one next hop, in a connected group and outside",
    [NVA, "Default! 10.0.0.0/9 ConnectedGroup"],
    "10.0.0.1",
    "10.128.0.1",
    false,
  ],
])("a router decides alike for two addresses or not: %s", (_, rows, one, other, alike) => {
  expect(keyOf(rows, one)).toBeDefined();
  expect(keyOf(rows, one) === keyOf(rows, other)).toBe(alike);
});

test("keys are for the addresses in the ranges, and for all of them", () => {
  const ranges = ["10.0.0.0/9", "10.192.0.0/10"].map((text) => rangeOf(parsePrefix(text)));
  const keyed = [...keysOfTable([NVA, "User 10.1.0.0/16 None"].map(row), ranges)];
  const text = (value: bigint) => formatAddress({ family: 4, value });
  expect(keyed.map(({ first, last }) => `${text(first)}-${text(last)}`)).toEqual([
    "10.0.0.0-10.0.255.255",
    "10.1.0.0-10.1.255.255",
    "10.2.0.0-10.127.255.255",
    "10.192.0.0-10.255.255.255",
  ]);
});

test("tables that NICs share count once, and NICs without a table not at all", () => {
  const snapshot = snapshotOfDraft(hubAndSpokes());
  const nics = snapshot.nics.map((each) => ({
    ...each,
    tableKey: each.name === "db" ? "web" : each.name === "nva" ? null : each.tableKey,
  }));
  expect(distinctTables(traceData(snapshot, null))).toHaveLength(3);
  expect(distinctTables(traceData({ ...snapshot, nics }, null))).toHaveLength(1);
});
