import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { isMainThread } from "node:worker_threads";
import { afterEach, describe, expect, it } from "vitest";
import { sha256 } from "../../../src/store/files/sha256.ts";
import { readSnapshotDirectory } from "../../../src/store/snapshot/snapshot-directory.ts";
import { type SnapshotBeginning, SnapshotWriter } from "../../../src/store/snapshot/snapshot-writer.ts";
import { UserError } from "../../../src/text/user-error.ts";
import { patchFiles, systemError } from "../patched-files.ts";
import { temporaryDirectory } from "../temporary-directory.ts";

const RUN = { id: "run-1", startedAt: "2026-11-29T10:00:00.000Z" };
const ERROR = { code: "not-allowed", message: "no role" };
const SUBSCRIPTION = { id: "s", name: "main", outcome: "ok", error: null } as const;
const GAP = { resourceId: "/subscriptions/s", what: "the list of routeTables", error: ERROR };
const END = "2026-11-29T10:01:00.000Z";

const opened: SnapshotWriter[] = [];
afterEach(() => opened.splice(0).forEach((writer) => void writer.close()));

function open(directory: string): SnapshotWriter {
  const writer = new SnapshotWriter(directory);
  opened.push(writer);
  return writer;
}

function begin(writer: SnapshotWriter, nicIds: readonly string[], more: Partial<SnapshotBeginning> = {}): void {
  writer.begin({
    cloud: "public",
    scope: { subscriptions: [], managementGroup: null, resourceGroup: null, network: null, subnet: null },
    allNics: false,
    run: RUN,
    resources: nicIds.map((id) => ({ id })),
    source: "resource-graph",
    subscriptions: [SUBSCRIPTION],
    gaps: [GAP],
    nicIds,
    ...more,
  });
}

const fetched = { subnetId: "/net/s", standInId: null, error: null, fetchedAt: END } as const;

function keep(writer: SnapshotWriter, nicId: string, body: string): void {
  writer.keep({ ...fetched, nicId, outcome: "ok", body: sha256(body) }, body);
}

const shown = (path: string) => (path.length > 40 ? `...${path.slice(-37)}` : path);

/** `code (exit): message; hint` of the error with which a call ends, in which the directory is called DIR. */
function refusal(directory: string, call: () => unknown = () => open(directory)): string {
  try {
    call();
    return "none";
  } catch (thrown) {
    if (!(thrown instanceof UserError)) throw thrown;
    const { code, message, hint, exit, detail, correction } = thrown;
    expect([detail, correction]).toEqual([null, null]);
    const names = [shown(directory), shown(join(directory, "run.lock")), directory];
    const text = names.reduce(
      (before, name) => before.replace(name, name === names[1] ? "DIR/run.lock" : "DIR"),
      message,
    );
    return `${code} (${exit}): ${text}; ${hint}`;
  }
}

const FOREIGN =
  "snapshot-foreign-files (usage): DIR holds files that are not part of a snapshot; name a new or empty directory: nothing was changed";
const NOT_REGULAR =
  "snapshot-unreadable (usage): DIR: journal.ndjson is not a regular file; a snapshot holds no links and no pipes: copy its files themselves";

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

describe("a snapshot that is written", () => {
  it("keeps the list of its tables of routers through an interrupted run", () => {
    const directory = join(temporaryDirectory(), "snapshot");
    const run = (isFinished: boolean, texts: readonly string[] = []) => {
      const writer = open(directory);
      begin(writer, []);
      if (texts.length > 0) writer.keepRouters("hubs", texts);
      if (isFinished) writer.finish(END, true);
      writer.close();
      return readSnapshotDirectory(directory).manifest.routers;
    };
    const listed = [`hubs/${sha256("[1]")}.json`];
    expect([run(true, ["[1]"]), run(false), run(true)]).toEqual([listed, listed, listed]);
  });

  it("keeps the tables of the kinds of routers that a run did not read, and replaces those that it read", () => {
    const directory = temporaryDirectory();
    const first = open(directory);
    begin(first, []);
    for (const folder of ["circuits", "hubs", "gateways"] as const) first.keepRouters(folder, [`["${folder}"]`]);
    const { routers } = first.finish(END, true);
    const listed = (["gateways", "hubs", "circuits"] as const).map((each) => `${each}/${sha256(`["${each}"]`)}.json`);
    expect(routers).toEqual(listed);
    first.close();
    const second = open(directory);
    begin(second, []);
    expect(readSnapshotDirectory(directory).manifest.routers).toEqual(listed);
    second.keepRouters("hubs", ["[1]", "[2]"]);
    expect(second.finish(END, true).routers).toEqual([
      listed[0],
      `hubs/${sha256("[1]")}.json`,
      `hubs/${sha256("[2]")}.json`,
      listed[2],
    ]);
  });

  it("says while it is written that nothing is finished, and what its inventory holds", () => {
    const directory = temporaryDirectory();
    const writer = open(directory);
    begin(writer, ["/a"], { allNics: true, cloud: "china" });
    const inventory = sha256(readFileSync(join(directory, "inventory.ndjson")));
    const { manifest } = readSnapshotDirectory(directory);
    const written = JSON.parse(readFileSync(join(directory, "manifest.json"), "utf8"));
    expect(written).toEqual({ schemaVersion: 1, kind: "vnet-explain snapshot", ...manifest });
    expect(manifest).toEqual({
      cloud: "china",
      scope: { subscriptions: [], managementGroup: null, resourceGroup: null, network: null, subnet: null },
      allNics: true,
      run: { ...RUN, finishedAt: null },
      complete: false,
      counts: { ok: 0, stopped: 0, unattached: 0, "no-api": 0, denied: 0, failed: 0 },
      inventory: {
        sha256: inventory,
        resources: 1,
        source: "resource-graph",
        subscriptions: [SUBSCRIPTION],
        gaps: [GAP],
      },
      journal: null,
      routers: [],
    });
  });

  it("is read back: inventory, journal, bodies and counts", () => {
    const directory = join(temporaryDirectory(), "new", "snapshot");
    const writer = open(directory);
    begin(writer, ["/a", "/b", "/c"]);
    keep(writer, "/a", '{"value":[]}');
    keep(writer, "/b", '{"value":[]}');
    writer.keep({ ...fetched, nicId: "/c", outcome: "failed", body: null, error: { code: "busy", message: "m" } });
    writer.finish(END, false);
    const { manifest, journal, inventory, body } = readSnapshotDirectory(directory);
    expect(manifest).toMatchObject({
      run: { ...RUN, finishedAt: END },
      complete: false,
      counts: { ok: 2, failed: 1 },
      inventory: { resources: 3, source: "resource-graph", subscriptions: [SUBSCRIPTION], gaps: [GAP] },
      journal: { entries: 3 },
    });
    expect([...inventory()]).toEqual([{ id: "/a" }, { id: "/b" }, { id: "/c" }]);
    expect(journal.map(({ nicId, outcome }) => [nicId, outcome])).toEqual([
      ["/a", "ok"],
      ["/b", "ok"],
      ["/c", "failed"],
    ]);
    expect(body(journal[0]?.body ?? "")).toBe('{"value":[]}');
    expect(readdirSync(join(directory, "bodies"))).toHaveLength(1);
  });

  it("can be read at every step of a run", () => {
    const directory = temporaryDirectory();
    const writer = open(directory);
    const state = () => {
      const { manifest, journal } = readSnapshotDirectory(directory);
      return [manifest.complete, manifest.run.finishedAt, journal.length];
    };
    begin(writer, ["/a"]);
    expect(state()).toEqual([false, null, 0]);
    keep(writer, "/a", "{}");
    expect(state()).toEqual([false, null, 1]);
    writer.finish(END, true);
    expect(state()).toEqual([true, END, 1]);
  });

  // A worker thread cannot set its umask.
  it.runIf(process.platform !== "win32" && isMainThread)("is closed to other users, whatever the umask says", () => {
    const umask = process.umask(0);
    try {
      const directory = join(temporaryDirectory(), "snapshot");
      mkdirSync(directory, { mode: 0o777 });
      const writer = open(directory);
      begin(writer, ["/a"]);
      keep(writer, "/a", "{}");
      expect(modeOf(join(directory, "run.lock"))).toBe("600");
      writer.finish(END, true);
      expect([directory, join(directory, "bodies")].map(modeOf)).toEqual(["700", "700"]);
      const files = ["manifest.json", "inventory.ndjson", "journal.ndjson", `bodies/${sha256("{}")}.json`];
      expect(files.map((name) => modeOf(join(directory, name)))).toEqual(files.map(() => "600"));
    } finally {
      process.umask(umask);
    }
  });

  it("has begun before anything is kept in it, and before it ends", () => {
    const directory = temporaryDirectory();
    const writer = open(directory);
    const early = new RangeError("the run has not begun");
    expect(() => keep(writer, "/a", "{}")).toThrow(early);
    expect(() => writer.finish(END, true)).toThrow(early);
    expect(readdirSync(directory)).toEqual(["run.lock"]);
  });

  it("keeps the bodies of others' names, and says the whole manifest that it wrote", () => {
    const directory = temporaryDirectory();
    const writer = open(directory);
    expect(writer.before).toBeNull();
    begin(writer, ["/a"]);
    keep(writer, "/a", "{}");
    const [gone, other] = [`${"0".repeat(64)}.json`, "notes.txt"];
    for (const name of [gone, other]) writeFileSync(join(directory, "bodies", name), "");
    const manifest = writer.finish(END, true);
    expect(readdirSync(join(directory, "bodies")).sort()).toEqual([`${sha256("{}")}.json`, other].sort());
    expect(readSnapshotDirectory(directory).manifest).toEqual(manifest);
    const inventory = readFileSync(join(directory, "inventory.ndjson"));
    const journal = readFileSync(join(directory, "journal.ndjson"));
    expect(manifest).toEqual({
      cloud: "public",
      scope: { subscriptions: [], managementGroup: null, resourceGroup: null, network: null, subnet: null },
      allNics: false,
      run: { ...RUN, finishedAt: END },
      complete: true,
      counts: { ok: 1, stopped: 0, unattached: 0, "no-api": 0, denied: 0, failed: 0 },
      inventory: {
        sha256: sha256(inventory),
        resources: 1,
        source: "resource-graph",
        subscriptions: [SUBSCRIPTION],
        gaps: [GAP],
      },
      journal: { sha256: sha256(journal), entries: 1 },
      routers: [],
    });
  });

  it("ends without its bodies where somebody removed them all", () => {
    const directory = temporaryDirectory();
    const writer = open(directory);
    begin(writer, []);
    rmSync(join(directory, "bodies"), { recursive: true });
    expect(writer.finish(END, true).complete).toBe(true);
  });

  it("that nothing was written to leaves no directory behind, unless it was there before", () => {
    const directory = join(temporaryDirectory(), "snapshot");
    open(directory).close();
    expect(existsSync(directory)).toBe(false);
    mkdirSync(directory);
    open(directory).close();
    expect(readdirSync(directory)).toEqual([]);
    rmSync(directory, { recursive: true });
    const writer = open(directory);
    begin(writer, []);
    writer.close();
    writer.close();
    expect(readdirSync(directory).sort()).toEqual(["bodies", "inventory.ndjson", "journal.ndjson", "manifest.json"]);
  });

  it("is written no further where another run took it over", () => {
    const directory = temporaryDirectory();
    const writer = open(directory);
    begin(writer, ["/a"]);
    rmSync(join(directory, "run.lock"));
    const before = readFileSync(join(directory, "manifest.json"), "utf8");
    for (const write of [
      () => begin(writer, ["/a"]),
      () => keep(writer, "/a", "{}"),
      () => writer.keepRouters("hubs", ["[1]"]),
      () => writer.finish(END, true),
    ]) {
      expect(refusal(directory, write)).toBe(
        "snapshot-lock-lost (failed): another run took over DIR/run.lock; this run has written nothing since; run the same command again when the other run ends",
      );
    }
    expect([writer.entries, readdirSync(join(directory, "bodies"))]).toEqual([[], []]);
    expect(readFileSync(join(directory, "manifest.json"), "utf8")).toBe(before);
    expect(existsSync(join(directory, "hubs"))).toBe(false);
  });

  it("is free for another run where its journal cannot be read", () => {
    const directory = temporaryDirectory();
    const writer = open(directory);
    begin(writer, []);
    writer.close();
    rmSync(join(directory, "journal.ndjson"));
    mkdirSync(join(directory, "journal.ndjson"));
    expect(refusal(directory)).toBe(NOT_REGULAR);
    expect(readdirSync(directory)).not.toContain("run.lock");
  });

  it.each<[part: string, write: (writer: SnapshotWriter) => void]>([
    ["inventory.ndjson", (writer) => begin(writer, ["/a"])],
    [`bodies/${sha256("{}")}.json`, (writer) => keep(writer, "/a", "{}")],
    ["journal.ndjson", (writer) => void writer.finish(END, true)],
    ["manifest.json", (writer) => void writer.finish(END, true)],
  ])("names the part that cannot be written: %s", (part, write) => {
    const directory = realpathSync(temporaryDirectory());
    const writer = open(directory);
    begin(writer, ["/a"]);
    const path = join(directory, part);
    rmSync(path, { force: true });
    mkdirSync(path);
    expect(() => write(writer)).toThrow(
      expect.objectContaining({
        code: "write-not-a-directory",
        message: `cannot write the snapshot: there is a directory where the file should be\n  ${path}`,
      }),
    );
  });

  it("ends with what the disk says, and a fault of the program stays one", () => {
    const directory = temporaryDirectory();
    const writer = open(directory);
    begin(writer, ["/a"]);
    let thrown: Error = systemError("EIO");
    patchFiles({
      writeSync: () => {
        throw thrown;
      },
    });
    const failed = { ...fetched, nicId: "/a", outcome: "failed", body: null } as const;
    expect(() => writer.keep(failed)).toThrow(
      expect.objectContaining({
        code: "write-failed",
        message: `cannot write the snapshot: system error EIO\n  ${realpathSync(directory)}`,
        hint: "check the disk",
      }),
    );
    thrown = new TypeError("a fault");
    expect(() => writer.keep(failed)).toThrow(thrown);
    expect(writer.entries).toEqual([]);
  });

  it("drops NICs that are gone, and the bodies that no NIC has any more", () => {
    const directory = temporaryDirectory();
    const first = open(directory);
    begin(first, ["/a", "/b"]);
    keep(first, "/a", "{}");
    keep(first, "/b", "[]");
    first.finish(END, true);
    first.close();
    const second = open(directory);
    begin(second, ["/A"], { run: { ...RUN, id: "run-2" } });
    second.finish(END, true);
    const { journal } = readSnapshotDirectory(directory);
    expect(journal.map(({ nicId, run }) => [nicId, run])).toEqual([["/a", "run-1"]]);
    expect(readdirSync(join(directory, "bodies"))).toEqual([`${sha256("{}")}.json`]);
  });
});

describe("what an interrupted run left", () => {
  function interrupted(): string {
    const directory = temporaryDirectory();
    const writer = open(directory);
    begin(writer, ["/a", "/b"]);
    keep(writer, "/a", "{}");
    writer.close();
    return directory;
  }

  it("is there for the next one", () => {
    const writer = open(interrupted());
    expect(writer.before).toMatchObject({ run: { ...RUN, finishedAt: null } });
    expect(writer.entryOf("/A")).toMatchObject({ outcome: "ok", run: RUN.id });
    expect(writer.entryOf("/b")).toBeNull();
  });

  for (const [name, damage] of [
    ["a torn last line", (path: string) => appendFileSync(path, '{"run":"run-1","nicId":"/b","outco')],
    ["a damaged line", (path: string) => writeFileSync(path, `\0\0\0\n${readFileSync(path, "utf8")}`)],
  ] as const) {
    it(`${name} is dropped, and what is appended after it can be read`, () => {
      const directory = interrupted();
      damage(join(directory, "journal.ndjson"));
      const writer = open(directory);
      begin(writer, ["/a", "/b"]);
      keep(writer, "/b", "{}");
      expect(readSnapshotDirectory(directory).journal.map(({ nicId }) => nicId)).toEqual(["/a", "/b"]);
    });
  }

  it("a body that is missing or was changed is not taken for whole, and is written again", () => {
    const directory = interrupted();
    const path = join(directory, "bodies", `${sha256("{}")}.json`);
    writeFileSync(path, "{");
    const writer = open(directory);
    expect(writer.hasBody(sha256("{}"))).toBe(false);
    begin(writer, ["/a"]);
    keep(writer, "/a", "{}");
    expect(readFileSync(path, "utf8")).toBe("{}");
    expect(writer.hasBody(sha256("{}"))).toBe(true);
  });

  it("a body is read once, and written once", () => {
    const directory = interrupted();
    const path = join(directory, "bodies", `${sha256("{}")}.json`);
    const writer = open(directory);
    begin(writer, ["/a", "/b"]);
    expect([writer.hasBody(sha256("{}")), writer.body(sha256("{}"))]).toEqual([true, "{}"]);
    writeFileSync(path, "{");
    keep(writer, "/b", "{}");
    expect([writer.hasBody(sha256("{}")), readFileSync(path, "utf8")]).toEqual([true, "{"]);
    expect(refusal(directory, () => writer.body(sha256("{}")))).toBe(
      `snapshot-body-changed (usage): DIR: bodies/${sha256("{}").slice(0, 12)}....json was changed after the run; take it again with: vnet-explain snapshot DIR, which keeps the undamaged parts`,
    );
  });

  it("is all that an entry without a body, or without its text, needs", () => {
    const directory = interrupted();
    const writer = open(directory);
    begin(writer, ["/a", "/b"]);
    writer.keep({ ...fetched, nicId: "/b", outcome: "ok", body: sha256("{}") });
    writer.keep({ ...fetched, nicId: "/a", outcome: "failed", body: null }, "unused");
    expect(readdirSync(join(directory, "bodies"))).toEqual([`${sha256("{}")}.json`]);
    expect(writer.entries.map(({ nicId, body, run }) => [nicId, body, run])).toEqual([
      ["/a", null, RUN.id],
      ["/b", sha256("{}"), RUN.id],
    ]);
  });

  it("goes away after an hour where it was half written; younger files and others' stay", () => {
    const directory = interrupted();
    const names = ["manifest.json", "journal.ndjson", "inventory.ndjson", "thesis.tex"].map(
      (name) => `.${name}.0123456789ab.tmp`,
    );
    const bodies = [`${"0".repeat(64)}.json`, "x.json"].map((name) => join("bodies", `.${name}.0123456789ab.tmp`));
    const young = ".manifest.json.0123456789ac.tmp";
    for (const name of [...names, ...bodies, young]) {
      writeFileSync(join(directory, name), "half");
      if (name !== young) utimesSync(join(directory, name), 1, 1);
    }
    begin(open(directory), ["/a"]);
    const left = [...names, ...bodies, young].filter((name) => existsSync(join(directory, name)));
    expect(left).toEqual([".thesis.tex.0123456789ab.tmp", bodies[1], young]);
  });
});

describe("a directory that must be left alone is refused", () => {
  for (const [name, expected, prepare] of [
    ["files of another kind", FOREIGN, (d: string) => writeFileSync(join(d, "notes.txt"), "")],
    ["another program's manifest", FOREIGN, (d: string) => writeFileSync(join(d, "manifest.json"), "{}")],
    [
      "a damaged manifest",
      "snapshot-damaged (usage): DIR: manifest.json is damaged; take the snapshot again in an empty directory",
      (d: string) => writeFileSync(join(d, "manifest.json"), '{"kind":'),
    ],
  ] as const) {
    it(name, () => {
      const directory = temporaryDirectory();
      prepare(directory);
      const before = readdirSync(directory);
      expect(refusal(directory)).toBe(expected);
      expect(readdirSync(directory)).toEqual(before);
    });
  }

  it("a snapshot without its manifest, which is named", () => {
    const directory = temporaryDirectory();
    const first = open(directory);
    begin(first, ["/a"]);
    first.close();
    rmSync(join(directory, "manifest.json"));
    expect(() => open(directory)).toThrow(/lacks the manifest\.json of its snapshot/);
  });

  it("a file", () => {
    const file = join(temporaryDirectory(), "file");
    writeFileSync(file, "");
    for (const path of [file, join(file, "below")]) {
      expect(() => open(path)).toThrow(
        expect.objectContaining({
          code: "write-not-a-directory",
          message: `cannot write the snapshot: part of the path is a file, not a directory\n  ${path}`,
        }),
      );
    }
  });

  for (const part of ["bodies", "journal.ndjson"]) {
    it(`a link out of it in the place of ${part}`, () => {
      const directory = temporaryDirectory();
      const first = open(directory);
      begin(first, ["/a"]);
      first.close();
      const elsewhere = join(temporaryDirectory(), "elsewhere");
      renameSync(join(directory, part), elsewhere);
      symlinkSync(elsewhere, join(directory, part));
      const before = statSync(elsewhere).mtimeMs;
      const write = () => {
        const writer = open(directory);
        begin(writer, ["/a"]);
        keep(writer, "/a", "{}");
      };
      expect(refusal(directory, write)).toBe(
        part === "bodies"
          ? "snapshot-foreign-files (failed): DIR/bodies is not a directory; remove it and run again"
          : NOT_REGULAR,
      );
      expect(statSync(elsewhere).mtimeMs).toBe(before);
    });
  }

  it.skipIf(process.getuid?.() !== 0)("one that belongs to another user", async () => {
    const directory = temporaryDirectory();
    const { chownSync } = await import("node:fs");
    chownSync(directory, 65534, 65534);
    // root may write everywhere, and would trust a directory that its owner can change
    expect(refusal(directory)).toBe(
      "snapshot-not-private (failed): cannot keep a snapshot: DIR belongs to another user (uid 65534); name a directory of your own",
    );
  });

  it.skipIf(process.getuid?.() === 0)("one that cannot be written", () => {
    const directory = temporaryDirectory();
    rmSync(directory, { recursive: true });
    const parent = temporaryDirectory();
    chmodSync(parent, 0o500);
    expect(refusal(join(parent, "snapshot"))).toBe(
      "write-denied (failed): cannot write the snapshot: permission denied\n  DIR; check who owns it, or choose another place",
    );
  });
});

describe("a directory is taken for a snapshot", () => {
  it.each([
    ["where it is empty", [], "none"],
    ["where it holds an abandoned lock", ["run.lock"], "none"],
    ["where a killed run left a part of a manifest", [".manifest.json.0123456789ab.tmp"], "none"],
    ["where a killed run left a part of a lock", [".run.lock.0123456789ab.tmp"], "none"],
    ["not where it holds a part of another file", [".thesis.tex.0123456789ab.tmp"], FOREIGN],
    ["not where it holds a journal without a manifest", ["journal.ndjson"], FOREIGN],
    ["not where it holds other files", ["thesis.tex"], FOREIGN],
  ])("%s", (_, names, expected) => {
    const directory = temporaryDirectory();
    for (const name of names) {
      writeFileSync(join(directory, name), "");
      utimesSync(join(directory, name), 1, 1);
    }
    expect(refusal(directory)).toBe(expected);
  });
});
