import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { comparePrefixes, formatPrefix, type Prefix, prefixOf } from "../../src/net/prefix.ts";
import { distinctPrefixes } from "../../src/net/prefix-columns.ts";
import { sortedOfFamily } from "../../src/net/sort-prefixes.ts";

const some = (values: readonly bigint[], bits: number) =>
  fc.oneof(fc.constantFrom(...values), fc.bigInt(0n, (1n << BigInt(bits)) - 1n));
const anyPrefix: fc.Arbitrary<Prefix> = fc.oneof(
  fc
    .tuple(some([0n, 0x0a000000n, 0xffffffffn], 32), fc.integer({ min: 0, max: 32 }))
    .map(([value, length]) => prefixOf({ family: 4, value }, length)),
  fc
    .tuple(some([0n, 1n, 0x2603n << 112n, 0x2603n << 96n, (1n << 128n) - 1n], 128), fc.integer({ min: 0, max: 128 }))
    .map(([value, length]) => prefixOf({ family: 6, value }, length)),
);

describe("sorting the prefixes of a family", () => {
  it("gives the order of comparePrefixes", () => {
    fc.assert(
      fc.property(fc.array(anyPrefix, { maxLength: 80 }), (given) => {
        const { prefixes, columns } = distinctPrefixes(given);
        const sorted = ([4, 6] as const).flatMap((family) => [...sortedOfFamily(columns, family)]);
        const expected = [...prefixes].sort(comparePrefixes).map(formatPrefix);
        expect(sorted.map((place) => formatPrefix(prefixes[place] as Prefix))).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });
});
