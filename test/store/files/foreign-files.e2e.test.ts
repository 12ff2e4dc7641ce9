import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { keepTable } from "../../../src/store/last-table.ts";
import { runBuilt } from "../../built-program.ts";
import { tagText } from "../tags/tag-text.ts";
import { temporaryDirectory } from "../temporary-directory.ts";

/** Old files of somebody else, in directories with the names of the cache's, present and past. */
const FOREIGN = [
  "code/thesis/chapter-1.tex",
  "code/thesis.tex",
  "indexes/2019.index",
  "indexes/.draft.0123456789ab.tmp",
  "tags/public/notes.txt",
  "tags/.letter.0123456789ab.tmp",
  "tables/periodic.json",
  "tables/.last.jsonld.0123456789ab.tmp",
  "stamps/penny-black.json",
  "compiled/v24.1.0-x64-964aae3f-0/novel.txt",
  "offers/house.txt",
];

/** Long ago: nothing of the cache is kept for so long. */
const OLD = new Date("2001-01-01");

function plant(directory: string, names: readonly string[]): void {
  for (const name of names) {
    const path = join(directory, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `precious ${name}`);
    utimesSync(path, OLD, OLD);
  }
}

/** Every file and link below a directory, with what it holds. */
function contents(directory: string): Record<string, string> {
  const paths = readdirSync(directory, { recursive: true, encoding: "utf8" }).sort();
  const entries = paths.flatMap((name) => {
    const path = join(directory, name);
    const found = lstatSync(path);
    if (found.isDirectory()) return [];
    return [[name, found.isSymbolicLink() ? readlinkSync(path) : readFileSync(path, "utf8")]];
  });
  return Object.fromEntries(entries);
}

/** Commands that keep something in the cache or tidy it up, and how they end where it must be left alone. */
function commands(scratch: string): readonly (readonly [args: readonly string[], code: number])[] {
  const file = join(scratch, "ServiceTags_Public_20251110.json");
  writeFileSync(file, tagText({ part: 1 }));
  utimesSync(file, OLD, OLD);
  return [
    [["whichroute", "--ip", "8.8.8.8", "--sample", "udr"], 0],
    [["tags", "update", "--from", file], 1],
    [["tags", "lookup", "10.1.5.1", "--tags", file], 0],
    [["tags", "status"], 5],
    [["tags", "lookup", "10.1.5.1"], 5],
  ];
}

const TABLE = {
  nicId: "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/networkInterfaces/n",
  subscription: "s",
  fetchedAt: "2026-11-25T00:00:00.000Z",
  body: '{"value":[]}',
  subnet: null,
  nic: null,
};

describe("files of somebody else survive", () => {
  it("where VNET_EXPLAIN_CACHE is the home directory: the cache is a folder in it", async () => {
    const home = temporaryDirectory();
    plant(home, FOREIGN);
    const before = contents(home);
    for (const [args, code] of commands(temporaryDirectory())) {
      const run = await runBuilt(args, { env: { VNET_EXPLAIN_CACHE: home } });
      expect([run.code, run.stderr.includes("error")], run.stderr).toEqual([
        args[1] === "update" || code === 5 ? 0 : code,
        false,
      ]);
    }
    keepTable(join(home, "vnet-explain"), TABLE, "public");
    expect(contents(home)).toMatchObject(before);
    expect(readdirSync(home).sort()).toEqual([
      "code",
      "compiled",
      "indexes",
      "offers",
      "stamps",
      "tables",
      "tags",
      "vnet-explain",
    ]);
  });

  it("in a folder that the program did not make: it is left alone, with a note", async () => {
    const home = temporaryDirectory();
    const folder = join(home, "vnet-explain");
    plant(folder, FOREIGN);
    const before = contents(home);
    for (const [args, code] of commands(temporaryDirectory())) {
      const run = await runBuilt(args, { env: { VNET_EXPLAIN_CACHE: home } });
      expect(run.code, run.stderr).toBe(code);
      const notes = run.stderr.split("holds files that are not of the cache").length - 1;
      expect(notes, `${args.join(" ")}: ${run.stderr}`).toBe(args.includes("--sample") ? 0 : 1);
    }
    expect(() => keepTable(folder, TABLE, "public")).toThrow(/holds files that are not of the cache/);
    expect(contents(home)).toEqual(before);
  });

  it("inside the cache's own folder: only files with its own names go, and never through a link", async () => {
    const home = temporaryDirectory();
    const folder = join(home, "vnet-explain");
    keepTable(folder, TABLE, "public");
    const elsewhere = temporaryDirectory();
    const name = "0".repeat(64);
    plant(elsewhere, [`${name}.json`, `${name}.index`]);
    plant(folder, [...FOREIGN, `tags/public/${name}.json/chapter.tex`]);
    symlinkSync(join(elsewhere, `${name}.index`), join(folder, "tags", "public", `${name}.index`));
    const node = "compiled/v24.1.0-x64-964aae3f-0";
    symlinkSync(join(elsewhere, `${name}.json`), join(folder, node, "76543210"));
    symlinkSync(join(folder, node), join(folder, "compiled", "v25.0.0-x64-964aae3f-0"));
    writeFileSync(join(folder, node, "89abcdef"), "compiled today");
    const before = contents(folder);
    const gone = [
      `tags/public/${"1".repeat(64)}.json`,
      `tags/public/.manifest.json.0123456789ab.tmp`,
      `${node}/0123abcd`,
    ];
    plant(folder, gone);
    for (const [args] of commands(temporaryDirectory())) {
      expect((await runBuilt(args, { env: { VNET_EXPLAIN_CACHE: home } })).code).toBe(0);
    }
    const after = contents(folder);
    expect(after).toMatchObject(before);
    for (const path of gone) expect(after).not.toHaveProperty([path]);
    expect(Object.keys(contents(elsewhere))).toHaveLength(2);
  });

  it("behind a link in the place of a directory of the cache", async () => {
    const home = temporaryDirectory();
    const folder = join(home, "vnet-explain");
    keepTable(folder, TABLE, "public");
    const elsewhere = temporaryDirectory();
    plant(elsewhere, [`public/${"1".repeat(64)}.json`, `${"1".repeat(64)}.index`]);
    for (const place of ["tags", "indexes", "offers"]) symlinkSync(elsewhere, join(folder, place));
    const before = contents(elsewhere);
    for (const [args, code] of commands(temporaryDirectory())) {
      expect((await runBuilt(args, { env: { VNET_EXPLAIN_CACHE: home } })).code, args.join(" ")).toBe(code);
    }
    expect(contents(elsewhere)).toEqual(before);
  });
});
