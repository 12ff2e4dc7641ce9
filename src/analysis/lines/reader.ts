import type { DestinationText, RefusedLine } from "./field.ts";
import type { PlainPlace } from "./form.ts";

export type Destinations = Iterable<DestinationText | RefusedLine>;

/** Accepts text in pieces of any size and returns the destinations that each piece completes. */
export interface TextReader {
  push(text: string): Destinations;
  end(): Destinations;
  /** Counts lines that were read elsewhere. Call it only if the reader is not midway. */
  pass(lines: number): void;
  /** Whether a part of a line or record is pending. */
  readonly midway: boolean;
  /** The position of the address in the next plain lines; null if unknown or if no line is plain. */
  readonly place: PlainPlace | null;
}
