import { dirname, join, relative, resolve } from "node:path";
import { isReplaced } from "./replaced-imports.js";

const SOURCE = resolve("src");

/**
 * What two commands import whenever they run. Each command gets one file with all that these modules import, because
 * Node needs as long to find and open one more file as V8 to read 4 KB of code.
 */
const RUNS = {
  lookup: [
    "commands/tags/tags.ts",
    "commands/tags/lookup.ts",
    "store/files/cache-directory.ts",
    "store/tags/kept-tags.ts",
    "store/tags/tag-age.ts",
    "output/formats/table.ts",
    "output/results/tags/lookups.ts",
  ],
  whichroute: [
    "commands/whichroute/whichroute.ts",
    "store/files/input-file.ts",
    "routes/read/read-route-table.ts",
    "output/results/explanations.ts",
  ],
};

/** Returns these files of the program and all that they import, except behind `import()`. */
function withImports(files, context) {
  const found = new Set(files.map((file) => join(SOURCE, file)));
  for (const module of found) for (const each of context.getModuleInfo(module)?.importedIds ?? []) found.add(each);
  return found;
}

let runs;

/** Returns the first of the two commands that imports a module; undefined if neither does. */
function runOf(module, context) {
  runs ??= Object.entries(RUNS).map(([name, files]) => [name, withImports(files, context)]);
  return runs.find(([, modules]) => modules.has(module))?.[0];
}

/** Returns the folder of a module of the program, e.g. `output-results`; null for any other module. */
function folderOf(module) {
  const folder = relative(SOURCE, dirname(module));
  return folder === "" || folder.startsWith("..") ? null : folder.replaceAll(/[\\/]/g, "-");
}

/**
 * Returns the package or scope of a module, e.g. `package-azure`; null for a module of the program. What replaces an
 * import belongs to the package that imports it: with a file of the program, the two would import each other.
 */
function packageOf(module, context) {
  const [, name] = /.*[\\/]node_modules[\\/]@?([^\\/]+)/.exec(module) ?? [];
  if (name !== undefined) return `package-${name.replaceAll(".", "-")}`;
  const [importer] = isReplaced(module) ? (context.getModuleInfo(module)?.importers ?? []) : [];
  return importer === undefined ? null : packageOf(importer, context);
}

/**
 * Splits the program into files: one that every start needs; one for each of two commands; one for each folder, package
 * or scope with modules that several `import()`s share; and, by default, one for the modules of a single `import()`.
 */
export const chunks = {
  includeDependenciesRecursively: false,
  groups: [
    { name: "start", tags: ["$initial"], priority: 3 },
    { name: runOf, debugName: "runs", priority: 2 },
    { name: folderOf, debugName: "folders", minShareCount: 2, priority: 1 },
    { name: packageOf, debugName: "packages", minShareCount: 2, priority: 1 },
  ],
};
