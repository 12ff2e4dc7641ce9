import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../../text/user-error.ts";
import { whyUnreadable } from "./errno.ts";
import { readInputFile } from "./input-file.ts";
import { systemCode } from "./store-error.ts";

/** A file of a folder: its bytes, or why it cannot be read. */
type FolderFile = { readonly name: string; readonly path: string } & (
  | { readonly bytes: Uint8Array }
  | { readonly error: UserError }
);

/** The files of a folder. */
export interface ExportFolder {
  /** Reads them one by one, in alphabetical order. */
  readonly files: AsyncIterable<FolderFile>;
  /** How many folders are in it, and other things that are not files. They are not read. */
  readonly others: number;
}

/** A snapshot of more network interfaces is a snapshot directory. */
const MOST_FILES = 20_000;

/**
 * The files of a folder, without those in its folders and without hidden ones.
 * @throws UserError for a folder that cannot be read, or with too many files.
 */
export function exportFolder(folder: string): ExportFolder {
  const names = namesIn(folder).filter((name) => !name.startsWith("."));
  if (names.length > MOST_FILES) {
    throw new UserError(
      "folder-too-large",
      `${shown(folder)}: it has more than ${MOST_FILES.toLocaleString("en")} files`,
      "give a folder that holds only exports of route tables, or take a snapshot: vnet-explain snapshot DIR",
    );
  }
  const files = names.sort().filter((name) => isFile(join(folder, name)));
  return { files: readEach(folder, files), others: names.length - files.length };
}

const shown = (path: string) => (path.length > 50 ? `...${path.slice(-47)}` : path);

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (thrown) {
    const code = systemCode(thrown);
    if (code === "") throw thrown;
    const [why, hint] = whyUnreadable(code, "folder");
    throw new UserError("folder-unreadable", `${shown(folder)}: ${why}`, hint, "usage", { cause: thrown });
  }
}

/** Whether it is a file that can be read to its end: a named pipe would be waited for. A broken link counts. */
function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return true; // its error is reported when it is read
  }
}

async function* readEach(folder: string, names: readonly string[]): AsyncGenerator<FolderFile> {
  for (const name of names) {
    const path = join(folder, name);
    try {
      yield { name, path, bytes: await readInputFile(path) };
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      yield { name, path, error };
    }
  }
}
