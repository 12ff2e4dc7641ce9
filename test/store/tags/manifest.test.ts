import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  indexPath,
  jsonPath,
  manifestText,
  readManifest,
  type TagRecord,
  tagDirectory,
} from "../../../src/store/tags/manifest.ts";
import { temporaryDirectory } from "../temporary-directory.ts";

const RECORD: TagRecord = {
  sha256: "0123456789abcdef".repeat(4),
  file: "ServiceTags_Public_20251110.json",
  cloud: "Public",
  changeNumber: "376",
  numbering: "weekly-file",
  date: "2025-11-10",
  tags: 1,
  prefixes: 120,
  origin: "download-center",
  from: "https://download.microsoft.com/x.json",
  storedAt: "2026-11-23T20:00:00.000Z",
};

function read(text: string) {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, "manifest.json"), text);
  return readManifest(directory);
}

describe("the manifest of a cloud's tags", () => {
  it("comes back as it was written", () => {
    const previous = {
      ...RECORD,
      sha256: "f".repeat(64),
      date: null,
      origin: "arm",
      numbering: "discovery-api",
    } as const;
    for (const manifest of [
      { current: RECORD, previous },
      { current: RECORD, previous: null },
    ]) {
      expect(read(manifestText(manifest))).toEqual(manifest);
      expect(manifestText(manifest)).toBe(`${JSON.stringify({ schemaVersion: 1, ...manifest }, null, 2)}\n`);
    }
  });

  it("names the files of a cloud's directory by their checksums", () => {
    expect([tagDirectory("china"), jsonPath("dir", RECORD), indexPath("dir", RECORD)]).toEqual([
      ["tags", "china"],
      join("dir", `${RECORD.sha256}.json`),
      join("dir", `${RECORD.sha256}.index`),
    ]);
  });

  it("is missing where there is no file", () => {
    expect(readManifest(temporaryDirectory())).toBeUndefined();
  });

  it.each([
    "",
    "null",
    "7",
    '"text"',
    "[]",
    "{}",
    '{"current":null,"previous":null}',
    '{"previous":null}',
    '{"current":7,"previous":null}',
    '{"current":"x","previous":null}',
    '{"current":[],"previous":null}',
  ])("is damaged where it is %j", (text) => {
    expect(read(text)).toBeNull();
  });

  it("is damaged without the place of the one before", () => {
    expect(read(JSON.stringify({ current: RECORD }))).toBeNull();
  });

  it.each<[field: keyof TagRecord, value: unknown]>([
    ["sha256", undefined],
    ["sha256", "../../../etc/passwd"],
    ["sha256", RECORD.sha256.toUpperCase()],
    ["sha256", `${RECORD.sha256}0`],
    ["sha256", `x${RECORD.sha256}`],
    ["file", undefined],
    ["file", 7],
    ["cloud", undefined],
    ["changeNumber", 376],
    ["from", undefined],
    ["tags", undefined],
    ["tags", "1"],
    ["tags", 0.5],
    ["prefixes", undefined],
    ["date", undefined],
    ["date", 20251110],
    ["numbering", "yearly"],
    ["origin", undefined],
    ["origin", "a friend"],
    ["storedAt", undefined],
    ["storedAt", "yesterday"],
  ])("is damaged where the file in use has %s: %j, and has none before it where that one has it", (field, value) => {
    const record = { ...RECORD, [field]: value };
    expect(read(JSON.stringify({ current: record, previous: null }))).toBeNull();
    const manifest = { current: RECORD, previous: record };
    expect(read(JSON.stringify(manifest))).toEqual({ current: RECORD, previous: null });
  });

  it.each([
    ["arm", "discovery-api"],
    ["download-center", "weekly-file"],
    ["url", "weekly-file"],
    ["file", "weekly-file"],
  ])("of an earlier version has no numbering: one from %s is of the %s", (origin, numbering) => {
    const record = { ...RECORD, origin, numbering: undefined };
    expect(read(JSON.stringify({ current: record, previous: null }))?.current.numbering).toBe(numbering);
  });
});
