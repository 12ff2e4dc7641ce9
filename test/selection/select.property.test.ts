import fc from "fast-check";
import { expect, it } from "vitest";
import { annotateTable } from "../../src/routes/annotate-table.ts";
import { explain } from "../../src/selection/explain.ts";
import { select } from "../../src/selection/select.ts";
import { anyTable, boundaryAddresses } from "./random-tables.ts";
import { referenceSelect } from "./reference.ts";

it("on any table, at every boundary, the choice and every loser's reason are the reference's", {
  tags: ["slow"],
}, () => {
  fc.assert(
    fc.property(anyTable, (routes) => {
      for (const address of boundaryAddresses(routes)) {
        const decision = select(routes, address);
        const reasons = [
          ...decision.losers.map((loser) => [loser.row.index, loser.reason]),
          ...decision.inactive.map((row) => [row.index, "inactive-route"]),
        ];
        const expected = referenceSelect(routes, address);
        expect(decision.verdict).toBe(expected.verdict);
        expect(decision.winners.map((row) => row.index).sort()).toEqual([...expected.winners].sort());
        expect(Object.fromEntries(reasons)).toEqual(expected.lost);
      }
    }),
    { numRuns: 500 },
  );
});

it("on any table, at every boundary, the choice has words, and so has every row that covers the address", {
  tags: ["slow"],
}, () => {
  const origin = { kind: "file", name: "rows", format: "arm", fetchedAt: null, note: null } as const;
  fc.assert(
    fc.property(anyTable, (routes) => {
      const annotated = annotateTable({ routes, origin }, null);
      for (const address of boundaryAddresses(routes)) {
        const { rule, diagnosis, candidates } = explain(annotated, address, null);
        const texts = [rule.text, diagnosis.text, ...candidates.flatMap(({ label, text }) => [label, text])];
        expect(texts.filter((text) => text === "")).toEqual([]);
      }
    }),
    { numRuns: 500 },
  );
});
