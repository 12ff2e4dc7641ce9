import { describe, expect, it } from "vitest";
import { hasSharedData, readShared, sharedPath } from "../../shared-data.ts";
import { run } from "../run-in-process.ts";

const EXPECTED = [
  ["DataFactory.CanadaCentral", "13.71.175.80/28"],
  ["DataFactory", "13.71.175.80/28"],
  ["AzureCloud.canadacentral", "13.71.160.0/19"],
];

describe.runIf(hasSharedData)("the service tags of PowerShell are read", () => {
  it("as the expectations beside them say", () => {
    const text = readShared("data/cases/tags/ps.expected.txt");
    for (const pair of EXPECTED) expect(text).toContain(pair.join(" "));
  });

  it.each(["ps-root.json", "ps-values.json", "api-102.json"])("%s", async (file) => {
    const lookup = ["tags", "lookup", "13.71.175.81", "--tags", sharedPath(`data/cases/tags/${file}`), "-o", "tsv"];
    const { code, out, err } = await run(lookup);
    expect(code).toBe(0);
    const rows = out.trimEnd().split("\n");
    expect(rows.map((row) => row.split("\t").slice(1, 3))).toEqual(EXPECTED);
    expect(err).toMatch(/Discovery API/);
  });
});
