import { expect, test } from "vitest";
import { decodeJson, decodeUtf8, EncodedTags, encodeTags } from "../../../src/service-tags/index/encoded-tags.ts";
import type { TagDetails } from "../../../src/service-tags/index/tag-index.ts";

const tag = (name: string, more: Partial<TagDetails> = {}): TagDetails => ({
  ...{ name, region: null, systemService: null, changeNumber: null, networkFeatures: [] },
  ...more,
});
const DAMAGED = expect.objectContaining({
  name: "UserError",
  code: "tag-index-damaged",
  message: "the compiled service tags are damaged",
  hint: "run vnet-explain tags update, or delete the cache",
  exit: "failed",
});
const within = (text: Uint8Array) => (at: number, length: number) => text.subarray(at, at + length);
const bytes = (text: string) => new TextEncoder().encode(text);

test.each([
  ["in ASCII", [tag("A"), tag("B", { region: "r", systemService: "s", changeNumber: "7", networkFeatures: ["VSE"] })]],
  ["of other characters", [tag("Zürich"), tag("A"), tag("東京", { region: "日本" })]],
  ["none", []],
])("tags come back from their bytes: %s", (_, tags) => {
  const { text, starts } = encodeTags(tags);
  expect([starts.length, starts[0], starts.at(-1)]).toEqual([tags.length + 1, 0, text.length]);
  const read = new EncodedTags(within(text), starts, decodeUtf8);
  expect(read.length).toBe(tags.length);
  expect(tags.map((_each, at) => read.at(at))).toEqual(tags);
  expect([read.at(-1), read.at(tags.length)]).toEqual([undefined, undefined]);
});

test("a tag is decoded once", () => {
  const { text, starts } = encodeTags([tag("A")]);
  const read = new EncodedTags(within(text), starts, decodeUtf8);
  expect(read.at(0)).toBe(read.at(0));
});

/** What is read for these tags of 300, of 20 bytes each. */
function readFor(...wanted: readonly number[]) {
  const { text, starts } = encodeTags(
    Array.from({ length: 300 }, (_, at) => tag(`A${at}`.padEnd(12, "-").slice(0, 4))),
  );
  const read: (readonly [number, number])[] = [];
  const tags = new EncodedTags(
    (at, length) => {
      read.push([at, length]);
      return within(text)(at, length);
    },
    starts,
    decodeUtf8,
  );
  for (const at of wanted) expect(tags.at(at)?.name).toMatch(/^A/);
  return read;
}

test.each([
  ["one tag: 4 KB at most, not the whole text", [0], [[0, 4096]]],
  ["its neighbours: nothing more", [0, 1, 5, 0], [[0, 4096]]],
  ["a tag near the end: only the rest", [299], [[299 * 26, 26]]],
  [
    "a tag before what was read: 4 KB from there",
    [290, 0],
    [
      [290 * 26, 10 * 26],
      [0, 4096],
    ],
  ],
  [
    "all in order: every byte about once",
    Array.from({ length: 300 }, (_, at) => at),
    [
      [0, 4096],
      [157 * 26, 3718],
    ],
  ],
])("what is read for %s", (_, wanted, expected) => {
  expect(readFor(...wanted)).toEqual(expected);
});

test("a tag longer than 4 KB is read whole", () => {
  const { text, starts } = encodeTags([tag("A".repeat(5000)), tag("B")]);
  const tags = new EncodedTags(within(text), starts, decodeUtf8);
  expect([tags.at(0)?.name.length, tags.at(1)?.name]).toEqual([5000, "B"]);
});

test.each(["", "{", '{"name":"A"}', "[7]", "[]", "null", '"A"'])("details that are %j are damaged", (text) => {
  expect(() => new EncodedTags(within(bytes(text)), Uint32Array.of(0, text.length), decodeUtf8).at(0)).toThrow(DAMAGED);
});

test("JSON that is cut off is damaged, with the parser's error as the cause", () => {
  expect(decodeJson(bytes('{"a":1}'), decodeUtf8)).toEqual({ a: 1 });
  expect(() => decodeJson(bytes('{"a":'), decodeUtf8)).toThrow(DAMAGED);
  expect(() => decodeJson(bytes('{"a":'), decodeUtf8)).toThrow(
    expect.objectContaining({ cause: expect.any(SyntaxError) }),
  );
});

test("a list of tags with a gap is a bug", () => {
  expect(() => encodeTags({ length: 1, at: () => undefined })).toThrow(new RangeError("a tag list has a gap"));
});
