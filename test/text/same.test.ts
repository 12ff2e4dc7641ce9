import { expect, test } from "vitest";
import { same } from "../../src/text/same.ts";

test.each([
  ["VnetLocal", "vnetlocal", true],
  ["", "", true],
  ["VnetLocal", "VnetLocal ", false],
  ["VnetLocal", "VNetPeering", false],
])("'%s' and '%s': %s", (left, right, expected) => {
  expect(same(left, right)).toBe(expected);
});
