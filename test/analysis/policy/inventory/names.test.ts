import { expect, test } from "vitest";
import { azName, azWord, firstNames, subnetName } from "../../../../src/analysis/policy/inventory/names.ts";

test.each<[readonly string[], number | undefined, string]>([
  [[], undefined, ""],
  [["a"], undefined, "a"],
  [["a", "b"], undefined, "a and b"],
  [["a", "b", "c"], undefined, "a, b and c"],
  [["a", "b", "c", "d"], undefined, "a, b, c and 1 more"],
  [["a", "b"], 2, "a and b"],
  [["a", "b", "c", "d"], 2, "a, b and 2 more"],
])("of the names %j, at most %s by name, the text is %j", (names, most, expected) => {
  expect(firstNames(names, most)).toBe(expected);
});

test.each<[string, string | undefined, string]>([
  ["/subscriptions/s/resourceGroups/rg/providers/x/y/name", undefined, "-g rg -n name"],
  ["/subscriptions/s/resourcegroups/rg/providers/x/y/name", "--nic-name", "-g rg --nic-name name"],
  ["/subscriptions/s/resourceGroups/a b/providers/x/y/it's", undefined, "-g GROUP -n NAME"],
  ["name", undefined, "-g GROUP -n name"],
])("the id %j is %j %j in a command line", (id, option, expected) => {
  expect(azName(id, option)).toBe(expected);
});

test.each([
  ["a.b_c-D1", "a.b_c-D1"],
  ["", "X"],
  ["a b", "X"],
  ["a$", "X"],
  ["$a", "X"],
  ["a\n", "X"],
])("the name %j is the word %j", (name, word) => {
  expect(azWord(name, "X")).toBe(word);
});

test.each([
  ["/x/virtualNetworks/spoke/subnets/app", "spoke/app"],
  ["/x/subnets", "subnets"],
  ["app", "app"],
])("the subnet %j is named %j", (id, expected) => {
  expect(subnetName(id)).toBe(expected);
});
