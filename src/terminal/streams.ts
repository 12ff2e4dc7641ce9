import type { Colours } from "./colour.ts";
import type { Symbols } from "./symbols.ts";

/** Where one of the two output streams ends, as the operating system says. */
export interface Sink {
  readonly isTTY: boolean;
  /** The width in columns; null off a terminal, where nothing is fitted to a width. */
  readonly columns: number | null;
  /** Bytes may change again only when they are drained. */
  write(text: string | Uint8Array): void;
  /** Resolves when everything written has left this process. A program that prints without end waits for it. */
  drained(): Promise<void>;
}

/** A sink with the colours and symbols that fit it. */
export interface OutputStream extends Sink {
  readonly colours: Colours;
  readonly symbols: Symbols;
}

/** Standard input. */
export interface Input extends AsyncIterable<Uint8Array> {
  readonly isTTY: boolean;
  /** The same, but a piece is valid only until the next one: a file is read into the same memory again and again. */
  passing(): AsyncIterable<Uint8Array>;
}
