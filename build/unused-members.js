import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAst } from "rolldown/parseAst";

/** ipaddr.js is one function, of which a bundler drops nothing. One module imports it and uses little of it. */
const LIBRARY = /[\\/]ipaddr\.js[\\/]lib[\\/]ipaddr\.js$/;
const IMPORTER = join(import.meta.dirname, "../src/net/address.ts");

/** Drops the members of ipaddr.js that are not used by name, from the module that imports it or from each other. */
export const unusedMembers = {
  name: "unused-members",
  transform(code, id) {
    if (!LIBRARY.test(id)) return null;
    const members = [...membersIn(parseAst(code))];
    const isIn = (node) => members.some(({ start, end }) => start <= node.start && node.end <= end);
    const used = namesIn(parseAst(readFileSync(IMPORTER, "utf8"), { lang: "ts" }));
    for (const name of namesIn(parseAst(code), (node) => !isIn(node))) used.add(name);
    // A set's loop also visits what is added meanwhile.
    for (const name of used) {
      for (const { value } of members.filter((member) => member.name === name)) {
        for (const each of namesIn(value)) used.add(each);
      }
    }
    return members
      .filter(({ name }) => !used.has(name))
      .toReversed()
      .reduce((left, { start, end }) => left.slice(0, start) + left.slice(end), code);
  },
};

/** The statements that set a member to a function or a table, in order. */
function* membersIn(tree) {
  for (const { type, expression, start, end } of nodesOf(tree)) {
    if (type !== "ExpressionStatement" || expression.type !== "AssignmentExpression") continue;
    const { left, right } = expression;
    const isMember = left.type === "MemberExpression" && !left.computed;
    const isPure = right.type === "FunctionExpression" || right.type === "ObjectExpression";
    if (isMember && isPure) yield { name: left.property.name, value: right, start, end };
  }
}

/** The identifiers and strings of some nodes of a tree. */
function namesIn(tree, isWanted = () => true) {
  const nodes = [...nodesOf(tree)].filter(isWanted);
  return new Set(nodes.map(({ type, name, value }) => (type === "Identifier" ? name : value)));
}

function* nodesOf(node) {
  if (node === null || typeof node !== "object") return;
  if (typeof node.type === "string") yield node;
  for (const child of Object.values(node)) yield* nodesOf(child);
}
