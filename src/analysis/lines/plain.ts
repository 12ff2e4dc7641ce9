import { type AddressBatch, BATCH_SIZE } from "../../net/address-batch.ts";
import { scanAddress, scanIPv4, scannedTo } from "../../net/read-address.ts";
import { type LineForm, lineFeed, lineForm, type PlainPlace } from "./form.ts";

/**
 * Reads consecutive plain lines of UTF-8 from `from` into the batch, until it is full. `to` is the position after the
 * last line feed. Returns the start of the first line that was not read.
 */
export type PlainReader = (bytes: Uint8Array, from: number, to: number, batch: AddressBatch) => number;

/**
 * Returns a reader of plain lines, directly from the bytes. A plain line has an address at the given position. Most
 * lines of most input are plain, and each takes tens of nanoseconds. The text reader (text.ts) reads all other lines:
 * comments, blank lines, prefixes, invalid lines, malformed CSV and lines of more than `longest` bytes. It gives the
 * same result for plain lines.
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
 * Reader of lines that consist of the address, mostly IPv4. This is the most common input, and a special case saves a
 * third.
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
