import { readFileSync, writeFileSync } from "node:fs";
import MagicString from "magic-string";
import { parseAst } from "rolldown/parseAst";
import { functionsOfAStart } from "./functions-of-a-start.js";

const childrenOf = (node) =>
  Object.values(node)
    .flat()
    .filter((value) => typeof value?.type === "string");

/** Whether a node contains what an arrow function takes from its surroundings: `this`, `arguments` and the like. */
const isBound = (node) =>
  ["ThisExpression", "Super", "MetaProperty"].includes(node.type) ||
  (node.type === "Identifier" && node.name === "arguments") ||
  (!/^Function/.test(node.type) && childrenOf(node).some(isBound));

/** Writes an arrow function as a function: in Node 20, V8 ignores parentheses around arrow functions. */
function writeAsFunction(code, { start, end, async, params, body }) {
  const isBlock = body.type === "BlockStatement";
  const [opened, closed] = [`${async ? "async " : ""}function(`, isBlock ? ")" : "){return "];
  const [first, last] = [params.at(0), params.at(-1)];
  if (first === undefined) code.overwrite(start, body.start, opened + closed);
  else {
    if (first.start === start) code.prependRight(start, opened);
    else code.overwrite(start, first.start, opened);
    code.overwrite(last.end, body.start, closed);
  }
  if (isBlock) return;
  if (body.end < end) code.remove(body.end, end); // the parenthesis that closes an object
  code.appendLeft(body.end, "}");
}

/** Puts parentheses around a function. A declaration becomes a variable at the top, so that any code can call it. */
function putInParentheses(code, node, parent, top) {
  const isDeclaration = node.type === "FunctionDeclaration";
  if (isDeclaration && parent.type !== "Program") return;
  if (node.type === "ArrowFunctionExpression" && !isBound(node)) writeAsFunction(code, node);
  code.prependRight(node.start, isDeclaration ? `var ${node.id.name}=(` : "(");
  code.appendLeft(node.end, isDeclaration ? ");" : ")");
  if (isDeclaration && node.start > top) code.move(node.start, node.end, top);
}

const isText = ({ type, expressions }, parent) =>
  type === "TemplateLiteral" && expressions.length === 0 && parent.type !== "TaggedTemplateExpression";

/** Writes a template without values as a string, in ASCII: V8 reads the text of a template more slowly, and twice. */
function writeAsString(code, { start, end, quasis: [{ value }] }) {
  const escaped = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  code.overwrite(start, end, JSON.stringify(value.cooked).replaceAll(/[^ -~]/g, escaped));
}

/** Returns the text of a file, with the functions that ran in parentheses. `ran` has their places: `START-END`. */
export function compiledAtOnce(text, ran) {
  const code = new MagicString(text);
  const program = parseAst(text, { sourceType: "script" });
  const top = program.body.findLast(({ directive }) => typeof directive === "string")?.end ?? 0;
  // Modules are strict. In sloppy code, V8 also converts the receiver at each call of a function that was an arrow.
  if (top === 0) code.prepend('"use strict";');
  // Inner functions first, because the outer one's parentheses go around theirs.
  const walk = (node, parent) => {
    for (const child of childrenOf(node)) walk(child, node);
    if (isText(node, parent)) writeAsString(code, node);
    if (/Function/.test(node.type) && ran.has(`${node.start}-${node.end}`)) putInParentheses(code, node, parent, top);
  };
  walk(program, null);
  return code.toString();
}

/**
 * Rewrites the built files so that V8 compiles the functions of a start together with their file. Otherwise it reads
 * each of them twice, and Node's compile cache, which holds what was compiled with a file, holds none of them. The hint
 * is a pair of parentheses: https://v8.dev/blog/preparser#pife
 */
export function compileStartsAtOnce() {
  for (const [path, ran] of functionsOfAStart()) writeFileSync(path, compiledAtOnce(readFileSync(path, "utf8"), ran));
}
