import { type Cloud, updateCommand } from "./clouds.ts";
import type { TagRecord } from "./manifest.ts";

const DAY = 24 * 60 * 60 * 1000;

/** The files are published weekly: after two weeks at least one was missed. */
const STALE_DAYS = 14;

/**
 * How old the tags are, in whole days: since they were last found to be the newest (the Download Center and the
 * Discovery API give the newest), or, for a file or an address of the user's, since the publication date in its name.
 * That date counts also for tags that a clock, wrong at the time, stored in the future: they would never grow old. A
 * clock that went back makes nothing negative.
 */
export function tagAge(record: TagRecord, now: number): { readonly days: number; readonly stale: boolean } {
  const chosen = record.origin === "file" || record.origin === "url";
  const published = record.date === null ? Number.NaN : Date.parse(record.date);
  const stored = Date.parse(record.storedAt);
  const byName = !Number.isNaN(published) && (chosen || stored > now + DAY);
  const since = byName ? published : stored;
  const days = Math.max(0, Math.floor((now - since) / DAY));
  return { days, stale: days > STALE_DAYS };
}

/** The note that any command gives when it used tags older than two weeks, or null. */
export function staleNote(record: TagRecord, cloud: Cloud, now: number): string | null {
  const { days, stale } = tagAge(record, now);
  return stale ? `the service tags are ${days} days old (${record.file}): run ${updateCommand(cloud)}` : null;
}
