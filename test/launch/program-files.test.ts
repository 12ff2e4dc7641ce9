import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { codeDirectory } from "../../src/launch/code-directory.ts";
import { type CodeStore, ProgramFiles } from "../../src/launch/program-files.ts";
import { namedPipe } from "../store/files/named-pipe.ts";
import { temporaryDirectory } from "../store/temporary-directory.ts";

const FILES = {
  "main.cjs":
    'const { twice } = require("./part-abcdefgh.cjs"); exports.answer = twice(21); exports.same = require("./part-abcdefgh.cjs").twice === twice;',
  "part-abcdefgh.cjs":
    'const { join } = require("node:path"); exports.twice = (n) => 2 * n; exports.where = join("a", "b"); exports.self = __filename;',
};

/** As the build writes each file of the program. */
const wrapped = (text: string) => `(function (exports, require, module, __filename, __dirname) {${text}\n})`;

function program(): { main: string; part: string } {
  const directory = temporaryDirectory();
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(directory, name), wrapped(text));
  return { main: join(directory, "main.cjs"), part: join(directory, "part-abcdefgh.cjs") };
}

/** Makes a file so many seconds old. */
function age(path: string, seconds: number): void {
  const then = Date.now() / 1000 - seconds;
  utimesSync(path, then, then);
}

const kept = (code: string) => ({ code: Buffer.from(code), runs: 1 });

/** A store that tells what was asked of it. */
function watched(store: CodeStore): CodeStore & { readonly got: string[]; readonly kept: string[] } {
  const got: string[] = [];
  const kept: string[] = [];
  return {
    got,
    kept,
    get(name) {
      const code = store.get(name);
      got.push(`${name} ${code === null ? "missing" : "found"}`);
      return code;
    },
    put(name, code) {
      kept.push(name);
      store.put(name, code);
    },
  };
}

function loaded(main: string, cache: string, version = "1") {
  const store = watched(codeDirectory(cache, version, "way"));
  const files = new ProgramFiles(store);
  const exported = files.load(main);
  files.keep();
  return { exported, got: store.got, put: store.kept };
}

const ANSWER = { answer: 42, same: true };

describe("the program's files", () => {
  it("are loaded as Node would, each once", () => {
    const { main, part } = program();
    const files = new ProgramFiles(codeDirectory(temporaryDirectory(), "1", "way"));
    expect(files.load(main)).toEqual(ANSWER);
    expect(files.load(part)).toMatchObject({ where: join("a", "b"), self: part });
  });

  it("are compiled the first time, and found compiled from then on, where their names hold a hash", () => {
    const { main } = program();
    const cache = temporaryDirectory();
    const name = "part-abcdefgh.cjs";
    expect(loaded(main, cache)).toEqual({ exported: ANSWER, got: [`${name} missing`], put: [name] });
    expect(loaded(main, cache)).toEqual({ exported: ANSWER, got: [`${name} found`], put: [] });
    expect(loaded(main, cache, "2")).toEqual({ exported: ANSWER, got: [`${name} missing`], put: [name] });
  });

  it("are kept with the functions of three runs, some seconds apart: the first of a command is not like the others", () => {
    const { main } = program();
    const cache = temporaryDirectory();
    const name = "part-abcdefgh.cjs";
    const path = join(cache, "code", "1", `way-${name}.code`);
    const puts = [0, 0, 60, 0, 60, 60].map((ago) => {
      if (ago > 0) age(path, ago);
      return loaded(main, cache).put.length;
    });
    expect(puts).toEqual([1, 0, 1, 0, 1, 0]);
  });

  it("gain the functions of a later run", () => {
    const directory = temporaryDirectory();
    const main = join(directory, "main.cjs");
    writeFileSync(main, wrapped('module.exports = require("./part-abcdefgh.cjs");'));
    const text =
      'exports.a = () => { return "a" }; exports.b = (n) => { let sum = 0; for (let i = 0; i < n; i++) sum += i * i; return String(sum); };';
    writeFileSync(join(directory, "part-abcdefgh.cjs"), wrapped(text));
    const cache = temporaryDirectory();
    const sizes = ["a", "b", "a"].map((called) => {
      const files = new ProgramFiles(codeDirectory(cache, "1", "way"));
      (files.load(main) as Record<string, (n: number) => string>)[called]?.(9);
      files.keep();
      age(join(cache, "code", "1", "way-part-abcdefgh.cjs.code"), 60);
      return codeDirectory(cache, "1", "way").get("part-abcdefgh.cjs")?.code.length ?? 0;
    });
    expect(sizes[1]).toBeGreaterThan(sizes[0] ?? 0);
    expect(sizes[2]).toBe(sizes[1]);
  });

  it("are compiled again, and kept again, where the compiled form is damaged", () => {
    const { main } = program();
    const cache = temporaryDirectory();
    loaded(main, cache);
    const [name = ""] = readdirSync(join(cache, "code", "1"));
    const path = join(cache, "code", "1", name);
    const whole = readFileSync(path);
    const places = Array.from({ length: 40 }, (_, k) => Math.floor((k * whole.length) / 40));
    for (const at of places) {
      const damaged = Buffer.from(whole);
      damaged[at] = (damaged[at] ?? 0) ^ 0x10;
      writeFileSync(path, damaged);
      expect(loaded(main, cache), `byte ${at}`).toMatchObject({ exported: ANSWER, put: ["part-abcdefgh.cjs"] });
    }
  });

  it("are compiled where V8 refuses the compiled form", () => {
    const { main } = program();
    const cache = temporaryDirectory();
    codeDirectory(cache, "1", "way").put("part-abcdefgh.cjs", kept("no compiled form at all"));
    expect(loaded(main, cache)).toMatchObject({ exported: ANSWER, put: ["part-abcdefgh.cjs"] });
  });

  it("are loaded where nothing can be kept", () => {
    const { main } = program();
    expect(loaded(main, main).exported).toEqual(ANSWER); // the cache is a file
  });

  it.skipIf(process.platform === "win32")("trust no compiled form in a directory that others can write to", () => {
    const { main } = program();
    const cache = temporaryDirectory();
    loaded(main, cache);
    expect(statSync(join(cache, "code", "1")).mode & 0o777).toBe(0o700);
    chmodSync(join(cache, "code", "1"), 0o777);
    expect(loaded(main, cache).got).toEqual(["part-abcdefgh.cjs missing"]);
  });

  it("leave nothing in the cache of versions that have not been started for a month", () => {
    const { main } = program();
    const cache = temporaryDirectory();
    const old = join(cache, "code", "0");
    mkdirSync(old, { recursive: true });
    utimesSync(old, 1000, 1000);
    loaded(main, cache);
    expect(readdirSync(join(cache, "code"))).toEqual(["1"]);
  });

  it.skipIf(process.platform === "win32")("are not read from a named pipe, which would be waited for", () => {
    const { main } = program();
    const cache = temporaryDirectory();
    loaded(main, cache);
    const [name = ""] = readdirSync(join(cache, "code", "1"));
    const path = join(cache, "code", "1", name);
    renameSync(path, join(cache, "whole"));
    namedPipe(path, join(cache, "whole"));
    expect(codeDirectory(cache, "1", "way").get("part-abcdefgh.cjs")?.code.length).toBeUndefined();
  });

  it("are not read from a file larger than any of the program", () => {
    const store = codeDirectory(temporaryDirectory(), "1", "way");
    store.put("small", kept("x".repeat(1_000_000)));
    store.put("large", kept("x".repeat(17_000_000)));
    expect([store.get("small")?.code.length, store.get("large")?.code.length]).toEqual([1_000_000, undefined]);
  });

  it("are kept though another that kept them was killed, and what it left is removed an hour later", () => {
    const cache = temporaryDirectory();
    const store = codeDirectory(cache, "1", "way");
    store.put("a", kept("code"));
    const [left, fresh] = [".way-b.code.00000000000a.tmp", ".way-c.code.00000000000b.tmp"] as const;
    for (const name of [left, fresh]) writeFileSync(join(cache, "code", "1", name), "");
    store.put("b", kept("code"));
    expect(store.get("b")).toMatchObject(kept("code"));
    age(join(cache, "code", "1", left), 3601);
    store.put("d", kept("code"));
    expect(readdirSync(join(cache, "code", "1")).sort()).toEqual([fresh, "way-a.code", "way-b.code", "way-d.code"]);
  });

  it("leave nothing unfinished where they cannot be put in place", () => {
    const cache = temporaryDirectory();
    mkdirSync(join(cache, "code", "1", "way-a.code", "in the way"), { recursive: true });
    codeDirectory(cache, "1", "way").put("a", kept("code"));
    expect(readdirSync(join(cache, "code", "1"))).toEqual(["way-a.code"]);
  });
});
