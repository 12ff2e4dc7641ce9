import type { Outcome } from "../../topology/snapshot.ts";

/** The progress of fetching tables. */
export interface FetchState {
  /** The number of tables to fetch. */
  readonly wanted: number;
  /** The number of tables fetched, including those of earlier runs. */
  readonly tables: number;
  readonly counts: Readonly<Partial<Record<Outcome, number>>>;
  /** The remaining seconds; null if unknown. */
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
 * Returns the seconds until `left` more answers have arrived: at the pace so far, or at the planned pace while there
 * are too few answers.
 */
export function secondsLeft(elapsed: number, answered: number, left: number, planned: number, atOnce: number): number {
  if (answered < Math.min(atOnce, answered + left)) return Math.max(0, planned - elapsed);
  return (elapsed / answered) * left;
}
