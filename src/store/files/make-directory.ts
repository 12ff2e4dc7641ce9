import { mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { systemCode } from "./store-error.ts";

/**
 * Makes a directory with mode 0700, and those that it lies in; fine where it is there. Not `mkdirSync` with `recursive`, which never ends where the
 * system says that there is no such place in a directory that is there, as /proc does (seen with Node 20 to 26).
 * @throws what the system says.
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
