import { expect, it } from "vitest";
import { firstOf } from "../../src/text/first-of.ts";

it.each([
  ["no name", [], 2, ""],
  ["as many as fit", ["a", "b"], 2, "a, b"],
  ["one more", ["a", "b", "c"], 2, "a, b and 1 more"],
])("%s", (_, names, most, text) => {
  expect(firstOf(names, most)).toBe(text);
});
