import { describe, expect, it } from "vitest";
import { mapBounded } from "../../src/azure/map-bounded.ts";

/** How many of these calls run side by side at most. */
async function most(items: number, bound: number): Promise<number> {
  let running = 0;
  let seen = 0;
  await mapBounded(Array.from({ length: items }), bound, async () => {
    running++;
    seen = Math.max(seen, running);
    await new Promise(setImmediate);
    running--;
  });
  return seen;
}

describe("one call for each item", () => {
  it.each([
    [0, 4, 0],
    [1, 4, 1],
    [4, 4, 4],
    [9, 4, 4],
    [9, 1, 1],
  ])("of %i items, at most %i at once: %i run side by side", async (items, bound, expected) => {
    expect(await most(items, bound)).toBe(expected);
  });

  it("the results are in the order of the items, whichever ends first", async () => {
    const ends = new Map<string, () => void>();
    const call = (item: string) => new Promise<string>((resolve) => ends.set(item, () => resolve(item.toUpperCase())));
    const mapped = mapBounded(["a", "b", "c"], 3, call);
    for (const item of ["c", "a", "b"]) ends.get(item)?.();
    expect(await mapped).toEqual(["A", "B", "C"]);
  });

  it("the first call that fails is the failure of all", async () => {
    const call = async (item: string) => {
      if (item !== "a") throw new Error(item);
    };
    await expect(mapBounded(["a", "b", "c"], 1, call)).rejects.toThrow("b");
  });
});
