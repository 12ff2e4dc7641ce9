import { expect, test } from "vitest";
import { nearNames } from "../../src/text/near-names.ts";

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

test("a long text has no near name, and is compared with none: that would take minutes", () => {
  const names = Array.from({ length: 3000 }, (_, at) => `Service.Region${at}`);
  expect(nearNames("Service.Region1".repeat(5000), names)).toEqual([]);
  expect(nearNames("route", ["route".repeat(1000), "routs"])).toEqual(["routs"]);
});

test("the nearest comes first, at most three, each once", () => {
  expect(nearNames("abcdef", ["abcdxy", "abcdex", "abcdeg", "abcdex", "abcdeh"])).toEqual([
    "abcdeg",
    "abcdeh",
    "abcdex",
  ]);
});
