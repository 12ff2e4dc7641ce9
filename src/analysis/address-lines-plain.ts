import { type AddressBatch, BATCH_SIZE } from "../net/address-batch.ts";
import { scanAddress, scanIPv4, scannedTo } from "../net/read-address.ts";
import { type LineForm, lineForm } from "./address-lines-form.ts";

/**
 * Where the address stands in a line: it is the line; it is field number `field`, counted from 1, at blanks; or at a delimiter, which is
 * one byte, with `quotes` as CSV has them.
 */
export type PlainPlace =
  | { readonly kind: "line" }
  | { readonly kind: "blanks"; readonly field: number }
  | { readonly kind: "delimiter"; readonly field: number; readonly delimiter: number; readonly quotes: boolean };

/**
 * Reads consecutive plain lines of UTF-8 from `from` on into the batch, until that is full. Gives where the first line starts that is not
 * plain, or not there to its end.
 */
export type PlainReader = (bytes: Uint8Array, from: number, to: number, batch: AddressBatch) => number;

/**
 * A reader of lines of which nothing needs to be known but their address, straight from the bytes: almost all lines of almost all input,
 * at tens of nanoseconds each. What is not plain (comments, blanks, prefixes, refusals, broken CSV, lines of more than `longest` bytes) is
 * left to the careful reader of address-lines-text.ts, which says the same of every plain line.
 */
export function plainReader(place: PlainPlace, longest: number): PlainReader {
  if (place.kind === "line") return wholeLines(longest);
  const form: LineForm = lineForm(place);
  return (bytes, from, to, batch) => {
    const { words, family } = batch;
    let at = from;
    let count = 0;
    while (count < BATCH_SIZE && at < to) {
      const start = form.addressStart(bytes, at);
      if (start < 0) break;
      const found = scanAddress(bytes, start, words, 4 * count);
      if (found === 0) break;
      const end = form.lineEnd(bytes, scannedTo());
      if (end < 0 || end - at > longest) break;
      family[count++] = found;
      at = end + 1;
    }
    batch.count = count;
    return at;
  };
}

/** The same for lines that are their address. */
function wholeLines(longest: number): PlainReader {
  return (bytes, from, to, batch) => {
    const { words, family } = batch;
    let at = from;
    let count = 0;
    while (count < BATCH_SIZE && at < to) {
      const value = scanIPv4(bytes, at);
      if (value >= 0) {
        family[count] = 4;
        words[4 * count + 3] = value;
      } else {
        const found = scanAddress(bytes, at, words, 4 * count);
        if (found === 0) break;
        family[count] = found;
      }
      let end = scannedTo();
      if (bytes[end] === 13) end++;
      if (bytes[end] !== 10 || end - at > longest) break;
      count++;
      at = end + 1;
    }
    batch.count = count;
    return at;
  };
}
