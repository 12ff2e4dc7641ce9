import type { Outcome } from "../../topology/snapshot.ts";

/** How far the fetching of tables is. */
export interface FetchState {
  /** How many tables are wanted. */
  readonly wanted: number;
  /** How many are there, those from before included. */
  readonly tables: number;
  readonly counts: Readonly<Partial<Record<Outcome, number>>>;
  /** Seconds that are left; null where nothing can be said. */
  readonly secondsLeft: number | null;
}

const number = (value: number) => value.toLocaleString("en");

/** `412/1000 tables, 3 stopped, 1 failed, about 1 min left`. */
export function progressText({ wanted, tables, counts, secondsLeft }: FetchState): string {
  const others = (["stopped", "denied", "failed"] as const).flatMap((outcome) => {
    const count = counts[outcome] ?? 0;
    return count === 0 ? [] : [`${number(count)} ${outcome}`];
  });
  const left = secondsLeft === null ? [] : [`${durationText(secondsLeft)} left`];
  return [`${tables}/${wanted} tables`, ...others, ...left].join(", ");
}

/** `about 20 s`, `about 3 min`, `about 1.5 h`. */
export function durationText(seconds: number): string {
  if (seconds < 90) return `about ${Math.max(5, Math.ceil(seconds / 5) * 5)} s`;
  if (seconds < 5400) return `about ${Math.round(seconds / 60)} min`;
  return `about ${Math.round(seconds / 1800) / 2} h`;
}

/**
 * Seconds until `left` answers are there: as fast as those before came, or as planned while there are too few of them to
 * say.
 */
export function secondsLeft(elapsed: number, answered: number, left: number, planned: number, atOnce: number): number {
  if (answered < Math.min(atOnce, answered + left)) return Math.max(0, planned - elapsed);
  return (elapsed / answered) * left;
}
