import fc from "fast-check";
import { expect, it } from "vitest";
import { numberPairs } from "../../src/net/number-pairs.ts";

it("pairs have the same number where they are the same, and numbers from 0 on as they are first met", () => {
  const pair = fc.tuple(fc.integer({ min: -1, max: 100_000 }), fc.integer({ min: -1, max: 4 }));
  const few = fc.tuple(fc.integer({ min: -1, max: 2 }), fc.integer({ min: -1, max: 4 }));
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
