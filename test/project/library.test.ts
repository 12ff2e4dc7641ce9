import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as library from "../../src/index.ts";
import { scratchDirectory } from "../built-program.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const docs = readFileSync(join(root, "docs/library.md"), "utf8");
const scratch = scratchDirectory();

const require = createRequire(import.meta.url);

/** The TypeScript of this project, and the oldest that the types are for. */
const COMPILERS = [require.resolve("typescript/package.json"), require.resolve("typescript-5.0/package.json")].map(
  (manifest) => ({
    version: String(JSON.parse(readFileSync(manifest, "utf8")).version),
    path: join(dirname(manifest), "bin/tsc"),
  }),
);

const row = (prefix: string, nextHopType: string, more: object = {}) => ({
  source: "Default",
  state: "Active",
  addressPrefix: [prefix],
  nextHopType,
  nextHopIpAddress: [],
  ...more,
});

const FILES = {
  "package.json": { type: "module" },
  "routes.json": {
    value: [
      row("0.0.0.0/0", "Internet", { state: "Invalid" }),
      row("0.0.0.0/0", "VirtualAppliance", { source: "User", name: "to-nva", nextHopIpAddress: ["10.0.1.4"] }),
      row("10.0.0.0/16", "VnetLocal"),
      row("20.38.108.0/23", "VirtualNetworkServiceEndpoint"),
    ],
  },
  "ServiceTags_Public_20251124.json": {
    changeNumber: 1,
    cloud: "Public",
    values: [
      {
        name: "Storage",
        id: "Storage",
        properties: { region: "", systemService: "AzureStorage", addressPrefixes: ["20.38.108.0/23"] },
      },
    ],
  },
};
const POLICY = `rules:
  - id: internet-through-firewall
    to: internet
    expect: { next-hop: VirtualAppliance, via: 10.0.1.4 }
`;

/** Writes TypeScript modules into a folder of their own. */
function writeModules(folder: string, modules: Readonly<Record<string, string>>, options: object): void {
  mkdirSync(join(scratch.path, folder));
  const compilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    module: "node16",
    target: "es2022",
    ...options,
  };
  writeFileSync(join(scratch.path, folder, "tsconfig.json"), JSON.stringify({ compilerOptions }));
  for (const [name, text] of Object.entries(modules)) writeFileSync(join(scratch.path, folder, `${name}.mts`), text);
}

/** Compiles a folder and returns what the compiler prints. */
const compile = (compiler: string, folder: string) =>
  spawnSync(process.execPath, [compiler, "-p", join(scratch.path, folder)], { cwd: scratch.path, encoding: "utf8" })
    .stdout;

/** The examples of the documents, each with what it prints. */
const examples = [...docs.matchAll(/^```ts\n([\s\S]*?)^```\n\n```text\n([\s\S]*?)^```/gm)].map(
  ([, code = "", output = ""], at) => ({ name: `example-${at + 1}`, code, output }),
);

/** What the verdict says of the winner. */
const NARROWS = `
import { type Explanation, explainRoute, sampleRouteTable, type Winner } from "vnet-explain";

const answer: Explanation = explainRoute(sampleRouteTable("udr"), "8.8.8.8");
export function winnerOf(): Winner | string {
  if (answer.verdict === "forward") return answer.winner;
  if (answer.verdict === "drop") return answer.winner;
  const none: null = answer.winner;
  switch (answer.verdict) {
    case "platform":
    case "no-route":
      return answer.verdict + none;
    default:
      return answer satisfies never;
  }
}
`;

const EVERYTHING = `
import * as library from "vnet-explain";

export const names: readonly (keyof typeof library)[] = ${JSON.stringify(Object.keys(library))};
`;

const UNSOUND = `
import { explainRoute, sampleRouteTable } from "vnet-explain";

export const prefix: string = explainRoute(sampleRouteTable("udr"), "8.8.8.8").winner.addressPrefix;
export const destination = explainRoute(sampleRouteTable("udr"), 8);
`;

beforeAll(() => {
  const options = { cwd: root, encoding: "utf8" } as const;
  execFileSync("npm", ["pack", "--silent", "--ignore-scripts", "--pack-destination", scratch.path], options);
  for (const [name, content] of Object.entries(FILES)) writeFileSync(join(scratch.path, name), JSON.stringify(content));
  writeFileSync(join(scratch.path, "policy.yaml"), POLICY);
  const packed = readdirSync(scratch.path).find((name) => name.endsWith(".tgz")) ?? "";
  execFileSync("npm", ["install", "--silent", "--offline", "--no-audit", "--no-fund", packed], {
    ...options,
    cwd: scratch.path,
  });
  const ofNode = { types: ["node"], typeRoots: [join(root, "node_modules/@types")], skipLibCheck: true };
  writeModules("examples", Object.fromEntries(examples.map(({ name, code }) => [name, code])), ofNode);
  writeModules("types", { narrows: NARROWS, everything: EVERYTHING }, { types: [] });
  writeModules("unsound", { unsound: UNSOUND }, { types: [] });
});
afterAll(() => scratch.remove());

describe("the packed and installed library", () => {
  it("has the exports of src/index.ts, each in docs/library.md or an alias of what is", async () => {
    const code = 'import * as library from "vnet-explain"; console.log(JSON.stringify(Object.keys(library)))';
    const run = spawnSync(process.execPath, ["--input-type=module", "-e", code], {
      cwd: scratch.path,
      encoding: "utf8",
    });
    expect(run.stderr).toBe("");
    expect(JSON.parse(run.stdout).sort()).toEqual(Object.keys(library).sort());
    expect(Object.keys(library).filter((name) => !docs.includes(`\`${name}\``))).toEqual([]);
  });

  describe.each(COMPILERS)("TypeScript $version", ({ path }) => {
    it("accepts the declarations, and a verdict narrows its winner", () => {
      expect(compile(path, "types")).toBe("");
    });

    it("rejects a winner that may be null, and a destination that is not text", () => {
      const errors = compile(path, "unsound").trim().split("\n");
      expect(errors).toEqual([
        expect.stringMatching(/unsound\.mts\(4,.*TS2531/),
        expect.stringMatching(/unsound\.mts\(5,.*TS2345/),
      ]);
    });
  });

  describe("the examples of docs/library.md", () => {
    it.each(COMPILERS)("compile with TypeScript $version", ({ path }) => {
      expect(compile(path, "examples")).toBe("");
    });

    it.each(examples)("$name prints what the page shows", ({ name, output }) => {
      const run = spawnSync(process.execPath, [join("examples", `${name}.mjs`)], {
        cwd: scratch.path,
        encoding: "utf8",
      });
      expect(run.stderr).toBe("");
      expect(run.stdout).toBe(output);
    });

    it("are all shown with what they print", () => {
      expect(examples.length).toBe(docs.match(/^```ts$/gm)?.length);
    });
  });
});

describe("JSON Schemas", () => {
  const directory = join(root, "dist/schemas");
  it.each(readdirSync(directory))("%s has a title and an identifier of its own", (file) => {
    const { $id, title } = JSON.parse(readFileSync(join(directory, file), "utf8"));
    expect($id).toBe(`urn:vnet-explain:schema:${file.replace(".json", "")}:1.0`);
    expect(title).toMatch(/^vnet-explain/);
  });
});
