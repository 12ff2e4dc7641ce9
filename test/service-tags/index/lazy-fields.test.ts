import { expect, it } from "vitest";
import { lazyFields } from "../../../src/service-tags/index/lazy-fields.ts";

it("a lazy field is made when it is first asked for, and once", () => {
  const made: string[] = [];
  const make = (name: string) => () => {
    made.push(name);
    return { name };
  };
  const fields = lazyFields<Record<"a" | "b", { name: string }>>({ a: make("a"), b: make("b") });
  expect(made).toEqual([]);
  expect(fields.b).toBe(fields.b);
  expect(made).toEqual(["b"]);
  expect({ ...fields }).toEqual({ a: { name: "a" }, b: { name: "b" } });
});
