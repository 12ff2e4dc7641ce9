import type { JSONValue } from "@jmespath-community/jmespath";
import { didYouMean, nearNames } from "../../text/near-names.ts";
import { quotedText } from "../../text/quoted-text.ts";
import { QueryError } from "./query-error.ts";

/** A compiled `--query`. */
export interface Query {
  /**
   * What the report answers; null where it has nothing there.
   * @throws QueryError where a function is given what it cannot take.
   */
  search(report: unknown): unknown;
  /** What to tell of names in the query that no field of the report has; null where every name is one, or the report lists nothing. */
  unknownNames(report: object): string | null;
}

/**
 * Compiles a JMESPath expression, the query language of az. The library is loaded here.
 * @throws QueryError
 */
export async function compileQuery(expression: string): Promise<Query> {
  const { compile, TreeInterpreter } = await import("@jmespath-community/jmespath");
  // az takes `User` for '"User"' between backticks, and so do the queries that people know by heart.
  const tree = refused(expression, "read", () => compile(expression, { enable_legacy_literals: true }));
  return {
    search: (report) => refused(expression, "answered", () => TreeInterpreter.search(tree, report as JSONValue)),
    unknownNames: (report) => unknownNames(tree, report),
  };
}

function refused<T>(expression: string, done: "read" | "answered", work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new QueryError(`--query '${quotedText(expression, 50)}' cannot be ${done}\n${reasonOf(error)}`);
  }
}

function reasonOf(error: unknown): string {
  // The engine's words: "Maximum call stack size exceeded", "Invalid string length".
  if (error instanceof RangeError) return "it is nested too deeply, or its answer is too long";
  return quotedText(error instanceof Error ? error.message : String(error), 200);
}

/** Without recursion: a query may be nested deeper than the stack is. */
function eachObject(value: unknown, visit: (object: Readonly<Record<string, unknown>>) => void): void {
  const open: unknown[] = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next !== "object" || next === null) continue;
    if (!Array.isArray(next)) visit(next as Readonly<Record<string, unknown>>);
    for (const child of Object.values(next).reverse()) open.push(child);
  }
}

/** Names that are asked for and are neither a field of the report nor given in the query itself (`{hop: nextHopType}.hop`). */
function unknownNames(tree: unknown, report: object): string | null {
  const lists = Object.values(report).filter((value): value is readonly unknown[] => Array.isArray(value));
  if (lists.length > 0 && lists.every((list) => list.length === 0)) return null; // nothing to know names by
  const known = new Set<string>();
  const asked = new Set<string>();
  eachObject(report, (object) => {
    for (const name of Object.keys(object)) known.add(name);
  });
  eachObject(tree, ({ type, name }) => {
    if (typeof name !== "string") return;
    if (type === "Field") asked.add(name);
    else known.add(name);
  });
  const unknown = [...asked].filter((name) => !known.has(name));
  if (unknown.length === 0) return null;
  const told = unknown.map((name) => {
    return `'${name}'${didYouMean(nearNames(name, [...known]))}`;
  });
  return `the query asks for what the output does not have: ${told.join(", ")}`;
}
