import { readFileSync, writeFileSync } from "node:fs";
import MagicString from "magic-string";
import { parseAst } from "rolldown/parseAst";
import { functionsOfAStart } from "./functions-of-a-start.js";

const childrenOf = (node) =>
  Object.values(node)
    .flat()
    .filter((value) => typeof value?.type === "string");

/** Whether a node has what means something else in a function than in an arrow function around it. */
const isBound = (node) =>
  ["ThisExpression", "Super", "MetaProperty"].includes(node.type) ||
  (node.type === "Identifier" && node.name === "arguments") ||
  (!/^Function/.test(node.type) && childrenOf(node).some(isBound));

/** Writes an arrow function as a function. V8 of Node 20 takes the hint at no arrow function. */
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

/** Puts parentheses around a function. A declaration becomes a variable at the top, because it is called from anywhere. */
function putInParentheses(code, node, parent, top) {
  const isDeclaration = node.type === "FunctionDeclaration";
  if (isDeclaration && parent.type !== "Program") return;
  if (node.type === "ArrowFunctionExpression" && !isBound(node)) writeAsFunction(code, node);
  code.prependRight(node.start, isDeclaration ? `var ${node.id.name}=(` : "(");
  code.appendLeft(node.end, isDeclaration ? ");" : ")");
  if (isDeclaration && node.start > top) code.move(node.start, node.end, top);
}

/** Returns the text of a file in which V8 compiles some functions at once. `START-END` of `ran` says which. */
export function compiledAtOnce(text, ran) {
  const code = new MagicString(text);
  const program = parseAst(text, { sourceType: "script" });
  const top = program.body.findLast(({ directive }) => typeof directive === "string")?.end ?? 0;
  // What was a module is strict. V8 would also look at the receiver of each call of what was an arrow function.
  if (top === 0) code.prepend('"use strict";');
  // The inner function first: its text stands within what is written around the outer one.
  const walk = (node, parent) => {
    for (const child of childrenOf(node)) walk(child, node);
    if (/Function/.test(node.type) && ran.has(`${node.start}-${node.end}`)) putInParentheses(code, node, parent, top);
  };
  walk(program, null);
  return code.toString();
}

/**
 * Lets V8 compile the functions of a start together with their files. Otherwise it reads each of them twice, and Node's compile cache, which has what
 * was compiled with a file, has none of them. Parentheses around a function are the hint. https://v8.dev/blog/preparser#pife
 */
export function compileStartsAtOnce() {
  for (const [path, ran] of functionsOfAStart()) writeFileSync(path, compiledAtOnce(readFileSync(path, "utf8"), ran));
}
