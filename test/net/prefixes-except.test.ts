import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { type AddressRange, differenceOf, prefixesOf, rangeOf, unionOf } from "../../src/net/address-ranges.ts";
import { containsPrefix, formatPrefix, parsePrefix } from "../../src/net/prefix.ts";
import { prefixesExcept } from "../../src/net/prefixes-except.ts";

const ranges = (...texts: readonly string[]) => texts.map((text) => rangeOf(parsePrefix(text)));

describe("a set written as prefixes less exceptions", () => {
  test.each<[string, AddressRange[], readonly string[], readonly string[]]>([
    ["nothing", [], [], []],
    ["a prefix", ranges("10.0.0.0/8"), ["10.0.0.0/8"], []],
    ["all but one", differenceOf(ranges("0.0.0.0/0"), ranges("10.0.0.0/16")), ["0.0.0.0/0"], ["10.0.0.0/16"]],
    ["all but a half is a half", differenceOf(ranges("0.0.0.0/0"), ranges("0.0.0.0/1")), ["128.0.0.0/1"], []],
    [
      "where it is no shorter, without exceptions",
      differenceOf(ranges("0.0.0.0/0"), ranges("0.0.0.0/2")),
      ["64.0.0.0/2", "128.0.0.0/1"],
      [],
    ],
    [
      "both families",
      differenceOf(ranges("0.0.0.0/0", "::/0"), ranges("10.0.0.0/8", "fc00::/7")),
      ["0.0.0.0/0", "::/0"],
      ["10.0.0.0/8", "fc00::/7"],
    ],
    [
      "an exception only where it stands",
      [...differenceOf(ranges("10.0.0.0/8"), ranges("10.1.2.0/24")), ...ranges("192.168.0.0/16")],
      ["10.0.0.0/8", "192.168.0.0/16"],
      ["10.1.2.0/24"],
    ],
  ])("%s", (_, set, prefixes, except) => {
    const told = prefixesExcept(set);
    expect(told.prefixes.map(formatPrefix)).toEqual(prefixes);
    expect(told.except.map(formatPrefix)).toEqual(except);
  });

  /** The addresses of one /28, as bits. */
  const block = fc.integer({ min: 0, max: 0xffff });
  const blockRanges = (bits: number, from: bigint): AddressRange[] =>
    unionOf(
      Array.from({ length: 16 }, (_, at) => at)
        .filter((at) => (bits >> at) & 1)
        .map((at) => ({ family: 4, first: from + BigInt(at), last: from + BigInt(at) }) as const),
    );

  it("is exactly the set", () => {
    fc.assert(
      fc.property(block, fc.constantFrom(0n, 0x0a000000n, 0xfffffff0n), fc.boolean(), (bits, from, inverse) => {
        const some = blockRanges(bits, from);
        const set = inverse ? differenceOf(ranges("0.0.0.0/0", "::/0"), some) : some;
        const { prefixes, except } = prefixesExcept(set);
        expect(differenceOf(prefixes.map(rangeOf), except.map(rangeOf))).toEqual(set);
        expect(except.every((hole) => prefixes.some((prefix) => containsPrefix(prefix, hole)))).toBe(true);
        expect(prefixes.length + except.length).toBeLessThanOrEqual(prefixesOf(set).length);
      }),
      { numRuns: 500 },
    );
  });

  it("is as short as trying every choice of prefixes makes it", () => {
    // All prefixes of a /29: 15 of them, so 32768 choices.
    const all = [29, 30, 31, 32].flatMap((length) =>
      Array.from({ length: 2 ** (length - 29) }, (_, at) => ({
        family: 4 as const,
        first: BigInt(at) << BigInt(32 - length),
        length,
      })),
    );
    const bitsOfPrefix = all.map(({ first, length }) => ((1 << (1 << (32 - length))) - 1) << Number(first));
    const plainCost = new Map<number, number>();
    for (let set = 0; set < 256; set++) plainCost.set(set, prefixesOf(blockRanges(set, 0n)).length);
    const fewest = new Map<number, number>();
    for (let choice = 0; choice < 1 << all.length; choice++) {
      const held = bitsOfPrefix.reduce((bits, own, at) => ((choice >> at) & 1 ? bits | own : bits), 0);
      const named = choice.toString(2).replaceAll("0", "").length;
      for (let set = held; ; set = (set - 1) & held) {
        const cost = named + (plainCost.get(held & ~set) ?? 0);
        if (cost < (fewest.get(set) ?? 99)) fewest.set(set, cost);
        if (set === 0) break;
      }
    }
    for (let set = 0; set < 256; set++) {
      const { prefixes, except } = prefixesExcept(blockRanges(set, 0n));
      expect(prefixes.length + except.length, set.toString(2)).toBe(fewest.get(set));
    }
  });
});
