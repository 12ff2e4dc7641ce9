import { promises } from "node:fs";
import { basename, join } from "node:path";
import { saveFile } from "./files/save-file.ts";
import { writeError } from "./files/write-error.ts";

/** A file to write: the name that it has in a folder, and its bytes in parts. */
interface File {
  readonly name: string;
  readonly parts: Iterable<string | Uint8Array>;
}

/**
 * Writes the files where the user wants them: several into the folder `path`, which is created if missing. A single
 * one becomes `path` itself, unless that is a folder or ends with a slash. Returns the paths written.
 * @throws UserError; a file that exists is then whole, the old one or the new one.
 */
export async function saveExport(files: readonly File[], path: string): Promise<readonly string[]> {
  const what = "the export";
  const found = await promises.stat(path).catch(() => null);
  const intoFolder = files.length > 1 || found?.isDirectory() === true || /[/\\]$/.test(path);
  if (intoFolder && found === null) {
    await promises.mkdir(path, { recursive: true }).catch((error) => {
      throw writeError(error, what, path);
    });
  }
  const written: string[] = [];
  for (const { name, parts } of files) {
    const target = intoFolder ? join(path, basename(name)) : path;
    await saveFile(target, bytesOf(parts), what);
    written.push(target);
  }
  return written;
}

function bytesOf(parts: Iterable<string | Uint8Array>): Uint8Array {
  const pieces: Uint8Array[] = [];
  for (const part of parts) pieces.push(typeof part === "string" ? Buffer.from(part) : part);
  return Buffer.concat(pieces);
}
