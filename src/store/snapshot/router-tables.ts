import { lstatSync, mkdirSync, readdirSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { replaceFile } from "../files/replace-file.ts";
import { sha256 } from "../files/sha256.ts";
import { systemCode } from "../files/store-error.ts";
import { closeToOthers } from "./claim-directory.ts";
import { writeProblem } from "./snapshot-error.ts";

/** The folders of tables of gateways, and of hubs and Route Servers. */
export const ROUTER_FOLDERS = ["gateways", "hubs"] as const;

export type RouterFolder = (typeof ROUTER_FOLDERS)[number];

/** The names of their files: the checksum of the content. */
const FILE = /^([0-9a-f]{64})\.json$/;

/**
 * Writes the tables of a folder, each under its checksum, and removes those of an earlier run.
 * @throws UserError, or the system's error.
 */
export function writeRouterTables(directory: string, folder: RouterFolder, texts: readonly string[]): void {
  const path = join(directory, folder);
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (thrown) {
    if (systemCode(thrown) !== "EEXIST") throw thrown;
    if (!lstatSync(path).isDirectory()) {
      throw writeProblem("snapshot-foreign-files", `${path} is not a directory`, "remove it and run again");
    }
  }
  closeToOthers(path);
  const names = new Map(texts.map((text) => [`${sha256(text)}.json`, text]));
  for (const [name, text] of names) replaceFile(join(path, name), text, { what: "the snapshot" });
  for (const name of readdirSync(path)) if (FILE.test(name) && !names.has(name)) unlinkSync(join(path, name));
}
