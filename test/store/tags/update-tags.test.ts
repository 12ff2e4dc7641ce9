import { mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { parseAddress } from "../../../src/net/address.ts";
import { sha256 } from "../../../src/store/files/sha256.ts";
import { CLOUD_FILES, CLOUDS } from "../../../src/store/tags/clouds.ts";
import { loadTags } from "../../../src/store/tags/kept-tags.ts";
import { tagStatus } from "../../../src/store/tags/status.ts";
import { staleNote } from "../../../src/store/tags/tag-age.ts";
import { type TagFileSource, type UpdateOptions, updateTags } from "../../../src/store/tags/update-tags.ts";
import { UserError } from "../../../src/text/user-error.ts";
import { hasSharedData, listShared, sharedPath } from "../../shared-data.ts";
import { ANSWERS, type Answer, LoopbackDownloadCenter, PAGE_PATH } from "../download/loopback-download-center.ts";
import { failure } from "../failure.ts";
import { temporaryDirectory } from "../temporary-directory.ts";
import { type TagTextOptions, tagText } from "./tag-text.ts";

let center: LoopbackDownloadCenter;
beforeAll(async () => {
  center = await LoopbackDownloadCenter.start();
});
afterEach(() => center.reset());
afterAll(() => center.stop());

const NOW = Date.parse("2026-11-23T20:00:00.000Z");
const DAY = 86_400_000;

function update(cache: string | null, options: Partial<UpdateOptions> = {}) {
  const limits = { idle: 2000, overall: 2000, bytes: 1024 * 1024 };
  const source: TagFileSource = { kind: "download-center" };
  return updateTags({ cache, cloud: "public", source, now: NOW, limits, downloadCenter: center.origin, ...options });
}

const publish = (options: TagTextOptions) => center.files.set("Public", tagText(options));
const arm = (options: TagTextOptions): Partial<UpdateOptions> => ({ source: { kind: "arm", text: tagText(options) } });

function file(options: TagTextOptions): Partial<UpdateOptions> {
  const path = join(temporaryDirectory(), "tags.json");
  writeFileSync(path, tagText(options));
  return { source: { kind: "file", path } };
}

async function tagsOf(cache: string | null, address: string): Promise<string[]> {
  const { catalogue } = await loadTags(cache, "public");
  return catalogue === null ? ["none"] : catalogue.lookup(parseAddress(address)).map(({ name }) => name);
}

describe("an update", () => {
  it("ends when its time is over, and keeps nothing", { tags: ["slow"] }, async () => {
    const cache = temporaryDirectory();
    center.answer(PAGE_PATH, ANSWERS.silent());
    const source: TagFileSource = { kind: "download-center" };
    const options = { cache, cloud: "public", source, timeoutMs: 250, downloadCenter: center.origin } as const;
    const error = await failure(updateTags(options));
    expect([error.code, error.message.split("\n")[0]]).toEqual([
      "download-timeout",
      "no complete answer within 250 ms",
    ]);
    expect(await tagsOf(cache, "20.0.0.1")).toEqual(["none"]);
  });

  it("from the Download Center stores the file, its index and a record of it", async () => {
    const cache = temporaryDirectory();
    publish({ changeNumber: 376 });
    expect(await update(cache)).toEqual({
      cloud: "Public",
      changeNumber: "376",
      numbering: "weekly-file",
      previousChangeNumber: null,
      file: "ServiceTags_Public_20251110.json",
      date: "2025-11-10",
      tags: 1,
      prefixes: 120,
      changed: true,
    });
    expect(await tagsOf(cache, "10.0.5.1")).toEqual(["Storage"]);
    expect(await tagsOf(cache, "10.1.5.1")).toEqual([]);
    const status = await tagStatus(cache, "public", NOW + 3 * DAY);
    expect(status).toMatchObject({ ageDays: 3, stale: false, notes: [], previous: null });
    expect(status.current).toEqual({
      sha256: sha256(tagText({ changeNumber: 376 })),
      file: "ServiceTags_Public_20251110.json",
      cloud: "Public",
      changeNumber: "376",
      numbering: "weekly-file",
      date: "2025-11-10",
      tags: 1,
      prefixes: 120,
      origin: "download-center",
      from: `${center.origin}${center.filePath("Public")}`,
      storedAt: "2026-11-23T20:00:00.000Z",
    });
    expect(readFileSync(status.path ?? "", "utf8")).toBe(tagText({ changeNumber: 376 }));
  });

  it("keeps the file before, and the same file again changes nothing but its date", async () => {
    const cache = temporaryDirectory();
    publish({ changeNumber: 1 });
    await update(cache);
    publish({ changeNumber: 2, part: 1 });
    expect(await update(cache)).toMatchObject({ changeNumber: "2", previousChangeNumber: "1", changed: true });
    const again = await update(cache, { now: NOW + 20 * DAY });
    expect(again).toMatchObject({ changeNumber: "2", previousChangeNumber: "2", changed: false });
    const { current, previous, stale } = await tagStatus(cache, "public", NOW + 21 * DAY);
    expect([current?.changeNumber, previous?.changeNumber, stale]).toEqual(["2", "1", false]);
    expect(await tagsOf(cache, "10.1.5.1")).toEqual(["Storage"]);
  });

  it("comes from a file, from an address, and from the Discovery API alike", async () => {
    const directory = temporaryDirectory();
    const path = join(directory, "ServiceTags_Public_20231106.json");
    writeFileSync(path, `\uFEFF${tagText()}`);
    center.answer("/mirror/ServiceTags_Public_20231113.json", ANSWERS.json(tagText({ changeNumber: 2 })));
    const url = `${center.origin}/mirror/ServiceTags_Public_20231113.json?sig=secret`;
    const cache = temporaryDirectory();
    const recorded = async (from: TagFileSource) => {
      const { date } = await update(cache, { source: from });
      const { record } = await loadTags(cache, "public");
      return [date, record?.origin, record?.file, record?.from];
    };
    expect(await recorded({ kind: "file", path })).toEqual(["2023-11-06", "file", basename(path), path]);
    expect(await recorded({ kind: "url", url })).toEqual([
      "2023-11-13",
      "url",
      "ServiceTags_Public_20231113.json",
      `${center.origin}/mirror/ServiceTags_Public_20231113.json`,
    ]);
    expect(JSON.stringify(await tagStatus(cache, "public", NOW))).not.toContain("secret");
    const answer = { kind: "arm", text: tagText({ changeNumber: "3" }) } as const;
    expect(await recorded(answer)).toEqual([null, "arm", "Service Tag Discovery API", "Azure Resource Manager"]);
    expect(await tagsOf(cache, "10.0.5.1")).toEqual(["Storage"]);
  });

  it("removes compiled code that is older than three months", async () => {
    const cache = temporaryDirectory();
    await update(cache, arm({}));
    const compiled = join(cache, "compiled", "v20.19.0-x64-0123abcd-0");
    mkdirSync(compiled, { recursive: true, mode: 0o700 });
    for (const [name, days] of [
      ["0123abcd", 91],
      ["0123abce", 89],
    ] as const) {
      writeFileSync(join(compiled, name), "");
      utimesSync(join(compiled, name), NOW / 1000 - days * 86_400, NOW / 1000 - days * 86_400);
    }
    await update(cache, arm({}));
    expect(readdirSync(compiled)).toEqual(["0123abce"]);
  });

  it("of each cloud has its own place", async () => {
    const cache = temporaryDirectory();
    await update(cache, arm({}));
    await update(cache, { cloud: "china", ...arm({ cloud: "China", part: 7 }) });
    expect(await tagsOf(cache, "10.7.0.1")).toEqual([]);
    expect((await loadTags(cache, "china")).record?.cloud).toBe("China");
    expect((await loadTags(cache, "usgov")).record).toBeNull();
  });
});

describe("a file is for a cloud by any name of that cloud, in any case", () => {
  it.each([
    ["public", "public"],
    ["AzureCloud", "public"],
    ["AzurePublicCloud", "public"],
    ["AzureGovernment", "usgov"],
    ["AzureUSGovernment", "usgov"],
    ["USGovernment", "usgov"],
    ["China", "china"],
    ["AzureChinaCloud", "china"],
    ["AzureChina", "china"],
  ] as const)("%s: %s", async (name, cloud) => {
    const cache = temporaryDirectory();
    expect(await update(cache, { cloud, ...arm({ cloud: name }) })).toMatchObject({ cloud: name });
    const other = cloud === "china" ? "usgov" : "china";
    expect((await failure(update(cache, { cloud: other, ...arm({ cloud: name }) }))).hint).toBe(`add --cloud ${cloud}`);
  });
});

describe("a refused update leaves what was there", () => {
  const WHERE = "give a ServiceTags_Public_<date>.json from https://www.microsoft.com/download/details.aspx?id=56519";
  const NO_PLACE = "this cloud has no place in the cache; name the file where you use it: --tags FILE";
  const FORCE = "it may be incomplete; add --force to use it anyway";
  it.each<
    [why: string, code: string, message: string, hint: string, options: () => Partial<UpdateOptions>, forced: boolean]
  >([
    [
      "another cloud's file",
      "tags-wrong-cloud",
      "the file is for the cloud 'China', not for public",
      "add --cloud china",
      () => arm({ cloud: "China", changeNumber: 9 }),
      false,
    ],
    [
      "a file of a cloud that has no files",
      "tags-wrong-cloud",
      `the file is for the cloud '${"X".repeat(40)}', not for public`,
      NO_PLACE,
      () => arm({ cloud: "X".repeat(41), changeNumber: 9 }),
      false,
    ],
    [
      "a file that names no cloud",
      "tag-file-shape",
      "the service tag file does not say which cloud it is for",
      WHERE,
      () => arm({ cloud: "", changeNumber: 9 }),
      false,
    ],
    [
      "an older file",
      "tags-older",
      "the file is older than the one in use: change number 4 after change number 5",
      "add --force to use it anyway",
      () => arm({ changeNumber: 4 }),
      true,
    ],
    [
      "half the prefixes",
      "tags-too-few",
      "the file has 99 prefixes, and at least 100 were expected",
      FORCE,
      () => arm({ changeNumber: 9, prefixes: 99 }),
      true,
    ],
    [
      "no prefixes, in a file of the user's",
      "tags-too-few",
      "the file has 0 prefixes, and at least 61 were expected",
      FORCE,
      () => file({ changeNumber: 9, prefixes: 0 }),
      true,
    ],
    [
      "no prefixes, in a file of the user's that is numbered otherwise",
      "tags-too-few",
      "the file has 0 prefixes, and at least 1 were expected",
      FORCE,
      () => file({ changeNumber: "9", prefixes: 0 }),
      true,
    ],
  ])("%s: %s", async (_, code, message, hint, options, forced) => {
    const cache = temporaryDirectory();
    await update(cache, arm({ changeNumber: 5, prefixes: 121 }));
    const refused = { name: "UserError", code, message, hint };
    await expect(update(cache, options())).rejects.toMatchObject(refused);
    expect((await loadTags(cache, "public")).record?.changeNumber).toBe("5");
    const outcome = update(cache, { ...options(), force: true });
    if (forced) expect(await outcome).toMatchObject({ previousChangeNumber: "5" });
    else await expect(outcome).rejects.toMatchObject(refused);
  });

  it.each<[prefixes: number, accepted: boolean]>([
    [249, true],
    [125, true],
    [124, false],
  ])("after a file of 250 prefixes, one of %i is accepted: %s", async (prefixes, accepted) => {
    const cache = temporaryDirectory();
    await update(cache, arm({ changeNumber: 5, prefixes: 250 }));
    const outcome = update(cache, arm({ changeNumber: 6, prefixes }));
    if (accepted) expect(await outcome).toMatchObject({ changed: true, prefixes });
    else expect((await failure(outcome)).code).toBe("tags-too-few");
  });

  it.each<[prefixes: number, accepted: boolean]>([
    [100, true],
    [99, false],
  ])(
    "the first file of %i prefixes from Azure is accepted: %s; from a file it is always",
    async (prefixes, accepted) => {
      const outcome = update(temporaryDirectory(), arm({ prefixes }));
      if (accepted) expect(await outcome).toMatchObject({ prefixes });
      else expect((await failure(outcome)).code).toBe("tags-too-few");
      const path = join(temporaryDirectory(), "tags.json");
      writeFileSync(path, tagText({ prefixes }));
      expect(await update(temporaryDirectory(), { source: { kind: "file", path } })).toMatchObject({ prefixes });
    },
  );

  it("a list of the Discovery API may follow a file that is twice as long, and the file may follow it", async () => {
    const cache = temporaryDirectory();
    publish({ changeNumber: 213, prefixes: 250 });
    await update(cache);
    const shorter = await update(cache, arm({ changeNumber: "102", prefixes: 101 }));
    expect(shorter).toMatchObject({ changed: true, numbering: "discovery-api" });
    const path = join(temporaryDirectory(), "tags.json");
    writeFileSync(path, tagText({ changeNumber: 90, prefixes: 250 }));
    expect(await update(cache, { source: { kind: "file", path } })).toMatchObject({ numbering: "weekly-file" });
  });

  it("a record of an earlier version, without a numbering, is one of its origin", async () => {
    const cache = temporaryDirectory();
    publish({ changeNumber: 5 });
    await update(cache);
    const manifest = join(cache, "tags", "public", "manifest.json");
    writeFileSync(manifest, readFileSync(manifest, "utf8").replace(/"numbering": "[^"]*",/, ""));
    expect((await loadTags(cache, "public")).record?.numbering).toBe("weekly-file");
  });

  it("a change number with more digits is newer", async () => {
    const cache = temporaryDirectory();
    await update(cache, arm({ changeNumber: 99 }));
    expect(await update(cache, arm({ changeNumber: 100 }))).toMatchObject({ changed: true });
  });

  it.each<[fault: string, answer: () => Answer]>([
    ["JSON that is cut", () => ANSWERS.html(tagText({ changeNumber: 9 }).slice(0, -200))],
    ["other JSON", () => ANSWERS.json('{"values":[]}')],
    ["no JSON", () => ANSWERS.json("hello")],
    ["nothing", () => ANSWERS.json("")],
    [
      "bytes that are no text",
      () => ANSWERS.raw(Buffer.from("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n\xff\xfe\x00\xd8", "latin1")),
    ],
  ])("%s instead of the file", async (_, answer) => {
    const cache = temporaryDirectory();
    publish({ changeNumber: 5 });
    await update(cache);
    center.answer(center.filePath("Public"), answer());
    await expect(update(cache)).rejects.toThrow(UserError);
    expect((await loadTags(cache, "public")).record?.changeNumber).toBe("5");
  });

  it("a page in the place of the file, or no page", async () => {
    const cache = temporaryDirectory();
    publish({ changeNumber: 5 });
    await update(cache);
    center.answer(center.filePath("Public"), ANSWERS.html("<html>sign in</html>"));
    expect((await failure(update(cache))).code).toBe("download-web-page");
    center.answer(PAGE_PATH, ANSWERS.status(500));
    expect((await failure(update(cache))).code).toBe("download-unavailable");
    expect((await loadTags(cache, "public")).record?.changeNumber).toBe("5");
  });

  it("a cache that cannot be written: at the directory, the file or the index", async () => {
    const cache = temporaryDirectory();
    expect((await failure(update(null, arm({})))).code).toBe("cache-nowhere");
    const file = join(temporaryDirectory(), "file");
    writeFileSync(file, "");
    expect((await failure(update(file, arm({})))).code).toBe("write-not-a-directory");
    await update(cache, arm({ changeNumber: 5 }));
    const directory = join(cache, "tags", "public");
    const scratch = temporaryDirectory();
    await update(scratch, arm({ changeNumber: 6 }));
    for (const name of readdirSync(join(scratch, "tags", "public"))) {
      if (name === "manifest.json") continue;
      rmSync(join(directory, name), { force: true });
      mkdirSync(join(directory, name)); // no permission bit stops root, a directory in the file's place does
      await failure(update(cache, arm({ changeNumber: 6 })));
      expect((await loadTags(cache, "public")).record?.changeNumber).toBe("5");
      rmSync(join(directory, name), { recursive: true });
    }
  });
});

describe.runIf(hasSharedData)("the files that Microsoft published", () => {
  const folder = "data/service-tags";
  it.each(listShared(folder))("%s: imported, found again and counted alike, or refused for its cloud", async (name) => {
    const cache = temporaryDirectory();
    const path = sharedPath(`${folder}/${name}`);
    const cloud = CLOUDS.find((one) => name.startsWith(`ServiceTags_${CLOUD_FILES[one].fileCloud}_`));
    const importing = update(cache, { cloud: cloud ?? "public", source: { kind: "file", path } });
    if (cloud === undefined) return expect((await failure(importing)).code).toBe("tags-wrong-cloud");
    const { tags, changeNumber } = await importing;
    const { catalogue, record, notes } = await loadTags(cache, cloud);
    expect([[...(catalogue?.tags() ?? [])].length, record?.changeNumber, notes]).toEqual([tags, changeNumber, []]);
  });
});

describe("the age of the tags", () => {
  const origins: [Partial<UpdateOptions>["source"], number, boolean][] = [
    [{ kind: "download-center" }, 14, false],
    [{ kind: "download-center" }, 15, true],
    [{ kind: "download-center" }, -20_000, false], // a clock in 1972
    [{ kind: "download-center" }, 26_000, true], // a clock in 2098
  ];
  it.each(origins)("%j after %i days is stale: %s", async (source, days, expected) => {
    const cache = temporaryDirectory();
    publish({});
    await update(cache, { source: source ?? { kind: "download-center" } });
    const now = NOW + days * DAY;
    expect((await tagStatus(cache, "public", now)).stale).toBe(expected);
    const { record } = await loadTags(cache, "public");
    const note = `the service tags are ${days} days old (ServiceTags_Public_20251110.json): run vnet-explain tags update`;
    expect(record && staleNote(record, "public", now)).toBe(expected ? note : null);
    expect(record && staleNote(record, "china", now)).toBe(expected ? `${note} --cloud china` : null);
  });

  it("of a file that was stored while the clock was in 2099 counts from the date in its name, too", async () => {
    const cache = temporaryDirectory();
    publish({});
    await update(cache, { now: Date.parse("2099-01-01") });
    expect(await tagStatus(cache, "public", NOW)).toMatchObject({ ageDays: 378, stale: true });
    expect(await tagStatus(cache, "public", Date.parse("1970-01-01"))).toMatchObject({ ageDays: 0, stale: false });
  });

  it("of an imported file counts from the date in its name", async () => {
    const path = join(temporaryDirectory(), "ServiceTags_Public_20231106.json");
    writeFileSync(path, tagText());
    const cache = temporaryDirectory();
    await update(cache, { source: { kind: "file", path } });
    expect(await tagStatus(cache, "public", NOW)).toMatchObject({ ageDays: 1113, stale: true });
  });
});
