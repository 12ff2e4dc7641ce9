import { describe, expect, it } from "vitest";
import { printQueried } from "../../../src/output/formats/queried.ts";
import { compileQuery } from "../../../src/output/formats/query.ts";
import { QueryError } from "../../../src/output/formats/query-error.ts";
import { openTerminal } from "../../../src/terminal/terminal.ts";
import { Capture } from "../../terminal/capture-terminal.ts";

const unknown = async (query: string, report: object) => (await compileQuery(query)).unknownNames(report);

it.each(["json", "table", "csv", "yaml"] as const)("a finding too long for any text is refused: %s", async (format) => {
  const long = "a".repeat(300_000_000);
  await expect(printQueried([[long, long]], format, await openTerminal(new Capture({})))).rejects.toThrow(QueryError);
});

describe("names that the report does not have", () => {
  it.each([
    ["are told with near ones", "status.fil", { status: { file: "x" } }, /'fil' \(did you mean file\?\)$/],
    ["are told without, where none is near", "status.zzz", { status: { file: "x" } }, /'zzz'$/],
    ["are told where one list of several has elements", "moves[].nam", { moves: [], rows: [{ name: "x" }] }, /'nam'/],
    [
      "are told once each",
      "alpha[].street || beta[].street || gamma",
      { alpha: [{ name: 1 }] },
      /: 'street', 'beta', 'gamma'$/,
    ],
  ])("%s", async (_, query, report, told) => {
    expect(await unknown(query, report)).toMatch(told);
  });

  it.each([
    ["are none where each is a field", "rows[?name=='x'].name", { rows: [{ name: "y" }] }],
    ["are none where the query itself gives them", "rows[].{hop: name} | [0].hop", { rows: [{ name: "y" }] }],
    ["are not told where no list has an element to know them by", "rows[].name", { rows: [], moves: [] }],
  ])("%s", async (_, query, report) => {
    expect(await unknown(query, report)).toBeNull();
  });
});
