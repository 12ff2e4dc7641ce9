import {
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseAddress } from "../../../src/net/address.ts";
import { encodeIndex } from "../../../src/service-tags/index/index-file.ts";
import { HEADER_BYTES } from "../../../src/service-tags/index/index-layout.ts";
import { sha256 } from "../../../src/store/files/sha256.ts";
import { loadTagFile } from "../../../src/store/index/load-tag-file.ts";
import { prepareTags } from "../../../src/store/index/prepare-tags.ts";
import { loadKeptTags, loadTags } from "../../../src/store/tags/kept-tags.ts";
import { tagStatus } from "../../../src/store/tags/status.ts";
import { updateTags } from "../../../src/store/tags/update-tags.ts";
import { temporaryDirectory } from "../temporary-directory.ts";
import { type TagTextOptions, tagText } from "./tag-text.ts";

const NOW = Date.parse("2026-11-23T20:00:00.000Z");

async function stored(...files: TagTextOptions[]): Promise<{ cache: string; directory: string }> {
  const cache = temporaryDirectory();
  for (const file of files) {
    await updateTags({ cache, cloud: "public", source: { kind: "arm", text: tagText(file) }, now: NOW });
  }
  return { cache, directory: join(cache, "tags", "public") };
}

const UPDATE = "run vnet-explain tags update";
const IGNORED = `the cached service tags are damaged and are ignored: ${UPDATE}`;
const NAME = "Service Tag Discovery API";

/** The status of a cloud without tags, but for its notes. */
const none = (cache: string | null) => ({
  cloud: "public",
  current: null,
  previous: null,
  path: cache && join(cache, "tags", "public"),
  ageDays: null,
  stale: false,
});

/** What a look-up sees: the file's change number, whether it works, the notes. */
async function seen(cache: string): Promise<[changeNumber: string | null, works: boolean, notes: readonly string[]]> {
  const { catalogue, record, notes } = await loadTags(cache, "public");
  const found = catalogue?.lookup(parseAddress(`10.${Number(record?.changeNumber) % 256}.5.1`)) ?? [];
  return [record?.changeNumber ?? null, found[0]?.name === "Storage", notes];
}

/** The bytes with one bit of the last quarter turned. */
function flipped(bytes: Buffer): Buffer {
  const at = Math.floor(bytes.length * 0.8);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return bytes;
}

const named = (directory: string, ending: string) =>
  readdirSync(directory).filter((name) => name.endsWith(ending) && name !== "manifest.json");

async function pathOf(cache: string, ending: "json" | "index"): Promise<string> {
  return ((await tagStatus(cache, "public", NOW)).path ?? "").replace(/json$/, ending);
}

describe("the cached tags", () => {
  it("are read from the index alone: the JSON may even be gone", async () => {
    const { cache, directory } = await stored({ changeNumber: 1, part: 1 });
    for (const name of named(directory, ".json")) rmSync(join(directory, name));
    expect(await seen(cache)).toEqual(["1", true, []]);
  });

  it("are compiled again when the index is gone, and kept", async () => {
    const { cache, directory } = await stored({ changeNumber: 1, part: 1 });
    for (const name of named(directory, ".index")) rmSync(join(directory, name));
    expect(await seen(cache)).toEqual(["1", true, []]);
    expect(named(directory, ".index")).toHaveLength(1);
  });

  it("are the same after the index was cut anywhere", async () => {
    const { cache } = await stored({ changeNumber: 1, part: 1 });
    const path = await pathOf(cache, "index");
    const { size } = statSync(path);
    for (let length = 0; length < size; length += Math.ceil(size / 25)) {
      truncateSync(path, length);
      expect(await seen(cache), `cut at ${length}`).toEqual(["1", true, []]);
      expect(statSync(path).size, `rebuilt after the cut at ${length}`).toBe(size);
    }
  });

  it("are the same after any byte of the index's header or source changed", async () => {
    const { cache } = await stored({ changeNumber: 1, part: 1 });
    const path = await pathOf(cache, "index");
    const whole = readFileSync(path);
    for (let at = 0; at < HEADER_BYTES + 64; at += 3) {
      const damaged = Buffer.from(whole);
      damaged[at] = (damaged[at] ?? 0) ^ 0x10;
      writeFileSync(path, damaged);
      expect(await seen(cache), `byte ${at}`).toEqual(["1", true, []]);
    }
  });

  it.each<[what: string, ending: "json" | "index", change: (bytes: Buffer) => Buffer, note: string]>([
    ["any byte of its index changed", "index", flipped, `the compiled form of ${NAME} is damaged: ${UPDATE}`],
    [
      "its index was cut",
      "index",
      (bytes) => bytes.subarray(0, -4),
      `the compiled form of ${NAME} is damaged: ${UPDATE}`,
    ],
    ["any byte of the file changed", "json", flipped, `the cached ${NAME} is damaged: ${UPDATE}`],
  ])("are damaged, says the status, where %s; an update repairs them", async (_, ending, change, note) => {
    const text = tagText({ changeNumber: 1, part: 1 });
    const { cache } = await stored({ changeNumber: 1, part: 1 });
    expect((await tagStatus(cache, "public", NOW)).notes).toEqual([]);
    const path = await pathOf(cache, ending);
    writeFileSync(path, change(readFileSync(path)));
    expect((await tagStatus(cache, "public", NOW)).notes).toEqual([note]);
    await updateTags({ cache, cloud: "public", source: { kind: "arm", text }, now: NOW });
    expect((await tagStatus(cache, "public", NOW)).notes).toEqual([]);
  });

  it("are reported missing by the status where the file is gone, but not where its index is, which is made again", async () => {
    const { cache } = await stored({ changeNumber: 1, part: 1 }, { changeNumber: 2, part: 2 });
    rmSync(await pathOf(cache, "index"));
    expect((await tagStatus(cache, "public", NOW)).notes).toEqual([]);
    const { previous } = await tagStatus(cache, "public", NOW);
    rmSync(join(cache, "tags", "public", `${previous?.sha256}.json`));
    expect((await tagStatus(cache, "public", NOW)).notes).toEqual([`the cached ${NAME} is missing: ${UPDATE}`]);
  });

  it.each([
    ["an older version", 1, (format: number) => format - 1],
    ["a newer version", 1, (format: number) => format + 1],
    ["a machine of the other byte order", 2, () => 0x04_03_02_01],
  ])("are compiled again, and the index replaced, when it is of %s", async (_, word, change) => {
    const { cache } = await stored({ changeNumber: 1, part: 1 });
    const path = await pathOf(cache, "index");
    const whole = readFileSync(path);
    const other = new Uint8Array(whole);
    const words = new Int32Array(other.buffer);
    words[word] = change(words[word] ?? 0);
    writeFileSync(path, other);
    expect(await seen(cache)).toEqual(["1", true, []]);
    expect(readFileSync(path).equals(whole)).toBe(true);
  });

  it("fall back to the file before when JSON and index are damaged, and say so", async () => {
    const { cache } = await stored({ changeNumber: 1, part: 1 }, { changeNumber: 2, part: 2 });
    writeFileSync(await pathOf(cache, "index"), "");
    writeFileSync(await pathOf(cache, "json"), tagText({ changeNumber: 2, part: 3 }));
    const note = `the cached ${NAME} is damaged; the older ${NAME} is used instead: ${UPDATE}`;
    expect(await seen(cache)).toEqual(["1", true, [note]]);
  });

  it.each([
    "",
    "{",
    "null",
    "[]",
    "{}",
    '{"current":{"sha256":"../../x"},"previous":null}',
    '{"current":null,"previous":null}',
  ])("are absent with a note when the manifest is %j, until the next update", async (text) => {
    const { cache, directory } = await stored({ changeNumber: 1, part: 1 });
    writeFileSync(join(directory, "manifest.json"), text);
    expect(await seen(cache)).toEqual([null, false, [IGNORED]]);
    expect(await tagStatus(cache, "public", NOW)).toEqual({
      ...none(cache),
      notes: [`the cached service tags are damaged: ${UPDATE}`],
    });
    for (const which of ["current", "previous"] as const) {
      expect(await loadKeptTags(cache, "public", which)).toEqual({
        catalogue: null,
        record: null,
        notes: [`the cached service tags are damaged: ${UPDATE}`],
      });
    }
    await updateTags({ cache, cloud: "public", source: { kind: "arm", text: tagText({ changeNumber: 1, part: 1 }) } });
    expect(await seen(cache)).toEqual(["1", true, []]);
  });

  it("are absent without a note where there are none", async () => {
    expect(await seen(join(temporaryDirectory(), "none"))).toEqual([null, false, []]);
    const empty = { catalogue: null, record: null, notes: [] };
    for (const cache of [null, temporaryDirectory()]) {
      expect(await loadTags(cache, "public")).toEqual(empty);
      expect(await loadKeptTags(cache, "public", "current")).toEqual(empty);
    }
    const { cache, directory } = await stored({});
    rmSync(join(directory, "manifest.json"));
    expect(await loadTags(cache, "public")).toEqual(empty);
    expect(await loadKeptTags(cache, "public", "current")).toEqual(empty);
    expect(await tagStatus(cache, "public", NOW)).toEqual({ ...none(cache), notes: [] });
    expect(await tagStatus(cache, "china", NOW)).toEqual({
      ...none(cache),
      cloud: "china",
      path: join(cache, "tags", "china"),
      notes: [],
    });
    const nowhere = "no cache directory: HOME is not set; set VNET_EXPLAIN_CACHE to a directory of your own";
    expect(await tagStatus(null, "public", NOW)).toEqual({ ...none(null), notes: [nowhere] });
  });

  it("are absent with a note where the cache is not the program's own", async () => {
    const cache = temporaryDirectory();
    writeFileSync(join(cache, "thesis.tex"), "");
    const why = `${realpathSync(cache)} holds files that are not of the cache`;
    const notes = [`the cache is ignored: ${why}; set VNET_EXPLAIN_CACHE to a directory of your own`];
    expect(await loadTags(cache, "public")).toEqual({ catalogue: null, record: null, notes });
    expect(await loadKeptTags(cache, "public", "current")).toEqual({ catalogue: null, record: null, notes });
    expect(await tagStatus(cache, "public", NOW)).toEqual({ ...none(cache), notes });
  });

  it("are two files with their records, says the status", async () => {
    const { cache, directory } = await stored({ changeNumber: 1, part: 1 }, { changeNumber: 2, part: 2 });
    const record = (changeNumber: number) => ({
      sha256: sha256(tagText({ changeNumber, part: changeNumber })),
      file: NAME,
      cloud: "Public",
      changeNumber: `${changeNumber}`,
      numbering: "weekly-file",
      date: null,
      tags: 1,
      prefixes: 120,
      origin: "arm",
      from: "Azure Resource Manager",
      storedAt: "2026-11-23T20:00:00.000Z",
    });
    expect(await tagStatus(cache, "public", NOW + 86_400_000)).toEqual({
      cloud: "public",
      current: record(2),
      previous: record(1),
      path: join(realpathSync(directory), `${record(2).sha256}.json`),
      ageDays: 1,
      stale: false,
      notes: [],
    });
  });

  it("are absent with a note where everything is lost", async () => {
    const { cache, directory } = await stored({ changeNumber: 1 });
    for (const name of [...named(directory, ".json"), ...named(directory, ".index")]) rmSync(join(directory, name));
    expect(await seen(cache)).toEqual([null, false, [IGNORED]]);
  });

  it("still answer where the rebuilt index cannot be written", async () => {
    const { cache } = await stored({ changeNumber: 1, part: 1 });
    const path = await pathOf(cache, "index");
    rmSync(path);
    mkdirSync(path);
    expect(await seen(cache)).toEqual(["1", true, []]);
  });

  it("are two files at most, an hour after", async () => {
    const { directory } = await stored({ changeNumber: 1 });
    const cache = join(directory, "..", "..");
    for (let changeNumber = 2; changeNumber < 6; changeNumber++) {
      for (const name of readdirSync(directory))
        utimesSync(join(directory, name), NOW / 1000 - 7200, NOW / 1000 - 7200);
      const text = tagText({ changeNumber, part: changeNumber });
      await updateTags({ cache, cloud: "public", source: { kind: "arm", text }, now: NOW });
    }
    expect(named(directory, ".json")).toHaveLength(2);
    expect(named(directory, ".index")).toHaveLength(2);
    expect(await seen(cache)).toEqual(["5", true, []]);
  });

  it("leave alone what is not of the program in their directory, and what may still be written", async () => {
    const { cache, directory } = await stored({ changeNumber: 1 });
    const hash = "0".repeat(64);
    const others = [`x${hash}.json`, `${hash}.jsonx`, `${hash}xjson`, "xmanifest.json", "manifest.jsonx", "notes.txt"];
    const old = [`${hash}.json`, `${hash}.index`];
    const young = `1${hash.slice(1)}.json`;
    for (const name of [...others, ...old, young]) {
      writeFileSync(join(directory, name), "");
      const at = NOW / 1000 - (name === young ? 3600 : 3601);
      utimesSync(join(directory, name), at, at);
    }
    await updateTags({ cache, cloud: "public", source: { kind: "arm", text: tagText({ changeNumber: 1 }) }, now: NOW });
    const left = readdirSync(directory);
    expect([...others, ...old, young].filter((name) => left.includes(name))).toEqual([...others, young]);
  });

  it("are whole for every look-up while ten updates run at once", async () => {
    const { cache } = await stored({ changeNumber: 1, part: 1 });
    const updates = Array.from({ length: 10 }, (_, k) => {
      const text = tagText({ changeNumber: k + 2, part: k + 2 });
      return updateTags({ cache, cloud: "public", source: { kind: "arm", text }, force: true });
    });
    const lookups = Array.from({ length: 20 }, async () => seen(cache));
    for (const [, works, notes] of await Promise.all(lookups)) expect([works, notes]).toEqual([true, []]);
    await Promise.all(updates);
    expect((await seen(cache)).slice(1)).toEqual([true, []]);
  });
});

describe("a tag file given by its path", () => {
  const lookup = async (cache: string | null, path: string, part: number, now = Date.now() + 60_000) =>
    (await loadTagFile(cache, path, { now })).lookup(parseAddress(`10.${part}.5.1`)).map(({ name }) => name);

  function given(text: string): { path: string; cache: string; indexes: string } {
    const path = join(temporaryDirectory(), "ServiceTags_Public_20231106.json");
    writeFileSync(path, text);
    const cache = temporaryDirectory();
    return { path, cache, indexes: join(cache, "indexes") };
  }

  it("answers with and without a cache, the first time and the second", async () => {
    const { path, cache, indexes } = given(tagText({ part: 1 }));
    for (const place of [null, cache, cache]) expect(await lookup(place, path, 1)).toEqual(["Storage"]);
    expect(readdirSync(indexes)).toHaveLength(1);
    expect((await loadTagFile(cache, path)).file).toMatchObject({ file: path, date: "2023-11-06" });
  });

  it("is read again when its content changed, though its size and time did not", async () => {
    const { path, cache } = given(tagText({ part: 1 }));
    expect(await lookup(cache, path, 1)).toEqual(["Storage"]);
    const { atime, mtime } = statSync(path);
    writeFileSync(path, tagText({ part: 2 }));
    utimesSync(path, atime, mtime);
    expect(await lookup(cache, path, 2)).toEqual(["Storage"]);
  });

  it("that has just been written is not trusted by its time, but found again by its content", async () => {
    const { path, cache, indexes } = given(tagText({ part: 1 }));
    const contentNames = async () => {
      expect(await lookup(cache, path, 1, Date.now())).toEqual(["Storage"]);
      return readdirSync(indexes).filter((name) => /^[0-9a-f]{64}\.index$/.test(name));
    };
    expect(await contentNames()).toHaveLength(1);
    expect(await contentNames()).toHaveLength(1);
  });

  it("is found again without being read: its state leads to its index", async () => {
    const { path, cache, indexes } = given(tagText({ part: 1 }));
    await lookup(cache, path, 1);
    const [name = ""] = readdirSync(indexes);
    const { index } = prepareTags(Buffer.from(tagText({ part: 2 })), path);
    writeFileSync(join(indexes, name), Buffer.concat(encodeIndex(index, name.replace(/\.index$/, ""))));
    expect(await lookup(cache, path, 2)).toEqual(["Storage"]);
  });

  it("is compiled again where the index in its place was compiled from another file", async () => {
    const { path, cache, indexes } = given(tagText({ part: 1 }));
    await lookup(cache, path, 1);
    const other = given(tagText({ part: 2 }));
    await lookup(other.cache, other.path, 2);
    const [name = "", planted = ""] = [readdirSync(indexes)[0], readdirSync(other.indexes)[0]];
    writeFileSync(join(indexes, name), readFileSync(join(other.indexes, planted)));
    expect(await lookup(cache, path, 1)).toEqual(["Storage"]);
  });

  it("is dated by the name that it is asked by, whichever it was compiled by", async () => {
    const { path, cache, indexes } = given(tagText({ part: 1 }));
    const undated = join(temporaryDirectory(), "tags.json");
    symlinkSync(path, undated);
    const now = Date.now() + 60_000;
    const dates = [undated, path, undated].map(async (name) => (await loadTagFile(cache, name, { now })).file.date);
    expect(await Promise.all(dates)).toEqual([null, "2023-11-06", null]);
    for (const [name, date] of [
      [path, "2023-11-06"],
      [undated, null],
    ] as const) {
      expect((await loadTagFile(cache, name, { now })).file).toMatchObject({ file: name, date });
    }
    expect(readdirSync(indexes)).toHaveLength(1);
  });

  it("answers where the index is damaged or the cache cannot be written", async () => {
    const { path, cache, indexes } = given(tagText({ part: 1 }));
    await lookup(cache, path, 1);
    for (const name of readdirSync(indexes)) writeFileSync(join(indexes, name), "damaged");
    expect(await lookup(cache, path, 1)).toEqual(["Storage"]);
    expect(await lookup(path, path, 1)).toEqual(["Storage"]); // the cache directory is a file
  });

  it("leaves eight compiled files at most", async () => {
    const { cache, indexes } = given("");
    for (let part = 0; part < 10; part++) {
      const { path } = given(tagText({ part }));
      await lookup(cache, path, part);
    }
    expect(readdirSync(indexes)).toHaveLength(8);
  });

  it("saved by PowerShell as UTF-16 is read", async () => {
    const { path, cache } = given("");
    writeFileSync(path, Buffer.from(`\uFEFF${tagText({ part: 1 })}`, "utf16le"));
    expect(await lookup(cache, path, 1)).toEqual(["Storage"]);
  });
});

describe("the two kept files", () => {
  const kept = async (cache: string, which: "current" | "previous") => {
    const { record, notes } = await loadKeptTags(cache, "public", which);
    return [record?.changeNumber ?? null, ...notes];
  };

  it("are the one in use and the one before it", async () => {
    const { cache } = await stored({ changeNumber: 1, part: 1 }, { changeNumber: 2, part: 2 });
    expect([await kept(cache, "previous"), await kept(cache, "current")]).toEqual([["1"], ["2"]]);
  });

  it("there may be one, or none", async () => {
    const { cache } = await stored({ changeNumber: 1, part: 1 });
    expect([await kept(cache, "previous"), await kept(cache, "current")]).toEqual([[null], ["1"]]);
    expect(await kept(temporaryDirectory(), "current")).toEqual([null]);
  });

  it("one that is damaged is never replaced by the other", async () => {
    const { cache } = await stored({ changeNumber: 1, part: 1 }, { changeNumber: 2, part: 2 });
    for (const ending of ["json", "index"] as const) rmSync(await pathOf(cache, ending));
    expect(await kept(cache, "current")).toEqual([null, `the cached service tags are damaged: ${UPDATE}`]);
    expect(await kept(cache, "previous")).toEqual(["1"]);
  });
});
