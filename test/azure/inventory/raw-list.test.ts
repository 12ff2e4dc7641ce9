import { describe, expect, it } from "vitest";
import { pathOf } from "../../../src/azure/inventory/raw-list.ts";

describe("the path of a resource whose id comes from an answer", () => {
  for (const [id, path] of [
    ["/subscriptions/s/resourceGroups/rg/providers/P/t/n", "/subscriptions/s/resourceGroups/rg/providers/P/t/n"],
    [
      "/subscriptions/s/resourceGroups/rg/providers/P/t/n?x=1#y",
      "/subscriptions/s/resourceGroups/rg/providers/P/t/n%3Fx%3D1%23y",
    ],
    ["/subscriptions/s/resourceGroups/../../other/t/n", null],
    ["/subscriptions/s/./resourceGroups/rg", null],
    ["/subscriptions//resourceGroups/rg", null],
    ["https://elsewhere.example/a/b/c/d", null],
    ["subscriptions/s/resourceGroups/rg", null],
    ["/subscriptions/s", null],
  ] satisfies readonly [string, string | null][]) {
    it(id, () => {
      expect(pathOf(id)).toBe(path);
    });
  }
});
