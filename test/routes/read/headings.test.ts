import { expect, test } from "vitest";
import { columnOf, lettersOf, mayBeNextHop, missingColumns } from "../../../src/routes/read/headings.ts";

test.each([
  ["Source", "source"],
  ["State", "state"],
  ["Address Prefix", "addressPrefix"],
  ["AddressPrefixes", "addressPrefix"],
  ["Prefix", "addressPrefix"],
  ["prefixes", "addressPrefix"],
  ["Next-hop type", "nextHopType"],
  ["Effective Next Hop Type", "nextHopType"],
  ["Next Hop", "nextHopIpAddress"],
  ["Next Hops", "nextHopIpAddress"],
  ["Next Hop IP", "nextHopIpAddress"],
  ["Next Hop IPs", "nextHopIpAddress"],
  ["NextHopIpAddress", "nextHopIpAddress"],
  ["Next Hop IP Addresses", "nextHopIpAddress"],
  ["Effective next hop IP", "nextHopIpAddress"],
  ["Effective next hop IP address", "nextHopIpAddress"],
  ["Name", "name"],
  ["Route name", "name"],
  ["UDR Name", "name"],
  ["User Defined Route Name", "name"],
  ["DisableBgpRoutePropagation", "disableBgpRoutePropagation"],
  ["Has BGP override", "hasBgpOverride"],
  ["destination_service_tags", "destinationServiceTags"],
  ["NIC", "nic"],
  ["NIC name", "nic"],
  ["Network interface", "nic"],
  ["Network Interface Name", "nic"],
  ["**`State`**", "state"],
  ['"State"', "state"],
  ["*State.", "state"],
  ["State...", null],
  ["State 2", null],
  ["State!", null],
  ["!State", null],
  ["Zustand", null],
  ["", null],
  ["constructor", null],
])("the heading '%s' is of the column %s", (heading, column) => {
  expect(columnOf(heading)).toBe(column);
});

test.each([
  ["Next Hop I", true],
  ["Next Hop address", true],
  ["NextHopIp...", true],
  ["HOP", true],
  ["Nex", true],
  ["Ne", false],
  ["N", false],
  ["Next", true],
  ["Text", false],
  ["", false],
  ["Next Hop IP", false],
  ["Next Hop Type", false],
  ["Remark", false],
])("the heading '%s' may hide the next hops: %s", (heading, may) => {
  expect(mayBeNextHop(heading)).toBe(may);
});

test("only letters count, in lower case", () => {
  expect(lettersOf("**Next-Hop** IP 2")).toBe("nexthopip");
});

test("the columns that a table lacks have the names that az and the portal give them", () => {
  expect(missingColumns([])).toEqual(["Address Prefix", "Next Hop Type", "Source", "State"]);
  expect(missingColumns(["Name", "source", "PREFIX"])).toEqual(["Next Hop Type", "State"]);
  expect(missingColumns(["State", "NextHopType", "Source", "AddressPrefix"])).toEqual([]);
});
