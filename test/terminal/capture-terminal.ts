import type { TerminalParts } from "../../src/terminal/terminal.ts";

/** The properties of the captured streams. */
export interface CaptureOptions {
  readonly tty?: boolean;
  readonly columns?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** Collects bytes in order. */
  readonly stdin?: string | Uint8Array | readonly Uint8Array[];
}

/** Streams that record what is written to them. */
export class Capture implements TerminalParts {
  out = "";
  err = "";
  readonly env: Readonly<Record<string, string>>;
  readonly stdout: TerminalParts["stdout"];
  readonly stderr: TerminalParts["stderr"];
  readonly stdin: TerminalParts["stdin"];

  constructor({ tty = false, columns = 80, env = {}, stdin = "" }: CaptureOptions = {}) {
    this.env = env;
    const shape = { isTTY: tty, columns: tty ? columns : null };
    this.stdout = {
      ...shape,
      write: (text) => {
        this.out += typeof text === "string" ? text : new TextDecoder().decode(text);
      },
      drained: async () => {},
    };
    this.stderr = {
      ...shape,
      write: (text) => {
        this.err += typeof text === "string" ? text : new TextDecoder().decode(text);
      },
      drained: async () => {},
    };
    const bytes = typeof stdin === "string" ? new TextEncoder().encode(stdin) : stdin;
    const pieces = bytes instanceof Uint8Array ? [bytes] : bytes;
    this.stdin = {
      isTTY: false,
      async *[Symbol.asyncIterator]() {
        for (const piece of pieces) if (piece.length > 0) yield piece;
      },
      // Overwrites the piece, so that a caller that keeps it is noticed.
      async *passing() {
        for (const piece of pieces) {
          if (piece.length === 0) continue;
          const passed = piece.slice();
          yield passed;
          passed.fill(0x23);
        }
      },
    };
  }
}
