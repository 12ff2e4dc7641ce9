import { UserError } from "../../text/user-error.ts";
import { writeError } from "../files/write-error.ts";
import { claimable } from "./claim-directory.ts";
import { JOURNAL, type JournalEntry, MOST_JOURNAL_BYTES, readJournal } from "./journal.ts";
import type { SnapshotManifest } from "./manifest.ts";
import { readPart } from "./part-file.ts";
import { isBodyWhole } from "./snapshot-directory.ts";

/** What a snapshot directory holds before a run. */
export interface KeptBefore {
  readonly before: SnapshotManifest | null;
  entryOf(nicId: string): JournalEntry | null;
  hasBody(hash: string): boolean;
}

/**
 * What a run would find in a directory: nothing in a new one, and the undamaged parts of a snapshot. Changes nothing.
 * Cost: reads the journal.
 * @throws UserError for a directory that a run could not take.
 */
export function keptBefore(path: string): KeptBefore {
  try {
    const before = claimable(path);
    const bytes = readPart(path, JOURNAL, MOST_JOURNAL_BYTES);
    const entries = new Map(
      readJournal(bytes ?? Buffer.alloc(0)).entries.map((entry) => [entry.nicId.toLowerCase(), entry]),
    );
    return {
      before,
      entryOf: (nicId) => entries.get(nicId.toLowerCase()) ?? null,
      hasBody: (hash) => isBodyWhole(path, hash),
    };
  } catch (thrown) {
    throw thrown instanceof UserError ? thrown : writeError(thrown, "the snapshot", path);
  }
}
