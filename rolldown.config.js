import { join } from "node:path";
import { defineConfig } from "rolldown";
import { billOfMaterials } from "./build/bill-of-materials.js";
import { chunks } from "./build/chunks.js";
import { exportedValues } from "./build/exported-values.js";
import { jsonSchemas } from "./build/json-schemas.js";
import { packageFields } from "./build/package-fields.js";
import { notePackages } from "./build/packages.js";
import { replacedImports } from "./build/replaced-imports.js";
import { replacedTexts } from "./build/replaced-texts.js";
import { reportPage } from "./build/report-page.js";
import { runtimeInStart } from "./build/runtime-in-start.js";
import { thirdPartyNotices } from "./build/third-party-notices.js";

const inPackages = (path) => join(import.meta.dirname, "node_modules", path);

/** Other forms of packages than the source or Node would take. */
const resolve = {
  alias: {
    // ES modules, of which a bundle takes what it uses. Node takes CommonJS.
    yaml: inPackages("yaml/browser/dist/index.js"),
    // The form for browsers, which the source names because pure rooms import it, brings a Buffer of its own.
    "csv-parse/browser/esm/sync": inPackages("csv-parse/lib/sync.js"),
  },
};

/** What a build prints: problems alone. Many modules are loaded at once by one command, and later by another. */
const quiet = { logLevel: "warn", checks: { ineffectiveDynamicImport: false, bundlerTimings: false } };

/** The library: ES modules. */
const library = {
  ...quiet,
  input: { index: "src/index.ts" },
  resolve,
  platform: "node",
  plugins: [notePackages],
  output: { dir: "dist", format: "esm", cleanDir: true, chunkFileNames: "library/[name]-[hash].js", minify: true },
};

/**
 * The program: CommonJS, which Node 20 starts four milliseconds sooner than ES modules. A start reads only the chunks
 * of its path.
 */
const program = {
  ...quiet,
  preserveEntrySignatures: "allow-extension", // which `chunks` needs
  input: { cli: "src/cli.ts" },
  resolve,
  platform: "node",
  plugins: [
    packageFields,
    replacedImports,
    replacedTexts,
    exportedValues,
    reportPage,
    notePackages,
    thirdPartyNotices,
    billOfMaterials,
    jsonSchemas,
    runtimeInStart,
  ],
  output: {
    dir: "dist",
    format: "cjs",
    entryFileNames: "[name].cjs",
    chunkFileNames: "program/[name]-[hash].cjs",
    charset: "ascii", // Node reads UTF-8 more slowly.
    codeSplitting: chunks,
    minify: true,
    comments: false, // THIRD-PARTY-NOTICES.txt has the licences.
  },
};

/** Runs before the program, so that Node can load the program from its compile cache. */
const compileCache = {
  ...quiet,
  input: { "compile-cache": "src/store/files/compile-cache.ts" },
  platform: "node",
  plugins: [notePackages],
  output: { dir: "dist", format: "cjs", entryFileNames: "[name].cjs", minify: true, comments: false },
};

// Everything is bundled, so an installed program is a few files. The program comes last, with the lists of all bundles.
export default defineConfig([library, compileCache, program]);
