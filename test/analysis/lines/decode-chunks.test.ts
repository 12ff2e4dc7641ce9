import { expect, test } from "vitest";
import { textChunks } from "../../../src/analysis/lines/decode-chunks.ts";
import { all, piecesOf } from "./bytes.ts";

const textOf = async (bytes: readonly number[], cuts: readonly number[] = []) =>
  all(textChunks(piecesOf(Uint8Array.from(bytes), cuts)));

const A = 0x61;
const B = 0x62;
test.each<[string, readonly number[], string]>([
  ["nothing", [], ""],
  ["one byte", [A], "a"],
  ["one byte that is no character", [0xff], "\ufffd"],
  ["UTF-8", [A, B], "ab"],
  ["UTF-8 with its mark", [0xef, 0xbb, 0xbf, A], "a"],
  ["UTF-8 of two bytes, cut off", [A, 0xc3], "a\ufffd"],
  ["UTF-16LE", [A, 0, B, 0], "ab"],
  ["UTF-16LE with its mark", [0xff, 0xfe, A, 0], "a"],
  ["UTF-16LE, cut off", [A, 0, B], "a\ufffd"],
  ["UTF-16BE", [0, A, 0, B], "ab"],
  ["UTF-16BE with its mark", [0xfe, 0xff, 0, A], "a"],
  ["the first half of a mark alone, of UTF-16LE", [0xff, A], "\ufffda"],
  ["the second half of a mark alone, of UTF-16LE", [A, 0xfe], "a\ufffd"],
  ["the first half of a mark alone, of UTF-16BE", [0xfe, A], "\ufffda"],
  ["the second half of a mark alone, of UTF-16BE", [A, 0xff], "a\ufffd"],
  ["two zeros", [0, 0, A], "\0\0a"],
])("%s is read as text, also byte by byte", async (_, bytes, expected) => {
  expect((await textOf(bytes)).join("")).toBe(expected);
  expect((await textOf(bytes, [...bytes.keys()])).join("")).toBe(expected);
});

test("a piece that completes no character has no text", async () => {
  expect(await textOf([A, B, 0xc3, 0xa4], [1, 2, 3])).toEqual(["ab", "\u00e4"]);
});
