import { readdirSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { replaceFile } from "../files/replace-file.ts";
import { sha256 } from "../files/sha256.ts";
import { makeFolder } from "./claim-directory.ts";
import { ROUTER_FILE, type RouterFolder } from "./router-files.ts";

/**
 * Writes the tables of a folder, each under its checksum, and removes those of an earlier run. Returns their paths.
 * @throws UserError, or the system's error.
 */
export function writeRouterTables(
  directory: string,
  folder: RouterFolder,
  texts: readonly string[],
): readonly string[] {
  const path = join(directory, folder);
  makeFolder(path);
  const names = new Map(texts.map((text) => [`${sha256(text)}.json`, text]));
  for (const [name, text] of names) replaceFile(join(path, name), text, { what: "the snapshot" });
  for (const name of readdirSync(path)) if (ROUTER_FILE.test(name) && !names.has(name)) unlinkSync(join(path, name));
  return [...names.keys()].map((name) => `${folder}/${name}`);
}
