import { afterAll, describe, expect, it } from "vitest";
import { TARGETS } from "./targets.ts";

const TEN_MEGABYTES = 10 * 1024 * 1024;

/** Lines of ten megabytes; `good` is a valid input. */
const LINES: readonly (readonly [string, (good: string) => string])[] = [
  ["of one letter", () => "a".repeat(TEN_MEGABYTES)],
  ["of digits", () => "9".repeat(TEN_MEGABYTES)],
  ["of blanks before the input", (good) => " ".repeat(TEN_MEGABYTES) + good],
  ["in quotes", (good) => good.replace(/(?<=")[\w.-]+(?=")|$/, "x".repeat(TEN_MEGABYTES))],
  ["of the input again and again", (good) => good.replaceAll("\n", " ").repeat(TEN_MEGABYTES / good.length)],
];

const READERS = TARGETS.filter(({ cost }) => cost === undefined);

describe.each(READERS)("$name", (target) => {
  afterAll(() => target.close?.());

  it.each(LINES)("reads or rejects a line of ten megabytes: %s", async (_, line) => {
    const { header = 0 } = target;
    const [good = ""] = await target.seeds();
    expect(await target.check(good.slice(0, header) + line(good.slice(header)))).toMatch(/^(answered|refused)$/);
  });
});
