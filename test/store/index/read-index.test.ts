import { existsSync, readdirSync, readFileSync, statSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseAddress } from "../../../src/net/address.ts";
import type { TagIndex } from "../../../src/service-tags/index/tag-index.ts";
import { TagCatalogue } from "../../../src/service-tags/tag-catalogue.ts";
import { readIndex } from "../../../src/store/index/read-index.ts";
import { indexBytes, indexOf } from "../../service-tags/tags-for-tests.ts";
import { failure } from "../failure.ts";
import { temporaryDirectory } from "../temporary-directory.ts";

const ADDRESS = parseAddress("20.1.2.3");
const bytes = indexBytes(indexOf({ Storage: ["20.1.2.0/24"] }));

/** A cache with an index, read at a time when its changes show. */
function kept(content: Uint8Array = bytes) {
  const cache = temporaryDirectory();
  const path = join(cache, "kept.index");
  writeFileSync(path, content);
  const later = () => Date.now() + 60_000;
  const stamps = join(cache, "stamps");
  return { cache, path, read: (now = later()) => readIndex(cache, path, now), stamps };
}

const namesOf = (index: TagIndex | null) => index && new TagCatalogue(index).lookup(ADDRESS).map(({ name }) => name);

/** Turns a bit of the file's last part, of which a look-up sees nothing, and gives it its time back. */
function damage(path: string): void {
  const { atime, mtime } = statSync(path);
  const damaged = readFileSync(path);
  damaged[damaged.length - 4] = (damaged[damaged.length - 4] ?? 0) ^ 1;
  writeFileSync(path, damaged);
  utimesSync(path, atime, mtime);
}

describe("an index file", () => {
  it("is read as a whole, stamped, and then read where it is asked", async () => {
    const { read, stamps, path } = kept();
    expect(namesOf(await read())).toEqual(["Storage"]);
    expect(readdirSync(stamps)).toHaveLength(1);
    const opened = await read();
    truncateSync(path, 200); // what is read only now is not there any more
    expect((await failure(() => namesOf(opened))).code).toBe("cache-changed");
  });

  it("that was damaged after it was stamped is refused, though its size and time are the same", async () => {
    const { read, path } = kept();
    for (let run = 0; run < 2; run++) expect(namesOf(await read())).toEqual(["Storage"]);
    damage(path);
    expect(await read()).toBeNull();
  });

  it("that was written anew after it was stamped is read as a whole and stamped again", async () => {
    const { read, path } = kept();
    await read();
    writeFileSync(path, indexBytes(indexOf({ Sql: ["20.1.0.0/16"] })));
    for (let run = 0; run < 2; run++) expect(namesOf(await read())).toEqual(["Sql"]);
  });

  it("that is damaged is not stamped", async () => {
    const { read, stamps, path } = kept();
    damage(path);
    expect(await read()).toBeNull();
    expect(existsSync(stamps)).toBe(false);
  });

  it("that has just been written is not stamped: a change within the same tick of the clock would not show", async () => {
    const { read, stamps } = kept();
    expect(namesOf(await read(Date.now()))).toEqual(["Storage"]);
    expect(existsSync(stamps)).toBe(false);
  });

  it.each(["", "{", "null", "7", "{}", '{"look":1,"whole":true}', '{"look":"{look}","whole":1}'])(
    "whose stamp is %j is read as a whole",
    async (stamp) => {
      const { read, stamps, path } = kept();
      await read();
      const [name = ""] = readdirSync(stamps);
      const { look } = JSON.parse(readFileSync(join(stamps, name), "utf8"));
      writeFileSync(join(stamps, name), stamp.replace("{look}", look));
      const index = await read(Date.now());
      truncateSync(path, 200);
      expect(namesOf(index)).toEqual(["Storage"]);
    },
  );

  it("is answered from where the stamp cannot be written", async () => {
    const { read, stamps } = kept();
    writeFileSync(stamps, "no directory");
    for (let run = 0; run < 2; run++) expect(namesOf(await read())).toEqual(["Storage"]);
  });
});
