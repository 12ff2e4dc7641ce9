import { afterAll, beforeAll, expect, it } from "vitest";
import { recordSplitter } from "../../../src/analysis/lines/records.ts";
import { StepCounter } from "../../steps.ts";

const counter = new StepCounter();
beforeAll(() => counter.start());
afterAll(() => counter.stop());

it("an unclosed quote affects only its line, so each line is read about twice, whatever the longest record", async () => {
  // Open after each line, whether it was open before or not.
  const text = '"a"x,"\n'.repeat(4000);
  const split = (longest: number) => () => {
    const splitter = recordSplitter(",", longest);
    expect([...splitter.push(text), ...splitter.end()]).toHaveLength(4000);
  };
  const short = await counter.count(split(20));
  expect(await counter.count(split(2000))).toBeLessThan(2 * short);
});
