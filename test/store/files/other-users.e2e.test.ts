import {
  chmodSync,
  chownSync,
  lchownSync,
  readdirSync,
  renameSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { keepTable } from "../../../src/store/last-table.ts";
import { type Ended, runBuilt } from "../../built-program.ts";
import { tagText } from "../tags/tag-text.ts";
import { temporaryDirectory } from "../temporary-directory.ts";
import { ATTACKER, asks, cacheOf, canBeUser, directory, open, skipped, USER } from "./two-users.ts";

/** What `tags update` says. */
async function updates(
  cache: string,
  uid: number | undefined,
  env: Record<string, string | undefined> = {},
): Promise<string> {
  const directory = temporaryDirectory();
  chmodSync(directory, 0o755);
  const file = join(directory, "tags.json");
  writeFileSync(file, tagText({ part: 1 }));
  const { stderr } = await runBuilt(["tags", "update", "--from", file], {
    ...(uid !== undefined && { uid }),
    env: { VNET_EXPLAIN_CACHE: cache, ...env },
  });
  return stderr;
}

const verdict = ({ stdout, stderr }: Ended): string =>
  stdout === "" ? stderr : JSON.parse(stdout).explanations[0].verdict;

describe.skipIf(!canBeUser)(`a cache that another user can change is not believed${skipped}`, () => {
  it("the user's own cache answers", async () => {
    const cache = directory(open(), "own", USER, 0o700);
    await cacheOf(cache, USER, "None");
    expect(verdict(await asks(cache, USER))).toBe("drop");
  });

  it("a directory above it that the attacker owns, before and after it is swapped", async () => {
    const above = directory(open(), "above", ATTACKER, 0o755);
    const cache = directory(above, "cache", USER, 0o700);
    await cacheOf(cache, USER, "None");
    const says = `the cache is ignored: ${above} belongs to another user (uid ${ATTACKER})`;
    expect(verdict(await asks(cache, USER))).toContain(says);
    renameSync(cache, join(above, "before"));
    await cacheOf(directory(above, "cache", USER, 0o700), USER, "Internet");
    expect(verdict(await asks(cache, USER))).toContain(says);
  });

  it("a directory above it that the attacker may write", async () => {
    const above = directory(open(), "above", USER, 0o777);
    const cache = directory(above, "cache", USER, 0o700);
    await cacheOf(cache, USER, "None");
    expect(verdict(await asks(cache, USER))).toContain(`the cache is ignored: other users may write to ${above}`);
  });

  it("a directory that the attacker made first, where everybody may make one", async () => {
    const shared = directory(open(), "shared", 0, 0o1777);
    const cache = directory(shared, "cache", ATTACKER, 0o755);
    await cacheOf(cache, ATTACKER, "Internet");
    for (const path of [cache, join(cache, "vnet-explain"), join(cache, "vnet-explain", "tables")])
      chmodSync(path, 0o755);
    expect(verdict(await asks(cache, USER))).toContain("the cache is ignored");
    expect(await updates(cache, USER)).toContain("cannot write the cache");
    const own = directory(shared, "own", USER, 0o700);
    await cacheOf(own, USER, "None");
    expect(verdict(await asks(own, USER))).toBe("drop"); // nobody else can rename it there
  });

  it("a link of the attacker's that leads to a cache of the user's", async () => {
    const shared = directory(open(), "shared", 0, 0o1777);
    const cache = directory(shared, "real", USER, 0o700);
    await cacheOf(cache, USER, "None");
    symlinkSync("real", join(shared, "link"));
    lchownSync(join(shared, "link"), ATTACKER, ATTACKER);
    expect(verdict(await asks(join(shared, "link"), USER))).toContain("belongs to another user");
  });

  it.each([
    ["a directory inside that everybody may write", "tables", 0o777],
    ["a file inside that everybody may write", "tables/last.json", 0o666],
  ])("%s", async (_, place, mode) => {
    const cache = directory(open(), "cache", USER, 0o700);
    await cacheOf(cache, USER, "None");
    chmodSync(join(cache, "vnet-explain", place), mode);
    expect(verdict(await asks(cache, USER))).toMatch(/no route table given|the cache is ignored/);
  });

  it("a table of the attacker's inside", async () => {
    const cache = directory(open(), "cache", USER, 0o700);
    await cacheOf(cache, USER, "None");
    const tables = join(cache, "vnet-explain", "tables");
    for (const name of readdirSync(tables)) if (name !== "last.json") chownSync(join(tables, name), ATTACKER, ATTACKER);
    expect(verdict(await asks(cache, USER))).toMatch(/no route table given|the cache is ignored/);
  });

  describe("root with the home directory of a user, as sudo may leave it", () => {
    const homeOf = async (): Promise<string> => {
      const home = directory(open(), "home", USER, 0o755);
      await cacheOf(directory(home, ".cache", USER, 0o700), USER, "Internet");
      return home;
    };
    const env = (HOME: string) => ({ HOME, VNET_EXPLAIN_CACHE: undefined, XDG_CACHE_HOME: undefined });

    it("does not trust the user's cache, and writes nothing there", async () => {
      const home = await homeOf();
      const before = readdirSync(home, { recursive: true });
      expect(verdict(await asks("", undefined, env(home)))).toContain(`${home} belongs to another user (uid ${USER})`);
      expect(await updates("", undefined, env(home))).toContain("cannot write the cache");
      expect(readdirSync(home, { recursive: true })).toEqual(before);
    });

    it("does not follow a link in the cache's place to files of root", async () => {
      const home = await homeOf();
      const cache = join(home, ".cache", "vnet-explain");
      renameSync(cache, `${cache}.before`);
      const precious = temporaryDirectory();
      keepTable(
        precious,
        { nicId: "n", subscription: "s", fetchedAt: "x", body: "{}", subnet: null, nic: null },
        "public",
      );
      const old = join(precious, "tables", `${"0".repeat(64)}.json`);
      writeFileSync(old, "precious");
      utimesSync(old, 1, 1);
      symlinkSync(precious, cache);
      const before = readdirSync(precious, { recursive: true });
      expect(verdict(await asks("", undefined, env(home)))).toContain("the cache is ignored");
      expect(() =>
        keepTable(
          cache,
          { nicId: "n", subscription: "s", fetchedAt: "x", body: "{}", subnet: null, nic: null },
          "public",
        ),
      ).toThrow(/belongs to another user/);
      expect(readdirSync(precious, { recursive: true })).toEqual(before);
    });
  });
});
