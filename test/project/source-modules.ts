import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseSync } from "rolldown/utils";

/** A node of a syntax tree. https://github.com/estree/estree */
export interface SyntaxNode {
  readonly type: string;
  readonly [field: string]: unknown;
}

const isNode = (value: unknown): value is SyntaxNode =>
  typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";

/** Every node of a module's syntax tree, from the outside in. */
export function* nodesOf(text: string, file = "module.ts"): Generator<SyntaxNode> {
  const open: unknown[] = [parseSync(file, text).program];
  while (open.length > 0) {
    const next = open.pop();
    if (isNode(next)) yield next;
    if (typeof next === "object" && next !== null) for (const inner of Object.values(next)) open.push(inner);
  }
}

const root = fileURLToPath(new URL("../../src", import.meta.url));

/** The program's own modules: their names below src, and their texts. */
export function sourceModules(): readonly { readonly file: string; readonly text: string }[] {
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((file) => ({ file, text: readFileSync(join(root, file), "utf8") }));
}
