import { expect, test } from "vitest";
import { parsePrefix } from "../../src/net/prefix.ts";
import { distinctPrefixes } from "../../src/net/prefix-columns.ts";

test("repeated prefixes have one place, and the columns hold each prefix once, in the order of first occurrence", () => {
  const given = ["10.0.0.0/8", "2001:db8::/32", "10.0.0.0/8", "10.0.0.0/16", "::/8", "0.0.0.0/8", "2001:db8::/32"];
  const distinct = [...new Set(given)].map((text) => parsePrefix(text));
  const words = [
    [0, 0, 0, 0x0a000000],
    [0x20010db8, 0, 0, 0],
    [0, 0, 0, 0x0a000000],
    [0, 0, 0, 0],
    [0, 0, 0, 0],
  ];
  expect(distinctPrefixes(given.map((text) => parsePrefix(text)))).toEqual({
    prefixes: distinct,
    places: Uint32Array.of(0, 1, 0, 2, 3, 4, 1),
    columns: {
      count: 5,
      family: Uint8Array.of(4, 6, 4, 6, 4),
      words: Uint32Array.from(words.flat()),
      length: Uint8Array.of(8, 32, 16, 8, 8),
    },
  });
});
