import { expect, test } from "vitest";
import { diffTables } from "../../src/analysis/diff/tables.ts";
import { routesOfSide } from "../../src/report/move-place.ts";
import { annotatedTable } from "../selection/routes-for-tests.ts";

test.each<[what: string, rows: readonly string[], text: string]>([
  ["a user route by its name", ["User 10.8.0.0/16 VnetLocal #own"], "User own"],
  ["no route, with its certainty", [], "no route (inferred)"],
  [
    "Internet for private addresses",
    ["User 10.8.0.0/16 Internet"],
    "User, not delivered: private addresses to Internet",
  ],
  ["Internet for public addresses", ["User 8.8.0.0/16 Internet"], "User"],
])("the rows behind a side of a move: %s", (_, rows, text) => {
  const { moves } = diffTables(
    annotatedTable("User 10.8.0.0/16 None", "User 8.8.0.0/16 None"),
    annotatedTable(...rows),
    null,
  );
  expect(moves.map(({ after }) => routesOfSide(after))).toContain(text);
});
