import { readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { encodeIndex } from "../../../src/service-tags/index/index-file.ts";
import type { TagIndex } from "../../../src/service-tags/index/tag-index.ts";
import { sha256 } from "../../../src/store/files/sha256.ts";
import { compileTagFile } from "../../../src/store/index/compile-tag-file.ts";
import { fileState } from "../../../src/store/index/file-state.ts";
import { loadTagFile } from "../../../src/store/index/load-tag-file.ts";
import { prepareTags } from "../../../src/store/index/prepare-tags.ts";
import { patchFiles, systemError } from "../patched-files.ts";
import { tagText } from "../tags/tag-text.ts";
import { temporaryDirectory } from "../temporary-directory.ts";

const TEXT = tagText({ prefixes: 2 });
const HASH = /^[0-9a-f]{64}\.index$/;
const FUTURE = Date.now() + 3_600_000;

function given(): { readonly path: string; readonly cache: string; readonly indexes: string } {
  const path = join(temporaryDirectory(), "ServiceTags_Public_20231106.json");
  writeFileSync(path, TEXT);
  const cache = temporaryDirectory();
  return { path, cache, indexes: join(cache, "indexes") };
}

/** Of an index, what differs between the files of these tests. */
const facts = ({ file, prefixesOfTag }: TagIndex) => [file.file, prefixesOfTag.length];

describe("a compiled tag file is kept", () => {
  it("under the state of the file where that was settled and still is", async () => {
    const { path, cache, indexes } = given();
    const state = fileState(path);
    expect(facts(await compileTagFile(cache, path, state, FUTURE))).toEqual([path, 2]);
    expect(readdirSync(indexes)).toEqual([`${state?.name}.index`]);
  });

  it.each<[when: string, settled: (path: string) => ReturnType<typeof fileState>]>([
    ["is not settled", () => null],
    ["changed while it was read", (path) => ({ changed: 0, name: `${fileState(path)?.name}1` })],
  ])("under the checksum of its path and its content where its state %s", async (_, settled) => {
    const { path, cache, indexes } = given();
    expect(facts(await compileTagFile(cache, path, settled(path), FUTURE))).toEqual([path, 2]);
    expect(readdirSync(indexes)).toEqual([`${sha256(`${path}\0${TEXT}`)}.index`]);
  });

  it("under that checksum too where the file is gone once it was read", async () => {
    const { path, cache, indexes } = given();
    const state = fileState(path);
    let looks = 0;
    const { statSync } = patchFiles({
      statSync: ((asked: string, options?: object) => {
        if (asked === path && ++looks > 1) throw systemError("ENOENT");
        return statSync(asked, options);
      }) as never,
    });
    expect(facts(await compileTagFile(cache, path, state, FUTURE))).toEqual([path, 2]);
    expect(readdirSync(indexes)).toEqual([`${sha256(`${path}\0${TEXT}`)}.index`]);
  });

  it("and by that checksum it is found, not compiled again", async () => {
    const { path, cache, indexes } = given();
    await compileTagFile(cache, path, null, FUTURE);
    const [name = ""] = readdirSync(indexes);
    const { index } = prepareTags(Buffer.from(tagText({ prefixes: 3 })), path);
    writeFileSync(join(indexes, name), Buffer.concat(encodeIndex(index, name.replace(".index", ""))));
    expect(facts(await compileTagFile(cache, path, null, FUTURE))).toEqual([path, 3]);
  });

  it("nowhere without a cache, or in one that cannot be written", async () => {
    const { path } = given();
    const file = join(temporaryDirectory(), "file");
    writeFileSync(file, "precious");
    for (const cache of [null, file]) {
      expect(facts(await compileTagFile(cache, path, fileState(path), FUTURE))).toEqual([path, 2]);
    }
    expect(readFileSync(file, "utf8")).toBe("precious");
  });

  it("unless the program fails, which is no fault of the cache", async () => {
    const { path, cache } = given();
    await compileTagFile(cache, path, null, FUTURE);
    const fault = new TypeError("a fault");
    patchFiles({
      mkdirSync: () => {
        throw fault;
      },
    });
    await expect(compileTagFile(cache, path, null, FUTURE)).rejects.toBe(fault);
  });

  it("and the eight newest stay, at once; files of other names stay too", async () => {
    const { path, cache, indexes } = given();
    await compileTagFile(cache, path, null, FUTURE);
    const [own = ""] = readdirSync(indexes);
    const hash = (digit: number) => `${digit}`.repeat(64);
    const old = [1, 2, 3, 4, 5, 6, 7].map((digit) => `${hash(digit)}.index`);
    const states = ["1-2-3-4.5-6.25", "12-34-56-1.5e+3-7", "1--2-3--4-5"].map((name) => `${name}.index`);
    const others = [
      ...[`x${hash(1)}.index`, `${hash(1)}.indexx`, `${hash(1)}1.index`, `${hash(1)}index`],
      ...["1-2-3-4.index", "1-2-3-4-5-6.index", "x1-2-3-4-5.index", "1-2-3-4-5.indexx", "-1-2-3-4-5.index"],
      ...["1-2-x-4-5.index", "1---2-3-4-5.index", ".1-2-3-4-5.index", "1-.2-3-4-5.index", "notes.txt"],
    ];
    for (const [rank, name] of [...old, ...states, ...others].entries()) {
      writeFileSync(join(indexes, name), "");
      utimesSync(join(indexes, name), 1_700_000_000 - rank, 1_700_000_000 - rank);
    }
    await compileTagFile(cache, path, fileState(path), FUTURE);
    const kept = [own, `${fileState(path)?.name}.index`, ...old.slice(0, 6), ...others];
    expect(readdirSync(indexes).sort()).toEqual(kept.sort());
  });
});

describe("the tags of a file that the user named", () => {
  it.each([
    [2000, HASH],
    [2001, /^\d.*-.*\.index$/],
  ])("are kept by the state of the file when it is older than two seconds: %i ms", async (age, name) => {
    const { path, cache, indexes } = given();
    const changed = fileState(path)?.changed ?? 0;
    await loadTagFile(cache, path, { now: changed + age });
    expect(readdirSync(indexes)).toEqual([expect.stringMatching(name)]);
  });

  it("are read, with a note, where the cache is not the program's own, in which nothing is written", async () => {
    const { path, cache } = given();
    writeFileSync(join(cache, "thesis.tex"), "");
    const notes: string[] = [];
    const note = (text: string) => void notes.push(text);
    const { file } = await loadTagFile(cache, path, { now: FUTURE, note });
    expect(file).toMatchObject({ file: path, date: "2023-11-06" });
    expect(notes).toEqual([expect.stringMatching(/^the cache is ignored: .* holds files that are not of the cache; /)]);
    expect(readdirSync(cache)).toEqual(["thesis.tex"]);
    await loadTagFile(cache, path); // without anybody who takes notes
  });

  it("are read without a note where there is a cache, and where there is none", async () => {
    const { path, cache } = given();
    const notes: string[] = [];
    const note = (text: string) => void notes.push(text);
    for (const place of [null, cache, cache]) await loadTagFile(place, path, { note });
    expect(notes).toEqual([]);
  });

  it("of a file that is missing are an error of that file", async () => {
    const { cache, path } = given();
    await expect(loadTagFile(cache, `${path}.gone`)).rejects.toMatchObject({ code: "file-not-found" });
  });
});
