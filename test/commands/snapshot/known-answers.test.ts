import { describe, expect, it } from "vitest";
import { fetchPlan } from "../../../src/analysis/snapshot/fetch-plan.ts";
import { knownAnswers, runAfter } from "../../../src/commands/snapshot/known-answers.ts";
import { durationText, progressText, secondsLeft } from "../../../src/commands/snapshot/progress-text.ts";
import type { JournalEntry } from "../../../src/store/snapshot/journal.ts";
import type { SnapshotManifest } from "../../../src/store/snapshot/manifest.ts";
import { nicId, topologyOf } from "../../analysis/snapshot/topology-for-tests.ts";

const NOW = Date.parse("2026-11-29T12:00:00Z");
const HOUR = 3_600_000;
const ago = (ms: number) => new Date(NOW - ms).toISOString();

const manifest = (startedAt: string, finishedAt: string | null) =>
  ({ run: { id: "before", startedAt, finishedAt } }) as SnapshotManifest;

describe("which run a command resumes", () => {
  for (const [rule, before, isResumed] of [
    ["none before", null, false],
    ["one that is finished", manifest(ago(HOUR), ago(HOUR)), false],
    ["one that was interrupted", manifest(ago(HOUR), null), true],
    ["one that was interrupted more than a day ago", manifest(ago(25 * HOUR), null), false],
  ] as const) {
    it(`${rule}: ${isResumed ? "that one" : "a new one"}`, () => {
      const run = runAfter(before, NOW);
      expect(run.isResumed).toBe(isResumed);
      expect(run.id === "before").toBe(isResumed);
    });
  }
});

describe("an answer need not be fetched", () => {
  const entry: JournalEntry = {
    run: "this",
    nicId: nicId("n"),
    subnetId: null,
    outcome: "ok",
    fetchedAt: ago(HOUR),
    body: "hash",
    standInId: null,
    error: null,
  };
  const known = (change: Partial<JournalEntry>, isResumed: boolean, maxAge: number | null, whole = true) => {
    const groups = fetchPlan(topologyOf([{ name: "n", power: "running" }]));
    const kept = { before: null, entryOf: () => ({ ...entry, ...change }), hasBody: () => whole };
    const run = { id: "this", startedAt: ago(2 * HOUR), isResumed };
    return [...knownAnswers(groups, kept, run, maxAge, NOW).values()].map(({ outcome }) => outcome);
  };
  const STOPPED = { outcome: "stopped", body: null, error: { code: "vm-not-running", message: "m" } } as const;

  for (const [rule, change, isResumed, maxAge, expected] of [
    ["of this run, which was interrupted", {}, true, null, ["ok"]],
    ["but one of a run before", { run: "other" }, true, null, []],
    ["but not in a new run", {}, false, null, []],
    ["younger than --max-age, of whatever run", { run: "other" }, false, 2 * HOUR, ["ok"]],
    ["but not where it is older", { run: "other" }, false, HOUR / 2, []],
    [
      "but not where its time is to come: a clock was set back",
      { run: "other", fetchedAt: ago(-HOUR) },
      false,
      HOUR,
      [],
    ],
    ["but not where another NIC stands in", { standInId: nicId("m") }, true, null, []],
    ["of a VM that was stopped in this run", STOPPED, true, null, ["stopped"]],
    ["but not of a VM that was stopped in a run before", { ...STOPPED, run: "other" }, true, 2 * HOUR, []],
    [
      "but not what failed",
      { outcome: "failed", body: null, error: { code: "busy", message: "m" } },
      true,
      2 * HOUR,
      [],
    ],
  ] as const) {
    it(rule, () => expect(known(change, isResumed, maxAge)).toEqual(expected));
  }

  it("but not where its body is missing or damaged", () => expect(known({}, true, null, false)).toEqual([]));
});

describe("progress", () => {
  it("counts what did not answer, and estimates how long the rest takes", () => {
    const counts = { ok: 412, stopped: 3, denied: 0, failed: 1 };
    expect(progressText({ wanted: 1000, tables: 412, counts, secondsLeft: 63 })).toBe(
      "412/1000 tables, 3 stopped, 1 failed, about 65 s left",
    );
    expect(progressText({ wanted: 10, tables: 0, counts: {}, secondsLeft: null })).toBe("0/10 tables");
  });

  for (const [seconds, text] of [
    [0, "about 5 s"],
    [12, "about 15 s"],
    [100, "about 2 min"],
    [3000, "about 50 min"],
    [7300, "about 2 h"],
  ] as const) {
    it(`${seconds} s: ${text}`, () => expect(durationText(seconds)).toBe(text));
  }

  it("estimates by the plan until as many have answered as are asked at once, then by their pace", () => {
    expect(secondsLeft(4, 0, 1000, 160, 64)).toBe(156);
    expect(secondsLeft(10, 64, 936, 160, 64)).toBe(146.25);
    expect(secondsLeft(200, 3, 7, 160, 64)).toBe(0);
  });
});
