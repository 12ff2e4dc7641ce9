import { describe, expect, it } from "vitest";
import { runBuilt } from "../built-program.ts";

/** What Node says of a user that no machine has an entry for: uv_os_homedir and uv_os_get_passwd answer ENOENT. */
const UNKNOWN_USER = `
  import os from "node:os";
  import { syncBuiltinESMExports } from "node:module";
  const unknown = () => {
    throw Object.assign(new Error("A system error occurred: uv_os_homedir returned ENOENT"), { code: "ERR_SYSTEM_ERROR" });
  };
  os.homedir = unknown;
  os.userInfo = unknown;
  syncBuiltinESMExports();`;

describe("no HOME and no entry in the user database", () => {
  const env = {
    HOME: undefined,
    VNET_EXPLAIN_CACHE: undefined,
    AZURE_ACCESS_TOKEN: "a-token-of-some-length",
    NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(UNKNOWN_USER)}`,
  };
  it.each<[rule: string, args: readonly string[], code: number, says: RegExp]>([
    ["a sample is answered", ["whichroute", "--ip", "8.8.8.8", "--sample", "udr", "-q"], 0, /^$/],
    ["there are no tags", ["tags", "status"], 5, /no place for the cache: HOME is not set/],
    ["tags cannot be kept", ["tags", "update", "--from", "README.md"], 2, /README.md/],
    ["no table was kept", ["whichroute", "--ip", "8.8.8.8"], 2, /no routes to read/],
    ["no subscription is known", ["routes", "--nic", "vm-app197"], 2, /no subscription is named/],
  ])("%s", async (_, args, code, says) => {
    const run = await runBuilt(args, { env });
    expect(run.stderr).toMatch(says);
    expect(run.code).toBe(code);
  });
});
