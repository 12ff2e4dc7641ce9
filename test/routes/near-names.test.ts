import { expect, test } from "vitest";
import { nearNames } from "../../src/routes/near-names.ts";

const NAMES = ["next-hop", "via", "tag", "prefix", "route", "verdict"];

test.each([
  ["a letter too many", "next-hopp", ["next-hop"]],
  ["a letter wrong", "vie", ["via"]],
  ["two letters in each other's place", "vai", ["via"]],
  ["without case", "PREFX", ["prefix"]],
  ["part of a name", "hop", ["next-hop"]],
  ["a name and more", "routes", ["route"]],
  ["nothing near", "colour", []],
])("%s: %s", (_, wanted, expected) => {
  expect(nearNames(wanted, NAMES)).toEqual(expected);
});

test("the nearest comes first, at most three, each once", () => {
  expect(nearNames("abcdef", ["abcdxy", "abcdex", "abcdeg", "abcdex", "abcdeh"])).toEqual([
    "abcdeg",
    "abcdeh",
    "abcdex",
  ]);
});
