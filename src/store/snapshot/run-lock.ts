import {
  closeSync,
  fstatSync,
  linkSync,
  lstatSync,
  openSync,
  readFileSync,
  readlinkSync,
  renameSync,
  type Stats,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { textField } from "../../text/type-guards.ts";
import { UserError } from "../../text/user-error.ts";
import { systemCode } from "../files/store-error.ts";
import { unfinishedBeside } from "../files/unfinished-file.ts";
import { writeError } from "../files/write-error.ts";
import { readPart } from "./part-file.ts";
import { shownPath, writeProblem } from "./snapshot-error.ts";

export const LOCK = "run.lock";

/** How often a run touches its lock, and when another machine takes an untouched one for abandoned, in milliseconds. */
const BEAT_MS = 20_000;
const ABANDONED_AFTER_MS = 120_000;

const MOST_BYTES = 4096;

/** A process, so that another one can see whether it still runs. */
interface Holder {
  readonly host: string;
  readonly pid: string;
  /** Changes with each start of the machine, and between containers; "" where the system does not say. */
  readonly machine: string;
  /** When the process started, in the system's ticks: process ids are used again. "" where it does not say. */
  readonly start: string;
  /** ISO 8601. */
  readonly since: string;
}

/**
 * Keeps a snapshot directory for one run. A lock whose process is gone is taken over: on the same machine that is seen
 * at once; of another machine or container, the lock counts as abandoned when it has not been touched for two minutes
 * by the clock of the file system.
 */
export class RunLock {
  readonly #path: string;
  readonly #inode: number;
  readonly #text: string;
  readonly #beat: NodeJS.Timeout;
  readonly #leave = () => this.release();

  /** @throws UserError where another run has the directory, or it cannot be written. */
  constructor(directory: string, now: number = Date.now()) {
    this.#path = join(directory, LOCK);
    this.#text = `${JSON.stringify({ ...thisProcess(), since: new Date(now).toISOString() })}\n`;
    try {
      this.#inode = acquire(directory, this.#path, this.#text);
    } catch (thrown) {
      throw thrown instanceof UserError ? thrown : writeError(thrown, "the snapshot", this.#path);
    }
    this.#beat = setInterval(() => this.#touch(), BEAT_MS);
    this.#beat.unref();
    process.once("exit", this.#leave); // also on Ctrl-C
  }

  /**
   * Checks that the lock is still this run's. Cost: one system call.
   * @throws UserError where somebody removed it or took it over, as after this machine slept.
   */
  check(): void {
    if (lstatSync(this.#path, { throwIfNoEntry: false })?.ino === this.#inode) return;
    throw writeProblem(
      "snapshot-lock-lost",
      `another run took over ${shownPath(this.#path)}`,
      "this run has written nothing since; run the same command again when the other run ends",
    );
  }

  release(): void {
    clearInterval(this.#beat);
    process.removeListener("exit", this.#leave);
    try {
      if (lstatSync(this.#path).ino === this.#inode) unlinkSync(this.#path);
    } catch {
      // the next run takes it over
    }
  }

  #touch(): void {
    try {
      this.check();
      const descriptor = openSync(this.#path, "r+");
      try {
        writeFileSync(descriptor, this.#text);
      } finally {
        closeSync(descriptor);
      }
    } catch {
      // the next write of the run reports it
    }
  }
}

/** Returns the inode of the lock. */
function acquire(directory: string, path: string, text: string): number {
  // The content comes with the name: a lock is never seen empty.
  const own = unfinishedBeside(path);
  const { mtimeMs } = newFile(own, text);
  try {
    for (let attempt = 1; ; attempt++) {
      const inode = claim(own, path, text);
      if (inode !== null) return inode;
      const found = lstatSync(path, { throwIfNoEntry: false });
      const held = found?.isFile() ? (readPart(directory, LOCK, MOST_BYTES)?.toString() ?? null) : null;
      const holder = held === null ? null : holderOf(held);
      if (attempt === 4 || (found !== undefined && !isGone(holder, mtimeMs - found.mtimeMs))) {
        throw lockedBy(path, holder);
      }
      if (held !== null) takeAway(path, held);
    }
  } finally {
    unlinkSync(own);
  }
}

function newFile(path: string, text: string): Stats {
  const descriptor = openSync(path, "wx", 0o600);
  try {
    writeFileSync(descriptor, text);
    return fstatSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

const NO_LINKS = ["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"];

/** Gives the file the name of the lock, and returns its inode; null where that name is taken. */
function claim(own: string, path: string, text: string): number | null {
  try {
    linkSync(own, path);
    return lstatSync(own).ino;
  } catch (thrown) {
    if (systemCode(thrown) === "EEXIST") return null;
    if (!NO_LINKS.includes(systemCode(thrown))) throw thrown;
  }
  try {
    return newFile(path, text).ino;
  } catch (thrown) {
    if (systemCode(thrown) === "EEXIST") return null;
    throw thrown;
  }
}

/** Removes an abandoned lock. Two runs may see it at once: a run that moves a newer one away puts it back. */
function takeAway(path: string, judged: string): void {
  const aside = unfinishedBeside(path);
  try {
    renameSync(path, aside);
  } catch (thrown) {
    if (systemCode(thrown) === "ENOENT") return;
    throw thrown;
  }
  if (readFileSync(aside, "utf8") !== judged) linkSync(aside, path);
  unlinkSync(aside);
}

function isGone(holder: Holder | null, untouchedMs: number): boolean {
  const own = thisProcess();
  if (holder === null || holder.host !== own.host || holder.machine !== own.machine) {
    return untouchedMs > ABANDONED_AFTER_MS;
  }
  return !isAlive(Number(holder.pid)) || startOf(holder.pid) !== holder.start;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return systemCode(thrown) !== "ESRCH";
  }
}

function thisProcess(): Omit<Holder, "since"> {
  const pid = String(process.pid);
  const boot = orNothing(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim());
  const namespace = orNothing(() => readlinkSync("/proc/self/ns/pid"));
  return { host: hostname(), pid, machine: `${boot} ${namespace}`.trim(), start: startOf(pid) };
}

/** The 22nd field of proc_pid_stat(5); the second one may hold spaces. */
function startOf(pid: string): string {
  const stat = orNothing(() => readFileSync(`/proc/${pid}/stat`, "utf8"));
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
}

function orNothing(read: () => string): string {
  try {
    return read();
  } catch {
    return "";
  }
}

function holderOf(text: string): Holder | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const field = (name: string) => textField(value, name);
  const [host, pid, machine, start, since] = ["host", "pid", "machine", "start", "since"].map(field);
  if (host == null || machine == null || start == null || since == null) return null;
  return pid != null && /^[1-9]\d{0,9}$/.test(pid) ? { host, pid, machine, start, since } : null;
}

function lockedBy(path: string, holder: Holder | null) {
  const who = holder === null ? "" : `: process ${holder.pid} on ${holder.host.slice(0, 40)}`;
  const since = holder === null ? "" : `, since ${holder.since.slice(0, 19)}Z`;
  return writeProblem(
    "snapshot-locked",
    `another run is writing the snapshot${who}\n  ${path}${since}`,
    "wait until it ends; if it no longer runs, delete that file and run again",
  );
}
