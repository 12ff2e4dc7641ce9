import { describe, expect, test } from "vitest";
import { rowChanges } from "../../../src/analysis/diff/rows.ts";
import { rangeOf } from "../../../src/net/address-ranges.ts";
import { parsePrefix } from "../../../src/net/prefix.ts";
import { annotateTable } from "../../../src/routes/annotate-table.ts";
import type { EffectiveRoute, RouteTable } from "../../../src/routes/effective-route.ts";
import { row } from "../../selection/routes-for-tests.ts";
import { tagsOf } from "../../service-tags/tags-for-tests.ts";
import { rowChangeText } from "./change-texts.ts";

const origin: RouteTable["origin"] = { kind: "file", name: "rows", format: "arm", fetchedAt: null, note: null };
const TAGS = tagsOf({ "Storage.WestEurope": ["20.0.0.0/24", "20.0.1.0/24"], "Sql.WestEurope": ["30.0.0.0/24"] });
const annotated = (routes: readonly EffectiveRoute[]) => annotateTable({ routes, origin }, TAGS).routes;

/** The changes between rows; `moved` are the addresses that move. */
const changesOf = (before: readonly string[], after: readonly string[], ...moved: readonly string[]) =>
  rowChanges(
    annotated(before.map(row)),
    annotated(after.map(row)),
    moved.map((prefix) => rangeOf(parsePrefix(prefix))),
  );

const OLD = {
  source: "User",
  state: "Active",
  name: "a",
  addressPrefixes: ["10.0.0.0/24"],
  nextHopType: "VirtualAppliance",
  nextHopIpAddress: ["10.9.0.4"],
  serviceTag: null,
};
const NONE = { fields: [], addressesAdded: [], addressesRemoved: [] };

describe("a change of a row", () => {
  const ROW = "User 10.0.0.0/24 VirtualAppliance 10.9.0.4 #a";
  test("that was added has the row after, and no fields", () => {
    expect(changesOf([], [ROW], "10.0.0.0/8")).toEqual([
      { change: "added", before: null, after: OLD, ...NONE, addressesMoved: true },
    ]);
  });

  test("that was removed has the row before, and no fields", () => {
    expect(changesOf([ROW], [], "11.0.0.0/8")).toEqual([
      { change: "removed", before: OLD, after: null, ...NONE, addressesMoved: false },
    ]);
  });

  test("that differs has both, the fields in their order, and the addresses that came and went", () => {
    const now = "User! 10.0.0.0/25,10.0.4.0/24 None #a";
    const after = { ...OLD, state: "Invalid", addressPrefixes: ["10.0.0.0/25", "10.0.4.0/24"], nextHopType: "None" };
    expect(changesOf([ROW], [now], "10.0.0.0/32")).toEqual([
      {
        change: "changed",
        before: OLD,
        after: { ...after, nextHopIpAddress: [] },
        fields: ["state", "addressPrefix", "nextHopType", "nextHopIpAddress"],
        addressesAdded: ["10.0.4.0/24"],
        addressesRemoved: ["10.0.0.128/25"],
        addressesMoved: true,
      },
    ]);
  });

  test("of an endpoint has its tag", () => {
    const [change] = changesOf([], ["Default 20.0.0.0/24,20.0.1.0/24 VirtualNetworkServiceEndpoint"]);
    expect(change?.after).toMatchObject({ serviceTag: "Storage.WestEurope", name: null });
  });
});

describe("the fields that differ", () => {
  const [one] = [row("User 10.0.0.0/24 VirtualAppliance 10.9.0.4 #a")];
  test.each<[string, Partial<EffectiveRoute>, readonly string[]]>([
    ["the name", { name: "b" }, ["name"]],
    ["a name that is missing", { name: null }, ["name"]],
    ["the state", { state: "Invalid" }, ["state"]],
    ["the prefixes", { addressPrefix: [parsePrefix("10.0.1.0/24")] }, ["addressPrefix"]],
    ["the next hop's type", { nextHopType: "None" }, ["nextHopType"]],
    ["the next hop's address", { nextHopIpAddress: ["10.9.0.5"] }, ["nextHopIpAddress"]],
    ["one more next hop", { nextHopIpAddress: ["10.9.0.4", "10.9.0.5"] }, ["nextHopIpAddress"]],
    ["what BGP does with it", { hasBgpOverride: true }, ["hasBgpOverride"]],
    ["its tags", { destinationServiceTags: ["Sql"] }, ["destinationServiceTags"]],
    ["not the case of texts", { name: "A", state: "ACTIVE", nextHopType: "virtualappliance", source: "USER" }, []],
    ["not a next hop that is listed twice", { nextHopIpAddress: ["10.9.0.4", "10.9.0.4"] }, []],
    ["not other facts of Azure's", { fields: { more: 1 }, disableBgpRoutePropagation: true }, []],
  ])("are %s", (_, more, fields) => {
    const found = rowChanges(annotated([one]), annotated([{ ...one, ...more }]), []);
    expect(found.flatMap((change) => change.fields)).toEqual(fields);
    expect(found.map(({ change }) => change)).toEqual(fields.length === 0 ? [] : ["changed"]);
  });

  test("are not the order of next hops and tags, which may come in any case", () => {
    const with_ = (hops: string[], tags: string[]) =>
      annotated([{ ...one, nextHopIpAddress: hops, destinationServiceTags: tags }]);
    expect(rowChanges(with_(["A", "b"], ["X", "y"]), with_(["B", "a"], ["Y", "x"]), [])).toEqual([]);
  });
});

describe("a row is the counterpart of one in the other table", () => {
  test.each<[string, readonly string[], readonly string[], readonly string[]]>([
    [
      "by its name before its prefixes",
      ["User 10.0.0.0/24 None #a", "User 10.0.1.0/24 None #b"],
      ["User 10.0.1.0/24 None #a", "User 10.0.0.0/24 None #b"],
      [
        "changed User 10.0.0.0/24 None #a: addressPrefix 10.0.1.0/24",
        "changed User 10.0.1.0/24 None #b: addressPrefix 10.0.0.0/24",
      ],
    ],
    [
      "not by a name that a row of another source has",
      ["User 10.0.0.0/24 None #a"],
      ["VirtualNetworkGateway 10.0.0.0/25 VirtualNetworkGateway #a"],
      ["removed User 10.0.0.0/24 None #a", "added VirtualNetworkGateway 10.0.0.0/25 VirtualNetworkGateway #a"],
    ],
    [
      "by type and prefixes before prefixes alone",
      ["Default 10.0.0.0/24 None 1.1.1.1", "Default 10.0.0.0/24 Internet"],
      ["Default! 10.0.0.0/24 Internet", "Default! 10.0.0.0/24 None"],
      [
        "changed Default 10.0.0.0/24 None 1.1.1.1: state Invalid, nextHopIpAddress -",
        "changed Default 10.0.0.0/24 Internet: state Invalid",
      ],
    ],
    [
      "by prefixes where the type differs",
      ["Default 10.0.0.0/24 None"],
      ["Default 10.0.0.0/24 Internet"],
      ["changed Default 10.0.0.0/24 None: nextHopType Internet"],
    ],
    [
      "not by prefixes of another source",
      ["Default 10.0.0.0/24 None"],
      ["User 10.0.0.0/24 None"],
      ["removed Default 10.0.0.0/24 None", "added User 10.0.0.0/24 None"],
    ],
    [
      "by the tag of an endpoint where the prefixes differ",
      ["Default 20.0.0.0/24 VirtualNetworkServiceEndpoint", "Default 30.0.0.0/24 VirtualNetworkServiceEndpoint"],
      ["Default 20.0.1.0/24 VirtualNetworkServiceEndpoint", "Default 30.0.0.0/24 VirtualNetworkServiceEndpoint"],
      ["changed Default 20.0.0.0/24 VirtualNetworkServiceEndpoint Storage.WestEurope: addressPrefix 20.0.1.0/24"],
    ],
    [
      "not by another tag",
      ["Default 20.0.0.0/24 VirtualNetworkServiceEndpoint"],
      ["Default 30.0.0.0/24 VirtualNetworkServiceEndpoint"],
      [
        "removed Default 20.0.0.0/24 VirtualNetworkServiceEndpoint Storage.WestEurope",
        "added Default 30.0.0.0/24 VirtualNetworkServiceEndpoint Sql.WestEurope",
      ],
    ],
    [
      "not without a tag",
      ["Default 40.0.0.0/24 None"],
      ["Default 41.0.0.0/24 None"],
      ["removed Default 40.0.0.0/24 None", "added Default 41.0.0.0/24 None"],
    ],
    [
      "once, in order",
      ["User 10.0.0.0/24 None #a", "User 10.0.1.0/24 None #a", "User 10.0.2.0/24 None #a"],
      ["User 10.0.3.0/24 None #a", "User 10.0.4.0/24 None #a"],
      [
        "removed User 10.0.2.0/24 None #a",
        "changed User 10.0.0.0/24 None #a: addressPrefix 10.0.3.0/24",
        "changed User 10.0.1.0/24 None #a: addressPrefix 10.0.4.0/24",
      ],
    ],
  ])("%s", (_, before, after, expected) => {
    expect(changesOf(before, after).map(rowChangeText)).toEqual(expected);
  });
});

describe("whether addresses of a changed row move", () => {
  test.each<[string, string, string, string, boolean]>([
    ["where only prefixes came: those", "10.0.0.0/24", "10.0.0.0/24,10.0.1.0/24", "10.0.1.0/32", true],
    ["where only prefixes came: no others", "10.0.0.0/24", "10.0.0.0/24,10.0.1.0/24", "10.0.0.0/32", false],
    ["where only prefixes went: those", "10.0.0.0/24,10.0.1.0/24", "10.0.0.0/24", "10.0.1.0/32", true],
    ["where prefixes are split: all", "10.0.0.0/24", "10.0.0.0/25,10.0.0.128/25", "10.0.0.0/32", true],
    ["where another field differs: all before", "10.0.0.0/24", "10.0.1.0/24 !", "10.0.0.0/32", true],
    ["where another field differs: all after", "10.0.0.0/24", "10.0.1.0/24 !", "10.0.1.0/32", true],
    ["where another field differs: none elsewhere", "10.0.0.0/24", "10.0.1.0/24 !", "10.0.2.0/32", false],
  ])("%s", (_, before, after, moved, expected) => {
    const now = after.endsWith("!") ? `User! ${after.slice(0, -2)}` : `User ${after}`;
    const [change] = changesOf([`User ${before} None #a`], [`${now} None #a`], moved);
    expect(change?.addressesMoved).toBe(expected);
  });

  test("rows with moved addresses come first, each part as removed, changed and added", () => {
    const found = changesOf(
      [
        "User 10.0.0.0/24 None #gone",
        "User 10.1.0.0/24 None #was",
        "User 10.2.0.0/24 None #x",
        "User 10.3.0.0/24 None #y",
      ],
      [
        "User 11.0.0.0/24 None #new",
        "User 11.1.0.0/24 None #is",
        "User! 10.2.0.0/24 None #x",
        "User! 10.3.0.0/24 None #y",
      ],
      "10.0.0.0/24",
      "10.2.0.0/24",
      "11.0.0.0/24",
    );
    expect(found.map(({ change, before, after }) => `${change} ${(before ?? after)?.name}`)).toEqual([
      ...["removed gone", "changed x", "added new"],
      ...["removed was", "changed y", "added is"],
    ]);
  });
});
