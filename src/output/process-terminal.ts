import { once } from "node:events";
import process from "node:process";
import type { Sink, TerminalParts } from "./terminal.ts";

function sink(stream: NodeJS.WriteStream): Sink {
  return {
    isTTY: stream.isTTY === true,
    // A pseudo-terminal that was given no size says 0.
    columns: (stream.isTTY && stream.columns) || null,
    write: (text) => {
      stream.write(text);
    },
    drained: async () => {
      if (stream.writableNeedDrain) await once(stream, "drain");
    },
  };
}

/** A reader that has gone (`| head`) is no fault: end quietly with what has been decided so far. */
function watchOutput(onUnwritable: (error: Error) => void): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE" || error.code === "EOF") process.exit();
    onUnwritable(error);
  });
  // Where notes cannot be told, the answer still can.
  process.stderr.on("error", () => {});
}

/**
 * The streams and environment of this process. Call once: it also takes care of closed pipes. `onUnwritable` is told of output that cannot
 * be written for another reason, a full disk for one.
 */
export function processTerminal(onUnwritable: (error: Error) => void): TerminalParts {
  watchOutput(onUnwritable);
  return {
    stdin: {
      get isTTY() {
        return process.stdin.isTTY === true;
      },
      [Symbol.asyncIterator]: () => process.stdin[Symbol.asyncIterator](),
    },
    stdout: sink(process.stdout),
    stderr: sink(process.stderr),
    env: process.env,
  };
}
