import { expect, test } from "vitest";
import { countOutcomes, OUTCOMES } from "../../src/topology/snapshot.ts";

test("the NICs of a snapshot are counted by outcome, in the order in which counts are shown, also those without any", () => {
  expect(Object.entries(countOutcomes([]))).toEqual(OUTCOMES.map((outcome) => [outcome, 0]));
  expect(Object.entries(countOutcomes(["failed", "ok", "no-api", "ok", "denied", "ok", "no-api"]))).toEqual([
    ["ok", 3],
    ["stopped", 0],
    ["unattached", 0],
    ["no-api", 2],
    ["denied", 1],
    ["failed", 1],
  ]);
});
