import { createReadStream, fstatSync, readSync } from "node:fs";
import { descriptorSink } from "./descriptor-sink.ts";
import type { TerminalParts } from "./terminal.ts";

/**
 * Returns the streams and environment of this process. Call it once: it also handles closed pipes. `onUnwritable` is
 * called for output that cannot be written for another reason, such as a full disk.
 */
export function processTerminal(onUnwritable: (error: Error) => void): TerminalParts {
  const onOutputError = (error: NodeJS.ErrnoException) => {
    // A closed reader (`| head`) is not an error: exit quietly with the exit code so far.
    if (error.code === "EPIPE" || error.code === "EOF") process.exit();
    onUnwritable(error);
  };
  return {
    stdin: {
      get isTTY() {
        return !isFile(0) && process.stdin.isTTY === true;
      },
      [Symbol.asyncIterator]: () => (isFile(0) ? pieces(0) : process.stdin[Symbol.asyncIterator]()),
      passing: () => (isFile(0) ? passing(0) : process.stdin),
    },
    stdout: descriptorSink(1, () => process.stdout, onOutputError),
    // Notes that cannot be printed do not stop the answer.
    stderr: descriptorSink(
      2,
      () => process.stderr,
      () => {},
    ),
    env: process.env,
  };
}

/**
 * The size of the pieces in which a file on stdin is read. Node's default, a quarter of it, takes half as long again
 * for a large file.
 */
const PIECE = 256 * 1024;

function pieces(descriptor: number): AsyncIterator<Uint8Array> {
  const stream = createReadStream("", { fd: descriptor, autoClose: false, highWaterMark: PIECE });
  return stream[Symbol.asyncIterator]();
}

/**
 * Reads into the same memory, because new memory takes as long as reading. A turn of the event loop after each piece
 * lets Ctrl-C in.
 */
async function* passing(descriptor: number): AsyncGenerator<Uint8Array> {
  const bytes = new Uint8Array(PIECE);
  for (let count = read(descriptor, bytes); count > 0; count = read(descriptor, bytes)) {
    yield bytes.subarray(0, count);
    await new Promise((done) => setImmediate(done));
  }
}

/** Reads from the current position; returns how many bytes were read. */
const read = (descriptor: number, bytes: Uint8Array) => readSync(descriptor, bytes, 0, bytes.length, null);

function isFile(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isFile();
  } catch {
    return false;
  }
}
