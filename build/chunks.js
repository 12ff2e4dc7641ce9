import { dirname, relative, resolve } from "node:path";

const SOURCE = resolve("src");

/** The folder of a module of the program, `output-results`; null for a module of a package or of the bundler. */
function folderOf(module) {
  const folder = relative(SOURCE, dirname(module));
  return folder === "" || folder.startsWith("..") ? null : folder.replaceAll(/[\\/]/g, "-");
}

/**
 * How the program is split into files: one for what every start needs, one for each folder of which several commands share modules, and, as
 * the bundler does by itself, one for what is loaded by one `import()` alone.
 */
export const chunks = {
  groups: [
    { name: "start", tags: ["$initial"], priority: 2 },
    { name: folderOf, minShareCount: 2, priority: 1 },
  ],
};
