import { describe, expect, it } from "vitest";
import { readSnapshotDirectory } from "../../../src/store/snapshot/snapshot-directory.ts";
import { nameOf } from "../../../src/topology/resource-id.ts";
import { fleetProgram, tablesOf } from "./fleet-program.ts";

const program = fleetProgram();

/** The names of the NICs whose own tables the last run has journalled. */
function fetched(): readonly string[] {
  const { journal, manifest } = readSnapshotDirectory(program.directory);
  const own = journal.filter(({ run, outcome, standInId }) => {
    return run === manifest.run.id && outcome === "ok" && standInId === null;
  });
  return own.map(({ nicId }) => nameOf(nicId));
}

/** Offers the fleet; the promise resolves when Azure gets its request with this number. */
function untilRequest(number: number): Promise<void> {
  return new Promise((resolve) => {
    let requests = 0;
    program.offer({
      instead: () => {
        if (++requests === number) resolve();
        return null;
      },
    });
  });
}

/** The same command again: it goes on, asks for nothing that is journalled, and has the same tables as a whole run. */
async function goesOn(whole: Readonly<Record<string, string>>, args: readonly string[]): Promise<void> {
  const before = fetched();
  const tables = program.offer();
  const { code, stderr } = await program.snapshot(args);
  expect(code, stderr).toBe(0);
  expect([...tables.asked.keys()].filter((nic) => before.includes(nic))).toEqual([]);
  expect(before.length + tables.asked.size).toBe(13);
  expect(tablesOf(program.directory)).toEqual(whole);
  expect(readSnapshotDirectory(program.directory).manifest.complete).toBe(true);
}

const ALL = ["--all-nics", "--concurrency", "2"];

async function wholeRun(): Promise<Readonly<Record<string, string>>> {
  program.offer();
  await program.snapshot([...ALL]);
  return tablesOf(program.directory);
}

describe.skipIf(process.platform === "win32")("a run that is interrupted", () => {
  it("by Ctrl-C: exit 130, says how to go on, and the same command does", async () => {
    const whole = await wholeRun();
    const { code, stderr } = await program.snapshot(ALL, { interrupt: untilRequest(9) });
    expect(code).toBe(130);
    expect(stderr).toContain("interrupted: fetched tables are kept; the same command resumes the run");
    expect(fetched().length).toBeGreaterThan(0);
    expect(readSnapshotDirectory(program.directory).manifest.complete).toBe(false);
    await goesOn(whole, ALL);
  });

  it.each([1, 2, 5, 11, 17, 25])(
    "killed at request %i, it keeps what was journalled, and the next run has the same result",
    async (number) => {
      const whole = await wholeRun();
      const { code } = await program.snapshot(ALL, { kill: untilRequest(number) });
      expect(code).toBeNull();
      await goesOn(whole, ALL);
    },
  );
});

describe("two runs at once", () => {
  it("the second says who has the directory, and changes nothing", async () => {
    let started: () => void = () => {};
    const first = new Promise<void>((resolve) => {
      started = resolve;
    });
    let isOver = false;
    // Azure computes until the second run is over.
    program.offer({
      instead: (_, __, { operation, path }) => {
        started();
        if (isOver || operation === "effectiveRouteTable") return null;
        return { status: 202, headers: { location: `{url}${path}?api-version=2024-05-01` }, body: "null" };
      },
    });
    const running = program.snapshot();
    await first;
    const { code, stderr, stdout } = await program.snapshot();
    isOver = true;
    expect(code).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toMatch(/another run is writing the snapshot: process \d+ on /);
    expect((await running).code).toBe(0);
    expect(Object.keys(tablesOf(program.directory))).toHaveLength(14);
  });
});
