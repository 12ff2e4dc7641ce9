import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import {
  type AddressRange,
  addressCount,
  differenceOf,
  intersectionOf,
  meets,
  prefixesOf,
  rangeOf,
  unionOf,
} from "../../src/net/address-ranges.ts";
import { comparePrefixes, formatPrefix, parsePrefix } from "../../src/net/prefix.ts";
import type { Family } from "../../src/net/read-address.ts";

/** Few addresses, so that ranges meet, at both ends and in the middle of each family's space. */
const SPOTS = (["4", "6"] as const).flatMap((text) => {
  const family: Family = text === "4" ? 4 : 6;
  const end = family === 4 ? 1n << 32n : 1n << 128n;
  return [0n, end / 2n - 8n, end - 16n].map((from) => ({ family, from }));
});

const anyRange: fc.Arbitrary<AddressRange> = fc
  .tuple(fc.constantFrom(...SPOTS), fc.nat(15), fc.nat(15))
  .map(([{ family, from }, a, b]) => ({
    family,
    first: from + BigInt(Math.min(a, b)),
    last: from + BigInt(Math.max(a, b)),
  }));

const anyRanges = fc.array(anyRange, { maxLength: 12 });

/** The obvious reading: every address by itself. */
function members(ranges: readonly AddressRange[]): Set<string> {
  const found = new Set<string>();
  for (const { family, first, last } of ranges) {
    for (let value = first; value <= last; value++) found.add(`${family} ${value}`);
  }
  return found;
}

function expectNormalised(ranges: readonly AddressRange[]): void {
  ranges.forEach((range, at) => {
    expect(range.first <= range.last).toBe(true);
    const before = ranges[at - 1];
    if (before === undefined || before.family < range.family) return;
    expect(before.family).toBe(range.family);
    expect(before.last + 1n < range.first).toBe(true);
  });
}

describe("sets of addresses", () => {
  it.each([
    ["union", unionOf, (a: boolean, b: boolean) => a || b],
    ["intersection", intersectionOf, (a: boolean, b: boolean) => a && b],
    ["difference", differenceOf, (a: boolean, b: boolean) => a && !b],
  ] as const)("%s holds the addresses that it should, normalised", (name, operation, holds) => {
    fc.assert(
      fc.property(anyRanges, anyRanges, (a, b) => {
        const result = name === "union" ? unionOf([...a, ...b]) : operation(a, b);
        expectNormalised(result);
        const inA = members(a);
        const inB = members(b);
        const both = new Set([...inA, ...inB]);
        expect(members(result)).toEqual(new Set([...both].filter((each) => holds(inA.has(each), inB.has(each)))));
      }),
      { numRuns: 400 },
    );
  });

  it("meet where their intersection holds an address", () => {
    fc.assert(
      fc.property(anyRanges, anyRanges, (a, b) => {
        expect(meets(a, unionOf(b))).toBe(intersectionOf(a, b).length > 0);
      }),
    );
  });

  it("are counted, each address once", () => {
    fc.assert(
      fc.property(anyRanges, (ranges) => {
        expect(addressCount(ranges)).toBe(BigInt(members(ranges).size));
      }),
      { numRuns: 200 },
    );
  });

  it("of both families whole", () => {
    const everything = ["::/0", "0.0.0.0/0"].map((text) => rangeOf(parsePrefix(text)));
    expect(addressCount(everything)).toBe((1n << 32n) + (1n << 128n));
    expect(prefixesOf(everything).map(formatPrefix)).toEqual(["0.0.0.0/0", "::/0"]);
    expect(differenceOf(everything, everything)).toEqual([]);
  });
});

describe("prefixes of exactly these addresses", () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ["none", [], []],
    ["two halves are one", ["10.0.0.0/9", "10.128.0.0/9"], ["10.0.0.0/8"]],
    ["neighbours of different parents stay two", ["10.0.0.64/26", "10.0.0.128/26"], ["10.0.0.64/26", "10.0.0.128/26"]],
    ["one inside another is swallowed", ["10.0.0.0/8", "10.1.0.0/16"], ["10.0.0.0/8"]],
    ["IPv4 first", ["2001:db8::/32", "10.0.0.0/8"], ["10.0.0.0/8", "2001:db8::/32"]],
  ])("%s", (_, given, expected) => {
    expect(prefixesOf(given.map((text) => rangeOf(parsePrefix(text)))).map(formatPrefix)).toEqual(expected);
  });

  it("hold them and no others, in numeric order, and no shorter list does", () => {
    fc.assert(
      fc.property(anyRanges, (ranges) => {
        const prefixes = prefixesOf(ranges);
        expect(members(prefixes.map(rangeOf))).toEqual(members(ranges));
        expect([...prefixes].sort(comparePrefixes)).toEqual(prefixes);
        // Shortest: a prefix is in the list exactly when it is inside and its parent is not; so nothing could be
        // merged.
        const inside = members(ranges);
        for (const { family, first, length } of prefixes) {
          if (length === 0) continue;
          const bit = 1n << BigInt((family === 4 ? 32 : 128) - length);
          const sibling = { family, first: first ^ bit, last: (first ^ bit) | (bit - 1n) };
          expect([...members([sibling])].every((each) => inside.has(each))).toBe(false);
        }
      }),
      { numRuns: 400 },
    );
  });
});
