import { readdirSync, rmdirSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../../text/user-error.ts";
import { countOutcomes } from "../../topology/snapshot.ts";
import { replaceFile } from "../files/replace-file.ts";
import { sha256 } from "../files/sha256.ts";
import { removeUnfinished } from "../files/tidy.ts";
import { writeError } from "../files/write-error.ts";
import { AppendFile } from "./append-file.ts";
import { type ClaimedDirectory, claimDirectory, makeFolder } from "./claim-directory.ts";
import { JOURNAL, type JournalEntry, journalLine, MOST_JOURNAL_BYTES, readJournal } from "./journal.ts";
import { MANIFEST, manifestText, type SnapshotManifest } from "./manifest.ts";
import { readPart } from "./part-file.ts";
import { ROUTER_FOLDERS, type RouterFolder } from "./router-files.ts";
import { writeRouterTables } from "./router-tables.ts";
import { RunLock } from "./run-lock.ts";
import { BODIES, BODY_FILE, INVENTORY, isBodyWhole, readBody } from "./snapshot-directory.ts";

/** What a run begins with. */
export interface SnapshotBeginning
  extends Pick<SnapshotManifest, "cloud" | "scope" | "allNics">,
    Pick<NonNullable<SnapshotManifest["inventory"]>, "source" | "subscriptions" | "gaps"> {
  readonly run: Pick<SnapshotManifest["run"], "id" | "startedAt">;
  /** The resources of the inventory as Azure sent them. */
  readonly resources: readonly unknown[];
  /** The NICs of the snapshot. Entries of others are dropped. */
  readonly nicIds: Iterable<string>;
}

const WHAT = "the snapshot";

/**
 * Writes a snapshot directory, one run at a time. Whenever the process or the machine stops, what was kept before can
 * be read, and the next run goes on from there:
 *
 * - The manifest says that a run is unfinished before anything changes, and is written last when it is finished.
 * - A body is on the disk before the journal names it. A journal line outlives the process at once; after a power cut
 *   the last lines may be missing, and their NICs are asked again.
 * - Files are made with mode 0600 in directories with mode 0700, and never through a symbolic link.
 */
export class SnapshotWriter {
  readonly #directory: ClaimedDirectory;
  readonly #lock: RunLock;
  readonly #entries: Map<string, JournalEntry>;
  readonly #bodies = new Map<string, boolean>();
  /** The files of the folders that this run wrote. */
  readonly #routers = new Map<RouterFolder, readonly string[]>();
  #manifest: SnapshotManifest | null = null;
  #journal: AppendFile | null = null;

  /** @throws UserError for a directory that is not a snapshot's, or that another run writes. */
  constructor(path: string) {
    this.#directory = guarded(path, () => claimDirectory(path));
    this.#lock = new RunLock(this.#directory.path);
    try {
      const { entries } = readJournal(readPart(this.#directory.path, JOURNAL, MOST_JOURNAL_BYTES) ?? Buffer.alloc(0));
      this.#entries = new Map(entries.map((entry) => [entry.nicId.toLowerCase(), entry]));
    } catch (thrown) {
      this.#lock.release();
      throw thrown;
    }
  }

  /** The manifest as the run before left it; null in a new directory. */
  get before(): SnapshotManifest | null {
    return this.#directory.manifest;
  }

  /** What the journal says of each NIC. */
  get entries(): readonly JournalEntry[] {
    return [...this.#entries.values()];
  }

  /** What the journal says of a NIC; null where it says nothing. */
  entryOf(nicId: string): JournalEntry | null {
    return this.#entries.get(nicId.toLowerCase()) ?? null;
  }

  /** Whether the body is there, whole. Reads it once. */
  hasBody(hash: string): boolean {
    const known = this.#bodies.get(hash);
    if (known !== undefined) return known;
    const found = isBodyWhole(this.#directory.path, hash);
    this.#bodies.set(hash, found);
    return found;
  }

  /** The body with this hash. @throws UserError where it is missing or was changed. */
  body(hash: string): string {
    return readBody(this.#directory.path, hash);
  }

  /** Writes the inventory and opens the journal. @throws UserError */
  begin({ run, resources, source, subscriptions, gaps, nicIds, ...rest }: SnapshotBeginning): void {
    const manifest: SnapshotManifest = {
      ...rest,
      run: { ...run, finishedAt: null },
      complete: false,
      counts: countOutcomes([]),
      inventory: null,
      journal: null,
      routers: this.before?.routers ?? [],
    };
    const ids = new Set([...nicIds].map((id) => id.toLowerCase()));
    for (const id of this.#entries.keys()) if (!ids.has(id)) this.#entries.delete(id);
    this.#guarded(() => {
      this.#tidy();
      this.#writeManifest(manifest);
      const hash = this.#writeInventory(resources);
      const inventory = { sha256: hash, resources: resources.length, source, subscriptions, gaps };
      this.#writeManifest({ ...manifest, inventory });
      makeFolder(this.#inside(BODIES));
      replaceFile(this.#inside(JOURNAL), this.#journalText(), { what: WHAT }); // without damaged and torn lines
      this.#journal = new AppendFile(this.#inside(JOURNAL));
    });
  }

  /** Keeps the outcome of a NIC. `body`: its table, unless it is kept already. @throws UserError */
  keep(entry: Omit<JournalEntry, "run">, body: string | null = null): void {
    const whole = { ...entry, run: this.#begun.run.id };
    this.#guarded(() => {
      if (body !== null && entry.body !== null && !this.hasBody(entry.body)) {
        replaceFile(this.#inside(BODIES, `${entry.body}.json`), body, { what: WHAT });
        this.#bodies.set(entry.body, true);
      }
      this.#journal?.append(journalLine(whole));
    });
    this.#entries.set(entry.nicId.toLowerCase(), whole);
  }

  /** Keeps the tables of a kind of router, in place of those of an earlier run. @throws UserError */
  keepRouters(folder: RouterFolder, texts: readonly string[]): void {
    this.#guarded(() => this.#routers.set(folder, writeRouterTables(this.#directory.path, folder, texts)));
  }

  /** Ends the run: the manifest says that it is finished, and bodies that no NIC has any more are removed. */
  finish(finishedAt: string, isComplete: boolean): SnapshotManifest {
    const text = this.#journalText();
    const { entries } = this;
    const manifest: SnapshotManifest = {
      ...this.#begun,
      run: { ...this.#begun.run, finishedAt },
      complete: isComplete,
      counts: countOutcomes(entries.map(({ outcome }) => outcome)),
      journal: { sha256: sha256(text), entries: entries.length },
      routers: ROUTER_FOLDERS.flatMap((folder) => this.#routers.get(folder) ?? this.#keptRouters(folder)),
    };
    this.#guarded(() => {
      this.#closeJournal();
      replaceFile(this.#inside(JOURNAL), text, { what: WHAT });
      this.#writeManifest(manifest);
    });
    this.#removeBodies(new Set(entries.map(({ body }) => `${body}.json`)));
    return manifest;
  }

  /** Lets the directory go. One that was made for nothing is removed. */
  close(): void {
    try {
      this.#closeJournal();
      this.#lock.release();
      if (this.#directory.isNew) rmdirSync(this.#directory.path);
    } catch {
      // it holds what the run wrote, or nothing that the run promised
    }
  }

  get #begun(): SnapshotManifest {
    if (this.#manifest === null) throw new RangeError("the run has not begun");
    return this.#manifest;
  }

  #guarded(write: () => void): void {
    guarded(this.#directory.path, () => {
      this.#lock.check();
      write();
    });
  }

  /** Those of an earlier run, which stay. */
  #keptRouters(folder: RouterFolder): readonly string[] {
    return (this.before?.routers ?? []).filter((path) => path.startsWith(`${folder}/`));
  }

  #inside(...names: readonly string[]): string {
    return join(this.#directory.path, ...names);
  }

  #writeManifest(manifest: SnapshotManifest): void {
    replaceFile(this.#inside(MANIFEST), manifestText(manifest), { what: WHAT });
    this.#manifest = manifest;
  }

  /** Returns its checksum. Only one line is held at a time. */
  #writeInventory(resources: readonly unknown[]): string {
    const hash = process.getBuiltinModule("node:crypto").createHash("sha256");
    function* lines() {
      for (const resource of resources) {
        const line = Buffer.from(`${JSON.stringify(resource)}\n`);
        hash.update(line);
        yield line;
      }
    }
    replaceFile(this.#inside(INVENTORY), lines(), { what: WHAT });
    return hash.digest("hex");
  }

  #journalText(): string {
    return this.entries.map(journalLine).join("");
  }

  #closeJournal(): void {
    const journal = this.#journal;
    this.#journal = null;
    journal?.close();
  }

  /** Removes what a killed run was writing an hour ago or earlier. */
  #tidy(): void {
    const now = Date.now();
    const isPart = (name: string) => [MANIFEST, JOURNAL, INVENTORY].includes(name);
    removeUnfinished(this.#directory.path, now, isPart);
    removeUnfinished(this.#inside(BODIES), now, (name) => BODY_FILE.test(name));
  }

  #removeBodies(kept: ReadonlySet<string>): void {
    try {
      for (const name of readdirSync(this.#inside(BODIES))) {
        if (BODY_FILE.test(name) && !kept.has(name)) unlinkSync(this.#inside(BODIES, name));
      }
    } catch {
      // they only take space
    }
  }
}

/** @throws UserError for what the system says. */
function guarded<T>(path: string, call: () => T): T {
  try {
    return call();
  } catch (thrown) {
    throw thrown instanceof UserError ? thrown : writeError(thrown, WHAT, path);
  }
}
