import { expect, test } from "vitest";
import { ForwardingTable } from "../../../src/analysis/bulk/forwarding-table.ts";
import { parseDestination } from "../../../src/analysis/destinations/destination-set.ts";
import { canHaveTag, showsTags } from "../../../src/analysis/destinations/shown-tags.ts";
import { splitByDecision } from "../../../src/analysis/destinations/split.ts";
import { parseAddress } from "../../../src/net/address.ts";
import { explain } from "../../../src/selection/explain.ts";
import { annotatedTable } from "../../selection/routes-for-tests.ts";

test.each([
  ["8.8.8.8", true],
  ["127.0.0.1", true],
  ["10.0.0.4", false],
  ["fd00::1", false],
  ["2001:db8::1", true],
])("a service tag can have %s: %s", (address, expected) => {
  expect(canHaveTag(address)).toBe(expected);
});

const LOCAL = "Default 10.0.0.0/8 VnetLocal";
const ENDPOINT = "Default 10.1.0.0/24 virtualnetworkserviceendpoint";
const annotated = annotatedTable(LOCAL, ENDPOINT);
const explained = (to: string) => explain(annotated, parseAddress(to), null);
const split = (to: string) =>
  splitByDecision(parseDestination(to, null), annotated, new ForwardingTable(annotated.table.routes));

test.each([
  ["nothing", [], false],
  ["a private address", [explained("10.0.0.4")], false],
  ["a private address without a route", [explained("192.168.0.1")], false],
  ["a private address by a service endpoint", [explained("10.1.0.4")], true],
  ["a public address", [explained("8.8.8.8")], true],
  ["an address of the platform", [explained("168.63.129.16")], false],
  ["one of two addresses", [explained("10.0.0.4"), explained("8.8.8.8")], true],
  ["private addresses", [split("10.0.0.0/24")], false],
  ["private addresses, of which some go by a service endpoint", [split("10.0.0.0/8")], true],
  ["public addresses", [split("8.8.8.0/24")], true],
])("service tags could show in the answer for %s: %s", (_, answers, expected) => {
  expect(showsTags(answers)).toBe(expected);
});
