import { statSync } from "node:fs";
import { isTrustedOwner } from "../store/files/cache-directory.ts";
import { makeDirectory } from "../store/files/make-directory.ts";

/**
 * Whether the directories, each inside the one before, are this user's and nobody else may put anything there. Compiled code is run as it
 * lies: what another user may write or swap, in any of them, must not be loaded.
 */
export function areOwn(...directories: readonly string[]): boolean {
  try {
    return directories.every((directory) => {
      const { uid, mode } = statSync(directory);
      return isTrustedOwner(uid) && (process.platform === "win32" || (mode & 0o022) === 0);
    });
  } catch {
    return false;
  }
}

/** Makes the directories where they are missing. False where one is not this user's alone, or cannot be made; then nothing is made inside it. */
export function makeOwn(...directories: readonly string[]): boolean {
  try {
    return directories.every((directory) => {
      makeDirectory(directory);
      return areOwn(directory);
    });
  } catch {
    return false;
  }
}
