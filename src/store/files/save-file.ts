import { promises } from "node:fs";
import { basename, dirname, isAbsolute } from "node:path";
import { replaceFile } from "./replace-file.ts";
import { storeError, systemCode } from "./store-error.ts";
import { removeUnfinished } from "./tidy.ts";
import { writeError } from "./write-error.ts";

/**
 * Writes a file that the user named (`--save FILE`). A regular file is replaced as one step and keeps its owner, group
 * and mode; where this user may not keep them, the file stays unchanged. A symbolic link is followed, to a missing file
 * too. A pipe or a device (`/dev/stdout`) is written to, not replaced. Removes what a killed write of the same file
 * left an hour ago or earlier.
 * @throws UserError; an existing file is then untouched.
 */
export async function saveFile(path: string, data: string | Uint8Array, what: string): Promise<void> {
  try {
    const found = await promises.stat(path); // not realpath: /dev/stdout leads to a pipe that has no path
    if (found.isDirectory()) {
      throw storeError(
        "write-not-a-directory",
        `cannot write ${what}: it is a directory\n  ${path}`,
        "name a file in it",
      );
    }
    if (!found.isFile()) return await promises.writeFile(path, data);
    const target = await promises.realpath(path);
    removeLeftovers(target);
    return replaceFile(target, data, { what, like: found });
  } catch (thrown) {
    if (systemCode(thrown) !== "ENOENT") throw writeError(thrown, what, path);
  }
  const link = await promises.readlink(path).catch(() => null);
  // Not normalised: a name before ".." may be a link itself. A circle of links fails above, with ELOOP.
  if (link !== null) return await saveFile(isAbsolute(link) ? link : `${dirname(path)}/${link}`, data, what);
  removeLeftovers(path);
  replaceFile(path, data, { what, mode: 0o666 });
}

function removeLeftovers(path: string): void {
  const name = basename(path);
  removeUnfinished(dirname(path), Date.now(), (target) => target === name);
}
