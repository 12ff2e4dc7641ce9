import { spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { RunLock } from "../../../src/store/snapshot/run-lock.ts";
import { UserError } from "../../../src/text/user-error.ts";
import { patchFiles, systemError } from "../patched-files.ts";
import { temporaryDirectory } from "../temporary-directory.ts";

const held: RunLock[] = [];
afterEach(() => held.splice(0).forEach((lock) => void lock.release()));

function take(directory: string): RunLock {
  const lock = new RunLock(directory);
  held.push(lock);
  return lock;
}

function refusal(call: () => unknown): UserError {
  try {
    call();
  } catch (thrown) {
    if (thrown instanceof UserError) return thrown;
    throw thrown;
  }
  throw new Error("it was not refused");
}

/** The lock of this process, changed and perhaps old. */
function lockOf(change: object, untouchedSeconds = 0): string {
  const directory = temporaryDirectory();
  const lock = new RunLock(directory);
  const path = join(directory, "run.lock");
  const own = JSON.parse(readFileSync(path, "utf8"));
  lock.release();
  writeFileSync(path, JSON.stringify({ ...own, ...change }));
  const at = Date.now() / 1000 - untouchedSeconds;
  utimesSync(path, at, at);
  return directory;
}

/** The id of a process that has ended. */
async function endedProcess(): Promise<number> {
  const child = spawn(process.execPath, ["-e", ""]);
  await new Promise((resolve) => child.once("exit", resolve));
  return child.pid ?? 0;
}

const OLD = 180;

describe("the lock of a snapshot directory", () => {
  it("that goes away while it is looked at is one of another run, which is not named", () => {
    const directory = lockOf({});
    const path = join(directory, "run.lock");
    const { openSync } = patchFiles({
      openSync: (...parameters) => {
        if (parameters[0] === path) rmSync(path, { force: true });
        return openSync(...parameters);
      },
    });
    const { code, message } = refusal(() => take(directory));
    expect([code, message]).toEqual(["snapshot-locked", `another run is writing the snapshot\n  ${path}`]);
  });

  it("is held by one run, and the other says by which and since when", () => {
    const directory = temporaryDirectory();
    take(directory);
    const { code, message, exit } = refusal(() => take(directory));
    expect([code, exit]).toEqual(["snapshot-locked", "failed"]);
    expect(message).toContain(`process ${process.pid} on ${hostname()}`);
    expect(message).toContain(`run.lock, since ${new Date().toISOString().slice(0, 13)}`);
  });

  it("is refused with what to do, by the holder's name, and a long name of a machine by its start", () => {
    const hint = "wait until it ends; if it no longer runs, delete that file and run again";
    const since = "2026-11-29T10:00:00.123Z";
    const host = "h".repeat(41);
    const directory = lockOf({ host, since });
    expect(refusal(() => take(directory))).toMatchObject({
      code: "snapshot-locked",
      message: `another run is writing the snapshot: process ${process.pid} on ${"h".repeat(40)}\n  ${join(directory, "run.lock")}, since 2026-11-29T10:00:00Z`,
      hint,
    });
  });

  it.each([
    { host: 5 },
    { pid: undefined },
    { pid: "0" },
    { pid: "1x" },
    { pid: "x1" },
    { pid: "12345678901" },
    { machine: null },
    { start: null },
    { since: null },
  ])("whose holder cannot be read (%j) is held, and none is named", (change) => {
    const directory = lockOf(change);
    expect(refusal(() => take(directory)).message).toBe(
      `another run is writing the snapshot\n  ${join(directory, "run.lock")}`,
    );
  });

  it("that is no JSON is held, and none is named; a directory in its place is too", () => {
    for (const make of [(path: string) => writeFileSync(path, "{"), (path: string) => mkdirSync(path)]) {
      const directory = temporaryDirectory();
      make(join(directory, "run.lock"));
      const { message } = refusal(() => take(directory));
      expect(message).toBe(`another run is writing the snapshot\n  ${join(directory, "run.lock")}`);
      expect(readdirSync(directory)).toEqual(["run.lock"]);
    }
  });

  it("is free again after the run, and nothing else is left", () => {
    const directory = temporaryDirectory();
    take(directory).release();
    expect(readdirSync(directory)).toEqual([]);
    take(directory);
    expect(readdirSync(directory)).toEqual(["run.lock"]);
  });

  it("that somebody took over ends the run, and is not removed by it", () => {
    const directory = temporaryDirectory();
    const lock = take(directory);
    lock.check();
    renameSync(join(directory, "run.lock"), join(directory, "other"));
    writeFileSync(join(directory, "run.lock"), "{}");
    const path = join(directory, "run.lock");
    expect(refusal(() => lock.check())).toMatchObject({
      code: "snapshot-lock-lost",
      exit: "failed",
      message: `another run took over ${path.length > 40 ? `...${path.slice(-37)}` : path}`,
      hint: "this run has written nothing since; run the same command again when the other run ends",
    });
    lock.release();
    expect(existsSync(join(directory, "run.lock"))).toBe(true);
  });
});

describe("a run that holds the lock", () => {
  const pathOf = (directory: string) => join(directory, "run.lock");

  it("touches it every 20 seconds, and no longer when it ends", () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    try {
      const directory = temporaryDirectory();
      const lock = take(directory);
      const text = readFileSync(pathOf(directory), "utf8");
      const touched = () => {
        const { mtimeMs } = statSync(pathOf(directory));
        utimesSync(pathOf(directory), 1, 1);
        return mtimeMs > 1000;
      };
      expect(touched()).toBe(true);
      vi.advanceTimersByTime(19_999);
      expect(touched()).toBe(false);
      vi.advanceTimersByTime(1);
      expect(touched()).toBe(true);
      expect(readFileSync(pathOf(directory), "utf8")).toBe(text);
      lock.release();
      writeFileSync(pathOf(directory), "another run's");
      vi.advanceTimersByTime(60_000);
      expect(readFileSync(pathOf(directory), "utf8")).toBe("another run's");
    } finally {
      vi.useRealTimers();
    }
  });

  it("does not touch the lock of a run that took over", () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    try {
      const directory = temporaryDirectory();
      take(directory);
      renameSync(pathOf(directory), join(directory, "other"));
      writeFileSync(pathOf(directory), "another run's");
      vi.advanceTimersByTime(20_000);
      expect(readFileSync(pathOf(directory), "utf8")).toBe("another run's");
      renameSync(pathOf(directory), join(directory, "gone"));
      vi.advanceTimersByTime(20_000);
      expect(existsSync(pathOf(directory))).toBe(false);
    } finally {
      vi.useRealTimers();
    }
  });

  it("says since when, for itself alone", () => {
    const directory = temporaryDirectory();
    const lock = new RunLock(directory, Date.parse("2026-11-29T10:00:00.123Z"));
    const text = readFileSync(pathOf(directory), "utf8");
    if (process.platform !== "win32") expect(statSync(pathOf(directory)).mode & 0o777).toBe(0o600);
    lock.release();
    lock.release();
    expect(JSON.parse(text)).toMatchObject({ since: "2026-11-29T10:00:00.123Z" });
    expect(text.endsWith("}\n")).toBe(true);
  });

  it("names what it knows where the system does not say more", () => {
    const before = patchFiles({
      readFileSync: ((path: string, ...rest: readonly []) => {
        if (String(path).startsWith("/proc/")) throw systemError("ENOENT");
        return before.readFileSync(path, ...rest);
      }) as never,
      readlinkSync: () => {
        throw systemError("ENOENT");
      },
    });
    const directory = temporaryDirectory();
    take(directory);
    expect(JSON.parse(readFileSync(pathOf(directory), "utf8"))).toMatchObject({
      host: hostname(),
      pid: `${process.pid}`,
      machine: "",
      start: "",
    });
    expect(refusal(() => take(directory)).code).toBe("snapshot-locked");
  });

  it("gives it back when the process exits", () => {
    const before = process.listeners("exit");
    const directory = temporaryDirectory();
    take(directory);
    const [atExit, ...more] = process.listeners("exit").filter((each) => !before.includes(each));
    expect(more).toEqual([]);
    atExit?.call(process, 0);
    expect(readdirSync(directory)).toEqual([]);
    expect(process.listeners("exit")).toEqual(before);
  });

  it.runIf(process.platform === "linux")("names the start of its machine, its container and its own start", () => {
    const directory = temporaryDirectory();
    take(directory);
    expect(JSON.parse(readFileSync(pathOf(directory), "utf8"))).toEqual({
      host: hostname(),
      pid: `${process.pid}`,
      machine: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12} pid:\[\d+\]$/),
      start: expect.stringMatching(/^\d+$/),
      since: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    });
  });
});

describe("a lock that a run left behind", () => {
  for (const [name, isFree, change, seconds] of [
    ["of this very process is held, however old", false, {}, OLD],
    ["of a process with the same id that started at another time is free", true, { start: "1" }, 0],
    ["of another machine is held while it is touched", false, { host: "elsewhere", pid: "1" }, 60],
    ["of another machine is free when nobody touches it", true, { host: "elsewhere", pid: "1" }, OLD],
    ["of this machine before it was started again is free after a while", true, { machine: "before" }, OLD],
    ["of another container is held while it is touched", false, { machine: "container" }, 60],
    ["with a process id that is none is free after a while", true, { pid: "-1" }, OLD],
    ["with a process id that is none is held before", false, { pid: "-1" }, 0],
  ] as const) {
    it.skipIf(process.platform !== "linux")(name, () => {
      const directory = lockOf(change, seconds);
      if (isFree) take(directory).check();
      else expect(refusal(() => take(directory)).code).toBe("snapshot-locked");
    });
  }

  it.each([
    [120_000, false],
    [120_001, true],
  ])("of another machine that was touched %i ms ago by the file system's clock is free: %s", (untouched, isFree) => {
    const directory = lockOf({ host: "elsewhere" });
    const touched = 1_000_000_000;
    utimesSync(join(directory, "run.lock"), touched, touched);
    const { fstatSync } = patchFiles({
      fstatSync: ((descriptor: number) =>
        Object.assign(fstatSync(descriptor), { mtimeMs: touched * 1000 + untouched })) as never,
    });
    if (isFree) take(directory).check();
    else expect(refusal(() => take(directory)).code).toBe("snapshot-locked");
  });

  it.each([
    ["", {}],
    [", also where the system does not say when it started", { start: "" }],
  ])("of a process that was killed is free at once%s", async (_, change) => {
    const directory = lockOf({ pid: String(await endedProcess()), ...change });
    take(directory).check();
    expect(readdirSync(directory)).toEqual(["run.lock"]);
  });

  it.each([
    ["ESRCH", true],
    ["EPERM", false],
  ])("of a process of which system error %s is free: %s", (code, isFree) => {
    const directory = lockOf({});
    vi.spyOn(process, "kill").mockImplementation(() => {
      throw systemError(code);
    });
    try {
      if (isFree) take(directory).check();
      else expect(refusal(() => take(directory)).code).toBe("snapshot-locked");
    } finally {
      vi.restoreAllMocks();
    }
  });

  it.each([
    [4096, "snapshot-locked"],
    [4097, "snapshot-too-large"],
  ])("of %i bytes is held, or no lock: %s", (bytes, code) => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, "run.lock"), " ".repeat(bytes));
    expect(refusal(() => take(directory)).code).toBe(code);
    expect(readdirSync(directory)).toEqual(["run.lock"]);
  });

  const abandoned = () => lockOf({ host: "elsewhere" }, OLD);

  it("is not taken where another run took it at the same moment: its lock is put back", () => {
    const directory = abandoned();
    const path = join(directory, "run.lock");
    const newer = readFileSync(path, "utf8").replace("elsewhere", "third");
    const before = patchFiles({
      renameSync: (from, to) => {
        writeFileSync(path, newer);
        before.renameSync(from, to);
      },
    });
    expect(refusal(() => take(directory)).message).toContain(`process ${process.pid} on third\n`);
    expect([readdirSync(directory), readFileSync(path, "utf8")]).toEqual([["run.lock"], newer]);
  });

  it("may be gone when it is taken away", () => {
    const directory = abandoned();
    patchFiles({
      renameSync: () => {
        rmSync(join(directory, "run.lock"));
        throw systemError("ENOENT");
      },
    });
    take(directory).check();
    expect(readdirSync(directory)).toEqual(["run.lock"]);
  });

  it("stays where the disk does not let it be taken away", () => {
    const directory = abandoned();
    patchFiles({
      renameSync: () => {
        throw systemError("EIO");
      },
    });
    expect(refusal(() => take(directory))).toMatchObject({
      code: "write-failed",
      message: `cannot write the snapshot: system error EIO\n  ${join(directory, "run.lock")}`,
    });
    expect(readdirSync(directory)).toEqual(["run.lock"]);
  });

  it("that comes and goes is asked for four times", () => {
    const directory = temporaryDirectory();
    let times = 0;
    const before = patchFiles({
      linkSync: (from, to) => {
        if (times++ < 4) throw systemError("EEXIST");
        before.linkSync(from, to);
      },
    });
    expect(refusal(() => take(directory)).message).toBe(
      `another run is writing the snapshot\n  ${join(directory, "run.lock")}`,
    );
    expect([times, readdirSync(directory)]).toEqual([4, []]);
    times = 1;
    take(directory).check();
  });

  it("is no directory, however old: that stays", () => {
    const directory = temporaryDirectory();
    const path = join(directory, "run.lock");
    mkdirSync(path);
    utimesSync(path, 1, 1);
    expect(refusal(() => take(directory)).code).toBe("snapshot-locked");
    expect(readdirSync(directory)).toEqual(["run.lock"]);
    expect(statSync(path).isDirectory()).toBe(true);
  });

  it("is taken by one of two runs", async () => {
    const directory = lockOf({ pid: String(await endedProcess()) });
    take(directory);
    expect(refusal(() => take(directory)).code).toBe("snapshot-locked");
  });
});
