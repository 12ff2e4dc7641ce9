import { afterAll, describe, expect, it } from "vitest";
import { scratchDirectory } from "../../built-program.ts";
import { hasSharedData, sharedPath } from "../../shared-data.ts";
import { run } from "../run-in-process.ts";

const scratch = scratchDirectory();
afterAll(() => scratch.remove());

const cases = (name: string) => sharedPath(`data/cases/tags/${name}`);
const MARCH = cases("number-back/ServiceTags_Public_20200331.json");
const APRIL = cases("number-back/ServiceTags_Public_20200427.json");
const AUGUST = cases("ServiceTags_Public_20220801.json");
const API = cases("api-102.json");

let caches = 0;
const updates = async (...files: readonly string[]) => {
  const env = { VNET_EXPLAIN_CACHE: `${scratch.path}/${caches++}` };
  let last = await run(["tags", "status"], { env });
  for (const file of files) last = await run(["tags", "update", "--from", file], { env });
  return last;
};

describe.runIf(hasSharedData)("tags update takes a file that is not known to be older", () => {
  it.each([
    ["a later file with a smaller number", MARCH, APRIL],
    ["an answer of the Discovery API after a file", AUGUST, API],
    ["a file after an answer of the Discovery API", API, AUGUST],
  ])("%s", async (_, before, after) => {
    expect((await updates(before, after)).code).toBe(0);
  });

  it("and refuses the earlier of two dated files", async () => {
    const { code, err } = await updates(APRIL, MARCH);
    expect(code).toBe(1);
    expect(err).toMatch(/older than the one in use: 2020-03-31 after 2020-04-27/);
  });

  it("and notes what the Discovery API lacks", async () => {
    expect((await updates(API)).err).toMatch(/Discovery API lacks many regional tags/);
    expect((await updates(AUGUST)).err).not.toMatch(/Discovery API/);
    const looked = await run(["tags", "lookup", "13.71.175.81", "--tags", API]);
    expect(looked.err).toMatch(/From the Discovery API, which lacks many regional tags/);
  });
});

describe.runIf(hasSharedData)("tags diff says that the first file is the newer one", () => {
  it.each([
    [MARCH, APRIL, false],
    [APRIL, MARCH, true],
    [AUGUST, API, false],
    [API, AUGUST, false],
  ])("%s, %s: %s", async (first, second, isNewer) => {
    const { code, err } = await run(["tags", "diff", first, second]);
    expect(code).toBe(0);
    expect(/the first file is the newer one/.test(err)).toBe(isNewer);
  });
});
