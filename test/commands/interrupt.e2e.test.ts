import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, it } from "vitest";
import { scratchDirectory } from "../built-program.ts";

const program = fileURLToPath(new URL("../../bin/vnet-explain.js", import.meta.url));
const scratch = scratchDirectory();

afterAll(() => scratch.remove());

it.skipIf(process.platform === "win32")("Ctrl-C ends a stream from a file at once", async () => {
  const path = join(scratch.path, "addresses.txt");
  const addresses = 2_000_000;
  writeFileSync(path, "10.0.0.4\n".repeat(addresses));
  const input = openSync(path, "r");
  const args = [program, "whichroute", "--ip", "-", "--sample", "no-udr", "-q", "-o", "tsv"];
  const child = spawn(process.execPath, args, {
    stdio: [input, "pipe", "ignore"],
    env: { PATH: process.env.PATH ?? "", VNET_EXPLAIN_CACHE: join(scratch.path, "cache") },
  });
  closeSync(input);
  let lines = 0;
  child.stdout?.on("data", (chunk: Buffer) => {
    // It is interrupted while it waits for its output to be read.
    if (lines === 0) child.kill("SIGINT");
    lines += chunk.filter((byte) => byte === 10).length;
  });
  const [code] = await once(child, "close");
  expect(code).toBe(130);
  expect(lines).toBeGreaterThan(0);
  expect(lines).toBeLessThan(addresses);
});
