import { expect, test } from "vitest";
import { compileQuery } from "../../../src/output/query/query.ts";

const HINT = "see https://jmespath.org; the fields are those of -o json";
const REPORT = { schemaVersion: "1.0", routes: [{ name: "a", nextHopType: "None" }], none: [] };

const DEEP = `${"(".repeat(20_000)}a${")".repeat(20_000)}`;

async function failure(query: string): Promise<unknown> {
  try {
    return (await compileQuery(query)).search(REPORT);
  } catch (error) {
    const { code, message, hint, exit } = error as { code: string; message: string; hint: string; exit: string };
    return { code, message, hint, exit };
  }
}

test.each([
  ["routes[", "--query 'routes[' cannot be read\nSyntax error: expected Star, got: EOF"],
  ["nope(routes)", "--query 'nope(routes)' cannot be answered\nUnknown function: nope()"],
  [
    "length(schemaVersio)",
    "--query 'length(schemaVersio)' cannot be answered\nInvalid type: length() expected argument 1 to be type (string | array | object) but received type null instead.",
  ],
])("the query '%s' fails, and says why", async (query, message) => {
  expect(await failure(query)).toEqual({ code: "query", message, hint: HINT, exit: "usage" });
});

test.each([
  "routes[?source='User']",
  "a='b'",
  "$x = a",
  "[?@=a]",
  "[?a.b=`1`]",
  "let $x = a = b in $x",
  "let $x = a in [$x, a = b]",
])("a single = outside of let, as in %s, is a syntax error", async (query) => {
  expect(await failure(query)).toEqual({
    code: "query",
    message: `--query '${query}' cannot be read\nSyntax error: unexpected token type: Assign, value: =`,
    hint: "write == to compare: [?source == 'User']",
    exit: "usage",
  });
});

test.each<[query: string, answer: unknown]>([
  ["let $x = schemaVersion in [$x]", ["1.0"]],
  ["let $x = schemaVersion, $y = none in let $z = $x in [$y, $z]", [[], "1.0"]],
  ['`{"type": "Binding"}`', { type: "Binding" }],
  ["routes[?name=='a'].name", ["a"]],
])("%s has no stray =", async (query, answer) => {
  expect(await failure(query)).toEqual(answer);
});

test("a query that is nested too deeply fails, and says why", async () => {
  const message = `--query '${"(".repeat(47)}...' cannot be read\nit is nested too deeply, or its answer is too long`;
  expect(await failure(DEEP)).toEqual({ code: "query", message, hint: HINT, exit: "usage" });
});

test.each<[query: string, report: object, remark: string | null]>([
  ["routes[].name", REPORT, null],
  ["routes[].nam", REPORT, "the query names fields that the output does not have: 'nam' (did you mean name?)"],
  [
    "routes[].[zzz, nextHopTyp]",
    REPORT,
    "the query names fields that the output does not have: 'zzz', 'nextHopTyp' (did you mean nextHopType?)",
  ],
  ["routes[].{zzz: name}.zzz", REPORT, null],
  ["zzz", { routes: [] }, null],
  ["zzz", { routes: [], tags: [] }, null],
  ["zzz", { routes: [], tags: [1] }, "the query names fields that the output does not have: 'zzz'"],
  ["zzz", { status: {} }, "the query names fields that the output does not have: 'zzz'"],
  ["deep", { status: { list: [{ deep: 1 }] } }, null],
])("a remark on names in the query %s of %j", async (query, report, remark) => {
  expect((await compileQuery(query)).unknownNames(report)).toBe(remark);
});
