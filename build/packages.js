import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The folder of the package that holds the module: it follows the last `node_modules`. */
const PACKAGE = /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+(?=[\\/])/;

/** Returns the package of a bundled module; null for a module of the program itself. */
export function packageOf(module) {
  const folder = PACKAGE.exec(module)?.[0];
  if (folder === undefined) return null;
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return { id: `${name}@${version}`, folder, name, version, license };
}

const packages = new Map();

/**
 * Collects the packages of a bundle's modules. Bundles are built one after the other, so the last one has all packages.
 */
export const notePackages = {
  name: "note-packages",
  generateBundle(_, bundle) {
    for (const chunk of Object.values(bundle)) {
      for (const module of chunk.moduleIds ?? []) {
        const found = packageOf(module);
        if (found !== null) packages.set(found.id, found);
      }
    }
  },
};

/** Returns the packages collected so far, sorted by name and version. */
export function bundledPackages() {
  return [...packages.values()].sort((left, right) => (left.id < right.id ? -1 : 1));
}
