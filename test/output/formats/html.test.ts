import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { htmlPage } from "../../../src/output/formats/html.ts";
import type { Result } from "../../../src/output/results/kinds.ts";
import { openIndex } from "../../../src/service-tags/index/index-file.ts";
import { UserError } from "../../../src/text/user-error.ts";
import { VERSION } from "../../../src/text/version.ts";
import { run } from "../../commands/run-in-process.ts";
import { temporaryDirectory } from "../../store/temporary-directory.ts";

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
    const message = `the page would have ${count} prefixes; the limit is 100,000`;
    const hint = "use -o json or -o csv, or make a page of one table at a time";
    await expect(page(...tables)).rejects.toThrow(new UserError("page-too-large", message, hint));
    await expect(page(...tables)).rejects.toMatchObject({ code: "page-too-large", hint, exit: "usage" });
  });

  test("of a result without one is a defect", async () => {
    const result = { kind: "tags-list", report: {} } as unknown as Result;
    await expect(htmlPage(result)).rejects.toThrow(new RangeError("a result of tags-list has no page"));
  });
});

describe("a written page", () => {
  const tags = join(temporaryDirectory(), "ServiceTags_Public_20260105.json");
  const properties = {
    changeNumber: 7,
    region: "",
    platform: "Azure",
    systemService: "",
    addressPrefixes: ["20.0.0.0/8"],
  };
  const values = [{ name: "Storage", id: "Storage", properties }];
  writeFileSync(tags, JSON.stringify({ changeNumber: 7, cloud: "Public", values }));
  const page = async (...args: readonly string[]) =>
    (await run(["routes", "--sample", "udr", "--tags", tags, "-o", "html", ...args])).out;

  test("is one document with its version, its time, and no tags", async () => {
    const days = [new Date()];
    const html = await page();
    expect(html).toMatch(/^<!doctype html>\n[\s\S]*<\/html>\n$/);
    const [, day] = /written (\d{4}-\d\d-\d\d)\D[^<]* by vnet-explain /.exec(html) ?? [];
    days.push(new Date());
    expect(days.map((each) => each.toISOString().slice(0, 10))).toContain(day);
    expect(html).toContain(` by vnet-explain ${VERSION}<`);
    expect(html).not.toContain('id="tags"');
  });

  test("carries the tags where it should, compressed", async () => {
    const { out } = await run(["report", "--sample", "udr", "--tags", tags, "--with-tags", "--out", "-"]);
    const [, text = ""] = /id="tags">([^<]*)</.exec(out) ?? [];
    const bytes = new Uint8Array(gunzipSync(Buffer.from(text, "base64")));
    expect(openIndex(bytes.length, "page", (at, length) => bytes.subarray(at, at + length))).not.toBeNull();
  });
});
