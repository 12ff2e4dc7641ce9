import { dirname, relative, resolve } from "node:path";

const SOURCE = resolve("src");

/** The folder of a module of the program, `output-results`; null for any other module. */
function folderOf(module) {
  const folder = relative(SOURCE, dirname(module));
  return folder === "" || folder.startsWith("..") ? null : folder.replaceAll(/[\\/]/g, "-");
}

/** The package, or the scope of packages, that holds a module; null for a module of the program. */
function packageOf(module) {
  const [, name] = /.*[\\/]node_modules[\\/]@?([^\\/]+)/.exec(module) ?? [];
  return name === undefined ? null : `package-${name.replaceAll(".", "-")}`;
}

/**
 * How the program is split into files: one for what every start needs; one for each folder, package or scope of which
 * several `import()`s share modules; and, as the bundler does by itself, one for what a single `import()` loads.
 */
export const chunks = {
  includeDependenciesRecursively: false,
  groups: [
    { name: "start", tags: ["$initial"], priority: 2 },
    { name: folderOf, debugName: "folders", minShareCount: 2, priority: 1 },
    { name: packageOf, debugName: "packages", minShareCount: 2, priority: 1 },
  ],
};
