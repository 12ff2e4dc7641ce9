import { closeSync, constants, fchmodSync, fstatSync, fsyncSync, ftruncateSync, openSync, writeSync } from "node:fs";
import { writeProblem } from "./snapshot-error.ts";

/** Never through a symbolic link, and never waiting for a named pipe. Windows has neither flag. */
const FLAGS =
  constants.O_WRONLY |
  constants.O_APPEND |
  constants.O_CREAT |
  (constants.O_NOFOLLOW ?? 0) |
  (constants.O_NONBLOCK ?? 0);

/** A file that only grows, by whole lines. */
export class AppendFile {
  readonly #descriptor: number;
  #size: number;

  /** @throws the system's error, or UserError for what is not a regular file. */
  constructor(path: string) {
    this.#descriptor = openSync(path, FLAGS, 0o600);
    const found = fstatSync(this.#descriptor);
    if (!found.isFile()) {
      closeSync(this.#descriptor);
      throw writeProblem("snapshot-foreign-files", `${path} is not a regular file`, "remove it and run again");
    }
    if (process.platform !== "win32") fchmodSync(this.#descriptor, 0o600);
    this.#size = found.size;
  }

  /**
   * Adds a line. Once it returns, the line outlives this process; a power cut may still take it.
   * @throws the system's error; the file then ends where it ended before.
   */
  append(line: string): void {
    const bytes = Buffer.from(line);
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(this.#descriptor, bytes, at);
    } catch (thrown) {
      ftruncateSync(this.#descriptor, this.#size);
      throw thrown;
    }
    this.#size += bytes.length;
  }

  /** Waits until everything is on the disk, and closes the file. */
  close(): void {
    try {
      fsyncSync(this.#descriptor);
    } finally {
      closeSync(this.#descriptor);
    }
  }
}
