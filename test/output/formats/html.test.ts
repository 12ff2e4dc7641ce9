import { describe, expect, test } from "vitest";
import { htmlPage } from "../../../src/output/formats/html.ts";
import type { Result } from "../../../src/output/results/kinds.ts";
import { UserError } from "../../../src/text/user-error.ts";

describe("a page", () => {
  const table = (...prefixes: readonly number[]) => ({
    label: "",
    annotated: { table: { routes: prefixes.map((count) => ({ addressPrefix: Array(count).fill("10.0.0.0/8") })) } },
  });
  const page = (...tables: readonly object[]) =>
    htmlPage({ kind: "routes", report: {}, page: { tables, carriedTags: null } } as unknown as Result);

  test.each([
    ["one row", [table(100_001)], "100,001"],
    ["the rows of a table", [table(60_000, 50_000, 1)], "110,001"],
    ["several tables", [table(60_000), table(1, 40_000)], "100,001"],
  ])("of too many prefixes in %s is refused", async (_, tables, count) => {
    const message = `a page carries at most 100,000 prefixes, not ${count}`;
    const hint = "use -o json or -o csv, or make a page of one table at a time";
    await expect(page(...tables)).rejects.toThrow(new UserError("page-too-large", message, hint));
    await expect(page(...tables)).rejects.toMatchObject({ code: "page-too-large", hint, exit: "usage" });
  });

  test("of a result without one is a defect", async () => {
    const result = { kind: "tags-list", report: {} } as unknown as Result;
    await expect(htmlPage(result)).rejects.toThrow(new RangeError("a result of tags-list has no page"));
  });
});
