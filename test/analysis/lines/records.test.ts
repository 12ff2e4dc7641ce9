import { afterAll, beforeAll, expect, it } from "vitest";
import { recordSplitter } from "../../../src/analysis/lines/records.ts";
import { StepCounter } from "../../steps.ts";

const counter = new StepCounter();
beforeAll(() => counter.start());
afterAll(() => counter.stop());

it("a quote that never closes costs its line alone, so each line is read about twice, however long a record may be", async () => {
  // Open behind each line, whether it was open before or not.
  const text = '"a"x,"\n'.repeat(4000);
  const split = (longest: number) => () => {
    const splitter = recordSplitter(",", longest);
    expect([...splitter.push(text), ...splitter.end()]).toHaveLength(4000);
  };
  const short = await counter.count(split(20));
  expect(await counter.count(split(2000))).toBeLessThan(2 * short);
});
