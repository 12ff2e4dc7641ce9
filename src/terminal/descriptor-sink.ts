import { fstatSync, statSync, writeSync } from "node:fs";
import type { Writable } from "node:stream";
import type { Sink } from "./streams.ts";

/** Node's stream for a descriptor. */
type Stream = Writable & { readonly isTTY?: boolean; readonly columns?: number };

/** Called when the reader has gone, the disk is full or the like. */
type OnError = (error: NodeJS.ErrnoException) => void;

/**
 * Whether the descriptor is a pipe, a socket, a file or the null device, which a system call can write to. A terminal
 * is excluded, because on Windows it needs more.
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
 * Returns a sink over one of the process's output descriptors. Node's own stream costs three milliseconds of every
 * start, so it is made only for a terminal and for a pipe that does not block.
 */
export function descriptorSink(descriptor: number, stream: () => Stream, onError: OnError): Sink {
  let opened: Stream | null = null;
  const open = (): Stream => {
    opened ??= stream().on("error", onError);
    return opened;
  };
  const terminal = isPlain(descriptor) ? null : open();

  /** Returns how many bytes were written; the stream takes the rest. */
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
    // A pseudo-terminal without a size reports 0.
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
      // Also where nothing is left to write: a failed write is reported a turn later, and the process must not exit
      // before.
      const stream = opened;
      if (stream !== null) await new Promise((done) => stream.write("", done));
    },
  };
}
