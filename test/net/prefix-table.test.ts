import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Address, formatAddress, toWords } from "../../src/net/address.ts";
import { buildPrefixTable } from "../../src/net/build-prefix-table.ts";
import { contains, formatPrefix, lastOf, type Prefix, parsePrefix, prefixOf } from "../../src/net/prefix.ts";
import { distinctPrefixes } from "../../src/net/prefix-columns.ts";
import {
  covering,
  longestCovering,
  longestCoveringV4,
  longestCoveringV6,
  type PrefixTable,
} from "../../src/net/prefix-table.ts";

/** The prefixes as the table numbers them, and the table. */
function tableOf(given: readonly Prefix[]): { readonly prefixes: readonly Prefix[]; readonly table: PrefixTable } {
  const { prefixes, columns } = distinctPrefixes(given);
  return { prefixes, table: buildPrefixTable(columns) };
}

/** The obvious reading: look at every prefix. */
function coveringByScan(prefixes: readonly Prefix[], address: Address): string[] {
  return prefixes
    .filter((prefix) => contains(prefix, address))
    .sort((a, b) => b.length - a.length)
    .map(formatPrefix);
}

/** By the paths that take no `Address`. */
function longestCoveringAsNumber(table: PrefixTable, address: Address): number {
  if (address.family === 4) return longestCoveringV4(table, Number(address.value));
  const words = new Uint32Array(7);
  toWords(address, words, 3);
  return longestCoveringV6(table, words, 3);
}

const nearby = fc.oneof(
  fc.constantFrom(0n, 1n, 0x0a000000n, 0x0a0000ffn, 0x0affffffn, 0xffffffffn),
  fc.bigInt(0n, 0xffffffffn),
);
const nearby6 = fc.oneof(
  fc.constantFrom(
    0n,
    1n,
    0x2603n << 112n,
    (0x2603n << 112n) | (0xffffffffn << 32n),
    (1n << 128n) - 1n,
    (1n << 64n) - 1n,
  ),
  fc.bigInt(0n, (1n << 128n) - 1n),
);
const anyPrefix = fc.oneof(
  fc.tuple(nearby, fc.integer({ min: 0, max: 32 })).map(([value, length]) => prefixOf({ family: 4, value }, length)),
  fc.tuple(nearby6, fc.integer({ min: 0, max: 128 })).map(([value, length]) => prefixOf({ family: 6, value }, length)),
);
const anyPrefixes = fc.array(anyPrefix, { maxLength: 60 });

describe("a compiled prefix table", () => {
  it("finds the covering prefixes that a scan finds, at every boundary and between", () => {
    fc.assert(
      fc.property(anyPrefixes, fc.array(nearby), fc.array(nearby6), (given, some, others) => {
        const { prefixes, table } = tableOf(given);
        const addresses: Address[] = [
          ...some.map((value) => ({ family: 4, value }) as const),
          ...others.map((value) => ({ family: 6, value }) as const),
          ...prefixes.flatMap((prefix) => {
            const top = prefix.family === 4 ? 0xffffffffn : (1n << 128n) - 1n;
            return [prefix.first - 1n, prefix.first, lastOf(prefix), lastOf(prefix) + 1n]
              .filter((value) => value >= 0n && value <= top)
              .map((value) => ({ family: prefix.family, value }));
          }),
        ];
        for (const address of addresses) {
          const found = [...covering(table, address)].map((index) => formatPrefix(prefixes[index] as Prefix));
          expect(found, formatAddress(address)).toEqual(coveringByScan(prefixes, address));
          expect(longestCoveringAsNumber(table, address)).toBe(longestCovering(table, address));
        }
      }),
      { numRuns: 300 },
    );
  });

  it("has ranges that start at zero, rise and differ from their neighbours", () => {
    fc.assert(
      fc.property(anyPrefixes, (given) => {
        const { v4, v6 } = tableOf(given).table;
        expect(v4.starts[0]).toBe(0);
        expect([...v6.starts.subarray(0, 4)]).toEqual([0, 0, 0, 0]);
        expect([...v4.starts]).toEqual([...new Set(v4.starts)].sort((a, b) => a - b));
        expect(v6.starts.length).toBe(4 * v6.prefix.length);
        for (const { prefix } of [v4, v6]) {
          prefix.forEach((longest, range) => {
            if (range > 0) expect(longest, "neighbours differ").not.toBe(prefix[range - 1]);
          });
        }
      }),
    );
  });

  it("of no prefixes covers nothing", () => {
    const { table } = tableOf([]);
    expect([...covering(table, { family: 4, value: 5n })]).toEqual([]);
    expect([...covering(table, { family: 6, value: 5n })]).toEqual([]);
  });

  it("of both default routes covers everything", () => {
    const { table } = tableOf([parsePrefix("::/0"), parsePrefix("0.0.0.0/0")]);
    expect([...covering(table, { family: 4, value: 0xffffffffn })]).toEqual([1]);
    expect([...covering(table, { family: 6, value: (1n << 128n) - 1n })]).toEqual([0]);
  });
});
