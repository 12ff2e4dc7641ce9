import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "rolldown";
import { createGenerator } from "ts-json-schema-generator";

/** The package that a bundled module is from: the innermost folder of node_modules around it that has a named package.json. */
function packageOf(module) {
  if (!module.includes("node_modules")) return null;
  for (let folder = dirname(module); folder.includes("node_modules"); folder = dirname(folder)) {
    const manifest = join(folder, "package.json");
    if (!existsSync(manifest)) continue;
    const { name, version, license } = JSON.parse(readFileSync(manifest, "utf8"));
    if (name && version) return { folder, name, version, license };
  }
  return null;
}

/** Licences that ask for more than that their text goes along: recipients are told where the source is (MPL 2.0, section 3.2). */
const ASKS_FOR_SOURCE = /^MPL-/;

/** A package's licence and notice, word for word. A package without a licence text must not be bundled. */
function noticeOf(id, { folder, name, version, license }) {
  const files = readdirSync(folder);
  const licence = files.find((file) => /^(licen[cs]e|copying)([.-]|$)/i.test(file));
  if (licence === undefined) throw new Error(`${id} has no licence text`);
  const notice = files.find((file) => /^notice(\.|$)/i.test(file));
  const texts = [licence, ...(notice === undefined ? [] : [notice])];
  const source = `Source: https://www.npmjs.com/package/${name}/v/${version}`;
  return [
    `${id} (${license})`,
    ...(ASKS_FOR_SOURCE.test(license) ? [source] : []),
    ...texts.map((file) => readFileSync(join(folder, file), "utf8").trim()),
  ].join("\n\n");
}

/** What is bundled is distributed, so its licences go along: one text with every package's. */
const notices = {
  name: "third-party-notices",
  generateBundle(_, bundle) {
    const packages = new Map();
    for (const chunk of Object.values(bundle)) {
      for (const module of chunk.moduleIds ?? []) {
        const found = packageOf(module);
        if (found !== null) packages.set(`${found.name}@${found.version}`, found);
      }
    }
    const texts = [...packages].sort().map(([id, found]) => `${noticeOf(id, found)}\n`);
    this.emitFile({
      type: "asset",
      fileName: "THIRD-PARTY-NOTICES.txt",
      source: texts.join(`\n${"-".repeat(80)}\n\n`),
    });
  },
};

/** The report type of each command's JSON output. */
const REPORTS = {
  routes: "RoutesReport",
  whichroute: "ExplanationReport",
  "flow-log": "FlowReport",
  diff: "DiffReport",
  whatif: "WhatIfReport",
  check: "CheckReport",
  "tags-lookup": "LookupReport",
  "tags-list": "TagListReport",
  "tags-show": "TagReport",
  "tags-diff": "TagDiffReport",
  "tags-status": "TagStatusReport",
  "tags-update": "TagUpdateReport",
  error: "ErrorReport",
};

/** The type of each kind of file that users write, for their editors. */
const FORMS = { policy: "PolicyForm" };

/** The JSON Schema of each, made from the types that the program is checked with. */
const schemas = {
  name: "json-schemas",
  generateBundle() {
    const generator = createGenerator({
      path: "src/output/results/reports.ts",
      tsconfig: "tsconfig.json",
      skipTypeCheck: true,
      additionalProperties: false,
      expose: "all",
    });
    for (const [name, type] of Object.entries({ ...REPORTS, ...FORMS })) {
      const source = `${JSON.stringify(generator.createSchema(type), null, 2)}\n`;
      this.emitFile({ type: "asset", fileName: `schemas/${name}.json`, source });
    }
  },
};

/**
 * What packages import only for what this program does not do, and what would cost every start two milliseconds: commander looks for
 * commands that are programs of their own, chalk asks the terminal for its colours (src/terminal/colour.ts decides that).
 */
const UNUSED = [
  { importer: /node_modules\/commander\//, source: "node:child_process", stub: "export {};" },
  {
    importer: /node_modules\/chalk\//,
    source: "#supports-color",
    stub: "export default { stdout: false, stderr: false };",
  },
];

const unused = {
  name: "unused-imports",
  resolveId(source, importer = "") {
    const found = UNUSED.findIndex(
      (each) => each.source === source && each.importer.test(importer.replaceAll("\\", "/")),
    );
    return found < 0 ? null : `\0unused:${found}`;
  },
  load: (id) => (id.startsWith("\0unused:") ? (UNUSED[Number(id.slice(8))]?.stub ?? null) : null),
};

/**
 * The Azure SDK for networks is a megabyte of generated code for 158 groups of operations, all of which its client makes at once. The
 * program calls four; what only the others need is left out of the bundle. Types and unit tests have the whole.
 */
const GROUPS = ["networkInterfaces", "networkWatchers", "serviceTags", "subnets"];

const SDK = fileURLToPath(new URL("./node_modules/@azure/arm-network/dist/esm/", import.meta.url));
const CLIENT = "networkManagementClient.js";

const source = (path) => readFileSync(SDK + path, "utf8");

/** What the client's constructor makes of a group. */
const MADE = /^\s+this\.(\w+) =\s+new \w+Impl\(this\);$/gm;

function withoutOtherGroups(code) {
  const groups = new Set([...code.matchAll(MADE)].map(([, group]) => group));
  const missing = GROUPS.filter((group) => !groups.has(group));
  if (missing.length > 0) throw new Error(`the Azure SDK's client makes no ${missing.join(", ")}`);
  return code.replace(MADE, (made, group) => (GROUPS.includes(group) ? made : ""));
}

/** The declarations of a module by their names. */
function declarations(path) {
  const texts = source(path).split(/^export const /m);
  return new Map(texts.slice(1).map((text) => [text.slice(0, text.indexOf(" ")), text]));
}

const found = (pattern, text) => [...text.matchAll(pattern)].map(([, name]) => name);

/**
 * The mappers (how each type is read and written) that the groups need: those that they and their parameters name, and those that these
 * name in turn. A serializer looks mappers up by name, so no bundler can tell.
 */
function neededMappers() {
  const mappers = declarations("models/mappers.js");
  const parameters = declarations("models/parameters.js");
  const open = [CLIENT, ...GROUPS.map((group) => `operations/${group}.js`)]
    .map(source)
    .flatMap((text) => [
      ...found(/\bMappers\.(\w+)/g, text),
      ...found(/\bParameters\.(\w+)/g, text).flatMap((name) =>
        found(/\bmapper: (\w+)Mapper\b/g, parameters.get(name) ?? ""),
      ),
    ]);
  const needed = new Set();
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const text = mappers.get(name);
    if (text === undefined || needed.has(name)) continue;
    needed.add(name);
    open.push(...found(/(?:className: "|\.\.\.|polymorphicDiscriminator: )(\w+)/g, text));
  }
  return [...needed].sort();
}

const NEEDED = "\0needed-mappers";

/** What the SDK loads at every start, and makes only where the environment names a proxy. */
const PROXY_AGENTS = new Map([
  ["http-proxy-agent", "HttpProxyAgent"],
  ["https-proxy-agent", "HttpsProxyAgent"],
]);
const LATER = "\0later:";

/** A class that is loaded when the first of it is made. */
const madeLater = (path, name) =>
  `export function ${name}(...words) { return new (require(${JSON.stringify(path)}).${name})(...words); }`;

/** Leaves out of the Azure SDK what the program does not call. */
const slimSdk = {
  name: "slim-azure-sdk",
  async resolveId(id, importer = "") {
    if (id === "needed-mappers") return NEEDED;
    if (!PROXY_AGENTS.has(id) || !importer.replaceAll("\\", "/").includes("/ts-http-runtime/")) return null;
    return `${LATER}${id}:${(await this.resolve(id, importer, { skipSelf: true })).id}`;
  },
  load(id) {
    if (id.startsWith(LATER)) {
      const [name, ...path] = id.slice(LATER.length).split(":");
      return madeLater(path.join(":"), PROXY_AGENTS.get(name));
    }
    if (id !== NEEDED) return null;
    const names = neededMappers().join(", ");
    return `import { ${names} } from ${JSON.stringify(`${SDK}models/mappers.js`)};\nexport const needed = { ${names} };`;
  },
  transform(code, id) {
    if (!id.replaceAll("\\", "/").includes("/@azure/arm-network/")) return null;
    const slim = id.endsWith(CLIENT) ? withoutOtherGroups(code) : code;
    const named = slim.replace("createSerializer(Mappers,", "createSerializer(needed,");
    const imported = named === slim ? "" : 'import { needed } from "needed-mappers";\n';
    return { code: imported + named, moduleSideEffects: false };
  },
};

/** What a chunk gives to others, as rolldown writes it. */
const GETTER =
  /Object\.defineProperty\(exports, "([^"]+)", \{\s*enumerable: true,\s*get: function \(\) \{\s*return ([\w$]+);\s*\}\s*\}\);/g;

/**
 * Our own chunks give each other values, not getters: nothing that they export changes, and V8 does not always see through a getter that
 * is called for each of five million lines.
 */
const values = {
  name: "exported-values",
  renderChunk(code, { moduleIds }) {
    const own = moduleIds.every((id) => packageOf(id) === null);
    return own ? { code: code.replace(GETTER, "exports.$1 = $2;") } : null;
  },
};

/** The library: ES modules. */
const library = {
  input: { index: "src/index.ts" },
  platform: "node",
  output: { dir: "dist", format: "esm", cleanDir: true, chunkFileNames: "library/[name]-[hash].js", minify: true },
};

/** The program: CommonJS, which Node 20 starts four milliseconds sooner than ES modules. A start reads only the chunks of its path. */
const program = {
  input: { cli: "src/cli.ts" },
  platform: "node",
  plugins: [unused, slimSdk, values, notices, schemas],
  output: {
    dir: "dist",
    format: "cjs",
    entryFileNames: "[name].cjs",
    chunkFileNames: "program/[name]-[hash].cjs",
    // One file for what every start needs; of the rest, files by what a path needs. The lower priorities take what is left.
    codeSplitting: {
      groups: [
        { name: "start", tags: ["$initial"], priority: 4 },
        { name: "tags", test: /[\\/]src[\\/](net|service-tags|terminal)[\\/]/, minShareCount: 2, priority: 3 },
        { name: "commands", test: /[\\/]src[\\/]commands[\\/]shared[\\/]/, minShareCount: 2, priority: 2 },
        { name: "store", test: /[\\/]src[\\/]store[\\/]/, minShareCount: 2, priority: 3 },
        { name: "answer", test: /[\\/]src[\\/](routes|selection)[\\/]/, minShareCount: 2, priority: 1 },
        { name: "analysis", test: /[\\/]src[\\/]analysis[\\/]/, minShareCount: 2, priority: 1 },
        { name: "output", test: /[\\/]src[\\/]output[\\/]/, minShareCount: 2, priority: 1 },
      ],
    },
    minify: true,
  },
};

/** What is loaded before the program, so that Node can load the program from its compile cache. */
const compileCache = {
  input: { "compile-cache": "src/store/files/compile-cache.ts" },
  platform: "node",
  output: { dir: "dist", format: "cjs", entryFileNames: "[name].cjs", minify: true },
};

// Everything is bundled: an installed program is a handful of files.
export default defineConfig([library, compileCache, program]);
