import { dirname, relative, resolve } from "node:path";

const SOURCE = resolve("src");

/** Returns the folder of a module of the program, e.g. `output-results`; null for any other module. */
function folderOf(module) {
  const folder = relative(SOURCE, dirname(module));
  return folder === "" || folder.startsWith("..") ? null : folder.replaceAll(/[\\/]/g, "-");
}

/** What nearly every answer reads. One file opens and compiles in less time than fifteen: some ten milliseconds of a start. */
const ANSWER = new Set([
  "net",
  "routes",
  "routes-read",
  "routes-read-json",
  "selection",
  "selection-notes",
  "service-tags",
  "service-tags-index",
  "text",
  "terminal",
  "output-results",
  "analysis-destinations",
  "store",
  "store-files",
  "store-index",
  "store-tags",
  "commands-shared",
]);

/** Returns the file of a module by its folder: one for what nearly every answer reads, else one for the folder. */
function fileOf(module) {
  const folder = folderOf(module);
  return folder !== null && ANSWER.has(folder) ? "answer" : folder;
}

/** Returns the package or scope of a module; null for a module of the program. */
function packageOf(module) {
  const [, name] = /.*[\\/]node_modules[\\/]@?([^\\/]+)/.exec(module) ?? [];
  return name === undefined ? null : `package-${name.replaceAll(".", "-")}`;
}

/**
 * Splits the program into files: one that every start needs; one for each folder, package or scope with modules that
 * several `import()`s share; and, by default, one for the modules of a single `import()`.
 */
export const chunks = {
  includeDependenciesRecursively: false,
  groups: [
    { name: "start", tags: ["$initial"], priority: 2 },
    { name: fileOf, debugName: "folders", minShareCount: 2, priority: 1 },
    { name: packageOf, debugName: "packages", minShareCount: 2, priority: 1 },
  ],
};
