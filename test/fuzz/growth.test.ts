import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { StepCounter } from "../steps.ts";
import { largePieces } from "./hostile.ts";
import type { Target } from "./target.ts";
import { TARGETS } from "./targets.ts";

const SMALL = 1500;
const TIMES = 4;
/** How much more work four times the input may take: proportional, plus some for sorting. */
const ALLOWED = 5.5;
/** Fewer steps than this are not compared. */
const FLOOR = 20_000;

const counter = new StepCounter();
beforeAll(() => counter.start());
afterAll(() => counter.stop());

/** Where the large piece is inserted into a valid input. */
const PLACES: readonly (readonly [string, (seed: string, piece: string) => string])[] = [
  ["alone", (_, piece) => piece],
  ["behind", (seed, piece) => seed + piece],
  ["within", (seed, piece) => seed.replace(/[\w.]+(?=\W*$)/, piece)],
  ["in the middle", (seed, piece) => seed.slice(0, seed.length / 2) + piece + seed.slice(seed.length / 2)],
];

const inputsOf = async (target: Target, place: (seed: string, piece: string) => string, size: number) => {
  const { header = 0 } = target;
  const [seed = ""] = await target.seeds();
  return largePieces(size).map((piece) => seed.slice(0, header) + place(seed.slice(header), piece));
};

/** Targets that run in this process, on our own readers, and need no server. */
const READERS = TARGETS.filter(({ cost }) => cost === undefined);

describe.each(READERS)("$name", (target) => {
  afterAll(() => target.close?.());

  it.each(PLACES)("work grows no faster than the input, with a large piece %s", async (_, place) => {
    const large = await inputsOf(target, place, SMALL * TIMES);
    const faster: string[] = [];
    for (const [at, input] of (await inputsOf(target, place, SMALL)).entries()) {
      const few = await counter.count(() => target.check(input));
      const many = await counter.count(() => target.check(large[at] ?? ""));
      if (many > FLOOR + ALLOWED * few)
        faster.push(`${JSON.stringify(input.slice(0, 60))}: ${few} steps, then ${many}`);
    }
    expect(faster).toEqual([]);
  });
});
