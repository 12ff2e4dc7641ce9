import type { Answers, NicAnswer } from "../../analysis/snapshot/answers.ts";
import type { NicGroup } from "../../analysis/snapshot/fetch-plan.ts";
import type { KeptBefore } from "../../store/snapshot/kept-before.ts";
import type { SnapshotManifest } from "../../store/snapshot/manifest.ts";
import { idKey } from "../../topology/resource-id.ts";

/** The run that a command begins or resumes. */
export interface Run {
  readonly id: string;
  /** ISO 8601 */
  readonly startedAt: string;
  /** Whether it was interrupted before. */
  readonly isResumed: boolean;
}

/** An interrupted run older than this is not resumed, since its tables show another day. */
const RESUMED_WITHIN_MS = 24 * 60 * 60 * 1000;

/** The accepted difference between the clocks of two machines. */
const CLOCKS_DIFFER_MS = 60_000;

/** The interrupted run if it began less than a day ago, else a new one. */
export function runAfter(before: SnapshotManifest | null, now: number): Run {
  if (before !== null && before.run.finishedAt === null) {
    const { id, startedAt } = before.run;
    if (Math.abs(now - Date.parse(startedAt)) < RESUMED_WITHIN_MS) return { id, startedAt, isResumed: true };
  }
  const id = process.getBuiltinModule("node:crypto").randomUUID();
  return { id, startedAt: new Date(now).toISOString(), isResumed: false };
}

/**
 * The answers that need not be fetched: tables of this run from before it was interrupted, and tables that are younger
 * than `maxAgeMs`. VMs that were stopped in this run are not asked again; what failed is.
 */
export function knownAnswers(
  groups: readonly NicGroup[],
  kept: KeptBefore,
  run: Run,
  maxAgeMs: number | null,
  now: number,
): Answers {
  const known = new Map<string, NicAnswer>();
  for (const { id } of groups.flatMap(({ askable }) => askable)) {
    const entry = kept.entryOf(id);
    if (entry === null || entry.fetchedAt === null) continue;
    const { outcome, body, fetchedAt, standInId, error } = entry;
    const isOwn = run.isResumed && entry.run === run.id;
    const age = now - Date.parse(fetchedAt);
    const isYoung = maxAgeMs !== null && age < maxAgeMs && age > -CLOCKS_DIFFER_MS;
    if (outcome === "ok" && standInId === null && body !== null && (isOwn || isYoung) && kept.hasBody(body)) {
      known.set(idKey(id), { outcome, body, fetchedAt, error: null });
    } else if (isOwn && outcome === "stopped" && error !== null) {
      known.set(idKey(id), { outcome, body: null, fetchedAt, error });
    }
  }
  return known;
}
