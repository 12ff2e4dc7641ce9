import fc from "fast-check";
import { expect, it } from "vitest";
import { toWords } from "../../src/net/address.ts";
import { buildPrefixTable, topOf } from "../../src/net/build-prefix-table.ts";
import { numberPairs, overlayRanges } from "../../src/net/overlay.ts";
import { lastOf, type Prefix, prefixOf } from "../../src/net/prefix.ts";
import { distinctPrefixes } from "../../src/net/prefix-columns.ts";
import { longestCovering, rangeAtV4, rangeAtV6 } from "../../src/net/prefix-table.ts";

const prefixesOf = (family: 4 | 6, bits: number, bases: readonly bigint[]) =>
  fc
    .tuple(fc.constantFrom(...bases), fc.nat(bits))
    .map(([value, length]) => prefixOf({ family, value: value << BigInt(bits - 32) }, length));
const BASES = [0n, 1n, 0x0a000000n, 0x0a0000ffn, 0x0a000100n, 0x80000000n, 0xffffffffn];
const anyPrefixes = fc.array(fc.oneof(prefixesOf(4, 32, BASES), prefixesOf(6, 128, BASES)), { maxLength: 30 });

/** Where a look-up could go wrong: the ends of every prefix, their neighbours and the ends of all. */
function boundaries(prefixes: readonly Prefix[]) {
  return [prefixOf({ family: 4, value: 0n }, 0), prefixOf({ family: 6, value: 0n }, 0), ...prefixes].flatMap(
    (prefix) => {
      const end = (1n << (prefix.family === 4 ? 32n : 128n)) - 1n;
      return [prefix.first - 1n, prefix.first, lastOf(prefix), lastOf(prefix) + 1n]
        .filter((value) => value >= 0n && value <= end)
        .map((value) => ({ family: prefix.family, value }));
    },
  );
}

it("an overlay has the answers of both tables for every address, and each range begins at an address of its own", {
  tags: ["slow"],
}, () => {
  fc.assert(
    fc.property(anyPrefixes, anyPrefixes, fc.integer({ min: 1, max: 60 }), (left, right, few) => {
      const a = buildPrefixTable(distinctPrefixes(left).columns);
      const b = buildPrefixTable(distinctPrefixes(right).columns);
      // Numbers that pairs share let neighbours become one range.
      const numberOf = (ofA: number, ofB: number) => (100 * (ofA + 1) + ofB + 1) % few;
      const overlays = { 4: overlayRanges(a.v4, b.v4, 1, numberOf), 6: overlayRanges(a.v6, b.v6, 4, numberOf) };
      for (const [{ starts, prefix }, stride] of [[a.v4, 1] as const, [a.v6, 4] as const]) {
        const texts = Array.from(prefix, (_, range) =>
          Array.from(starts.subarray(stride * range, stride * (range + 1)), (word) =>
            word.toString(16).padStart(8, "0"),
          ).join(""),
        );
        expect(texts).toEqual([...new Set(texts)].sort());
      }
      const words = new Uint32Array(5);
      for (const address of boundaries([...left, ...right])) {
        const { starts, number } = overlays[address.family];
        toWords(address, words, 1);
        const range =
          address.family === 4 ? rangeAtV4(starts, topOf(starts), Number(address.value)) : rangeAtV6(starts, words, 1);
        expect(number[range]).toBe(numberOf(longestCovering(a, address), longestCovering(b, address)));
      }
      for (const { number } of Object.values(overlays)) {
        expect(number.every((own, place) => place === 0 || own !== number[place - 1])).toBe(true);
      }
    }),
    { numRuns: 500 },
  );
});

it("equal pairs have the same number; numbers start at 0, in order of first occurrence", () => {
  const pair = fc.tuple(fc.integer({ min: -1, max: 100_000 }), fc.integer({ min: -1, max: 4 }));
  const few = fc.tuple(fc.integer({ min: -1, max: 14 }), fc.integer({ min: -1, max: 4 }));
  fc.assert(
    fc.property(fc.array(fc.oneof(pair, few)), (pairs) => {
      const numberOf = numberPairs(5);
      const met: string[] = [];
      for (const each of pairs) {
        const key = each.join(" ");
        if (!met.includes(key)) met.push(key);
        expect(numberOf(...each)).toBe(met.indexOf(key));
      }
    }),
  );
});

it("a pair that recurs at once keeps its number, up to the last one", () => {
  const numberOf = numberPairs(2);
  expect([numberOf(0, -1), numberOf(3, 1), numberOf(3, 1), numberOf(4, 0), numberOf(4, 0)]).toEqual([0, 1, 1, 2, 2]);
});
