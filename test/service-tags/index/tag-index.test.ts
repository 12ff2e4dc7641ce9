import { expect, test } from "vitest";
import { bySpecificity, detailsOf, isAzureCloud } from "../../../src/service-tags/index/tag-index.ts";
import { indexOf } from "../tags-for-tests.ts";

test.each([
  ["AzureCloud", true],
  ["azurecloud.WestEurope", true],
  ["AzureCloudX", false],
  ["AzureCloudX.westeurope", false],
  ["MyAzureCloud", false],
  ["Azure", false],
])("all of Azure's addresses, or a region's, are what %s names: %s", (name, expected) => {
  expect(isAzureCloud(name)).toBe(expected);
});

test.each<[rule: string, tags: readonly (readonly [name: string, region: string | null])[], order: readonly number[]]>([
  [
    "a service before AzureCloud",
    [
      ["AzureCloud", null],
      ["Zeta", null],
    ],
    [1, 0],
  ],
  [
    "a whole service before a region of AzureCloud",
    [
      ["AzureCloud.westeurope", "westeurope"],
      ["Zeta", null],
    ],
    [1, 0],
  ],
  [
    "a region before none, whatever the names",
    [
      ["Alpha", null],
      ["Zeta.WestEurope", "westeurope"],
    ],
    [1, 0],
  ],
  [
    "by name",
    [
      ["B", null],
      ["C", null],
      ["A", null],
    ],
    [2, 0, 1],
  ],
  [
    "equal names in the given order",
    [
      ["B", null],
      ["A", null],
      ["A", null],
      ["A", null],
    ],
    [1, 2, 3, 0],
  ],
])("of tags the most specific comes first: %s", (_, tags, order) => {
  expect(bySpecificity(tags.map(([name, region]) => ({ name, region })))).toEqual(order);
});

test("a tag that the index lacks is a bug", () => {
  const index = indexOf({ A: [], B: [] });
  expect(detailsOf(index, 1).name).toBe("B");
  expect(() => detailsOf(index, 2)).toThrow(new RangeError("the tag index has no tag 2"));
});
