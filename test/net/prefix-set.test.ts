import { expect, it } from "vitest";
import { formatPrefix } from "../../src/net/prefix.ts";
import { distinctPrefixes } from "../../src/net/prefix-columns.ts";
import { PrefixSet } from "../../src/net/prefix-set.ts";
import { scannedPrefix } from "../../src/net/read-prefix.ts";

/** The longest spelling of a prefix has 49 characters. */
const LONG = "2001:0db8:0000:0000:0000:0000:255.255.255.255/128";

it.each([
  ["the longest spelling", LONG, 0],
  ["the same in its shortest form", "2001:db8::ffff:ffff/128", 0],
  ["a character of three bytes behind a long one", `${LONG.replace("255/", "25/")}€`, -1],
  ["a character of four bytes behind a long one", `${LONG.replace("255/", "5/")}😀`, -1],
  ["a character of two bytes behind a long one", `${LONG.replace("255/", "25/")}é`, -1],
  ["a lone surrogate behind a long one", `${LONG.replace("255/", "25/")}\ud800`, -1],
  ["a character of three bytes behind a short one", "10.0.0.0/8€", -1],
  ["a longer text", `${LONG}0`, -1],
])("the place of %s", (_, text, place) => {
  const known = new PrefixSet(2);
  expect(known.add(LONG)).toBe(0);
  expect(known.add(text)).toBe(place);
});

const many = (make: (at: number) => string) => Array.from({ length: 200 }, (_, at) => make(at));
const hex = (at: number) => (at + 1).toString(16);

/** With hundreds in a set, many meet in one slot of its table. */
it.each([
  ["the first word", many((at) => `${hex(at)}::/32`)],
  ["the second word", many((at) => `1:1:${hex(at)}::/48`)],
  ["the third word", many((at) => `1:1:1:1:${hex(at)}::/80`)],
  ["the last word", many((at) => `1:1:1:1:1:1:${hex(at)}:0/112`)],
  ["the length", Array.from({ length: 129 }, (_, length) => `::/${length}`)],
  ["the family", Array.from({ length: 33 }, (_, length) => [`::/${length}`, `0.0.0.0/${length}`]).flat()],
  ["all", many((at) => `10.${at}.0.0/16`).flatMap((text, at) => [text, `${hex(at)}:1::/32`])],
])("prefixes that differ in %s are distinct, however many there are, and each keeps its place", (_, texts) => {
  const set = new PrefixSet(texts.length);
  const places = texts.map((_each, at) => at);
  expect(texts.map((text) => set.add(text))).toEqual(places);
  expect(texts.map((text) => set.add(text))).toEqual(places);
  const { columns, prefixes } = distinctPrefixes(texts.flatMap((text) => scannedPrefix(text) ?? []));
  expect(prefixes.map(formatPrefix)).toEqual(texts);
  expect(set.columns()).toEqual(columns);
});

it("prefixes that differ in the family are distinct in small sets too, whatever their length", () => {
  for (let length = 0; length <= 32; length++) {
    const set = new PrefixSet(2);
    expect([set.add(`0.0.0.0/${length}`), set.add(`::/${length}`)]).toEqual([0, 1]);
  }
});

it("a text that is not a prefix takes no place", () => {
  const set = new PrefixSet(2);
  expect(["10.0.0.0/8", "10.0.0.1/8", "x", "11.0.0.0/8"].map((text) => set.add(text))).toEqual([0, -1, -1, 1]);
  expect(set.columns().count).toBe(2);
});
