import { isUtf8 } from "node:buffer";
import { ownField, textField } from "../../text/type-guards.ts";
import { OUTCOMES, type Outcome, type SnapshotNic } from "../../topology/snapshot.ts";
import { errorField, hashField, timeField } from "./manifest.ts";
import { linesOf } from "./part-file.ts";

export const JOURNAL = "journal.ndjson";

/** Several times what a hundred thousand NICs come to. */
export const MOST_JOURNAL_BYTES = 256 * 2 ** 20;

/** The outcome of one NIC: a line of journal.ndjson. */
export interface JournalEntry {
  /** The run that wrote it. */
  readonly run: string;
  /** The resource id. */
  readonly nicId: string;
  readonly subnetId: string | null;
  readonly outcome: Outcome;
  /** When its table was fetched, or when Azure refused it; ISO 8601. Null where nothing was asked for it. */
  readonly fetchedAt: string | null;
  /** The SHA-256 of its table's body; null where it has none. */
  readonly body: string | null;
  /** The NIC of its subnet whose table this is; null where the table is its own. */
  readonly standInId: string | null;
  readonly error: SnapshotNic["error"];
}

/** A journal, read as far as it is whole. */
export interface ReadJournal {
  /** The latest entry of each NIC, in the order in which the NICs first came. */
  readonly entries: readonly JournalEntry[];
  /** The numbers of the lines that are damaged, from 1. */
  readonly damaged: readonly number[];
}

/** Longer than any line that the program writes: two ids and a message. */
const LONGEST_LINE = 64 * 1024;

/** The line of an entry, its end included. */
export function journalLine({
  run,
  nicId,
  subnetId,
  outcome,
  fetchedAt,
  body,
  standInId,
  error,
}: JournalEntry): string {
  return `${JSON.stringify({ run, nicId, subnetId, outcome, fetchedAt, body, standInId, error })}\n`;
}

/**
 * Reads a journal. What follows the last end of a line is ignored: that line was being written when the run was killed.
 * Resource ids compare without case.
 */
export function readJournal(bytes: Buffer): ReadJournal {
  const latest = new Map<string, JournalEntry>();
  const damaged: number[] = [];
  const end = bytes.lastIndexOf(0x0a) + 1;
  let number = 0;
  for (const line of end === 0 ? [] : linesOf(bytes.subarray(0, end - 1))) {
    number++;
    const entry = line.length <= LONGEST_LINE && isUtf8(line) ? entryOf(line.toString()) : null;
    if (entry === null) damaged.push(number);
    else latest.set(entry.nicId.toLowerCase(), entry);
  }
  return { entries: [...latest.values()], damaged };
}

function entryOf(line: string): JournalEntry | null {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return null;
  }
  const outcome = OUTCOMES.find((each) => each === ownField(value, "outcome"));
  const [run, nicId] = [textField(value, "run"), textField(value, "nicId")];
  const body = hashField(value, "body");
  if (outcome === undefined || run === null || nicId === null || nicId === "") return null;
  // A table of its own has a body, and a body that is not a hash would be a path.
  if (body === null && (outcome === "ok" || ownField(value, "body") !== null)) return null;
  return {
    run,
    nicId,
    subnetId: textField(value, "subnetId"),
    outcome,
    fetchedAt: timeField(value, "fetchedAt"),
    body,
    standInId: textField(value, "standInId"),
    error: errorField(value, "error"),
  };
}
