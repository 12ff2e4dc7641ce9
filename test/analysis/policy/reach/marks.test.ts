import { describe, expect, test } from "vitest";
import { Marks, type Stretch, stretchesOf } from "../../../../src/analysis/policy/reach/marks.ts";
import type { AddressRange } from "../../../../src/net/address-ranges.ts";

/** A range as `FIRST-LAST`, of IPv6 after a colon. */
function range(text: string): AddressRange {
  const [first = 0n, last = first] = text.replace(":", "").split("-").map(BigInt);
  return { family: text.startsWith(":") ? 6 : 4, first, last };
}
const ranges = (text: string) => text.split(" ").filter(Boolean).map(range);
const textOf = ({ family, first, last }: AddressRange) => `${family === 6 ? ":" : ""}${first}-${last}`;

const TOP4 = 2n ** 32n - 1n;
const TOP6 = 2n ** 128n - 1n;

describe("ranges are cut", () => {
  test.each([
    ["at both ends of what lies in them", "0-9", "3-5", "0-2 3-5 6-9"],
    ["at both ends of one address", "0-9", "4", "0-3 4-4 5-9"],
    ["once where boundaries meet", "0-9", "3-5 6-7 3-7", "0-2 3-5 6-7 8-9"],
    ["not at their own ends", "3-5", "3-5", "3-5"],
    ["at their first and last address", "3-5", "3 5", "3-3 4-4 5-5"],
    ["not by what lies before or after them", "3-5", "0-2 6-9", "3-5"],
    ["by what covers a part of them", "3-5 8-9", "4-8", "3-3 4-5 8-8 9-9"],
    ["not by the other family", "0-9 :0-9", ":3-5", "0-9 :0-2 :3-5 :6-9"],
    ["at boundaries in numeric order", ":0-30", ":9 :20 :3", ":0-2 :3-3 :4-8 :9-9 :10-19 :20-20 :21-30"],
    ["not beyond the last IPv4 address", `0-${TOP4}`, `9-${TOP4}`, `0-8 9-${TOP4}`],
    ["not beyond the last IPv6 address", `:0-${TOP6}`, `:9-${TOP6}`, `:0-8 :9-${TOP6}`],
  ])("%s", (_, given, bounded, expected) => {
    expect(stretchesOf(ranges(given), ranges(bounded)).map(textOf).join(" ")).toBe(expected);
  });
});

/** Stretches with a letter each: equal letters for equal keys, in the order of the alphabet. */
function lettersOf(stretches: readonly Stretch[]): string {
  const keys = [...new Set(stretches.map(({ key }) => key))];
  return stretches.map(({ key }) => "abcdefgh"[keys.indexOf(key)]).join("");
}

/** Ranges of one list, each as `KEY=RANGE`. */
const keyed = (text: string) =>
  text.split(" ").map((each) => {
    const [key = "", own = ""] = each.split("=");
    return { ...range(own), key };
  });

describe("stretches have equal keys", () => {
  const V4 = "0-9 10-19 20-29 30-39 40-49";
  const BOTH = "0-9 10-19 :0-9 :10-19";
  test.each<[string, string, readonly string[], string]>([
    ["before any list, in one family", BOTH, [], "aabb"],
    ["in ranges of one key", V4, ["x=0-19 x=30-39"], "aabab"],
    ["not in ranges of two keys", V4, ["x=0-9 y=20-29"], "abcbb"],
    ["outside all ranges", V4, ["x=10-19"], "abaaa"],
    ["where every list has them together", V4, ["x=0-29", "x=20-49"], "aabcc"],
    ["not where another list parts them", V4, ["x=0-49", "x=0-9 y=10-19 x=20-49"], "abaaa"],
    ["though one key means another thing in another list", V4, ["x=0-9", "x=10-19"], "abccc"],
    ["not in two families under one key", BOTH, ["x=0-19 x=:0-19"], "aabb"],
    ["where a range of IPv4 ends before IPv6", BOTH, ["x=10-99 x=:10-19"], "abcd"],
    ["where ranges of IPv4 follow one another", BOTH, ["x=0-9 x=10-19 y=:0-9"], "aabc"],
    ["where the first range is one of IPv6", BOTH, ["x=:10-19"], "aabc"],
    ["nor in ranges of many keys", V4, ["x=0-9 y=10-19 z=20-29"], "abcdd"],
    ["where IPv6 follows before the last stretch of IPv4", `0-9 10-19 ${BOTH.slice(10)}`, ["x=0-9 y=:0-9"], "abcd"],
    ["not beside a range of one address", "0-8 9-9 10-19", ["x=9-9"], "aba"],
    ["where ranges between have no stretch", V4, ["x=0-9 z=50-60"], "abbbb"],
  ])("%s", (_, all, lists, expected) => {
    const stretches = stretchesOf(ranges(all), []);
    const marks = new Marks(stretches);
    for (const list of lists) marks.add(keyed(list));
    expect(lettersOf(stretches)).toBe(expected);
  });
});
