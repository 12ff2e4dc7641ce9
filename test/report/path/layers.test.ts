import { describe, expect, it } from "vitest";
import { layersOf } from "../../../src/report/path/layers.ts";

/** Links as `ab` from a to b, and the layers as `a|bc|d`; `.` is a point that a link passes. */
const layers = (...texts: readonly string[]) => {
  const links = texts.map(([from = "", to = ""]) => ({ from, to }));
  const { rows, backward } = layersOf([...new Set(texts.join(""))], links);
  const picture = rows.map((row) => row.map(({ node }) => node ?? ".").join("")).join("|");
  return [picture, [...backward].map(({ from, to }) => from + to).join()];
};

describe("the layers of a path", () => {
  it.each([
    ["a chain", ["ab", "bc"], "a|b|c", ""],
    ["branches that meet again", ["ab", "bc", "bd", "ce", "de"], "a|b|cd|e", ""],
    ["a branch that is longer", ["ab", "ac", "cd", "db"], "a|c.|d.|b", ""],
    ["a loop is cut where it closes", ["ab", "bc", "cb"], "a|b|c", "cb"],
    ["a router that sends to itself", ["ab", "bb"], "a|b", "bb"],
    ["what nothing leads to stands before the first that it leads to", ["ab", "bc", "cd", "ed"], "a|b|ce|d", ""],
    ["two nodes that send to each other", ["ab", "ba"], "a|b", "ba"],
    ["both ways of a pair take one passage", ["ab", "ac", "cb", "ab"], "a|c.|b", ""],
  ] as const)("%s", (_, links, picture, backward) => {
    expect(layers(...links)).toEqual([picture, backward]);
  });
});
