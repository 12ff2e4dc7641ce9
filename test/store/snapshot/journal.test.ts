import { describe, expect, it } from "vitest";
import { type JournalEntry, journalLine, readJournal } from "../../../src/store/snapshot/journal.ts";

const HASH = "0123456789abcdef".repeat(4);
const FETCHED: JournalEntry = {
  run: "r1",
  nicId: "/a",
  subnetId: "/net/s",
  outcome: "ok",
  fetchedAt: "2026-11-29T10:00:00.000Z",
  body: HASH,
  standInId: "/b",
  error: { code: "busy", message: "try later" },
};
const LEAST: JournalEntry = {
  run: "r1",
  nicId: "/b",
  subnetId: null,
  outcome: "failed",
  fetchedAt: null,
  body: null,
  standInId: null,
  error: null,
};

const read = (text: string) => readJournal(Buffer.from(text));
const lineOf = (changed: object) => `${JSON.stringify({ ...FETCHED, ...changed })}\n`;

describe("a journal", () => {
  it("comes back as it was written, each entry whole", () => {
    const text = journalLine(FETCHED) + journalLine(LEAST);
    expect(text.split("\n")).toEqual([JSON.stringify(FETCHED), JSON.stringify(LEAST), ""]);
    expect(read(text)).toEqual({ entries: [FETCHED, LEAST], damaged: [] });
  });

  it("keeps nothing of an entry that it has no field for", () => {
    const more: JournalEntry & { readonly more: number } = { ...LEAST, more: 1 };
    expect(journalLine(more)).toBe(journalLine(LEAST));
    expect(read(lineOf({ more: 1 })).entries).toEqual([FETCHED]);
  });

  it("has the latest entry of each NIC, in the place of its first one", () => {
    const later = { ...LEAST, nicId: "/A" };
    expect(read(journalLine(FETCHED) + journalLine(LEAST) + journalLine(later)).entries).toEqual([later, LEAST]);
  });

  it.each<[what: string, text: string, entries: readonly JournalEntry[], damaged: readonly number[]]>([
    ["nothing", "", [], []],
    ["a line that was being written", '{"run":"r1"', [], []],
    ["a whole line, and one that was being written", `${journalLine(LEAST)}{"run`, [LEAST], []],
    ["an end of a line alone", "\n", [], [1]],
    [
      "damaged lines, and whole ones",
      `{\n${journalLine(LEAST)}\n${journalLine(FETCHED)}null\n`,
      [LEAST, FETCHED],
      [1, 3, 5],
    ],
  ])("is read as far as it is whole: %s", (_, text, entries, damaged) => {
    expect(read(text)).toEqual({ entries, damaged });
  });

  it.each<[what: string, isWhole: boolean, changed: object]>([
    ["of 64 KiB", true, { nicId: "x".repeat(65_537 - lineOf({ nicId: "" }).length) }],
    ["of one byte more", false, { nicId: "x".repeat(65_538 - lineOf({ nicId: "" }).length) }],
    ["of no run", false, { run: undefined }],
    ["of no NIC", false, { nicId: undefined }],
    ["of a NIC with an empty id", false, { nicId: "" }],
    ["of another outcome", false, { outcome: "fine" }],
    ["of a table without a body", false, { body: null }],
    ["of a table whose body is no hash", false, { body: "../x" }],
    ["of a NIC that failed, with a body that is no hash", false, { outcome: "failed", body: "../x" }],
    ["of a NIC that failed, that does not say that it has no body", false, { outcome: "failed", body: undefined }],
    ["of a NIC that failed, without a body", true, { outcome: "failed", body: null }],
    ["of a NIC that failed, with the body of another NIC", true, { outcome: "no-api" }],
  ])("has a line %s: whole: %s", (_, isWhole, changed) => {
    const { entries, damaged } = read(lineOf(changed));
    expect([entries.length, damaged]).toEqual(isWhole ? [1, []] : [0, [1]]);
  });

  it("has no line that is no UTF-8", () => {
    const line = Buffer.from(journalLine(LEAST).replace("/b", "/\u00e9"), "latin1");
    expect(readJournal(line)).toEqual({ entries: [], damaged: [1] });
  });

  it.each<[field: keyof JournalEntry, value: unknown]>([
    ["subnetId", 7],
    ["fetchedAt", "yesterday"],
    ["standInId", {}],
    ["error", "busy"],
  ])("reads a line whose %s is %j without it", (field, value) => {
    expect(read(lineOf({ [field]: value }))).toEqual({ entries: [{ ...FETCHED, [field]: null }], damaged: [] });
  });
});
