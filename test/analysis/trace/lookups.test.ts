import { expect, test } from "vitest";
import { Lookups } from "../../../src/analysis/trace/lookups.ts";
import { parseAddress } from "../../../src/net/address.ts";
import { explain } from "../../../src/selection/explain.ts";
import { annotatedTable, row } from "../../selection/routes-for-tests.ts";
import { tagsOf } from "../../service-tags/tags-for-tests.ts";

test.each<[string, readonly string[], string | null]>([
  ["the network's row", ["Default 10.0.0.0/8 VnetLocal"], "Default 10.0.0.0/8 VnetLocal"],
  ["a peering's row", ["Default 10.0.0.0/8 VNetGlobalPeering"], "Default 10.0.0.0/8 VNetGlobalPeering"],
  ["a connected group's row", ["Default 10.0.0.0/8 ConnectedGroup"], "Default 10.0.0.0/8 ConnectedGroup"],
  ["an Invalid row", ["Default! 10.0.0.0/8 VNetPeering"], "Default! 10.0.0.0/8 VNetPeering"],
  [
    "the one with the longest prefix, listed first",
    ["Default 10.1.0.0/16 VNetPeering", "Default 10.0.0.0/8 VnetLocal"],
    "Default 10.1.0.0/16 VNetPeering",
  ],
  [
    "the one with the longest prefix, listed last",
    ["Default 10.0.0.0/8 VnetLocal", "Default 10.1.0.0/16 VNetPeering"],
    "Default 10.1.0.0/16 VNetPeering",
  ],
  [
    "the first of equal ones",
    ["Default 10.0.0.0/8 VnetLocal", "Default 10.0.0.0/8 VNetPeering"],
    "Default 10.0.0.0/8 VnetLocal",
  ],
  ["none that does not cover it", ["Default 10.2.0.0/16 VnetLocal"], null],
  ["none of another kind", ["Default 0.0.0.0/0 Internet", "User 10.1.0.0/16 VirtualAppliance 10.9.9.9"], null],
])("the system row of 10.1.0.4 is %s", (_, rows, expected) => {
  const routes = rows.map(row);
  const lookups = new Lookups(null);
  const found = lookups.systemRow(routes, parseAddress("10.1.0.4"));
  expect(found).toEqual(expected === null ? null : row(expected));
  expect(lookups.systemRow(routes, parseAddress("10.1.0.4"))).toBe(found);
});

test("an address has the explanation of its table, with its tags, whatever was asked before", () => {
  const tags = tagsOf({ Storage: ["0.0.0.0/24", "::/120"] });
  const tables = [annotatedTable("Default 0.0.0.0/0,::/0 Internet"), annotatedTable("User ::/0 None")];
  const lookups = new Lookups(tags);
  for (const text of ["0.0.0.1", "::1", "0.0.0.1", "::1", "10.0.0.1"]) {
    const address = parseAddress(text);
    for (const table of tables) {
      lookups.systemRow(table.table.routes, address);
      expect(lookups.explanation(table, address)).toEqual(explain(table, address, tags));
    }
  }
});

test("many answers are kept for a time, and stay right", () => {
  const table = annotatedTable("Default 10.0.0.0/9 VnetLocal", "Default 10.128.0.0/9 VNetPeering");
  const lookups = new Lookups(null);
  const typeOf = (value: number) =>
    lookups.systemRow(table.table.routes, { family: 4, value: BigInt(value) })?.nextHopType;
  for (let at = 0; at < 5000; at++) typeOf(0x0a000000 + at);
  expect([typeOf(0x0a000000), typeOf(0x0a800000), typeOf(0x0b000000)]).toEqual(["VnetLocal", "VNetPeering", undefined]);
});
