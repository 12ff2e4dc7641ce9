import { join } from "node:path";
import { expect, it } from "vitest";
import { keepIndex, prepareTags } from "../../../src/store/index/prepare-tags.ts";
import { patchFiles } from "../patched-files.ts";
import { tagText } from "../tags/tag-text.ts";
import { temporaryDirectory } from "../temporary-directory.ts";

const FILE = "ServiceTags_Public_20251110.json";
const TEXT = tagText({ prefixes: 2 });
const OTHER = TEXT.replace("AzureStorage", "Azure\u00e9Storage");
const littleEndian = (text: string) => Buffer.from(text, "utf16le");
const bigEndian = (text: string) => Buffer.from(text, "utf16le").swap16();

it.each<[encoding: string, bytes: Uint8Array]>([
  ["ASCII", Buffer.from(TEXT)],
  ["UTF-8", Buffer.from(OTHER)],
  ["UTF-8 with its mark", Buffer.from(`\uFEFF${TEXT}`)],
  ["UTF-16, little endian, with its mark", littleEndian(`\uFEFF${TEXT}`)],
  ["UTF-16, big endian, with its mark", bigEndian(`\uFEFF${TEXT}`)],
  ["UTF-16, little endian, without a mark", littleEndian(OTHER)],
  ["UTF-16, big endian, without a mark", bigEndian(OTHER)],
  ["UTF-16, little endian, without a mark, and all of it ASCII", littleEndian(TEXT)],
  ["UTF-16, big endian, without a mark, and all of it ASCII", bigEndian(TEXT)],
])("a tag file in %s is read", (_, bytes) => {
  const { index, ...facts } = prepareTags(bytes, FILE);
  expect([[index.tags.at(0)?.name], facts]).toEqual([
    ["Storage"],
    {
      cloud: "Public",
      changeNumber: "1",
      numbering: "weekly-file",
      date: "2025-11-10",
      tags: 1,
      prefixes: 2,
    },
  ]);
});

it("a tag file that says neither its cloud nor its change number has empty ones", () => {
  const { cloud, changeNumber } = prepareTags(Buffer.from(JSON.stringify({ values: JSON.parse(TEXT).values })), FILE);
  expect([cloud, changeNumber]).toEqual(["", ""]);
});

it("a part of a buffer is read as that part", () => {
  const bytes = Buffer.from(`xx${TEXT}yy`).subarray(2, -2);
  expect(prepareTags(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length), FILE).prefixes).toBe(2);
});

it("an index that cannot be kept is no error, unless the program fails", () => {
  const { index } = prepareTags(Buffer.from(TEXT), FILE);
  keepIndex(join(temporaryDirectory(), "gone", "x.index"), index, "x");
  const fault = new TypeError("a fault");
  patchFiles({
    openSync: () => {
      throw fault;
    },
  });
  expect(() => keepIndex(join(temporaryDirectory(), "x.index"), index, "x")).toThrow(fault);
});

it.each<[what: string, bytes: readonly number[]]>([
  ["half a mark of UTF-16, little endian", [0xff, 0x7b, 0x7d, 0x20]],
  ["the other half", [0x7b, 0xfe, 0x7d, 0x20]],
  ["half a mark of UTF-16, big endian", [0xfe, 0x7b, 0x7d, 0x20]],
  ["the other half", [0x7b, 0xff, 0x7d, 0x20]],
  ["one byte of a mark", [0xff]],
  ["half a character", [0xff, 0xfe, 0x00, 0xd8]],
])("bytes with %s are no text, and are refused as such", (_, bytes) => {
  expect(() => prepareTags(Uint8Array.from(bytes), FILE)).toThrow(
    expect.objectContaining({
      code: "tag-file-syntax",
      message: `${FILE}: it is not text`,
      hint: "give a ServiceTags JSON file, unpacked",
      exit: "usage",
    }),
  );
});

it.each([
  ["a zero byte alone is", "\0"],
  ["two zero bytes begin", "\0\0x\u00e9"],
])("%s no UTF-16: it is read as UTF-8", (_, text) => {
  const message = `${FILE} is not valid JSON, or is cut off`;
  expect(() => prepareTags(Buffer.from(text), FILE)).toThrow(message);
});
