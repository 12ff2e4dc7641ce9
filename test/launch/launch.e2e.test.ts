import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runBuilt } from "../built-program.ts";
import { temporaryDirectory } from "../store/temporary-directory.ts";

const ARGS = ["whichroute", "--ip", "191.239.203.0", "--sample", "udr-and-endpoint", "-o", "json"];

function codeFiles(cache: string): string[] {
  if (!existsSync(join(cache, "code"))) return [];
  const found = readdirSync(join(cache, "code"), { recursive: true, withFileTypes: true });
  return found.filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name));
}

describe("a start", () => {
  it("keeps compiled code in the cache and answers the same with it", async () => {
    const VNET_EXPLAIN_CACHE = temporaryDirectory();
    const first = await runBuilt(ARGS, { env: { VNET_EXPLAIN_CACHE } });
    expect(codeFiles(VNET_EXPLAIN_CACHE).length).toBeGreaterThan(2);
    expect(await runBuilt(ARGS, { env: { VNET_EXPLAIN_CACHE } })).toEqual(first);
    expect(first.code).toBe(0);
  });

  it("keeps none where NODE_DISABLE_COMPILE_CACHE asks for that", async () => {
    const VNET_EXPLAIN_CACHE = temporaryDirectory();
    await runBuilt(ARGS, { env: { VNET_EXPLAIN_CACHE, NODE_DISABLE_COMPILE_CACHE: "1" } });
    expect(codeFiles(VNET_EXPLAIN_CACHE)).toEqual([]);
  });

  it("keeps none of a command line that is wrong", async () => {
    const VNET_EXPLAIN_CACHE = temporaryDirectory();
    expect((await runBuilt(["no-such-command"], { env: { VNET_EXPLAIN_CACHE } })).code).toBe(2);
    expect(codeFiles(VNET_EXPLAIN_CACHE)).toEqual([]);
  });

  it.skipIf(process.platform === "win32")("keeps and loads none where another user could put code", async () => {
    const VNET_EXPLAIN_CACHE = temporaryDirectory();
    const first = await runBuilt(ARGS, { env: { VNET_EXPLAIN_CACHE } });
    const kept = codeFiles(VNET_EXPLAIN_CACHE);
    for (const path of kept) writeFileSync(path, "left by somebody else");
    chmodSync(VNET_EXPLAIN_CACHE, 0o777);
    expect(await runBuilt(ARGS, { env: { VNET_EXPLAIN_CACHE } })).toEqual(first);
    for (const path of kept) expect(readFileSync(path, "utf8")).toBe("left by somebody else");
    expect(codeFiles(VNET_EXPLAIN_CACHE)).toEqual(kept);
  });

  it("answers the same where all compiled code is damaged", async () => {
    const VNET_EXPLAIN_CACHE = temporaryDirectory();
    const first = await runBuilt(ARGS, { env: { VNET_EXPLAIN_CACHE } });
    for (const path of codeFiles(VNET_EXPLAIN_CACHE)) {
      const bytes = readFileSync(path);
      bytes.fill(0, bytes.length >> 1);
      writeFileSync(path, bytes);
    }
    expect(await runBuilt(ARGS, { env: { VNET_EXPLAIN_CACHE } })).toEqual(first);
  });
});
