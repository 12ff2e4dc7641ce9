import { compile, type JSONObject, type JSONValue, TreeInterpreter, TYPE_STRING } from "@jmespath-community/jmespath";
import { ownField } from "../../text/type-guards.ts";
import { Budget } from "./budget.ts";
import { chargeCall } from "./call-costs.ts";

type Tree = ReturnType<typeof compile>;
type Value = ReturnType<typeof TreeInterpreter.visit>;

/** The interpreter's class. The library exports only an instance of it. */
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
