import { expect, test } from "vitest";
import { type Change, isWhatIfError, serviceNamedBy } from "../../../src/analysis/whatif/change.ts";
import {
  parseAddEndpoint,
  parseAddRoute,
  parsePropagateBgp,
  parseRemoveEndpoint,
  parseRemovePeering,
  parseRemoveRoute,
} from "../../../src/analysis/whatif/parse.ts";
import { applyChanges } from "../../../src/analysis/whatif/predict.ts";
import type { RouteTable } from "../../../src/routes/effective-route.ts";
import { UserError } from "../../../src/text/user-error.ts";
import { row } from "../../selection/routes-for-tests.ts";

const CODES = "syntax next-hop name tag endpoint region conflict not-found restricted".split(" ");
test.each([
  ...CODES.map((code) => [new UserError(`change-${code}`, "m", "h"), true] as const),
  [new UserError("prefix-length", "m", "h"), false],
  [new UserError("change", "m", "h"), false],
  [Object.assign(new Error("m"), { code: "change-tag" }), false],
  [null, false],
] as const)("the error %s is that of a rejected change: %s", (error, expected) => {
  expect(isWhatIfError(error)).toBe(expected);
});

test.each<[string, Change, string | null]>([
  ["a route to a tag", parseAddRoute("tag:Storage=None"), "Storage"],
  ["an endpoint", parseAddEndpoint("Microsoft.Sql", "westeurope"), "Microsoft.Sql"],
  ["an endpoint that is removed", parseRemoveEndpoint("Microsoft.Web"), "Microsoft.Web"],
  ["a route to a prefix", parseAddRoute("10.0.0.0/8=None"), null],
  ["a route that is removed, even by its tag", parseRemoveRoute("tag:Storage"), null],
  ["a peering", parseRemovePeering("10.0.0.0/8"), null],
  ["propagation", parsePropagateBgp("off"), null],
])("%s needs the tags of %s", (_, change, service) => {
  expect(serviceNamedBy(change)).toBe(service);
});

const tableOf = (rows: readonly string[], fields: object = {}): RouteTable => ({
  routes: rows.map((text) => ({ ...row(text), fields: { ...fields } })),
  origin: { kind: "file", name: "rows", format: "arm", fetchedAt: null, note: null },
});

test.each<[readonly string[], string]>([
  [[], "the table has no peering"],
  [["10.1.0.0/16"], "its peerings: 10.1.0.0/16"],
  [["10.1.0.0/16", "10.2.0.0/16", "10.3.0.0/16", "10.4.0.0/16"], "its peerings: 10.1.0.0/16, 10.2.0.0/16, 10.3.0.0/16"],
])("to remove a peering of another prefix than %j is rejected: %s", (prefixes, hint) => {
  const rows = ["Default 10.0.0.0/16 VnetLocal", ...prefixes.map((prefix) => `Default ${prefix} VNetPeering`)];
  expect(() => applyChanges(tableOf(rows), [parseRemovePeering("10.9.0.0/16")], null)).toThrow(
    expect.objectContaining({
      code: "change-not-found",
      message: "the table has no peering with the prefix 10.9.0.0/16",
      hint,
    }),
  );
});

test.each<[object, object]>([
  [{}, {}],
  [{ destinationServiceTags: ["x"] }, { destinationServiceTags: [] }],
  [{ hasBgpOverride: true }, { hasBgpOverride: false }],
  [{ tagMap: { a: 1 } }, { tagMap: {} }],
])("a new row has the fields of the others, %j, empty: %j", (fields, expected) => {
  const { table } = applyChanges(
    tableOf(["Default 10.0.0.0/16 VnetLocal"], fields),
    [parseAddRoute("9.0.0.0/8=None")],
    null,
  );
  const added = table.routes.find(({ source }) => source === "User");
  expect(added?.fields).toEqual({
    ...{ source: "User", state: "Active", addressPrefix: ["9.0.0.0/8"], nextHopType: "None", nextHopIpAddress: [] },
    ...{ disableBgpRoutePropagation: false },
    ...expected,
  });
});

test("a row that becomes Invalid keeps its other fields as the source wrote them", () => {
  const before = tableOf(["Default 9.0.0.0/8 Internet"], { addressPrefix: "9.0.0.0/8", state: "Active", more: 1 });
  const { table } = applyChanges(before, [parseAddRoute("9.0.0.0/8=None")], null);
  expect(table.routes[0]?.fields).toEqual({ addressPrefix: "9.0.0.0/8", state: "Invalid", more: 1 });
});

test("a prediction says so in its note, before what the note said", () => {
  const noteOf = (note: string | null, changes: readonly Change[]) =>
    applyChanges({ ...tableOf([]), origin: { ...tableOf([]).origin, note } }, changes, null).table.origin.note;
  const told = "A prediction, not Azure's answer: propagate-bgp off.";
  expect(noteOf(null, [parsePropagateBgp("off")])).toBe(told);
  expect(noteOf("An excerpt.", [parsePropagateBgp("off")])).toBe(`${told} An excerpt.`);
  expect([noteOf(null, []), noteOf("An excerpt.", [])]).toEqual([null, "An excerpt."]);
});

test("a prediction is that of the same NIC", () => {
  const nic = { privateIpAddresses: ["10.0.0.4"], publicIpAddresses: null };
  const predicted = (table: RouteTable) => applyChanges(table, [parseAddRoute("9.0.0.0/8=None")], null).table;
  expect(predicted({ ...tableOf([]), nic }).nic).toBe(nic);
  expect("nic" in predicted(tableOf([]))).toBe(false);
});

test.each<[string, readonly (boolean | null)[], boolean | null]>([
  ["that a row has", [null, true], true],
  ["off", [false], false],
  ["that no row has", [null, null], null],
])("a new row has the propagation setting %s", (_, settings, expected) => {
  const routes = settings.map((disableBgpRoutePropagation, at) => ({
    ...row(`Default 10.${at}.0.0/16 VnetLocal`),
    disableBgpRoutePropagation,
  }));
  const { table } = applyChanges({ ...tableOf([]), routes }, [parseAddRoute("9.0.0.0/8=None")], null);
  const added = table.routes.find(({ source }) => source === "User");
  expect(added?.disableBgpRoutePropagation).toBe(expected);
  expect("disableBgpRoutePropagation" in (added?.fields ?? {})).toBe(expected !== null);
});
