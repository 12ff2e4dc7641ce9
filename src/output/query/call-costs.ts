import type { Budget } from "./budget.ts";

const lengthOf = (text: unknown) => (typeof text === "string" ? text.length : 0);
const countOf = (list: unknown) => (Array.isArray(list) ? list.length : 0);

/** Charges a function call in advance: the size of its arguments, then the cost of the function itself. */
export function chargeCall(name: string, args: readonly unknown[], budget: Budget): void {
  for (const each of args) budget.spend(countOf(each) + lengthOf(each) / 8);
  // A search may compare every character of one text with every character of the other.
  budget.spend((lengthOf(args[0]) * lengthOf(args[1])) / 1024);
  DEAR[name]?.(args, budget);
}

type Charge = (args: readonly unknown[], budget: Budget) => void;

const whole: Charge = ([value], budget) => budget.spend(budget.sizeOf(value) / 8);
const padded: Charge = ([, width], budget) => budget.limit(Number(width));

/** The library trims by a backtracking regular expression: its cost is quadratic, or cubic with line breaks. */
const trimmed: Charge = ([text], budget) => {
  const length = lengthOf(text);
  budget.spend((length * length * (/[\n\r\u2028\u2029]/.test(String(text)) ? length : 1)) / 16);
};

const DEAR: Readonly<Record<string, Charge>> = {
  max: whole,
  min: whole,
  to_string: whole,
  pad_left: padded,
  pad_right: padded,
  trim: trimmed,
  trim_left: trimmed,
  trim_right: trimmed,
  join: ([glue, list], budget) => budget.limit(lengthOf(glue) * countOf(list)),
  sort: ([list], budget) => budget.spend((budget.sizeOf(list) / 4) * Math.log2(2 + countOf(list))),
  replace([text, old, by, count], budget) {
    const times = typeof count === "number" && count > 0 ? count : String(text).split(String(old)).length;
    const longest = lengthOf(text) + times * lengthOf(by);
    budget.limit(longest);
    if (typeof count === "number") budget.spend(times * (1 + longest / 16));
  },
};
