import { defineConfig } from "rolldown";

// Everything is bundled, so that an installed program is a handful of files and a start reads only the chunks of its path.
export default defineConfig({
  input: { cli: "src/cli.ts", index: "src/index.ts" },
  platform: "node",
  output: {
    dir: "dist",
    format: "esm",
    cleanDir: true,
    chunkFileNames: "chunks/[name]-[hash].js",
    minify: { compress: true, mangle: false, codegen: { removeWhitespace: false } },
  },
});
