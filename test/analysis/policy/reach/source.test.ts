import { expect, test } from "vitest";
import { nicOf, startAt } from "../../../../src/analysis/policy/reach/source.ts";
import { traceData } from "../../../../src/analysis/trace/from-snapshot.ts";
import { parseAddress } from "../../../../src/net/address.ts";
import type { NetworkInterface } from "../../../../src/topology/topology.ts";
import { hubAndSpokes, nic, snapshotOfDraft } from "../../trace/lab.ts";

const DRAFT = hubAndSpokes();
DRAFT.nics = [
  nic("bare", "spoke1", null),
  nic("fw", "spoke1", "10.1.0.5", { ipForwarding: true }),
  nic("fw-bare", "spoke1", null, { ipForwarding: true }),
  nic("web", "spoke1", "10.1.0.4"),
  nic("web2", "spoke1", "10.1.0.6", { ipForwarding: null }),
  nic("off", "spoke1", "10.1.0.7"),
  nic("gone", "spoke1", "10.1.0.8"),
];
DRAFT.tables = Object.fromEntries(
  ["bare", "fw", "fw-bare", "web", "web2", "gone"].map((name) => [name, ["10.1.0.0/16 Default VnetLocal"]]),
);
const SNAPSHOT = snapshotOfDraft(DRAFT);
/** NIC `gone` has a table, and is not in the inventory. */
const DATA = traceData(
  { ...SNAPSHOT, topology: { ...DRAFT, nics: DRAFT.nics.filter(({ name }) => name !== "gone") } },
  null,
);

test.each<[string, readonly string[], string | null]>([
  ["the only one", ["web"], "web"],
  ["the first of equals", ["web2", "web"], "web2"],
  ["however its id is spelled", ["WEB"], "web"],
  ["no appliance, if there is another", ["fw", "web"], "web"],
  ["no appliance, even if no address of the other is known", ["fw", "bare"], "bare"],
  ["one whose address is known", ["bare", "web"], "web"],
  ["an appliance whose address is known, of two", ["fw-bare", "fw"], "fw"],
  ["an appliance, if there is no other", ["fw"], "fw"],
  ["one with a table", ["off", "fw"], "fw"],
  ["none without a table", ["off"], null],
  ["none that is not in the inventory", ["gone"], null],
  ["not one that is not in the inventory", ["gone", "fw"], "fw"],
  ["one in the inventory, beside one that is not", ["fw", "gone"], "fw"],
  ["none of none", [], null],
])("packets of a source are traced from %s: %j", (_, nicIds, expected) => {
  expect(nicOf({ name: "s", subnet: null, nicIds, withoutTable: null }, DATA)?.name ?? null).toBe(expected);
});

const [one] = nic("dual", "spoke1", "10.1.0.4").ipConfigurations;
if (one === undefined) throw new RangeError("no configuration");
const addresses = (...all: readonly (readonly [string | null, boolean])[]): NetworkInterface => ({
  ...nic("dual", "spoke1", null),
  ipConfigurations: all.map(([text, primary]) => ({
    ...one,
    primary,
    address: text === null ? null : parseAddress(text),
  })),
});

test.each<[string, NetworkInterface, 4 | 6, string | null]>([
  ["its primary address", addresses(["10.1.0.5", false], ["10.1.0.4", true]), 4, "10.1.0.4"],
  ["the first, if none is primary", addresses(["10.1.0.5", false], ["10.1.0.4", false]), 4, "10.1.0.5"],
  ["one of the family, not the primary one", addresses(["10.1.0.4", true], ["fd00::4", false]), 6, "fd00::4"],
  ["no address of the other family", addresses(["10.1.0.4", true]), 6, null],
  ["no address where none is known", addresses([null, true]), 4, null],
  ["a known one after an unknown one", addresses([null, true], ["10.1.0.4", false]), 4, "10.1.0.4"],
])("a packet starts with %s", (_, from, family, expected) => {
  const address = expected === null ? null : parseAddress(expected);
  expect(startAt(from, family)).toEqual({
    place: { kind: "nic", nic: from, arrivedBy: null, address: expected },
    address,
    endpoint: { address: expected, resourceId: "dual", name: "dual" },
    notes: [],
  });
});
