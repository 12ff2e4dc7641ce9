import { type Dirent, lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { holdsTooManyValues } from "../../text/json-values.ts";
import { UserError } from "../../text/user-error.ts";
import { sha256 } from "../files/sha256.ts";
import { readPart, unreadable } from "./part-file.ts";
import { inDirectory, shownPath, snapshotError, TAKE_AGAIN } from "./snapshot-error.ts";

/** The folders of tables of gateways, of hubs and Route Servers, and of ExpressRoute circuits. */
export const ROUTER_FOLDERS = ["gateways", "hubs", "circuits"] as const;

export type RouterFolder = (typeof ROUTER_FOLDERS)[number];

/** The names of their files: the checksum of the content. */
export const ROUTER_FILE = /^([0-9a-f]{64})\.json$/;

/** Whether it is the path of such a file in the directory. */
export const isRouterPath = (path: string): boolean => {
  const [folder, name = "", ...rest] = path.split("/");
  return ROUTER_FOLDERS.some((each) => each === folder) && ROUTER_FILE.test(name) && rest.length === 0;
};

/** A file with tables of routers: its bytes, or why it cannot be used. */
export type RouterFile = { readonly name: string } & ({ readonly bytes: Buffer } | { readonly error: UserError });

/** As many as a folder of exports may have. */
const MOST_FILES = 20_000;
/** As much as is read of one answer of Azure. */
const MOST_BYTES = 32 * 2 ** 20;

/**
 * The files with tables of routers of a snapshot directory: those that it should have by its manifest, and those that
 * somebody added. No link is followed, and a file that is named by a checksum must have it.
 * @throws UserError for a folder with too many files, or that cannot be read.
 */
export function* routerFiles(directory: string, kept: readonly string[]): Generator<RouterFile> {
  for (const folder of ROUTER_FOLDERS) {
    const own = kept.filter((path) => path.startsWith(`${folder}/`));
    const names = namesIn(directory, folder);
    const paths = new Set([...own, ...(names ?? []).map((name) => `${folder}/${name}`)]);
    for (const path of [...paths].sort()) yield routerFile(directory, path, names !== null);
  }
}

/** The names in a folder; null where there is none, or a link in its place. */
function namesIn(directory: string, folder: RouterFolder): readonly string[] | null {
  const path = join(directory, folder);
  if (lstatSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) return null;
  const names = entriesOf(directory, folder).filter((entry) => !entry.name.startsWith(".") && !entry.isDirectory());
  if (names.length <= MOST_FILES) return names.map(({ name }) => name);
  const message = `${shownPath(directory)}: ${folder} has more than ${MOST_FILES.toLocaleString("en")} files`;
  throw snapshotError("snapshot-too-large", message, "it is not part of a snapshot that this program wrote");
}

function entriesOf(directory: string, folder: RouterFolder): readonly Dirent[] {
  try {
    return readdirSync(join(directory, folder), { withFileTypes: true });
  } catch (thrown) {
    throw unreadable(directory, folder, thrown);
  }
}

function routerFile(directory: string, path: string, hasFolder: boolean): RouterFile {
  const name = path.slice(path.indexOf("/") + 1);
  try {
    const bytes = hasFolder ? readPart(directory, path, MOST_BYTES) : null;
    if (bytes === null) {
      throw snapshotError("snapshot-body-missing", `${inDirectory(directory, path)} is missing`, TAKE_AGAIN);
    }
    const hash = ROUTER_FILE.exec(name)?.[1];
    if (hash !== undefined && sha256(bytes) !== hash) {
      const message = `${inDirectory(directory, path)} was changed after the run`;
      throw snapshotError("snapshot-body-changed", message, TAKE_AGAIN);
    }
    if (holdsTooManyValues(bytes)) {
      const message = `${inDirectory(directory, path)} holds too many values`;
      throw snapshotError("snapshot-too-large", message, "it is not a route table");
    }
    return { name, bytes };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { name, error };
  }
}
