import { type AddressBatch, BATCH_SIZE } from "../../net/address-batch.ts";
import { scanAddress, scanIPv4, scannedTo } from "../../net/read-address.ts";
import { type LineForm, lineFeed, lineForm, type PlainPlace } from "./form.ts";

/**
 * Reads consecutive plain lines of UTF-8 from `from` on into the batch, until that is full. `to` is where a line feed
 * has ended the last of them. Gives where the first line starts that is not plain.
 */
export type PlainReader = (bytes: Uint8Array, from: number, to: number, batch: AddressBatch) => number;

/**
 * A reader of lines of which nothing needs to be known but their address, straight from the bytes: almost all lines of
 * almost all input, at tens of nanoseconds each. What is not plain (comments, blanks, prefixes, refusals, broken CSV,
 * lines of more than `longest` bytes) is left to the careful reader of address-lines-text.ts, which says the same of
 * every plain line.
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

/**
 * Lines that are their address, and most of them IPv4: by far the most common input, and so direct that it takes a
 * third less.
 */
function wholeLines(longest: number): PlainReader {
  return (bytes, from, to, batch) => {
    const { words, family } = batch;
    let at = from;
    let count = 0;
    while (count < BATCH_SIZE && at < to) {
      const v4 = scanIPv4(bytes, at);
      const found = v4 < 0 ? scanAddress(bytes, at, words, 4 * count) : 4;
      if (found === 0) break;
      if (v4 >= 0) words[4 * count + 3] = v4;
      const end = lineFeed(bytes, scannedTo());
      if (end < 0 || end - at > longest) break;
      family[count++] = found;
      at = end + 1;
    }
    batch.count = count;
    return at;
  };
}
