import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { replaceFile } from "../../../src/store/files/replace-file.ts";
import { temporaryDirectory } from "../temporary-directory.ts";

const SIZE = 1_000_000;
let program = "";

beforeAll(async () => {
  program = join(temporaryDirectory(), "writer.mjs");
  const bundle = await rolldown({ input: fileURLToPath(new URL("./writer.ts", import.meta.url)), platform: "node" });
  await bundle.write({ file: program, format: "esm" });
  await bundle.close();
});

/** Whether the file is one of the writers' contents from its first byte to its last. */
function isWhole(path: string): boolean {
  const bytes = readFileSync(path);
  return bytes.equals(Buffer.alloc(SIZE, bytes[0]));
}

const running: ChildProcess[] = [];
afterEach(() => running.splice(0).forEach((child) => void child.kill("SIGKILL")));

function start(path: string, letter: string) {
  const child = spawn(process.execPath, [program, path, letter, String(SIZE)]);
  running.push(child);
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill("SIGKILL");
  await once(child, "exit");
}

describe.skipIf(process.platform === "win32")("a file that other processes replace without end", () => {
  it("is whole whenever it is read, and after they are killed at any moment", { tags: ["slow"] }, async () => {
    const path = join(temporaryDirectory(), "f");
    replaceFile(path, "a".repeat(SIZE), { what: "the cache" });
    for (let round = 0; round < 3; round++) {
      const children = ["b", "c"].map((letter) => start(path, letter));
      await Promise.all(children.map((child) => once(child.stdout, "data"))); // each has written at least once
      for (let read = 0; read < 3 + 2 * round; read++) expect(isWhole(path)).toBe(true);
      await Promise.all(children.map(kill));
      expect(isWhole(path), `after kill ${round}`).toBe(true);
    }
  });

  it("keeps its old content when the disk takes no more", async () => {
    const path = join(temporaryDirectory(), "f");
    replaceFile(path, "a".repeat(SIZE), { what: "the cache" });
    const limited = 'ulimit -f 100; exec "$0" "$@"'; // a file size limit acts like a full disk
    const { status, stderr } = spawnSync("sh", ["-c", limited, process.execPath, program, path, "b", String(SIZE)], {
      encoding: "utf8",
    });
    expect([status, stderr.trim()]).toEqual([1, "write-disk-full"]);
    expect(isWhole(path) && readFileSync(path, "utf8").startsWith("a")).toBe(true);
  });
});
