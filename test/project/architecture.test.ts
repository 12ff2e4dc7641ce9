import { readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { nodesOf, type SyntaxNode, sourceModules } from "./source-modules.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** docs/architecture.md has the table of rooms. */
const PURE = ["text", "net", "routes", "selection", "service-tags", "topology", "analysis", "report"];
const PURE_PACKAGES = ["csv-parse", "@streamparser/json", "hyparquet-writer", "ipaddr.js", "yaml"];

/** Rooms that may import every other. */
const UNRESTRICTED = ["commands"];

interface Import {
  readonly to: string;
  readonly kind: "value" | "type" | "lazy";
}

/** What a module imports, and how. */
function importsOf(text: string): Import[] {
  return [...nodesOf(text)].flatMap((node): Import[] => {
    const to = (node.source as SyntaxNode | null | undefined)?.value;
    if (typeof to !== "string") return [];
    if (node.type === "ImportExpression") return [{ to, kind: "lazy" }];
    return [{ to, kind: node.importKind === "type" || node.exportKind === "type" ? "type" : "value" }];
  });
}

type Graph = ReadonlyMap<string, readonly string[]>;

function graphOf(modules: readonly { file: string; text: string }[], kinds: readonly Import["kind"][]): Graph {
  return new Map(
    modules.map(({ file, text }) => [
      file,
      importsOf(text)
        .filter(({ to, kind }) => to.startsWith(".") && kinds.includes(kind))
        .map(({ to }) => posix.join(posix.dirname(file), to)),
    ]),
  );
}

/** The groups of files that all reach each other by imports (strongly connected components, Tarjan's algorithm). */
function cyclesOf(graph: Graph): string[][] {
  const cycles: string[][] = [];
  const open: string[] = [];
  const order = new Map<string, number>();
  const visit = (file: string): number => {
    const own = order.size;
    order.set(file, own);
    open.push(file);
    let lowest = own;
    for (const to of graph.get(file) ?? []) {
      if (!order.has(to)) lowest = Math.min(lowest, visit(to));
      else if (open.includes(to)) lowest = Math.min(lowest, order.get(to) ?? own);
    }
    if (lowest === own) {
      const group = open.splice(open.indexOf(file));
      if (group.length > 1 || (graph.get(file) ?? []).includes(file)) cycles.push(group.sort());
    }
    return lowest;
  };
  for (const file of graph.keys()) if (!order.has(file)) visit(file);
  return cycles.sort();
}

/** What in a module depends on when it runs, or on chance. */
function impuritiesOf(text: string): string[] {
  return [...nodesOf(text)].flatMap((node) => {
    const name = (field: unknown) => (field as SyntaxNode | undefined)?.name;
    if (node.type === "NewExpression" && name(node.callee) === "Date" && (node.arguments as unknown[]).length === 0)
      return ["new Date()"];
    if (node.type === "CallExpression" && name(node.callee) === "Date") return ["Date()"];
    if (node.type !== "MemberExpression") return [];
    const member = `${name(node.object)}.${name(node.property)}`;
    return ["Date.now", "Math.random", "performance.now"].includes(member) ? [member] : [];
  });
}

const modules = sourceModules().map(({ file, text }) => ({ file: file.replaceAll("\\", "/"), text }));
const pure = modules.filter(({ file }) => PURE.includes(file.split("/")[0] ?? ""));
const name = (specifier: string) => /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier;

describe("cycles of imports", () => {
  it("the check finds those by value, by type and by a later import", () => {
    const files = [
      { file: "a/one.ts", text: 'import { two } from "./two.ts"; import("../b/four.ts");' },
      { file: "a/two.ts", text: 'import type { Three } from "./three.ts"; export const two = 2;' },
      { file: "a/three.ts", text: 'export { one } from "./one.ts";' },
      { file: "b/four.ts", text: 'export * from "../a/one.ts"; import "node:fs";' },
      { file: "b/five.ts", text: 'import "./four.ts";' },
    ];
    expect(cyclesOf(graphOf(files, ["value"]))).toEqual([]);
    expect(cyclesOf(graphOf(files, ["value", "type"]))).toEqual([["a/one.ts", "a/three.ts", "a/two.ts"]]);
    expect(cyclesOf(graphOf(files, ["value", "lazy"]))).toEqual([["a/one.ts", "b/four.ts"]]);
  });

  it("there are none, types and later imports included", () => {
    expect(cyclesOf(graphOf(modules, ["value", "type", "lazy"]))).toEqual([]);
  });
});

describe("rooms", () => {
  it("each room has its imports restricted by the linter, but for the commands, which may import all", () => {
    const { overrides } = JSON.parse(readFileSync(`${root}biome.json`, "utf8")) as {
      overrides: readonly { includes: readonly string[]; linter: { rules: { style?: object } } }[];
    };
    const restricted = overrides
      .filter(({ linter }) => "noRestrictedImports" in (linter.rules.style ?? {}))
      .flatMap(({ includes }) => includes);
    const rooms = readdirSync(`${root}src`, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const free = rooms.map(({ name }) => name).filter((name) => !restricted.includes(`src/${name}/**`));
    expect(free.filter((room) => !UNRESTRICTED.includes(room))).toEqual([]);
  });

  it("docs/architecture.md describes each room, and no other", () => {
    const described = [...readFileSync(`${root}docs/architecture.md`, "utf8").matchAll(/^\| `([\w-]+)\//gm)];
    const rooms = new Set(modules.filter(({ file }) => file.includes("/")).map(({ file }) => file.split("/")[0]));
    expect([...new Set(described.map(([, room]) => room))].sort()).toEqual([...rooms].sort());
  });
});

describe("pure rooms", () => {
  it("the check knows what depends on the time or on chance", () => {
    const text = "new Date(); new Date(0); Date.now(); Math.random(); Math.max(1); performance.now(); Date.parse('')";
    expect(impuritiesOf(text).sort()).toEqual(["Date.now", "Math.random", "new Date()", "performance.now"]);
  });

  it("know no clock and no chance", () => {
    expect(pure.length).toBeGreaterThan(100);
    expect(pure.flatMap(({ file, text }) => impuritiesOf(text).map((found) => `${file}: ${found}`))).toEqual([]);
  });

  it("load packages only that are pure themselves, and nothing of Node", () => {
    const packages = pure.flatMap(({ text }) => importsOf(text)).filter(({ to }) => !to.startsWith("."));
    expect([...new Set(packages.map(({ to }) => name(to)))].filter((to) => !PURE_PACKAGES.includes(to))).toEqual([]);
  });
});
