import { describe, expect, it } from "vitest";
import { runBuilt } from "../built-program.ts";

/** A user that no machine has an entry for. */
const NOBODY_KNOWN = 54_321;
const isRoot = process.getuid?.() === 0;

describe.skipIf(!isRoot)(`no HOME and no entry in the user database${isRoot ? "" : " (only root may try)"}`, () => {
  const env = { HOME: undefined, VNET_EXPLAIN_CACHE: undefined, AZURE_ACCESS_TOKEN: "a-token-of-some-length" };
  it.each<[rule: string, args: readonly string[], code: number, says: RegExp]>([
    ["a sample is answered", ["whichroute", "--ip", "8.8.8.8", "--sample", "udr", "-q"], 0, /^$/],
    ["there are no tags", ["tags", "status"], 5, /no place for the cache: HOME is not set/],
    ["tags cannot be kept", ["tags", "update", "--from", "README.md"], 2, /README.md/],
    ["no table was kept", ["whichroute", "--ip", "8.8.8.8"], 2, /no routes to read/],
    ["no subscription is known", ["routes", "--nic", "vm-app197"], 2, /no subscription is named/],
  ])("%s", async (_, args, code, says) => {
    const run = await runBuilt(args, { uid: NOBODY_KNOWN, env });
    expect(run.stderr).toMatch(says);
    expect(run.code).toBe(code);
  });
});
