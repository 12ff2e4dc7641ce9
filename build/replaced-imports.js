/**
 * Imports of packages for features that this program does not use:
 * - commander loads `node:child_process` for external commands: two milliseconds of every start.
 * - chalk asks the terminal for its colours, which src/terminal/colour.ts decides: one millisecond of every start.
 * - @azure/identity opens a browser to sign in, which `--auth` does not offer: twelve packages.
 * - debug colours its output, and cli-table3 borders and headings: src/terminal/ colours whole lines.
 * - jsonwebtoken asks semver whether Node is newer than 16.9: forty files, and every Node that runs the program is.
 * - jwa can sign with elliptic curves. msal-node signs with RSA alone.
 */
const UNUSED = {
  "node:child_process": { importer: "commander", module: "export default {};" },
  "#supports-color": { importer: "chalk", module: "export default { stdout: false, stderr: false };" },
  open: { importer: "identity", module: "export default null;" },
  "@colors/colors/safe": { importer: "cli-table3", module: "export default {};" },
  "supports-color": { importer: "debug", module: "export {};" },
  "ecdsa-sig-formatter": { importer: "jwa", module: "export default null;" },
  semver: { importer: "jsonwebtoken", module: "export const satisfies = () => true;" },
};

/**
 * Modules of Node that commander imports whole. The bundler would copy each of their properties behind a function of
 * its own, at every start: half a millisecond, and slower reading of files.
 */
const WHOLE = Object.fromEntries(
  ["node:fs", "node:path", "node:process"].map((name) => [
    name,
    { importer: "commander", module: `export default require("${name}");` },
  ]),
);

const REPLACED = { ...UNUSED, ...WHOLE };

const PREFIX = "\0replaced:";

/** Whether a module is one of those that replace an import. */
export const isReplaced = (id) => id.startsWith(PREFIX);

/** Replaces imports of packages by modules that take less time to load. */
export const replacedImports = {
  name: "replaced-imports",
  resolveId(source, importer) {
    const replaced = Object.hasOwn(REPLACED, source) && importer?.split(/[\\/]/).includes(REPLACED[source].importer);
    return replaced ? PREFIX + source : null;
  },
  load: (id) => (isReplaced(id) ? REPLACED[id.slice(PREFIX.length)].module : null),
};
