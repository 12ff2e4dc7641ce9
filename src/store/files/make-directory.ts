import { mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { systemCode } from "./store-error.ts";

/**
 * Creates a directory and its parents with mode 0700; does nothing if it exists. `mkdirSync` with `recursive` would
 * never return if the system reports ENOENT in an existing directory, as /proc does (observed with Node 20 to 26).
 * @throws the system's error.
 */
export function makeDirectory(path: string): void {
  const parent = dirname(path);
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (thrown) {
    const code = systemCode(thrown);
    if (code === "ENOENT" && parent !== path) {
      makeDirectory(parent);
      mkdirSync(path, { mode: 0o700 });
    } else if (code !== "EEXIST" || !statSync(path).isDirectory()) throw thrown;
  }
}
