import { describe, expect, it } from "vitest";
import { formatPrefix } from "../../../src/net/prefix.ts";
import { compileTags } from "../../../src/service-tags/index/compile-tags.ts";
import type { TagIndex } from "../../../src/service-tags/index/tag-index.ts";
import { TagCatalogue } from "../../../src/service-tags/tag-catalogue.ts";
import { parseTagFile } from "../../../src/service-tags/tag-file.ts";
import { hasSharedData, listShared } from "../../shared-data.ts";
import { sharedTagText } from "../shared-tags.ts";

const compiled = (...lists: readonly (readonly string[])[]): TagIndex => {
  const values = lists.map((addressPrefixes, at) => ({ name: `Tag${at}`, properties: { addressPrefixes } }));
  return compileTags(parseTagFile(JSON.stringify({ values }), "tags.json"));
};

const prefixesOf = (index: TagIndex) =>
  [...new TagCatalogue(index).tags()].map((tag) => tag.prefixes.map(formatPrefix));

describe("the prefixes of a tag file are compiled", () => {
  it.each<[string, readonly (readonly string[])[], number]>([
    ["no tags", [], 0],
    ["an empty list", [[]], 0],
    ["both families", [["10.0.0.0/8", "2001:db8::/32"]], 2],
    ["a prefix of two tags is kept once", [["10.0.0.0/8"], ["10.0.0.0/8", "11.0.0.0/8"]], 2],
    ["a prefix that a tag has twice too", [["10.0.0.0/8", "10.0.0.0/8"]], 1],
    ["two lengths of one address are two prefixes", [["10.0.0.0/8", "10.0.0.0/16", "fd00::/8", "fd00::/16"]], 4],
    ["a spelling is no other prefix", [["2001:db8::/32"], ["2001:0DB8:0::/32", "2001:DB8::/32", "2001:db8::/32"]], 1],
  ])("%s", (_, lists, count) => {
    const index = compiled(...lists);
    expect(index.columns.count).toBe(count);
    const canonical = (text: string) => text.replace("2001:0DB8:0::", "2001:db8::").replace("2001:DB8::", "2001:db8::");
    expect(prefixesOf(index)).toEqual(lists.map((list) => list.map(canonical)));
  });

  it.each([
    ["host bits", "10.0.0.1/8", "'10.0.0.1/8' has host bits set after /8"],
    ["no length", "10.0.0.0", "'10.0.0.0' has no prefix length"],
    ["an IPv4-mapped prefix", "::ffff:10.0.0.0/104", "it is not an address prefix"],
    ["an empty text", "", "the address is empty"],
    ["text after the length", "10.0.0.0/8 ", "'10.0.0.0/8 ' has no valid prefix length"],
    [
      "the words of a known IPv6 prefix in decimal",
      "536939960,0,0,0 32",
      "'536939960,0,0,0 32' is not an IPv4 or IPv6 address",
    ],
  ])("a prefix is refused, with its tag: %s", (_, prefix, why) => {
    expect(() => compiled(["2001:db8::/32"], [prefix])).toThrow(
      expect.objectContaining({
        code: "tag-file-prefix",
        message: `tag Tag1: ${why}`,
        hint: "download it again; give a ServiceTags_Public_<date>.json from https://www.microsoft.com/download/details.aspx?id=56519",
      }),
    );
  });

  it.skipIf(!hasSharedData).each(listShared("data/service-tags"))("%s: every entry, none besides", (name) => {
    const text = sharedTagText(name);
    const index = compileTags(parseTagFile(text, name));
    const json: { values: { properties: { addressPrefixes: string[] } }[] } = JSON.parse(text);
    expect([...index.tagStart.slice(1)].map((end, tag) => end - (index.tagStart[tag] ?? 0))).toEqual(
      json.values.map(({ properties }) => properties.addressPrefixes.length),
    );
    const distinct = new Set(json.values.flatMap(({ properties }) => properties.addressPrefixes));
    expect(index.columns.count).toBe(distinct.size);
  });
});
