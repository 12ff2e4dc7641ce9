import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { StepCounter } from "../steps.ts";
import { largePieces } from "./hostile.ts";
import type { Target } from "./target.ts";
import { TARGETS } from "./targets.ts";

const SMALL = 1500;
const TIMES = 4;
/** What four times the input may take: in proportion, and a little for the work of a sort. */
const ALLOWED = 5.5;
/** Fewer steps than this are no work to speak of. */
const FLOOR = 20_000;

const counter = new StepCounter();
beforeAll(() => counter.start());
afterAll(() => counter.stop());

/** Where in a good input the large piece stands. */
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

/** Those whose readers are the program's own and in this process, and which need no server. */
const READERS = TARGETS.filter(({ cost }) => cost === undefined);

describe.each(READERS)("$name", (target) => {
  afterAll(() => target.close?.());

  it.each(PLACES)("work grows no faster than the input, a large piece of it %s", async (_, place) => {
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
