import { readdirSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startLoopbackArm } from "../azure/loopback-arm.ts";
import { LoopbackDownloadCenter } from "../store/download/loopback-download-center.ts";
import { temporaryDirectory } from "../store/temporary-directory.ts";
import { isLong, KILLS, randomNumbers, SEED, some } from "./length.ts";
import { ALL_SCENARIOS, type Servers, Stage, TOKEN } from "./scenarios.ts";

let servers: Servers;
beforeAll(async () => {
  servers = { center: await LoopbackDownloadCenter.start(), arm: await startLoopbackArm({ token: TOKEN }) };
});
afterAll(async () => {
  await Promise.all([servers.center.stop(), servers.arm.close()]);
});

/** A call to the file system, counted from 1. */
interface Call {
  readonly at: number;
  readonly name: string;
}

function filesIn(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile())
    .map((each) => join(each.parentPath, each.name));
}

describe.each(ALL_SCENARIOS)("$name", (scenario) => {
  const after = scenario.changes ? 2 : 1;

  async function staged(): Promise<{ stage: Stage; calls: readonly Call[]; microseconds: number; back: () => void }> {
    const stage = new Stage(scenario, servers, temporaryDirectory());
    await stage.set();
    const back = stage.mark();
    expect(await stage.writes()).toMatchObject({ code: 0 });
    const { names, microseconds } = stage.calls();
    expect(names.length).toBeGreaterThan(3);
    back();
    const calls = names.map((name, k) => ({ at: k + 1, name }));
    return { stage, calls, microseconds, back };
  }

  /** The state that the next run answers from, without a complaint. */
  async function nextRun(stage: Stage, why: string): Promise<number | null> {
    const { code, stdout, stderr } = await stage.reads();
    expect([code, /damaged|error/.test(stderr)], `${why}: ${stderr}`).toEqual([0, false]);
    expect(stage.lost(), why).toEqual([]);
    return scenario.shown(stdout);
  }

  const stateOf = (stage: Stage, why: string) => (isLong ? nextRun(stage, why) : scenario.state(stage.cache));

  it("killed before any call to the file system, or in the middle of a write, it leaves the old or the new data, whole", async () => {
    const { stage, calls, back } = await staged();
    const states: (number | null)[] = [];
    const chosen = some(calls, ({ name, at }) => /^(half|rename)/.test(name) || at === calls.at(-1)?.at, 3);
    for (const { at, name } of chosen) {
      back();
      expect((await stage.writes({ at })).code, `${at} ${name}`).toBeNull();
      const state = await stateOf(stage, `killed at ${name}`);
      expect([1, after], name).toContain(state);
      states.push(state);
    }
    // One call makes the change: old data before it, new data after it.
    expect(states).toEqual(states.toSorted());
    expect(await stage.writes()).toMatchObject({ code: 0 });
    expect(await nextRun(stage, "after all")).toBe(after);
    console.log(`${scenario.name}: killed at ${chosen.length} of ${calls.length} calls`);
  });

  it.each(["ENOSPC", "EIO", "EACCES"])(
    "%s at any call to the file system is reported, unless the call is not needed",
    async (make) => {
      const { stage, calls, back } = await staged();
      const chosen = some(calls, ({ name }) => /^half/.test(name), 1);
      for (const { at, name } of chosen) {
        back();
        const run = await stage.writes({ at, make });
        expect([0, 1], `${name}: ${run.stderr}`).toContain(run.code);
        expect(run.stderr).not.toMatch(/unexpected|\n {4}at /);
        if (run.code === 1) expect(run.stdout).toBe("");
        expect([1, after], name).toContain(await stateOf(stage, `${make} at ${name}`));
      }
      console.log(`${scenario.name}: ${make} at ${chosen.length} of ${calls.length} calls`);
    },
  );

  it(`killed at random moments, again and again in one cache (seed ${SEED})`, async () => {
    const { stage, microseconds } = await staged();
    const random = randomNumbers(SEED);
    const before = process.hrtime.bigint();
    await stage.writes();
    const whole = Number((process.hrtime.bigint() - before) / 1_000_000n);
    await stage.set();
    let state = 1;
    let killed = 0;
    const kills = Math.ceil(KILLS / ALL_SCENARIOS.length);
    let run = 0;
    let reach = 1.1;
    // A kill that comes too late counts for nothing, but the run is still checked.
    while (killed < kills && run++ < 8 * kills) {
      const next = scenario.changes ? state + 1 : 1;
      scenario.offer(next, servers);
      const anywhere = run % 4 === 0;
      const when = Math.ceil(random() * reach * (anywhere ? whole : microseconds));
      const ended = await (anywhere ? stage.writes({}, { killAfter: when }) : stage.writes({ soon: when }));
      expect([null, 0], ended.stderr).toContain(ended.code);
      if (ended.code === null) killed++;
      // The measured run may have been slow, so kill earlier after kills that came too late.
      reach = ended.code === null ? Math.min(1.1, reach * 1.5) : reach * 0.7;
      const seen = await nextRun(stage, `run ${run}`);
      expect([state, next], `run ${run}`).toContain(seen);
      state = seen ?? 0;
    }
    expect(killed).toBe(kills);
    console.log(
      `${scenario.name}: ${killed} of ${run} runs killed; a run takes ${whole} ms and writes for ${microseconds} µs`,
    );

    // The first successful run an hour later removes the files of killed ones.
    const earlier = Date.now() / 1000 - 7200;
    for (const path of filesIn(stage.parent)) utimesSync(path, earlier, earlier);
    if (scenario.changes) {
      scenario.offer(state + 1, servers);
      expect(await stage.writes()).toMatchObject({ code: 0 });
      const place = join(stage.cache, scenario.places[0] ?? "");
      const unfinished = filesIn(place).filter((path) => /[/\\]\.[^/\\]+\.[0-9a-f]{12}\.tmp$/.test(path));
      expect(unfinished.filter((path) => !path.endsWith(".letter.0123456789ab.tmp"))).toEqual([]);
    }
    expect(stage.lost()).toEqual([]);
  });
});
