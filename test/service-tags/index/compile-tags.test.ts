import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileTags, compileTagText } from "../../../src/service-tags/index/compile-tags.ts";
import type { TagIndex } from "../../../src/service-tags/index/tag-index.ts";
import { parseTagFile } from "../../../src/service-tags/tag-file.ts";
import { hasSharedData, listShared } from "../../shared-data.ts";
import { sharedTagText } from "../shared-tags.ts";
import { indexBytes } from "../tags-for-tests.ts";

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

/** The index, byte by byte as its file holds it, or what is said against the text. */
function outcome(compile: () => TagIndex): unknown {
  try {
    return Buffer.from(indexBytes(compile())).toString("latin1");
  } catch (error) {
    return error instanceof Error ? { name: error.name, message: error.message } : error;
  }
}

function expectSame(text: string): void {
  const whole = outcome(() => compileTags(parseTagFile(text, "tags.json")));
  const taken = outcome(() => compileTagText(text, ascii(text), "tags.json"));
  // Compared before they are printed: an index is long.
  if (typeof whole === "string" && typeof taken === "string") expect(taken === whole).toBe(true);
  else expect(taken).toEqual(whole);
}

const tag = (list: string, more = "") => `{"name":"Storage","id":"Storage","properties":{${list}${more}}}`;
const file = (...tags: string[]) => `{"changeNumber":1,"cloud":"Public","values":[${tags.join(",")}]}`;
const lists = (...prefixes: string[]) => `"addressPrefixes":[${prefixes.map((prefix) => JSON.stringify(prefix))}]`;

describe("a text whose prefix lists are taken out first compiles to what the whole text does", () => {
  it.each([
    ["one tag", file(tag(lists("10.0.0.0/8", "2001:db8::/32")))],
    ["no tags", file()],
    ["an empty list", file(tag(lists()))],
    ["blanks between everything", file(tag('"addressPrefixes" :\r\n\t[ "10.0.0.0/8" , "11.0.0.0/8" ]'))],
    [
      "the same prefix in two tags, spelled in two ways",
      file(tag(lists("2001:db8::/32")), tag(lists("2001:0DB8::/32"))),
    ],
    ["the key twice in one tag", file(tag(`${lists("10.0.0.0/8")},${lists("11.0.0.0/8")}`))],
    [
      "the key twice, once in another spelling",
      file(tag(`${lists("10.0.0.0/8")},"address\\u0050refixes":["11.0.0.0/8"]`)),
    ],
    ["a list outside the tags", `{${lists("10.0.0.0/8")},${file(tag(lists("11.0.0.0/8"))).slice(1)}`],
    ["the key in a string", file(tag(lists("10.0.0.0/8"), ',"platform":"\\"addressPrefixes\\":[1]"'))],
    ["the key as a value", file(tag(lists("10.0.0.0/8"), ',"platform":"addressPrefixes"'))],
    ["a number in a list", file(tag('"addressPrefixes":[7]'))],
    ["a number alone, as a list is numbered", file(tag('"addressPrefixes":[0]'))],
    ["no list", file(tag('"addressPrefixes":null'))],
    ["a broken prefix", file(tag(lists("10.0.0.0/8", "10.0.0.1/8")))],
    ["an IPv4-mapped prefix", file(tag(lists("::ffff:10.0.0.0/104")))],
    ["a prefix with an escape", file(tag('"addressPrefixes":["10.0.0.0\\/8"]'))],
    ["a comma too many", file(tag('"addressPrefixes":["10.0.0.0/8",]'))],
    ["a list that does not end", file(tag('"addressPrefixes":["10.0.0.0/8"'))],
  ])("%s", (_, text) => expectSame(text));

  it("any damage to a text, wherever it is", () => {
    const text = file(
      tag(lists("10.0.0.0/8", "10.1.0.0/16")),
      tag(lists("2001:db8::/32", "10.1.0.0/16")),
      tag(lists()),
    );
    const cut = fc.nat(text.length);
    fc.assert(
      fc.property(
        cut,
        fc.nat(8),
        fc.constantFrom("", '"', ",", "[", "]", "0", "/", ":", " ", "\\", "{"),
        (at, gone, put) => expectSame(text.slice(0, at) + put + text.slice(at + gone)),
      ),
      { numRuns: 2_000 },
    );
  });

  it.skipIf(!hasSharedData).each(listShared("data/service-tags"))("%s", (name) => {
    expectSame(sharedTagText(name));
  });
});
