import { analyse } from "scslre";
import { describe, expect, it } from "vitest";
import { nodesOf, sourceModules } from "./source-modules.ts";

interface Found {
  readonly file: string;
  readonly source: string;
  readonly flags: string;
}

/** Every regular expression of the program. */
const all = sourceModules().flatMap(({ file, text }) =>
  [...nodesOf(text)].flatMap(({ regex }): Found[] => {
    if (regex === undefined) return [];
    const { pattern, flags } = regex as { readonly pattern: string; readonly flags: string };
    return [{ file, source: pattern, flags }];
  }),
);

/** What is reported though it takes no more than linear time, and why not. */
const DECIDED: ReadonlyMap<string, string> = new Map([
  [String.raw`\B(?=(\d{3})+$)`, "it is given a count of addresses, which has 39 digits at most"],
  [
    String.raw`(?<=(access_?token|refresh_?token|id_?token|client_?secret|client_?assertion|password)["']?\s*[:=]\s*["']?)[^\s"'&,}]+`,
    "what follows the look-behind cannot fail, and the look-behind goes back over blanks only where no other match starts",
  ],
]);

const slow = ({ source, flags }: Pick<Found, "source" | "flags">) => analyse({ source, flags }).reports.length > 0;

describe("every regular expression takes linear time for any text", () => {
  it("the check knows slow ones", () => {
    expect([/^(a+)+$/, /^\s*[[{]/m, /\/+$/, /a+b/].map(slow)).toEqual([true, true, true, true]);
    expect([/^[ \t]*[[{]/m, /(?<!\/)\/+$/, /^a+b/].map(slow)).toEqual([false, false, false]);
  });

  it("all of src", () => {
    const reported = all.filter((each) => slow(each) && !DECIDED.has(each.source));
    expect(reported.map(({ file, source, flags }) => `${file}: /${source}/${flags}`)).toEqual([]);
    expect(all.length).toBeGreaterThan(100);
  });

  it("no exception is kept that nothing needs", () => {
    const needed = all.filter(slow).map(({ source }) => source);
    expect([...DECIDED.keys()].filter((source) => !needed.includes(source))).toEqual([]);
  });
});
