import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { rolldown } from "rolldown";

// Node 20 reads no TypeScript, and what is timed shall run as it ships: bundled.
const input = fileURLToPath(new URL("./bench.ts", import.meta.url));

/** The sources name files beside them. */
const ownAddress = {
  name: "own-address",
  transform: (code, id) => code.replaceAll("import.meta.url", JSON.stringify(pathToFileURL(id).href)),
};

const directory = mkdtempSync(join(tmpdir(), "vnet-explain-bench-"));
// What rows and the programs they start leave there is removed with it.
Object.assign(process.env, { TMPDIR: directory, TEMP: directory, TMP: directory });
try {
  const bundle = await rolldown({ input, platform: "node", plugins: [ownAddress] });
  await bundle.write({
    dir: directory,
    format: "esm",
    entryFileNames: "[name].mjs",
    chunkFileNames: "[name]-[hash].mjs",
  });
  await bundle.close();
  const { main } = await import(pathToFileURL(join(directory, "bench.mjs")).href);
  process.exitCode = await main(process.argv.slice(2));
} finally {
  rmSync(directory, { recursive: true, force: true });
}
