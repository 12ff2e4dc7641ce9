import { expect, test } from "vitest";
import { decodeJson, EncodedTags, encodeTags } from "../../../src/service-tags/index/encoded-tags.ts";
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
const bytes = (text: string) => new TextEncoder().encode(text);

test.each([
  ["in ASCII", [tag("A"), tag("B", { region: "r", systemService: "s", changeNumber: "7", networkFeatures: ["VSE"] })]],
  ["of other characters", [tag("Zürich"), tag("A"), tag("東京", { region: "日本" })]],
  ["none", []],
])("tags come back from their bytes: %s", (_, tags) => {
  const { text, starts } = encodeTags(tags);
  expect([starts.length, starts[0], starts.at(-1)]).toEqual([tags.length + 1, 0, text.length]);
  const read = new EncodedTags(text, starts);
  expect(read.length).toBe(tags.length);
  expect(tags.map((_each, at) => read.at(at))).toEqual(tags);
  expect([read.at(-1), read.at(tags.length)]).toEqual([undefined, undefined]);
});

test("a tag is decoded once", () => {
  const { text, starts } = encodeTags([tag("A")]);
  const read = new EncodedTags(text, starts);
  expect(read.at(0)).toBe(read.at(0));
});

test.each(["", "{", '{"name":"A"}', "[7]", "[]", "null", '"A"'])("details that are %j are damaged", (text) => {
  expect(() => new EncodedTags(bytes(text), Uint32Array.of(0, text.length)).at(0)).toThrow(DAMAGED);
});

test("JSON that is cut off is damaged, with the parser's error as the cause", () => {
  expect(decodeJson(bytes('{"a":1}'))).toEqual({ a: 1 });
  expect(() => decodeJson(bytes('{"a":'))).toThrow(DAMAGED);
  expect(() => decodeJson(bytes('{"a":'))).toThrow(expect.objectContaining({ cause: expect.any(SyntaxError) }));
});

test("a list of tags with a gap is a bug", () => {
  expect(() => encodeTags({ length: 1, at: () => undefined })).toThrow(new RangeError("a tag list has a gap"));
});
