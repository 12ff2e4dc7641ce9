/**
 * Imports of packages for features that this program does not use:
 * - commander loads `node:child_process` for external commands, which costs every start two
 * milliseconds.
 * - chalk asks the terminal for its colours, which src/terminal/colour.ts decides. It costs every start one
 * millisecond.
 * - @azure/identity opens a browser to sign in, which `--auth` does not offer: twelve packages.
 * - debug colours its output.
 */
const UNUSED = {
  "node:child_process": { importer: "commander", stub: "export default {};" },
  "#supports-color": { importer: "chalk", stub: "export default { stdout: false, stderr: false };" },
  open: { importer: "identity", stub: "export default null;" },
  "supports-color": { importer: "debug", stub: "export {};" },
};

const PREFIX = "\0unused:";

/** Replaces each with an empty module. */
export const unusedImports = {
  name: "unused-imports",
  resolveId(source, importer) {
    const unused = Object.hasOwn(UNUSED, source) && importer?.split(/[\\/]/).includes(UNUSED[source].importer);
    return unused ? PREFIX + source : null;
  },
  load: (id) => (id.startsWith(PREFIX) ? UNUSED[id.slice(PREFIX.length)].stub : null),
};
