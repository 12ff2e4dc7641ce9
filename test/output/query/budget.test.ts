import { expect, test } from "vitest";
import { Budget } from "../../../src/output/query/budget.ts";
import { chargeCall } from "../../../src/output/query/call-costs.ts";

/** The most that a check accepts, to a 1024th. */
function most(accepts: (amount: number) => void): number {
  let [least, beyond] = [0, 2 ** 40];
  while (beyond - least > 1) {
    const middle = Math.floor((least + beyond) / 2);
    try {
      accepts(middle / 1024);
      least = middle;
    } catch {
      beyond = middle;
    }
  }
  return least / 1024;
}

/** The steps that work spends. */
function steps(work: (budget: Budget) => void, report = {}): number {
  const left = (use: (budget: Budget) => void) =>
    most((amount) => {
      const budget = new Budget(report);
      use(budget);
      budget.spend(amount);
    });
  return left(() => {}) - left(work);
}

test.each<[report: object, size: number]>([
  [{}, 2],
  [[], 2],
  [["abc"], 8],
  [[1, null, true], 17],
  [{ ab: "abc" }, 13],
  [{ a: 1, b: [[]] }, 2 + 9 + 10],
])("the budget grows with the report: %j has a size of %i", (report, size) => {
  const budget = new Budget(report as never);
  expect(budget.sizeOf(report)).toBe(size);
  expect(most((amount) => budget.limit(amount))).toBe(4_000_000 + 4 * size);
  expect(most((amount) => new Budget(report as never).spend(amount))).toBe(4_000_000 + 2 * size);
});

test("a list that holds another one twice counts it twice", () => {
  const budget = new Budget({});
  const inner = ["abc"];
  expect([budget.sizeOf([inner, inner]), budget.sizeOf({ a: inner, b: inner })]).toEqual([20, 28]);
});

test.each<[value: unknown, cost: number]>([
  [null, 1],
  [7, 1],
  [undefined, 1],
  ["", 1],
  ["x".repeat(16), 3],
  [[], 20],
  [[1, 2, 3], 23],
  [{}, 20],
  [{ a: 1, b: 2 }, 28],
])("the value %j costs %d steps", (value, cost) => {
  expect(steps((budget) => budget.charge(value))).toBe(cost);
});

test("a value that was charged costs one step from then on, as the report does from the start", () => {
  const value = [1, 2, 3];
  expect(steps((budget) => budget.charge(value), value)).toBe(1);
  expect(steps((budget) => budget.charge([value]), value)).toBe(21);
  expect(
    steps((budget) => {
      budget.charge(value);
      budget.charge(value);
    }),
  ).toBe(24);
});

test("a value larger than the budget is refused, whatever its steps", () => {
  const text = "x".repeat(1_000_000);
  expect(() => new Budget({}).charge([text, text, text, text])).toThrow(new Error("the result is too large"));
  expect(() => new Budget({}).charge([text, text, text])).not.toThrow();
});

const LONG = "x".repeat(64);
const LIST = Array.from({ length: 14 }, () => "ab");

/** A list costs a step an element and a text a step for 8 characters, before the function itself. */
test.each<[name: string, args: readonly unknown[], cost: number]>([
  ["length", [], 0],
  ["length", [1], 0],
  ["length", [LONG], 8],
  ["length", [LIST], 14],
  ["contains", [LIST, LONG], 14 + 8],
  ["contains", [LONG, LONG], 8 + 8 + 4],
  ["constructor", [LONG], 8],
  ["max", [LIST], 14 + (2 + 14 * 5) / 8],
  ["min", [LIST], 14 + (2 + 14 * 5) / 8],
  ["to_string", [LONG], 8 + 66 / 8],
  ["pad_left", [LONG, 4_000_008], 8],
  ["pad_right", [LONG, 4_000_008], 8],
  ["trim", [LONG], 8 + (64 * 64) / 16],
  ["trim_left", [LONG], 8 + (64 * 64) / 16],
  ["trim_right", [LONG], 8 + (64 * 64) / 16],
  ...["\n", "\r", "\u2028", "\u2029"].map((end) => {
    return ["trim", [LONG.slice(1) + end], 8 + (64 * 64 * 64) / 16] as [string, unknown[], number];
  }),
  ["trim", [1], 0],
  ["join", [LONG, LIST], 8 + 14],
  ["sort", [LIST], 14 + ((2 + 14 * 5) / 4) * 4],
  ["replace", [LONG, "x", "ab"], 8 + 1 / 8 + 2 / 8 + 64 / 1024],
  ["replace", [LONG, "x", "", 3], 8 + 1 / 8 + 64 / 1024 + 3 * (1 + 64 / 16)],
  ["replace", [LONG, "x", "ab", 3], 8 + 1 / 8 + 2 / 8 + 64 / 1024 + 3 * (1 + 70 / 16)],
  ["replace", [LONG, "x", "", 0], 8 + 1 / 8 + 64 / 1024 + 65 * (1 + 64 / 16)],
])("%s(%j) costs %d steps", (name, args, cost) => {
  expect(steps((budget) => chargeCall(name, args, budget))).toBe(cost);
});

const TEXT = "x".repeat(2001);
test.each<[name: string, args: readonly unknown[]]>([
  ["pad_left", ["", 4_000_009]],
  ["pad_right", ["", 4_000_009]],
  ["join", [TEXT, Array(2000).fill("")]],
  ["replace", ["x".repeat(1998), "x", TEXT]],
  ["replace", ["", "x", TEXT, 2000]],
])("%s is refused where its result would be too large", (name, args) => {
  const call = () => chargeCall(name, args, new Budget({}));
  expect(call).toThrow(new Error("the result is too large"));
});

test.each<[name: string, args: readonly unknown[]]>([
  ["join", [TEXT, Array(1999).fill("")]],
  ["replace", ["x".repeat(1996), "x", TEXT]],
  ["replace", ["", "x", TEXT, 1]],
])("%s is not refused where its result fits", (name, args) => {
  expect(() => chargeCall(name, args, new Budget({}))).not.toThrow();
});

test("steps beyond the budget are refused", () => {
  expect(() => new Budget({}).spend(4_000_005)).toThrow(new Error("it takes too many steps"));
});
