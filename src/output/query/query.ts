import { didYouMean, nearNames } from "../../text/near-names.ts";
import { quotedText } from "../../text/quoted-text.ts";
import { UserError } from "../../text/user-error.ts";

const HINT = "see https://jmespath.org; the fields are those of -o json";

/** An error about a `--query`. */
const queryError = (message: string, hint = HINT) => new UserError("query", message, hint);

/** A parsed `--query`. */
export interface Query {
  /**
   * Returns the answer; null if the report has nothing there.
   * @throws UserError if a function gets an argument of the wrong type, or the query needs too much time or memory.
   */
  search(report: object): unknown;
  /**
   * Returns a note on names in the query that are not fields of the report; null if there are none, or if the report's
   * lists are empty.
   */
  unknownNames(report: object): string | null;
}

/**
 * Parses a JMESPath expression, the query language of az.
 * @throws UserError if it is not valid.
 */
export async function compileQuery(expression: string): Promise<Query> {
  const { parse, evaluate } = await import("./interpreter.ts");
  const tree = explained(expression, "read", () => parse(expression));
  if (hasStrayBinding(tree)) {
    throw queryError(`${failed(expression, "read")}\nSyntax error: unexpected token type: Assign, value: =`, COMPARE);
  }
  return {
    search: (report) => explained(expression, "answered", () => evaluate(tree, report)),
    unknownNames: (report) => unknownNames(tree, report),
  };
}

const COMPARE = "write == to compare: [?source == 'User']";

const failed = (expression: string, done: "read" | "answered") =>
  `--query '${quotedText(expression, 50)}' cannot be ${done}`;

function explained<T>(expression: string, done: "read" | "answered", work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw queryError(`${failed(expression, done)}\n${reasonOf(error)}`);
  }
}

function reasonOf(error: unknown): string {
  // V8's messages: "Maximum call stack size exceeded", "Invalid string length".
  if (error instanceof RangeError) return "it is nested too deeply, or its answer is too long";
  return quotedText(error instanceof Error ? error.message : String(error), 200);
}

/**
 * Whether the query has a `=` outside of `let`, the only place for it in JMESPath's grammar (JEP 18). The library reads
 * `a = b` as a binding anywhere, and a binding is always true.
 */
function hasStrayBinding(tree: unknown): boolean {
  const all = new Set<unknown>();
  const ofLet = new Set<unknown>();
  eachObject(tree, (node) => {
    const { type, bindings } = node;
    if (type === "Literal") return false;
    if (type === "Binding") all.add(node);
    if (type === "LetExpression") for (const binding of bindings as unknown[]) ofLet.add(binding);
    return true;
  });
  return [...all].some((binding) => !ofLet.has(binding));
}

/**
 * Visits every object without recursion, because a query may be nested deeper than the stack allows. `visit` returns
 * whether to go on with what the object holds.
 */
function eachObject(value: unknown, visit: (object: Readonly<Record<string, unknown>>) => boolean): void {
  const open: unknown[] = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next !== "object" || next === null) continue;
    if (!Array.isArray(next) && !visit(next as Readonly<Record<string, unknown>>)) continue;
    for (const child of Object.values(next).reverse()) open.push(child);
  }
}

/** Finds names that are neither a field of the report nor made by the query itself, as in `{hop: nextHopType}.hop`. */
function unknownNames(tree: unknown, report: object): string | null {
  const lists = Object.values(report).filter((value): value is readonly unknown[] => Array.isArray(value));
  if (lists.length > 0 && lists.every((list) => list.length === 0)) return null; // No element, so its fields are unknown.
  const known = new Set<string>();
  const asked = new Set<string>();
  eachObject(report, (object) => {
    for (const name of Object.keys(object)) known.add(name);
    return true;
  });
  eachObject(tree, ({ type, name }) => {
    if (typeof name === "string") (type === "Field" ? asked : known).add(name);
    return true;
  });
  const unknown = [...asked].filter((name) => !known.has(name));
  if (unknown.length === 0) return null;
  const names = unknown.map((name) => `'${name}'${didYouMean(nearNames(name, [...known]))}`);
  return `the query names fields that the output does not have: ${names.join(", ")}`;
}
