import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { OutermostPrefixes } from "../../src/net/outermost-prefixes.ts";
import { containsPrefix, type Prefix, parsePrefix } from "../../src/net/prefix.ts";

const prefixes = (texts: readonly string[]) => texts.map((text) => parsePrefix(text));

describe("whether one of several prefixes holds another", () => {
  test.each<[string, readonly string[], string, boolean]>([
    ["none of none", [], "10.0.0.0/8", false],
    ["itself", ["10.0.0.0/8"], "10.0.0.0/8", true],
    ["one within", ["10.0.0.0/8"], "10.1.0.0/16", true],
    ["not the one around", ["10.1.0.0/16"], "10.0.0.0/8", false],
    ["two halves are not one that holds it", ["10.0.0.0/9", "10.128.0.0/9"], "10.0.0.0/8", false],
    ["behind a longer one that starts nearer", ["10.0.0.0/8", "10.1.0.0/24"], "10.1.1.0/24", true],
    ["not of the other family", ["0.0.0.0/0"], "::/0", false],
    ["of IPv6", ["fc00::/7", "10.0.0.0/8"], "fd00::1/128", true],
  ])("%s", (_, outer, inner, held) => {
    expect(new OutermostPrefixes(prefixes(outer)).hold(parsePrefix(inner))).toBe(held);
  });

  it.each([
    ["no prefixes", [], true],
    ["one of no bits", ["0.0.0.0/0"], false],
  ] as const)("of %s, there is none: %s", (_, given, expected) => {
    expect(new OutermostPrefixes(prefixes(given)).isEmpty).toBe(expected);
  });

  it("is what a look at each of them says", () => {
    // Few bits, so that many hold one another.
    const prefix = fc
      .record({
        family: fc.constantFrom(4 as const, 6 as const),
        bits: fc.integer({ min: 0, max: 63 }),
        length: fc.integer({ min: 0, max: 6 }),
      })
      .map(({ family, bits, length }): Prefix => {
        const kept = BigInt((bits >> (6 - length)) << (6 - length));
        return { family, first: kept << (family === 4 ? 26n : 122n), length };
      });
    fc.assert(
      fc.property(fc.array(prefix), prefix, (outer, inner) => {
        expect(new OutermostPrefixes(outer).hold(inner)).toBe(outer.some((each) => containsPrefix(each, inner)));
      }),
    );
  });
});
