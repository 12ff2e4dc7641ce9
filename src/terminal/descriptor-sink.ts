import { fstatSync, statSync, writeSync } from "node:fs";
import type { Writable } from "node:stream";
import type { Sink } from "./terminal.ts";

/** Node's stream for a descriptor. */
type Stream = Writable & { readonly isTTY?: boolean; readonly columns?: number };

/** What a sink does where its reader has gone, the disk is full or the like. */
type OnError = (error: NodeJS.ErrnoException) => void;

/**
 * Whether the descriptor is a pipe, a socket, a file or the null device, to which writing is a system call and nothing else. A terminal is
 * not: on Windows it wants to be spoken to otherwise.
 */
function isPlain(descriptor: number): boolean {
  try {
    const found = fstatSync(descriptor);
    return (
      found.isFIFO() ||
      found.isFile() ||
      found.isSocket() ||
      (found.isCharacterDevice() && found.rdev === statSync("/dev/null").rdev)
    );
  } catch {
    return false;
  }
}

/**
 * A sink over one of the process's output descriptors. Node's own stream for it, three milliseconds of every start, is made only for a
 * terminal, and for a pipe that somebody else has set not to block.
 */
export function descriptorSink(descriptor: number, stream: () => Stream, onError: OnError): Sink {
  let opened: Stream | null = null;
  const open = (): Stream => {
    opened ??= stream().on("error", onError);
    return opened;
  };
  const terminal = isPlain(descriptor) ? null : open();

  /** How many of the bytes were taken; the stream takes the others. */
  const writeAll = (bytes: Uint8Array): number => {
    let written = 0;
    while (written < bytes.length) {
      try {
        written += writeSync(descriptor, bytes, written);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "EAGAIN") return written;
        onError(error as NodeJS.ErrnoException);
        return bytes.length;
      }
    }
    return written;
  };
  return {
    isTTY: terminal?.isTTY === true,
    // A pseudo-terminal that was given no size says 0.
    columns: (terminal?.isTTY && terminal.columns) || null,
    write(text) {
      if (opened !== null) {
        opened.write(text);
        return;
      }
      const bytes = typeof text === "string" ? Buffer.from(text) : text;
      const written = writeAll(bytes);
      if (written < bytes.length) open().write(bytes.subarray(written));
    },
    async drained() {
      // Also where nothing is left to write: a write that failed is told a turn later, and nobody may end the process before.
      const stream = opened;
      if (stream !== null) await new Promise((done) => stream.write("", done));
    },
  };
}
