import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { readSnapshotDirectory } from "../../src/store/snapshot/snapshot-directory.ts";
import { mayBeRunBy } from "../built-program.ts";
import { fleetProgram, tablesOf } from "../commands/snapshot/fleet-program.ts";
import { isLong, KILLS, randomNumbers, SEED, some } from "./length.ts";

const STEPS = fileURLToPath(new URL("./steps.js", import.meta.url));

const program = fleetProgram();

/** Whether this user can mount a file system for one command and its children. */
const mounts = spawnSync("unshare", ["-rm", "mount", "-t", "tmpfs", "none", "/mnt"]).status === 0;

/** Takes a snapshot with a fault at a call to the file system, see steps.js. */
function withFault(env: Readonly<Record<string, string>>) {
  return program.snapshot(["--all-nics"], {
    env: { NODE_OPTIONS: `--import=${STEPS}`, FAULT_UNDER: program.directory, ...env },
  });
}

/** The names of the calls of a complete run, and the time between the first and the last. */
async function wholeRun() {
  const log = `${program.directory}.calls.json`;
  program.offer();
  const { code, stderr } = await withFault({ FAULT_LOG: log });
  expect(code, stderr).toBe(0);
  const { names, microseconds }: { names: readonly string[]; microseconds: number } = JSON.parse(
    readFileSync(log, "utf8"),
  );
  const calls = names.map((name, k) => ({ at: k + 1, name: name.split(" ")[0] ?? "" }));
  return { calls, microseconds, whole: tablesOf(program.directory) };
}

/** Checks that the directory can be read, and that it holds a part of the complete result. */
function isPart(whole: Readonly<Record<string, string>>, why: string): void {
  try {
    const part = tablesOf(program.directory);
    for (const [nic, table] of Object.entries(part)) expect(table, `${why}: ${nic}`).toBe(whole[nic]);
  } catch (error) {
    // A run that was killed before its first manifest left no snapshot.
    expect(error, why).toMatchObject({ code: expect.stringMatching(/^snapshot-(none|not-found)$/) });
  }
}

async function goesOn(whole: Readonly<Record<string, string>>, why: string): Promise<void> {
  const { code, stderr } = await program.snapshot(["--all-nics"]);
  expect([code, /damaged|unexpected/.test(stderr)], `${why}: ${stderr}`).toEqual([0, false]);
  expect(tablesOf(program.directory), why).toEqual(whole);
  expect(readSnapshotDirectory(program.directory).manifest.complete, why).toBe(true);
}

describe.skipIf(process.platform === "win32")("a snapshot", () => {
  it("killed before any call to the file system, or in the middle of a write: the next run resumes, to the same result", async () => {
    const { calls, whole } = await wholeRun();
    const chosen = some(calls, () => false, 5);
    for (const { at, name } of chosen) {
      rmSync(program.directory, { recursive: true });
      const { code, stderr } = await withFault({ FAULT_AT: String(at) });
      expect(code, `${name} ${at}: ${stderr}`).toBeNull();
      isPart(whole, `killed at ${name} ${at}`);
      await goesOn(whole, `killed at ${name} ${at}`);
    }
    console.log(`killed at ${chosen.length} of ${calls.length} calls`);
  });

  it.each(["ENOSPC", "EIO", "EACCES"])(
    "%s at any call to the file system is reported, and the next run resumes, to the same result",
    async (make) => {
      const { calls, whole } = await wholeRun();
      const chosen = some(calls, () => false, 2);
      for (const { at, name } of chosen) {
        rmSync(program.directory, { recursive: true });
        const { code, stderr, stdout } = await withFault({ FAULT_AT: String(at), FAULT_DO: make });
        expect([0, 1, 2], `${name} ${at}: ${stderr}`).toContain(code);
        expect(stderr).not.toMatch(/unexpected|\n {4}at /);
        if (code !== 0) expect(stdout).toBe("");
        isPart(whole, `${make} at ${name} ${at}`);
        await goesOn(whole, `${make} at ${name} ${at}`);
      }
    },
  );

  it(`killed at random moments, again and again, also of one directory (seed ${SEED})`, async () => {
    const { microseconds, whole } = await wholeRun();
    const random = randomNumbers(SEED);
    const kills = isLong ? KILLS : 4;
    let killed = 0;
    for (let run = 1; killed < kills && run <= 8 * kills; run++) {
      if (run % 5 === 0) rmSync(program.directory, { recursive: true });
      const { code, stderr } = await withFault({ FAULT_SOON: String(Math.ceil(random() * microseconds)) });
      expect([null, 0], stderr).toContain(code);
      if (code === null) killed++;
      isPart(whole, `run ${run}`);
      if (run % 3 === 0) await goesOn(whole, `run ${run}`);
    }
    expect(killed).toBe(kills);
    await goesOn(whole, "after all");
  });
});

describe.skipIf(process.platform === "win32")("a snapshot with no room on the disk", () => {
  it.each([0, 1, 8])(
    "with a limit of %i blocks per file it reports an error, and what was there stays",
    async (blocks) => {
      const { whole } = await wholeRun();
      const through = ["sh", "-c", `ulimit -f ${blocks}; exec "$0" "$@"`];
      const { code, stderr } = await program.snapshot(["--all-nics"], { through });
      expect(code).toBe(1);
      expect(stderr).toContain("the file size limit is reached");
      expect(Object.keys(tablesOf(program.directory))).toEqual(Object.keys(whole));
      await goesOn(whole, `${blocks} blocks`);
    },
  );
});

/** A user id without an entry in /etc/passwd. */
const STRANGER = 54_321;

describe.skipIf(process.platform === "win32")("a directory that cannot be written", () => {
  it.skipIf(!mayBeRunBy(STRANGER))("without permission: exit 1, and nothing is written", async () => {
    program.offer();
    const { code, stderr } = await program.snapshot([], { uid: STRANGER });
    expect(code).toBe(1);
    expect(stderr).toContain("cannot write the snapshot: permission denied");
  });

  it.skipIf(!mounts)("on a read-only file system: exit 1, and what is there can be read", async () => {
    const { whole } = await wholeRun();
    const readOnly = `mount --bind "${program.directory}" "${program.directory}"; mount -o remount,bind,ro "${program.directory}"`;
    const through = ["unshare", "-rm", "sh", "-c", `set -e; ${readOnly}; exec "$0" "$@"`];
    const { code, stderr } = await program.snapshot(["--all-nics"], { through });
    expect(code).toBe(1);
    expect(stderr).toContain("cannot write the snapshot: the file system is read-only");
    expect(tablesOf(program.directory)).toEqual(whole);
  });

  it.skipIf(!mounts)("on a full disk: exit 1, and the next run with room resumes", async () => {
    const { whole } = await wholeRun();
    rmSync(program.directory, { recursive: true });
    mkdirSync(program.directory);
    const disk = `mount -t tmpfs -o size=32k,mode=700 none "${program.directory}"`;
    // Copies the content of the full disk to the directory of the next run.
    const keep = `mkdir "${program.directory}.kept"; cp -a "${program.directory}/." "${program.directory}.kept"`;
    const through = ["unshare", "-rm", "sh", "-c", `${disk}; "$0" "$@"; code=$?; ${keep}; exit $code`];
    const { code, stderr } = await program.snapshot(["--all-nics"], { through });
    expect(code, stderr).toBe(1);
    expect(stderr).toContain("cannot write the snapshot: the disk is full");
    rmSync(program.directory, { recursive: true });
    renameSync(`${program.directory}.kept`, program.directory);
    isPart(whole, "a full disk");
    await goesOn(whole, "after a full disk");
  });
});
