import { chmodSync, chownSync, readFileSync, renameSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseAddress } from "../../../src/net/address.ts";
import type { TagIndex } from "../../../src/service-tags/index/tag-index.ts";
import { TagCatalogue } from "../../../src/service-tags/tag-catalogue.ts";
import { readIndex } from "../../../src/store/index/read-index.ts";
import { indexBytes, indexOf, SOURCE } from "../../service-tags/tags-for-tests.ts";
import { failure } from "../failure.ts";
import { namedPipe } from "../files/named-pipe.ts";
import { patchFiles, systemError } from "../patched-files.ts";
import { temporaryDirectory } from "../temporary-directory.ts";

const bytes = indexBytes(indexOf({ Storage: ["20.1.2.0/24"] }));

function kept(content: Uint8Array = bytes): string {
  const path = join(temporaryDirectory(), "kept.index");
  writeFileSync(path, content, { mode: 0o600 });
  return path;
}

const namesOf = (index: TagIndex | null) =>
  index && new TagCatalogue(index).lookup(parseAddress("20.1.2.3")).map(({ name }) => name);

describe("an index file", () => {
  it("is read where it is asked", async () => {
    const path = kept();
    expect(namesOf(await readIndex(path, SOURCE))).toEqual(["Storage"]);
    const opened = await readIndex(path, SOURCE);
    truncateSync(path, 200); // what is read only now is not there any more
    expect(await failure(() => namesOf(opened))).toMatchObject({
      code: "cache-changed",
      message: "the compiled service tags changed while they were read",
      hint: "run it again",
    });
  });

  it("that the disk does not give any more is an error as if it had changed", async () => {
    const opened = await readIndex(kept(), SOURCE);
    patchFiles({
      readSync: () => {
        throw systemError("EIO");
      },
    });
    expect((await failure(() => namesOf(opened))).code).toBe("cache-changed");
  });

  it("that is refused is closed; one that is read stays open", async () => {
    const path = kept();
    let closed = 0;
    const { closeSync } = patchFiles({
      closeSync: (descriptor) => {
        closed++;
        closeSync(descriptor);
      },
    });
    await readIndex(path, SOURCE);
    expect(closed).toBe(0);
    await readIndex(path, "another.json");
    expect(closed).toBe(1);
  });

  it("that is replaced while it is open is read as it was", async () => {
    const path = kept();
    const opened = await readIndex(path, SOURCE);
    renameSync(kept(indexBytes(indexOf({ Sql: ["20.1.0.0/16"] }))), path);
    expect(namesOf(opened)).toEqual(["Storage"]);
    expect(namesOf(await readIndex(path, SOURCE))).toEqual(["Sql"]);
  });

  const changes: [what: string, change: (path: string) => void][] = [
    ["is missing", (path) => renameSync(path, `${path}.x`)],
    ["is empty", (path) => truncateSync(path, 0)],
    ["was cut", (path) => truncateSync(path, bytes.length - 4)],
    ["has a damaged header", (path) => writeFileSync(path, readFileSync(path).fill(7, 20, 24))],
    [
      "is a link",
      (path) => {
        renameSync(path, `${path}.x`);
        symlinkSync(`${path}.x`, path);
      },
    ],
    [
      "is a named pipe",
      (path) => {
        renameSync(path, `${path}.x`);
        namedPipe(path, `${path}.x`);
      },
    ],
    ["others may write", (path) => chmodSync(path, 0o622)],
  ];
  if (process.getuid?.() === 0) changes.push(["belongs to another user", (path) => chownSync(path, 12345, 12345)]);

  it.each(changes)("that %s is refused", async (_, change) => {
    const path = kept();
    change(path);
    expect(await readIndex(path, SOURCE)).toBeNull();
  });

  it("that was compiled from another file is refused", async () => {
    expect(await readIndex(kept(), "another.json")).toBeNull();
  });
});
