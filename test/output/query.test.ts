import { describe, expect, it } from "vitest";
import { compileQuery } from "../../src/output/query.ts";

const answer = async (expression: string) => (await compileQuery(expression)).search({ rows: [{ name: "a" }] });

describe("a query that is refused tells which one it is and why, in short", () => {
  it.each([
    ["no JMESPath", "rows[?", /^--query 'rows\[\?' cannot be read\n\S/],
    ["a function of something else", "abs(rows)", /^--query 'abs\(rows\)' cannot be answered\n.*number/],
    ["no such function", "nothing(@)", /cannot be answered\nUnknown function/],
    ["a long one", `${"a b".repeat(500)}`, /^--query '.{40,50}' cannot be read\n.{1,200}$/],
    ["one with brackets without end", "(".repeat(50_000), /cannot be read\nit is nested too deeply/],
    ["one with an answer without end", "pad_left('a', `99999999999`)", /cannot be answered\n.*too long/],
  ])("%s", async (_, expression, message) => {
    await expect(answer(expression)).rejects.toThrow(
      expect.objectContaining({ name: "QueryError", code: "query", message: expect.stringMatching(message) }),
    );
  });
});

it("names that the report does not have are told, however deep they stand in the query", async () => {
  const query = await compileQuery(`${"!".repeat(2000)}(rows[].nam)`);
  expect(query.unknownNames({ rows: [{ name: "a" }] })).toContain("'nam' (did you mean name?)");
});
