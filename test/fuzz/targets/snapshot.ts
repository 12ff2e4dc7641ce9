import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sha256 } from "../../../src/store/files/sha256.ts";
import { readSnapshotDirectory } from "../../../src/store/snapshot/snapshot-directory.ts";
import { OUTCOMES } from "../../../src/topology/snapshot.ts";
import { writeSnapshot } from "../../store/snapshot/snapshot-files.ts";
import { bytesOf } from "../corpus.ts";
import { hold, holdRefusal, type Verdict } from "../oracle.ts";
import type { Target } from "../target.ts";

const NIC = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/networkInterfaces/n";

/** Snapshots of a finished and an interrupted run, and what a reader gets from each. */
interface GoodSnapshot {
  readonly directory: string;
  readonly files: readonly { readonly path: string; readonly bytes: Uint8Array }[];
  readonly content: string;
}

let made: readonly GoodSnapshot[] | null = null;

function snapshots(): readonly GoodSnapshot[] {
  made ??= [true, false].map((finished) => {
    const directory = mkdtempSync(join(tmpdir(), "vnet-explain-fuzz-snapshot-"));
    const nics = [
      { nicId: NIC, subnetId: "/subnet", body: '{"value":[]}' },
      { nicId: `${NIC}2`, outcome: "stopped" as const, body: '{"value":[]}', standInId: NIC },
      { nicId: `${NIC}3`, outcome: "denied" as const, error: { code: "not-allowed", message: "no role" } },
    ];
    writeSnapshot(directory, { resources: [{ id: NIC }, { id: "/x" }], nics, finished });
    const files = readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => ({ path, bytes: readFileSync(path) }));
    return { directory, files, content: contentOf(directory) };
  });
  return made;
}

/** The content of a snapshot except what only its manifest says. @throws UserError */
function contentOf(directory: string): string {
  const { journal, inventory, body } = readSnapshotDirectory(directory);
  const bodies = journal.map((entry) => (entry.body === null ? null : body(entry.body)));
  for (const [index, { outcome, nicId, body: hash }] of journal.entries()) {
    hold(OUTCOMES.includes(outcome) && nicId !== "", () => `an entry that is none: ${outcome} ${nicId}`);
    const read = bodies[index];
    hold(hash === null || (read != null && sha256(read) === hash), () => `a body of another hash: ${hash}`);
  }
  return JSON.stringify([journal, [...inventory()], bodies]);
}

function check(input: string): Verdict {
  const all = snapshots();
  const { directory, files, content } = all[input.charCodeAt(0) % all.length] as GoodSnapshot;
  for (const { path, bytes } of files) writeFileSync(path, bytes);
  const damaged = files[input.charCodeAt(1) % files.length];
  writeFileSync(damaged?.path ?? "", bytesOf(input.slice(HEADER)));
  try {
    const found = contentOf(directory);
    // Everything has a checksum but the journal of an interrupted run and the manifest.
    const isChecked = directory === all[0]?.directory && !damaged?.path.endsWith("manifest.json");
    hold(!isChecked || found === content, () => `another content of a checked snapshot: ${found.slice(0, 300)}`);
    return "answered";
  } catch (error) {
    holdRefusal(error, "UserError");
    return "refused";
  }
}

/** The header: which of the two snapshots, and which of its files is damaged. */
const HEADER = 2;

export const snapshotTarget: Target = {
  name: "snapshot",
  about:
    "one damaged file of a snapshot directory: the same content, or an error that tells; never a body of another hash",
  alphabet: "bytes",
  words: [
    "null",
    "{}",
    "[]",
    '"body":null',
    '"body":"../x"',
    '"outcome":"ok"',
    '"journal":null',
    "\n",
    "\n\n",
    "1e999",
  ],
  largest: 100_000,
  header: HEADER,
  seeds: () =>
    snapshots().flatMap(({ files }, which) =>
      files.map(({ bytes }, place) => String.fromCharCode(which, place) + Buffer.from(bytes).toString("latin1")),
    ),
  check,
  close: async () => {
    for (const { directory } of made ?? []) rmSync(directory, { recursive: true });
    made = null;
  },
};
