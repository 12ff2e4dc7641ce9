import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, lchownSync, mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ATTACKER, asks, cacheOf, canBeUser, directory, open, skipped, USER } from "./two-users.ts";

const RUNS = 12;

/** A cache of the attacker's: its table sends all traffic to the internet, and Node may keep compiled code there. */
async function evilCache(parent: string): Promise<string> {
  const evil = directory(parent, "evil", ATTACKER, 0o755);
  await cacheOf(evil, ATTACKER, "Internet");
  mkdirSync(join(evil, "vnet-explain", "compiled"));
  for (const name of ["vnet-explain", "vnet-explain/tables", "vnet-explain/compiled"])
    chmodSync(join(evil, name), name.endsWith("compiled") ? 0o777 : 0o755);
  return evil;
}

/** Repeats the statements as the attacker as fast as possible, until it is disposed of. */
async function attack(statements: string): Promise<Disposable> {
  const script = `
    const { renameSync: rename, symlinkSync: link } = require("node:fs");
    process.setgroups([]); process.setgid(${ATTACKER}); process.setuid(${ATTACKER});
    for (let round = 0; ; round++) { ${statements}; if (round === 3) require("node:fs").writeSync(1, "racing"); }`;
  const child = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "inherit"] });
  await once(child.stdout, "data");
  return { [Symbol.dispose]: () => child.kill("SIGKILL") };
}

/** What the program says of an address, again and again while the attack goes on. */
async function answersDuring(statements: string, cache: string): Promise<string[]> {
  const racing = await attack(statements);
  try {
    const told: string[] = [];
    for (let run = 0; run < RUNS; run++) told.push((await asks(cache, USER)).stdout);
    return told;
  } finally {
    racing[Symbol.dispose]();
  }
}

describe.skipIf(!canBeUser)(`another user swaps what lies above the cache while the program runs${skipped}`, () => {
  const nothing = Array.from({ length: RUNS }, () => "");

  it.each([
    ["in a directory of the attacker's", ATTACKER, 0o755],
    ["in a directory that everybody may write", USER, 0o777],
  ])("%s: neither of the two is believed, and no compiled code is kept", async (_, owner, mode) => {
    const above = directory(open(), "above", owner, mode);
    await cacheOf(directory(above, "cache", USER, 0o700), USER, "None");
    const evil = await evilCache(above);
    const path = (name: string) => JSON.stringify(join(above, name));
    const swap = (from: string, to: string) => `rename(${path(from)}, ${path(to)})`;
    const swaps = [swap("cache", "old"), swap("evil", "cache"), swap("cache", "evil"), swap("old", "cache")];
    expect(await answersDuring(swaps.join(";"), join(above, "cache"))).toEqual(nothing);
    const kept = [evil, join(above, "cache"), join(above, "old")].flatMap(compiledIn);
    expect(kept).toEqual([]);
  });

  it("by a link of the attacker's, in a directory such as /tmp: neither is trusted", async () => {
    const shared = directory(open(), "shared", 0, 0o1777);
    const cache = directory(shared, "cache", USER, 0o700);
    await cacheOf(cache, USER, "None");
    const evil = await evilCache(shared);
    symlinkSync(cache, join(shared, "link"));
    lchownSync(join(shared, "link"), ATTACKER, ATTACKER);
    const path = (name: string) => JSON.stringify(join(shared, name));
    const turn = (to: string) => `link(${path(to)}, ${path("next")}); rename(${path("next")}, ${path("link")})`;
    expect(await answersDuring([turn("evil"), turn("cache")].join(";"), join(shared, "link"))).toEqual(nothing);
    expect([evil, cache].flatMap(compiledIn)).toEqual([]);
  });
});

/** What Node keeps as compiled code in a cache; nothing where there is no such cache. */
function compiledIn(cache: string): string[] {
  try {
    return readdirSync(join(cache, "vnet-explain", "compiled"));
  } catch {
    return [];
  }
}
