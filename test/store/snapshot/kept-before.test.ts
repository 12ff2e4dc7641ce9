import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { sha256 } from "../../../src/store/files/sha256.ts";
import { keptBefore } from "../../../src/store/snapshot/kept-before.ts";
import { readSnapshotDirectory } from "../../../src/store/snapshot/snapshot-directory.ts";
import { patchFiles } from "../patched-files.ts";
import { temporaryDirectory } from "../temporary-directory.ts";
import { writeSnapshot } from "./snapshot-files.ts";

const BODY = '{"value":[]}';

function snapshot(): string {
  const directory = temporaryDirectory();
  writeSnapshot(directory, { nics: [{ nicId: "/Nic/a", body: BODY }, { nicId: "/nic/b" }] });
  return directory;
}

it("a run would find nothing in a new directory, which is not made", () => {
  const path = join(temporaryDirectory(), "new");
  const { before, entryOf, hasBody } = keptBefore(path);
  expect([before, entryOf("/a"), hasBody(sha256(BODY))]).toEqual([null, null, false]);
  expect(existsSync(path)).toBe(false);
});

it("a run would find the manifest, the entries and the bodies of a snapshot", () => {
  const directory = snapshot();
  const { manifest, journal } = readSnapshotDirectory(directory);
  const { before, entryOf, hasBody } = keptBefore(directory);
  expect(before).toEqual(manifest);
  expect(["/nic/A", "/NIC/B", "/nic/c"].map(entryOf)).toEqual([...journal, null]);
  expect([sha256(BODY), sha256("")].map(hasBody)).toEqual([true, false]);
});

it("a run would not find what is damaged", () => {
  const directory = snapshot();
  writeFileSync(join(directory, "bodies", `${sha256(BODY)}.json`), "{");
  writeFileSync(join(directory, "journal.ndjson"), "{\n");
  const { entryOf, hasBody } = keptBefore(directory);
  expect([entryOf("/nic/a"), hasBody(sha256(BODY))]).toEqual([null, false]);
});

it("a run would find no entry where the journal of a snapshot does not exist yet", () => {
  const directory = temporaryDirectory();
  writeSnapshot(directory, { finished: false });
  rmSync(join(directory, "journal.ndjson"));
  expect(keptBefore(directory).entryOf("/nic/a")).toBeNull();
});

it("a directory that a run could not take is refused as the run would refuse it", () => {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, "notes.txt"), "");
  expect(() => keptBefore(directory)).toThrow(expect.objectContaining({ code: "snapshot-foreign-files" }));
  const file = join(directory, "notes.txt");
  const message = `cannot write the snapshot: part of the path is a file, not a directory\n  ${file}`;
  expect(() => keptBefore(file)).toThrow(expect.objectContaining({ code: "write-not-a-directory", message }));
});

it("a fault of the program is no fault of the directory", () => {
  const directory = snapshot();
  const fault = new TypeError("a fault");
  patchFiles({
    readdirSync: () => {
      throw fault;
    },
  });
  expect(() => keptBefore(directory)).toThrow(fault);
});
