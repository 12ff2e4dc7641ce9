import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diffTables } from "../../../src/analysis/diff/tables.ts";
import { movesOfTags } from "../../../src/analysis/diff/tag-moves.ts";
import { touchedRoutes } from "../../../src/analysis/diff/tag-routes.ts";
import { diffTags } from "../../../src/analysis/diff/tags.ts";
import { parseAddress } from "../../../src/net/address.ts";
import { formatPrefix, parsePrefix, prefixOf } from "../../../src/net/prefix.ts";
import { annotateTable } from "../../../src/routes/annotate-table.ts";
import type { EffectiveRoute, RouteTable } from "../../../src/routes/effective-route.ts";
import { anyTable } from "../../selection/random-tables.ts";
import { annotatedTable, row } from "../../selection/routes-for-tests.ts";
import { tagsOf } from "../../service-tags/tags-for-tests.ts";

const origin: RouteTable["origin"] = { kind: "file", name: "rows", format: "arm", fetchedAt: null, note: null };
const tableOf = (routes: readonly EffectiveRoute[]) => annotateTable({ routes, origin }, null);

const anyPrefix = fc
  .tuple(fc.constantFrom("10.0.0.", "10.0.1.", "10.128.0."), fc.constantFrom(0, 64, 128), fc.constantFrom(16, 24, 26))
  .map(([start, end, length]) => formatPrefix(prefixOf(parseAddress(`${start}${end}`), length)));
const anyList = fc.uniqueArray(anyPrefix, { maxLength: 6 });

/** Rows that no tag change affects. */
const withoutTags = anyTable.map((routes) => routes.map((route) => ({ ...route, destinationServiceTags: [] })));

describe("the moves of a tag change", () => {
  it("are those between the table of the older file and that of the newer", () => {
    fc.assert(
      fc.property(withoutTags, anyList, anyList, fc.constantFrom("None", "Internet"), (others, before, after, hop) => {
        const [older, newer] = [tagsOf({ Storage: before }), tagsOf({ Storage: after })];
        const onTag = (list: readonly string[]): EffectiveRoute => ({
          ...row(`User 10.0.0.0/8 ${hop} @Storage`),
          addressPrefix: list.map((prefix) => parsePrefix(prefix)),
        });
        const old = tableOf([...others, onTag(before)]);
        const touched = touchedRoutes(diffTags(older, newer), old);
        const { moved, moves } = movesOfTags(touched, old, newer);
        // A row without prefixes has no address family, so it gains nothing.
        const expected = diffTables(old, tableOf([...others, onTag(before.length === 0 ? [] : after)]), newer);
        expect({ moved, moves }).toEqual({ moved: expected.moved, moves: expected.moves });
      }),
      { numRuns: 100 },
    );
  });

  it("an endpoint row keeps its tag, so addresses that it keeps do not move", () => {
    const before = tagsOf({ "Storage.WestEurope": ["20.0.0.0/24", "20.0.1.0/24"] });
    const after = tagsOf({ "Storage.WestEurope": ["20.0.1.0/24", "20.0.2.0/24"] });
    const table = annotatedTable(
      "User 0.0.0.0/0 VirtualAppliance 10.0.1.4 #to-nva",
      "Default 20.0.0.0/24,20.0.1.0/24 VirtualNetworkServiceEndpoint",
    );
    const annotated = annotateTable(table.table, before);
    const { moves } = movesOfTags(touchedRoutes(diffTags(before, after), annotated), annotated, after);
    expect(moves.map((move) => [move.prefixes, move.before.serviceTag, move.after.serviceTag])).toEqual([
      [["20.0.0.0/24"], "Storage.WestEurope", null],
      [["20.0.2.0/24"], null, "Storage.WestEurope"],
    ]);
  });

  it("are empty for a row that only overlaps", () => {
    const table = annotatedTable("User 20.0.0.0/8 None");
    const diff = diffTags(tagsOf({ Storage: [] }), tagsOf({ Storage: ["20.0.0.0/24"] }));
    const touched = touchedRoutes(diff, table);
    expect(touched).toHaveLength(1);
    expect(movesOfTags(touched, table, tagsOf({})).moves).toEqual([]);
  });
});
