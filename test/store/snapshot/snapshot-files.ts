import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sha256 } from "../../../src/store/files/sha256.ts";
import { type JournalEntry, journalLine } from "../../../src/store/snapshot/journal.ts";
import { manifestText, type SnapshotManifest } from "../../../src/store/snapshot/manifest.ts";
import { countOutcomes } from "../../../src/topology/snapshot.ts";

const RUN = "0123456789abcdef";

/** What a test's snapshot directory holds. */
interface Content {
  readonly resources?: readonly unknown[];
  /** Bodies are given as texts, and kept by their hashes. */
  readonly nics?: readonly (Pick<JournalEntry, "nicId"> &
    Partial<Omit<JournalEntry, "body">> & { readonly body?: string | null })[];
  readonly manifest?: Partial<SnapshotManifest>;
  readonly finished?: boolean;
}

/** Writes a snapshot directory as a run leaves it: finished, unless a test wants an interrupted one. */
export function writeSnapshot(
  directory: string,
  { resources = [], nics = [], manifest = {}, finished = true }: Content,
) {
  mkdirSync(join(directory, "bodies"), { recursive: true });
  for (const { body } of nics) {
    if (body != null) writeFileSync(join(directory, "bodies", `${sha256(body)}.json`), body);
  }
  const entries = nics.map(({ body = null, ...nic }): JournalEntry => {
    const outcome = nic.outcome ?? (body === null ? "failed" : "ok");
    const fetchedAt = "2026-11-29T10:00:00.000Z";
    const hash = body === null ? null : sha256(body);
    return { run: RUN, subnetId: null, fetchedAt, standInId: null, error: null, ...nic, outcome, body: hash };
  });
  const journal = entries.map(journalLine).join("");
  const inventory = resources.map((resource) => `${JSON.stringify(resource)}\n`).join("");
  writeFileSync(join(directory, "journal.ndjson"), journal);
  writeFileSync(join(directory, "inventory.ndjson"), inventory);
  const text = manifestText({
    cloud: "public",
    scope: { subscriptions: [], managementGroup: null, resourceGroup: null, network: null, subnet: null },
    allNics: false,
    run: { id: RUN, startedAt: "2026-11-29T10:00:00.000Z", finishedAt: finished ? "2026-11-29T10:01:00.000Z" : null },
    complete: finished,
    counts: countOutcomes(entries.map(({ outcome }) => outcome)),
    inventory: {
      sha256: sha256(inventory),
      resources: resources.length,
      source: "resource-graph",
      subscriptions: [],
      gaps: [],
    },
    journal: finished ? { sha256: sha256(journal), entries: entries.length } : null,
    routers: [],
    ...manifest,
  });
  writeFileSync(join(directory, "manifest.json"), text);
}
