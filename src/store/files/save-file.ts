import { realpath, stat, writeFile } from "node:fs/promises";
import { replaceFile } from "./replace-file.ts";
import { StoreError, systemCode } from "./store-error.ts";
import { writeError } from "./write-error.ts";

/**
 * Writes a file that the user named (`--save FILE`). A regular file is replaced as one step, through a symbolic link if the name is one;
 * a pipe or a device (`/dev/stdout`) is written to, not replaced.
 * @throws StoreError; an existing file is then untouched.
 */
export async function saveFile(path: string, data: string, what: string): Promise<void> {
  try {
    const found = await stat(path); // not realpath: /dev/stdout leads to a pipe that has no path
    if (found.isDirectory()) {
      throw new StoreError(
        "write-not-a-directory",
        `cannot write ${what}: it is a directory\n  ${path}`,
        "name a file in it",
      );
    }
    if (!found.isFile()) return await writeFile(path, data);
    return await replaceFile(await realpath(path), data, { what, mode: found.mode & 0o777 });
  } catch (thrown) {
    if (systemCode(thrown) !== "ENOENT") throw writeError(thrown, what, path);
  }
  await replaceFile(path, data, { what, mode: 0o666 });
}
