import { compile, type JSONObject, type JSONValue, TreeInterpreter, TYPE_STRING } from "@jmespath-community/jmespath";
import { ownField } from "../../text/type-guards.ts";

type Tree = ReturnType<typeof compile>;
type Value = ReturnType<typeof TreeInterpreter.visit>;

/** The steps and the characters that every query may use; a large report allows more. */
const BASE = 4_000_000;

/** The class of the interpreter, of which the library exports only an instance. */
const LibraryInterpreter = TreeInterpreter.constructor as new () => typeof TreeInterpreter;

/** Parses a JMESPath expression. `enable_legacy_literals` accepts `User` for '"User"' between backticks, as az does. */
export const parse = (expression: string): Tree => compile(expression, { enable_legacy_literals: true });

/**
 * Evaluates a parsed query. Time and memory grow with the report, whatever the query asks.
 * @throws Error where a function gets an argument of the wrong type, or the query needs too many steps or too much
 * memory.
 */
export function evaluate(tree: Tree, report: object): unknown {
  const value = report as JSONValue;
  return new BoundedInterpreter(new Budget(value)).search(tree, value);
}

/** The remaining budget of a query. A step takes roughly 50 ns; a size is a length as JSON, in characters. */
class Budget {
  readonly #sizes = new WeakMap<object, number>();
  readonly #mostCharacters: number;
  #steps: number;

  constructor(report: JSONValue) {
    const size = this.sizeOf(report);
    this.#mostCharacters = BASE + 4 * size;
    this.#steps = BASE + 2 * size;
  }

  spend(steps: number): void {
    this.#steps -= steps;
    if (this.#steps < 0) throw new Error("it takes too many steps");
  }

  /** Rejects a text or value that is too long, before or after it is created. */
  limit(characters: number): void {
    if (characters > this.#mostCharacters) throw new Error("the result is too large");
  }

  /** Charges the value that a node of the query returned. */
  charge(value: unknown): void {
    if (typeof value === "string") this.spend(1 + value.length / 8);
    else if (typeof value === "object" && value !== null && !this.#sizes.has(value)) {
      this.spend(20 + (Array.isArray(value) ? value.length : 4 * Object.keys(value).length));
      this.limit(this.sizeOf(value));
    } else this.spend(1);
  }

  /**
   * A list that holds another one twice counts it twice, so the size of what is printed is known before it is printed.
   */
  sizeOf(value: unknown): number {
    if (typeof value === "string") return value.length + 2;
    if (typeof value !== "object" || value === null) return 4;
    const known = this.#sizes.get(value);
    if (known !== undefined) return known;
    let size = 2;
    if (Array.isArray(value)) for (const item of value) size += 1 + this.sizeOf(item);
    else for (const key of Object.keys(value)) size += key.length + 4 + this.sizeOf((value as JSONObject)[key]);
    this.#sizes.set(value, size);
    return size;
  }
}

/**
 * The library's interpreter with a budget, which ignores inherited properties: `constructor` and `__proto__` are null.
 */
class BoundedInterpreter extends LibraryInterpreter {
  readonly budget: Budget;

  constructor(budget: Budget) {
    super();
    this.budget = budget;
    const call = this.runtime.callFunction.bind(this.runtime);
    const table = Object.assign(Object.create(null), this.runtime._functionTable);
    table.group_by._func = ([list, key]: [JSONValue[], Tree]) => this.#groups(list, key);
    table.merge._func = (objects: JSONObject[]) =>
      Object.fromEntries(objects.flatMap((each) => Object.entries(each ?? {})));
    this.runtime._functionTable = table;
    this.runtime.callFunction = (name, args) => {
      if (name in table) chargeCall(name, args, budget);
      return call(name, args);
    };
  }

  override visit(node: Tree, value: JSONValue | Tree): Value {
    const found = this.#visited(node, value);
    if (node.type === "ExpressionReference") this.budget.spend(1);
    else this.budget.charge(found);
    return found;
  }

  /** Variables of `let` are seen by a new interpreter; functions keep the old one, as the library has it. */
  override withScope(scope: JSONObject): BoundedInterpreter {
    this.budget.spend(400);
    return Object.assign(new BoundedInterpreter(this.budget), super.withScope(scope), { runtime: this.runtime });
  }

  #visited(node: Tree, value: JSONValue | Tree): Value {
    switch (node.type) {
      case "Field":
        return (ownField(value, node.name) ?? null) as JSONValue;
      case "MultiSelectHash":
        return Object.fromEntries(node.children.map((each) => [each.name, this.visit(each.value, value) as JSONValue]));
      case "Comparator": {
        const [left, right] = [node.left, node.right].map((side) => this.visit(side, value) as JSONValue);
        if (left === undefined || right === undefined) return null;
        this.budget.spend(Math.min(this.budget.sizeOf(left), this.budget.sizeOf(right)) / 8);
        const literal = (of: JSONValue) => ({ type: "Literal", value: of }) as const;
        return super.visit({ ...node, left: literal(left), right: literal(right) }, value);
      }
      case "Slice":
        if (typeof value === "string") this.budget.spend(value.length / 8);
        return super.visit(node, value);
      default:
        return super.visit(node, value);
    }
  }

  /**
   * `group_by` without the library's plain object, in which a group called `constructor` is there before its first
   * item.
   */
  #groups(list: JSONValue[], key: Tree): JSONValue {
    const keyOf = this.runtime.createKeyFunction(key, [TYPE_STRING]);
    const groups = new Map<JSONValue, JSONValue[]>();
    for (const item of list) {
      const name = keyOf(item ?? {});
      const group = groups.get(name);
      if (group === undefined) groups.set(name, [item]);
      else group.push(item);
    }
    return Object.fromEntries(groups);
  }
}

const lengthOf = (text: unknown) => (typeof text === "string" ? text.length : 0);
const countOf = (list: unknown) => (Array.isArray(list) ? list.length : 0);

/** Charges a function call in advance: the size of its arguments, then the cost of the function itself. */
function chargeCall(name: string, args: readonly unknown[], budget: Budget): void {
  for (const each of args) budget.spend(countOf(each) + lengthOf(each) / 8);
  // A search may compare every character of one text with every character of the other.
  budget.spend((lengthOf(args[0]) * lengthOf(args[1])) / 1024);
  DEAR[name]?.(args, budget);
}

type Charge = (args: readonly unknown[], budget: Budget) => void;

const whole: Charge = ([value], budget) => budget.spend(budget.sizeOf(value) / 8);
const padded: Charge = ([, width], budget) => budget.limit(Number(width));

/** Replaces the library's trim, a backtracking regular expression with quadratic cost, or cubic with line breaks. */
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
