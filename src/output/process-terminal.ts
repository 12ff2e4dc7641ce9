import { once } from "node:events";
import process from "node:process";
import type { Sink, TerminalParts } from "./terminal.ts";

function sink(stream: NodeJS.WriteStream): Sink {
  return {
    isTTY: stream.isTTY === true,
    columns: stream.isTTY ? stream.columns : null,
    write: (text) => {
      stream.write(text);
    },
    drained: async () => {
      if (stream.writableNeedDrain) await once(stream, "drain");
    },
  };
}

/** A reader that has gone (`| head`) is no fault: end quietly with what has been decided so far. */
function endQuietlyWhenClosed(stream: NodeJS.WriteStream): void {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE" || error.code === "EOF") process.exit();
    throw error;
  });
}

/** The streams and environment of this process. Call once: it also takes care of closed pipes. */
export function processTerminal(): TerminalParts {
  endQuietlyWhenClosed(process.stdout);
  endQuietlyWhenClosed(process.stderr);
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
