import { defineConfig } from "rolldown";
import { jsonSchemas } from "./build/json-schemas.js";
import { packageOf } from "./build/packages.js";
import { thirdPartyNotices } from "./build/third-party-notices.js";

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
  plugins: [values, thirdPartyNotices, jsonSchemas],
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
