import { closeSync, constants, fstatSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../../text/user-error.ts";
import { whyUnreadable } from "../files/errno.ts";
import { systemCode } from "../files/store-error.ts";
import { inDirectory, snapshotError } from "./snapshot-error.ts";

/** Never through a symbolic link, and never waiting for a named pipe. Windows has neither flag. */
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * The bytes of a file of a snapshot directory; null where there is none. A directory may come from anybody: only a
 * regular file within the limit is read.
 * @throws UserError<SnapshotErrorCode>
 */
export function readPart(directory: string, name: string, limit: number): Buffer | null {
  let descriptor: number;
  try {
    descriptor = openSync(join(directory, name), FLAGS);
  } catch (thrown) {
    if (systemCode(thrown) === "ENOENT") return null;
    throw unreadable(directory, name, thrown);
  }
  try {
    const found = fstatSync(descriptor);
    if (!found.isFile()) throw notAFile(directory, name);
    if (found.size > limit) {
      const most = `${Math.round(limit / 2 ** 20)} MiB`;
      const message = `${inDirectory(directory, name)} is larger than ${most}`;
      throw snapshotError("snapshot-too-large", message, "it is not part of a snapshot that this program wrote");
    }
    return readFileSync(descriptor);
  } catch (thrown) {
    throw thrown instanceof UserError ? thrown : unreadable(directory, name, thrown);
  } finally {
    closeSync(descriptor);
  }
}

function notAFile(directory: string, name: string) {
  return snapshotError(
    "snapshot-unreadable",
    `${inDirectory(directory, name)} is not a regular file`,
    "a snapshot holds no links and no pipes: copy its files themselves",
  );
}

/** The error for a file or a folder of a snapshot directory that the system does not let read. */
export function unreadable(directory: string, name: string, thrown: unknown) {
  const code = systemCode(thrown);
  if (code === "") return thrown; // a bug
  if (code === "ELOOP") return notAFile(directory, name);
  const [why, hint] = whyUnreadable(code, "part");
  return snapshotError("snapshot-unreadable", `${inDirectory(directory, name)}: ${why}`, hint, { cause: thrown });
}

/** The lines of a text in UTF-8, each without its end; the last one may be empty. */
export function* linesOf(bytes: Buffer): Generator<Buffer> {
  for (let from = 0; ; ) {
    const end = bytes.indexOf(0x0a, from);
    if (end === -1) {
      yield bytes.subarray(from);
      return;
    }
    yield bytes.subarray(from, end);
    from = end + 1;
  }
}
