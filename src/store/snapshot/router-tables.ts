import { readdirSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { replaceFile } from "../files/replace-file.ts";
import { sha256 } from "../files/sha256.ts";
import { makeFolder } from "./claim-directory.ts";

/** The folders of tables of gateways, of hubs and Route Servers, and of ExpressRoute circuits. */
export const ROUTER_FOLDERS = ["gateways", "hubs", "circuits"] as const;

export type RouterFolder = (typeof ROUTER_FOLDERS)[number];

/** The names of their files: the checksum of the content. */
const FILE = /^([0-9a-f]{64})\.json$/;

/**
 * Writes the tables of a folder, each under its checksum, and removes those of an earlier run.
 * @throws UserError, or the system's error.
 */
export function writeRouterTables(directory: string, folder: RouterFolder, texts: readonly string[]): void {
  const path = join(directory, folder);
  makeFolder(path);
  const names = new Map(texts.map((text) => [`${sha256(text)}.json`, text]));
  for (const [name, text] of names) replaceFile(join(path, name), text, { what: "the snapshot" });
  for (const name of readdirSync(path)) if (FILE.test(name) && !names.has(name)) unlinkSync(join(path, name));
}
