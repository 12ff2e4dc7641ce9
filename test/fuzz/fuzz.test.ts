import { afterAll, describe, expect, it } from "vitest";
import { minimise } from "./minimise.ts";
import { signatureOf } from "./oracle.ts";
import { Campaign, COST } from "./target.ts";
import { TARGETS } from "./targets.ts";

const SEED = "2026-11-25";

/** The budget of each reader, in characters. `npm run fuzz` is limited by time instead. */
const BUDGET = 4_000_000;
const MOST = 1000;

/** Targets that compare with a reference have tests of their own. */
const READERS = TARGETS.filter(({ words }) => words.length > 0);

describe.each(READERS)("$name", (target) => {
  afterAll(() => target.close?.());

  it(`${target.about}, for any input`, async () => {
    const campaign = await Campaign.of(target, SEED);
    const verdicts = { answered: 0, refused: 0 };
    let left = BUDGET;
    for (let index = 0; index < MOST && left > 0; index++) {
      const input = campaign.input(index);
      left -= input.length + (target.cost ?? COST);
      try {
        verdicts[await target.check(input)]++;
      } catch (error) {
        const smallest = await minimise(target, input, signatureOf(error));
        const again = `npm run fuzz -- --target ${target.name} --seed ${SEED} --replay ${index}`;
        throw new Error(`${again}\nsmallest input: ${JSON.stringify(smallest.slice(0, 2000))}`, { cause: error });
      }
    }
    expect(verdicts.answered).toBeGreaterThan(0);
    // The inputs are neither all rejected noise nor all unchanged seeds.
    if ((target.cost ?? COST) < 100_000) expect(verdicts.refused).toBeGreaterThan(0); // costly targets read too few inputs
  });
});
