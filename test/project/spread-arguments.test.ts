import { describe, expect, it } from "vitest";
import { nodesOf, type SyntaxNode, sourceModules } from "./source-modules.ts";

const nameOf = (callee: SyntaxNode) => {
  const named = callee.type === "MemberExpression" ? (callee.property as SyntaxNode) : callee;
  return String(named.name);
};

/** Functions of the language that take any number of arguments, and so invite to be given a list. */
const TAKES_ANY = ["push", "unshift", "splice", "concat", "max", "min", "fromCharCode", "fromCodePoint", "of"];

/** The calls in a text that give each element of a list as an argument. */
const spreads = (text: string) =>
  [...nodesOf(text)]
    .filter(({ type }) => type === "CallExpression")
    .filter((call) => (call.arguments as SyntaxNode[]).some(({ type }) => type === "SpreadElement"))
    .map((call) => nameOf(call.callee as SyntaxNode))
    .filter((name) => TAKES_ANY.includes(name));

// Arguments lie on the stack: a list of some hundred thousand overflows it.
describe("no list of unknown length is given as arguments", () => {
  it("the check knows such calls", () => {
    expect(spreads("list.push(...rows); Math.max(0, ...widths); f(...x); [...rows]; list.push(1)").sort()).toEqual([
      "max",
      "push",
    ]);
  });

  it("all of src", { tags: ["slow"] }, () => {
    const found = sourceModules().flatMap(({ file, text }) => spreads(text).map((name) => `${file}: ${name}(...)`));
    expect(found).toEqual([]);
  });
});
