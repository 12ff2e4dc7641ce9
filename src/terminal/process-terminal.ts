import { createReadStream, fstatSync, readSync } from "node:fs";
import { descriptorSink } from "./descriptor-sink.ts";
import type { TerminalParts } from "./terminal.ts";

/**
 * The streams and environment of this process. Call once: it also takes care of closed pipes. `onUnwritable` is told of output that cannot
 * be written for another reason, a full disk for one.
 */
export function processTerminal(onUnwritable: (error: Error) => void): TerminalParts {
  const onOutputError = (error: NodeJS.ErrnoException) => {
    // A reader that has gone (`| head`) is no fault: end quietly with what has been decided so far.
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
    // Where notes cannot be told, the answer still can.
    stderr: descriptorSink(
      2,
      () => process.stderr,
      () => {},
    ),
    env: process.env,
  };
}

/** A file as stdin is read in pieces of this size: with Node's own, a quarter of it, the reading of a large one takes half as long again. */
const PIECE = 256 * 1024;

function pieces(descriptor: number): AsyncIterator<Uint8Array> {
  const stream = createReadStream("", { fd: descriptor, autoClose: false, highWaterMark: PIECE });
  return stream[Symbol.asyncIterator]();
}

/** Read into the same memory: bringing new memory in takes as long as reading. A turn of the event loop after each piece lets Ctrl-C in. */
async function* passing(descriptor: number): AsyncGenerator<Uint8Array> {
  const bytes = new Uint8Array(PIECE);
  for (let count = read(descriptor, bytes); count > 0; count = read(descriptor, bytes)) {
    yield bytes.subarray(0, count);
    await new Promise((done) => setImmediate(done));
  }
}

/** How many bytes could be read, from where the descriptor stands. */
const read = (descriptor: number, bytes: Uint8Array) => readSync(descriptor, bytes, 0, bytes.length, null);

function isFile(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isFile();
  } catch {
    return false;
  }
}
