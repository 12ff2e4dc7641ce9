import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { isMainThread } from "node:worker_threads";
import { describe, expect, it } from "vitest";
import { sha256 } from "../../../src/store/files/sha256.ts";
import { journalLine } from "../../../src/store/snapshot/journal.ts";
import {
  isBodyWhole,
  isSnapshotDirectory,
  readBody,
  readSnapshotDirectory,
} from "../../../src/store/snapshot/snapshot-directory.ts";
import { UserError } from "../../../src/text/user-error.ts";
import { patchFiles } from "../patched-files.ts";
import { temporaryDirectory } from "../temporary-directory.ts";
import { writeSnapshot } from "./snapshot-files.ts";

const BODY = '{"value":[],"emoji":"\u{1F310}"}\n';
const BODY_FILE = `bodies/${sha256(BODY)}.json`;
const NIC = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/networkInterfaces/a";
const RESOURCES = [
  { id: NIC, type: "microsoft.network/networkinterfaces" },
  { id: "/x", note: "new\nline" },
];

function snapshot(content: Partial<Parameters<typeof writeSnapshot>[1]> = {}): string {
  const directory = temporaryDirectory();
  const nics = [
    { nicId: NIC, subnetId: "/s1", body: BODY },
    { nicId: `${NIC}2`, subnetId: "/s1", outcome: "no-api" as const, body: BODY, standInId: NIC },
    { nicId: `${NIC}3`, outcome: "denied" as const, error: { code: "not-allowed", message: "no role" } },
  ];
  writeSnapshot(directory, { resources: RESOURCES, nics, ...content });
  return directory;
}

/** The error with which reading everything of a directory ends, in which the directory is called DIR; null for none. */
function refusal(directory: string) {
  try {
    const { journal, inventory, body } = readSnapshotDirectory(directory);
    for (const _ of inventory());
    for (const entry of journal) if (entry.body !== null) body(entry.body);
    return null;
  } catch (thrown) {
    if (!(thrown instanceof UserError)) throw thrown;
    expect(thrown.message.length).toBeLessThan(100);
    return fieldsOf(thrown, directory);
  }
}

function fieldsOf({ code, message, hint, exit, detail, correction }: UserError, directory: string) {
  expect([exit, detail, correction]).toEqual(["usage", null, null]);
  return { code, message: message.replace(shown(directory), "DIR"), hint };
}

const shown = (path: string) => (path.length > 40 ? `...${path.slice(-37)}` : path);

const AGAIN = "take it again with: vnet-explain snapshot DIR, which keeps the undamaged parts";
const DAMAGED = {
  code: "snapshot-damaged",
  message: "DIR: manifest.json is damaged",
  hint: "take the snapshot again in an empty directory",
};

describe("a snapshot directory", () => {
  it("gives its manifest, its resources, what came of each NIC, and bodies byte for byte", () => {
    const { manifest, journal, inventory, body } = readSnapshotDirectory(snapshot());
    expect(manifest).toEqual({
      cloud: "public",
      scope: { subscriptions: [], managementGroup: null, resourceGroup: null, network: null, subnet: null },
      allNics: false,
      run: {
        id: "0123456789abcdef",
        startedAt: "2026-11-29T10:00:00.000Z",
        finishedAt: "2026-11-29T10:01:00.000Z",
      },
      complete: true,
      counts: { ok: 1, stopped: 0, unattached: 0, "no-api": 1, denied: 1, failed: 0 },
      inventory: {
        sha256: sha256(RESOURCES.map((resource) => `${JSON.stringify(resource)}\n`).join("")),
        resources: 2,
        source: "resource-graph",
        subscriptions: [],
        gaps: [],
      },
      journal: { sha256: sha256(journal.map(journalLine).join("")), entries: 3 },
      routers: [],
    });
    expect([...inventory()]).toEqual(RESOURCES);
    expect(journal.map(({ nicId, outcome, standInId }) => [nicId, outcome, standInId])).toEqual([
      [NIC, "ok", null],
      [`${NIC}2`, "no-api", NIC],
      [`${NIC}3`, "denied", null],
    ]);
    expect(journal[2]?.error).toEqual({ code: "not-allowed", message: "no role" });
    expect(body(journal[0]?.body ?? "")).toBe(BODY);
  });

  it("keeps the latest entry of a NIC, whatever case its id has", () => {
    const nics = [
      { nicId: NIC, outcome: "failed" as const },
      { nicId: NIC.toUpperCase(), body: BODY },
    ];
    const { journal } = readSnapshotDirectory(snapshot({ nics }));
    expect(journal.map(({ outcome }) => outcome)).toEqual(["ok"]);
  });

  it("of an interrupted run is read as far as it came, without the line that was being written", () => {
    const directory = snapshot({ finished: false });
    appendFileSync(join(directory, "journal.ndjson"), '{"run":"0123456789abcdef","nicId":"/half');
    const { manifest, journal } = readSnapshotDirectory(directory);
    expect(manifest).toMatchObject({ complete: false, run: { finishedAt: null } });
    expect(journal).toHaveLength(3);
  });

  it("may have no journal yet", () => {
    const directory = snapshot({ finished: false });
    rmSync(join(directory, "journal.ndjson"));
    expect(readSnapshotDirectory(directory).journal).toEqual([]);
  });
});

describe("a directory that cannot be read as a snapshot is refused with the reason", () => {
  const edit = (name: string, change: (text: string) => string) => (directory: string) =>
    writeFileSync(join(directory, name), change(readFileSync(join(directory, name), "utf8")));
  const remove = (name: string) => (directory: string) => rmSync(join(directory, name), { recursive: true });
  const link = (name: string) => (directory: string) => {
    const elsewhere = join(temporaryDirectory(), "moved");
    renameSync(join(directory, name), elsewhere);
    symlinkSync(elsewhere, join(directory, name));
  };
  const journalWith = (changed: object) => (directory: string) =>
    appendFileSync(
      join(directory, "journal.ndjson"),
      `${JSON.stringify({ run: "r", nicId: NIC, outcome: "ok", body: sha256(BODY), ...changed })}\n`,
    );
  const interrupted = { finished: false };

  const SHORT = `${BODY_FILE.slice(0, "bodies/".length + 12)}....json`;
  const ONE = "this program reads version 1: use the one that wrote it, or take it again in an empty directory";
  const LINKS = "a snapshot holds no links and no pipes: copy its files themselves";
  const LARGE = "it is not part of a snapshot that this program wrote";
  const RESTORE = "restore it, or take the snapshot again in an empty directory";
  const damagedLine = (number: number) =>
    ["snapshot-journal-damaged", `DIR: line ${number} of journal.ndjson is damaged`, AGAIN] as const;
  const notAFile = (name: string) => ["snapshot-unreadable", `DIR: ${name} is not a regular file`, LINKS] as const;
  const tooLarge = (name: string) => ["snapshot-too-large", `DIR: ${name}`, LARGE] as const;
  const inventory = (what: string) => ["snapshot-inventory-changed", `DIR: inventory.ndjson ${what}`, AGAIN] as const;
  const journal = (what: string) => ["snapshot-journal-changed", `DIR: journal.ndjson ${what}`, AGAIN] as const;
  const noManifest = ["snapshot-none", "DIR: manifest.json is missing or from another program", RESTORE] as const;
  const version = (found: string) =>
    ["snapshot-version", `DIR: schema version ${found} is not supported`, ONE] as const;
  const damaged = [DAMAGED.code, DAMAGED.message, DAMAGED.hint] as const;
  const noBodies = ["snapshot-body-missing", "DIR: it has no directory bodies", AGAIN] as const;

  for (const [name, expected, damage, content] of [
    ["nothing is wrong", null, () => {}],
    ["nothing is wrong with a fitting line", null, journalWith({}), interrupted],
    ["no manifest", noManifest, remove("manifest.json")],
    ["another program's manifest", noManifest, (d) => writeFileSync(join(d, "manifest.json"), '{"name":"x"}')],
    [
      "a later schema version",
      version("2"),
      edit("manifest.json", (text) => text.replace('Version": 1', 'Version": 2')),
    ],
    [
      "a schema version that is text",
      version("unknown"),
      edit("manifest.json", (text) => text.replace('Version": 1', 'Version": "1"')),
    ],
    ["a cut manifest", damaged, edit("manifest.json", (text) => text.slice(0, 100))],
    ["a manifest of wrong types", damaged, edit("manifest.json", (text) => text.replace('"ok": 1', '"ok": "1"'))],
    ["an unknown cloud", damaged, edit("manifest.json", (text) => text.replace("public", "elsewhere"))],
    ["a manifest that is a link", notAFile("manifest.json"), link("manifest.json")],
    [
      "a manifest of megabytes",
      tooLarge("manifest.json is larger than 4 MiB"),
      (d) => truncateSync(join(d, "manifest.json"), 2 ** 22 + 1),
    ],
    ["a manifest with spaces up to the limit", null, edit("manifest.json", (text) => text.padEnd(2 ** 22))],
    ["a missing body", ["snapshot-body-missing", `DIR: ${SHORT} is missing`, AGAIN], remove(BODY_FILE)],
    ["no bodies at all", noBodies, remove("bodies")],
    ["bodies behind a link", noBodies, link("bodies")],
    ["no bodies where no table was fetched", null, remove("bodies"), { nics: [{ nicId: NIC }] }],
    [
      "a changed body",
      ["snapshot-body-changed", `DIR: ${SHORT} was changed after the run`, AGAIN],
      edit(BODY_FILE, (text) => text.replace("emoji", "emojj")),
    ],
    ["a body that is a link", notAFile(`${SHORT}`), link(BODY_FILE)],
    [
      "a changed inventory",
      inventory("was changed after the run"),
      edit("inventory.ndjson", (text) => text.replace("/x", "/y")),
    ],
    ["a cut inventory", inventory("was changed after the run"), edit("inventory.ndjson", (text) => text.slice(0, -5))],
    ["no inventory", inventory("is missing"), remove("inventory.ndjson")],
    ["a line added to a finished journal", journal("was changed or cut after the run"), journalWith({})],
    [
      "a finished journal without its last line",
      journal("was changed or cut after the run"),
      edit("journal.ndjson", (text) => text.slice(0, text.lastIndexOf("{"))),
    ],
    ["a finished journal that is gone", journal("is missing"), remove("journal.ndjson")],
    ["a first line that is no JSON", damagedLine(1), edit("journal.ndjson", (text) => `{"half\n${text}`), interrupted],
    [
      "a line in the middle that is no JSON",
      damagedLine(2),
      edit("journal.ndjson", (text) => text.replace("\n", '\n{"half\n')),
      interrupted,
    ],
    ["an empty line", damagedLine(1), edit("journal.ndjson", (text) => `\n${text}`), interrupted],
    [
      "a line that is no text",
      damagedLine(4),
      (d) =>
        appendFileSync(
          join(d, "journal.ndjson"),
          Buffer.concat([
            Buffer.from(`{"run":"r","nicId":"`),
            Buffer.of(0xff),
            Buffer.from(`","outcome":"failed","body":null}\n`),
          ]),
        ),
      interrupted,
    ],
    ["an unknown outcome", damagedLine(4), journalWith({ outcome: "fine" }), interrupted],
    ["an entry of no run", damagedLine(4), journalWith({ run: null }), interrupted],
    ["a hash that is a path", damagedLine(4), journalWith({ body: "../../../../etc/passwd" }), interrupted],
    ["a hash that is a number", damagedLine(4), journalWith({ body: 1 }), interrupted],
    [
      "a hash that is a path, of a NIC without a table",
      damagedLine(4),
      journalWith({ outcome: "failed", body: "../x" }),
      interrupted,
    ],
    ["a table without a body", damagedLine(4), journalWith({ body: null }), interrupted],
    ["a NIC that failed, without a body", null, journalWith({ outcome: "failed", body: null }), interrupted],
    ["a NIC without an id", damagedLine(4), journalWith({ nicId: 7 }), interrupted],
    ["a NIC with an empty id", damagedLine(4), journalWith({ nicId: "" }), interrupted],
    ["a line of megabytes", damagedLine(4), journalWith({ nicId: "x".repeat(100_000) }), interrupted],
    [
      "an inventory that is a directory",
      notAFile("inventory.ndjson"),
      (d) => {
        rmSync(join(d, "inventory.ndjson"));
        mkdirSync(join(d, "inventory.ndjson"));
      },
    ],
    [
      "a journal of gigabytes",
      tooLarge("journal.ndjson is larger than 256 MiB"),
      (d) => truncateSync(join(d, "journal.ndjson"), 2 ** 28 + 1),
    ],
    [
      "an inventory of gigabytes",
      tooLarge("inventory.ndjson is larger than 512 MiB"),
      (d) => truncateSync(join(d, "inventory.ndjson"), 2 ** 29 + 1),
    ],
    [
      "a body of gigabytes",
      tooLarge(`${SHORT} is larger than 32 MiB`),
      (d) => truncateSync(join(d, BODY_FILE), 2 ** 25 + 1),
    ],
  ] as readonly [
    name: string,
    expected: readonly [code: string, message: string, hint: string] | null,
    damage: (directory: string) => unknown,
    content?: object,
  ][]) {
    it(name, () => {
      const directory = snapshot(content);
      damage(directory);
      const [code, message, hint] = expected ?? [];
      expect(refusal(directory)).toEqual(expected && { code, message, hint });
    });
  }

  // A worker thread cannot change its user.
  it.runIf(process.getuid?.() === 0 && isMainThread)("a file of somebody else", () => {
    const directory = snapshot();
    chmodSync(directory, 0o755);
    chmodSync(join(directory, "journal.ndjson"), 0o600);
    chmodSync(join(directory, "manifest.json"), 0o644);
    process.seteuid?.(65534);
    try {
      expect(() => readSnapshotDirectory(directory).journal).toThrow(
        expect.objectContaining({
          code: "snapshot-unreadable",
          message: expect.stringMatching(/journal\.ndjson: no permission to read it$/),
          hint: "give yourself read permission, or read a copy",
        }),
      );
    } finally {
      process.seteuid?.(0);
    }
  });

  const LINES = '{"id":"/a"}\n\n';
  it.each<[what: string, text: string, resources: number, line: number]>([
    ["that is cut", `${LINES}{"id"`, 1, 3],
    ["in the middle", `{"id":\n${LINES}`, 0, 1],
    ["that would fill the memory", `${LINES}[${"0,".repeat(4_500_000)}0]\n`, 1, 3],
  ])("a line of an inventory without a checksum %s", (_, text, resources, line) => {
    const directory = snapshot({ manifest: { inventory: null } });
    writeFileSync(join(directory, "inventory.ndjson"), text);
    const found: unknown[] = [];
    const readAll = () => {
      for (const resource of readSnapshotDirectory(directory).inventory()) found.push(resource);
    };
    expect(readAll).toThrow(
      expect.objectContaining({
        code: "snapshot-inventory-changed",
        message: `${shown(directory)}: line ${line} of inventory.ndjson is damaged`,
        hint: AGAIN,
      }),
    );
    expect(found).toEqual(Array(resources).fill({ id: "/a" }));
  });

  it("a body that would fill the memory", () => {
    const large = `[${"0,".repeat(4_500_000)}0]`;
    expect(refusal(snapshot({ nics: [{ nicId: NIC, body: large }] }))).toEqual({
      code: "snapshot-too-large",
      message: `DIR: bodies/${sha256(large).slice(0, 12)}....json holds too many values`,
      hint: "it is not a route table",
    });
  });

  it("a fault of the program is no fault of the directory", () => {
    const fault = new TypeError("a fault");
    patchFiles({
      statSync: () => {
        throw fault;
      },
    });
    expect(() => readSnapshotDirectory("x")).toThrow(fault);
  });

  it.each<[what: string, change: (directory: string) => string, code: string, end: string, hint: string]>([
    ["a path to nothing", (d) => join(d, "gone"), "snapshot-not-found", "no such directory", "check the path"],
    [
      "a file",
      (d) => join(d, "manifest.json"),
      "snapshot-none",
      "it is not a snapshot directory",
      "it is a file: give the directory that holds manifest.json",
    ],
    [
      "a path below a file",
      (d) => join(d, "manifest.json", "below"),
      "snapshot-unreadable",
      "it cannot be read (ENOTDIR)",
      "check the path",
    ],
    [
      "a directory of something else",
      (d) => {
        mkdirSync(join(d, "other"));
        return join(d, "other");
      },
      "snapshot-none",
      "it is not a snapshot directory",
      "take one with: vnet-explain snapshot DIR",
    ],
  ])("%s", (_, change, code, end, hint) => {
    expect(refusal(change(snapshot()))).toEqual({ code, message: `DIR: ${end}`, hint });
  });

  it("a directory that cannot be read has the system's error as its cause", () => {
    const below = join(snapshot(), "manifest.json", "below");
    expect(() => readSnapshotDirectory(below)).toThrow(
      expect.objectContaining({ cause: expect.objectContaining({ code: "ENOTDIR" }) }),
    );
  });
});

describe("a manifest", () => {
  /** The manifest of a snapshot in which the field at the path (`run.id`) has another value; undefined removes it. */
  const manifestWith = (path: string, value: unknown, content?: object) => {
    const directory = snapshot(content);
    const file = join(directory, "manifest.json");
    const manifest = JSON.parse(readFileSync(file, "utf8"));
    const names = path.split(".");
    const last = names.pop() ?? "";
    names.reduce((part, name) => part[name], manifest)[last] = value;
    writeFileSync(file, JSON.stringify(manifest));
    return directory;
  };
  const HASH = sha256("x");

  it.each<[path: string, value: unknown]>([
    ["cloud", undefined],
    ["scope", undefined],
    ["scope", null],
    ["run", undefined],
    ["run.id", undefined],
    ["run.id", 7],
    ["run.startedAt", undefined],
    ["run.startedAt", "yesterday"],
    ["run.startedAt", `2026-11-23T20:00:00.${"0".repeat(40)}Z`],
    ["counts", undefined],
    ["counts.ok", undefined],
    ["counts.denied", -1],
    ["counts.failed", 0.5],
    ["counts.ok", 2 ** 53],
    ["inventory", undefined],
    ["inventory.sha256", undefined],
    ["inventory.sha256", HASH.slice(1)],
    ["inventory.sha256", `${HASH}0`],
    ["inventory.sha256", HASH.toUpperCase()],
    ["inventory.resources", undefined],
    ["inventory.source", undefined],
    ["journal", undefined],
    ["journal", null],
    ["journal.sha256", "x"],
    ["journal.entries", undefined],
  ])("with %s: %j is damaged", (path, value) => {
    expect(refusal(manifestWith(path, value))).toEqual(DAMAGED);
  });

  it.each<[path: string, value: unknown, read: unknown]>([
    ["complete", undefined, { complete: false }],
    ["complete", "true", { complete: false }],
    ["allNics", true, { allNics: true }],
    ["allNics", undefined, { allNics: false }],
    ["scope.subscriptions", ["a", 7, "b"], { scope: { subscriptions: ["a", "b"] } }],
    ["scope.managementGroup", "mg", { scope: { managementGroup: "mg" } }],
    ["scope.resourceGroup", "rg", { scope: { resourceGroup: "rg" } }],
    ["scope.network", "net", { scope: { network: "net" } }],
    ["scope.subnet", "net/s", { scope: { subnet: "net/s" } }],
    ["scope.subnet", 7, { scope: { subnet: null } }],
    ["routers", [`hubs/${HASH}.json`, 7, `../${HASH}.json`, "hubs/x.json"], { routers: [`hubs/${HASH}.json`] }],
    ["routers", undefined, { routers: [] }],
    ["run.finishedAt", null, { complete: false, run: { finishedAt: null } }],
    ["run.finishedAt", "soon", { complete: false, run: { finishedAt: null } }],
    ["inventory", null, { inventory: null }],
  ])("with %s: %j is read as far as it goes", (path, value, read) => {
    expect(readSnapshotDirectory(manifestWith(path, value)).manifest).toMatchObject(read as object);
  });

  it("says which subscriptions and which parts could not be read, and leaves out what says neither", () => {
    const error = { code: "not-allowed", message: "no role" };
    const subscriptions = [
      { id: "s1", name: "one", outcome: "ok", error: null },
      { id: "s2", name: null, outcome: "denied", error },
      { id: "s3", name: null, outcome: "failed", error: null },
    ];
    const gaps = [{ resourceId: "/r", what: "the list of routeTables", error }];
    const nonsense = [{ id: "s4", outcome: "fine" }, { outcome: "ok" }, { resourceId: "/r" }, { what: "x" }, null, 7];
    const read = (name: string, value: unknown) =>
      readSnapshotDirectory(manifestWith(`inventory.${name}`, value)).manifest.inventory;
    expect(read("subscriptions", [...subscriptions, ...nonsense])?.subscriptions).toEqual(subscriptions);
    expect(read("subscriptions", "s1")?.subscriptions).toEqual([]);
    expect(read("gaps", [...gaps, ...nonsense])?.gaps).toEqual(gaps);
    const [gap] = gaps;
    for (const half of [{ code: "c" }, { message: "m" }, "failed"]) {
      expect(read("gaps", [{ ...gap, error: half }])?.gaps).toEqual([{ ...gap, error: null }]);
    }
  });
});

describe("a directory that a run changes while it is read", () => {
  /** Reads a directory whose content changes so many times when its journal is opened; says how often that was. */
  function readWhileItChanges(times: number, directory = snapshot()) {
    let opened = 0;
    const before = patchFiles({
      openSync: ((path: string, flags: unknown, ...rest: readonly []) => {
        const isRead = typeof flags === "number" && path.endsWith("journal.ndjson");
        if (isRead && ++opened <= times) {
          writeSnapshot(directory, { nics: [{ nicId: `/nic/${opened}` }] });
        }
        return before.openSync(path, flags as string, ...rest);
      }) as never,
    });
    try {
      const read = readSnapshotDirectory(directory).journal.map(({ nicId }) => nicId);
      return [read, opened];
    } catch (thrown) {
      if (!(thrown instanceof UserError)) throw thrown;
      return [fieldsOf(thrown, directory), opened];
    }
  }

  const CHANGED = {
    code: "snapshot-journal-changed",
    message: "DIR: journal.ndjson was changed or cut after the run",
    hint: AGAIN,
  };

  it.each<[changes: number, read: readonly string[] | typeof CHANGED, times: number]>([
    [0, [NIC, `${NIC}2`, `${NIC}3`], 1],
    [1, ["/nic/1"], 2],
    [2, ["/nic/2"], 3],
    [3, CHANGED, 3],
    [5, CHANGED, 3],
  ])("is read again, three times at most: changed %i times", (changes, read, times) => {
    expect(readWhileItChanges(changes)).toEqual([read, times]);
  });

  it("is not read again where its manifest stays the same", () => {
    const directory = snapshot();
    appendFileSync(join(directory, "journal.ndjson"), "\n");
    expect(readWhileItChanges(0, directory)).toEqual([
      { code: "snapshot-journal-damaged", message: "DIR: line 4 of journal.ndjson is damaged", hint: AGAIN },
      1,
    ]);
  });
});

it.each([["x"], [`x${sha256("")}`], [`${sha256("")}x`], [sha256("").toUpperCase()]])(
  "no file is named by what is no hash: %s",
  (hash) => {
    const fault = new RangeError("a body is named by its SHA-256");
    expect(() => readBody(snapshot(), hash)).toThrow(fault);
    expect(isBodyWhole(snapshot(), hash)).toBe(false);
  },
);

it("a body is whole where it is there with its checksum", () => {
  const directory = snapshot();
  expect([BODY, ""].map((body) => isBodyWhole(directory, sha256(body)))).toEqual([true, false]);
});

describe("whether a path is a snapshot directory", () => {
  it.each<[parts: readonly string[], is: boolean]>([
    [["manifest.json", "journal.ndjson"], true],
    [["manifest.json", "inventory.ndjson"], true],
    [["manifest.json", "bodies/"], true],
    [["manifest.json", "journal.ndjson/"], false],
    [["manifest.json", "bodies"], false],
    [["journal.ndjson", "inventory.ndjson"], true],
    [["journal.ndjson", "bodies/"], true],
    [["inventory.ndjson", "bodies/"], true],
    [["journal.ndjson"], false],
    [["bodies/"], false],
    [["manifest.json/", "journal.ndjson"], false],
    [[], false],
  ])("with %j: %s", (parts, is) => {
    const directory = temporaryDirectory();
    for (const part of parts) {
      if (part.endsWith("/")) mkdirSync(join(directory, part));
      else writeFileSync(join(directory, part), "");
    }
    expect(isSnapshotDirectory(directory)).toBe(is);
  });

  it("is recognised by its files, even damaged ones", () => {
    const directory = snapshot();
    expect(isSnapshotDirectory(directory)).toBe(true);
    writeFileSync(join(directory, "manifest.json"), "{");
    expect(isSnapshotDirectory(directory)).toBe(true);
    rmSync(join(directory, "manifest.json"));
    expect(isSnapshotDirectory(directory)).toBe(true);
    expect(() => readSnapshotDirectory(directory)).toThrow("manifest.json is missing");
    for (const name of ["journal.ndjson", "inventory.ndjson"]) rmSync(join(directory, name));
    expect(isSnapshotDirectory(directory)).toBe(false);
  });

  it("is false for a file, for nothing, and for a directory with only a manifest", () => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, "manifest.json"), "{}");
    expect(["", "/manifest.json", "/gone"].map((name) => isSnapshotDirectory(directory + name))).toEqual([
      false,
      false,
      false,
    ]);
  });
});
