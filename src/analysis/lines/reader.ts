import type { DestinationText, RefusedLine } from "./field.ts";
import type { PlainPlace } from "./form.ts";

export type Destinations = Iterable<DestinationText | RefusedLine>;

/** Takes text in pieces of any size and gives the destinations that each completes. */
export interface TextReader {
  push(text: string): Destinations;
  end(): Destinations;
  /** Counts lines that were read elsewhere. Only where the reader is not midway. */
  pass(lines: number): void;
  /** Whether a part of a line or record is held. */
  readonly midway: boolean;
  /** Where the address stands in a plain line from here on; null where that is not known, or no line is plain. */
  readonly place: PlainPlace | null;
}
