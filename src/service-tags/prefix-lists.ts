import { PrefixSet } from "../net/prefix-set.ts";
import type { PrefixColumns } from "../net/prefix-table.ts";
import { prefixScannedTo } from "../net/read-prefix.ts";

/** The prefix lists of a tag file's text, and the text without them. */
export interface PrefixLists {
  /** The text with the list's number, from 0 on, in place of each list's prefixes. */
  readonly rest: string;
  /** The distinct prefixes of all lists. */
  readonly columns: PrefixColumns;
  /** The prefixes of list `n` are `entries[starts[n] .. starts[n + 1])`, places in the columns. */
  readonly starts: readonly number[];
  readonly entries: Uint32Array;
}

const KEY = '"addressPrefixes"';

const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const OPEN = 91;
const CLOSE = 93;
const BACKSLASH = 92;

/** The fewest bytes that an entry takes, quotes and comma among them. */
const SHORTEST = 7;

/** Fewer bytes for each distinct prefix than any file has, however tightly packed: most prefixes stand in several lists. */
const BYTES_OF_DISTINCT = 40;

function afterBlanks(bytes: Uint8Array, from: number): number {
  let i = from;
  // JSON's four: blank, tab, line feed, carriage return (RFC 8259, section 2).
  for (let byte = bytes[i]; byte === 32 || byte === 10 || byte === 13 || byte === 9; byte = bytes[i]) i++;
  return i;
}

/** Reads lists one after the other. */
class ListReader {
  readonly set: PrefixSet;
  readonly entries: Uint32Array;
  readonly #bytes: Uint8Array;
  count = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.set = new PrefixSet(Math.ceil(bytes.length / BYTES_OF_DISTINCT));
    this.entries = new Uint32Array(Math.ceil(bytes.length / SHORTEST));
  }

  /**
   * Reads the list that is open before `from` and gives the place of its closing bracket; -1 where it is other than lists are. Called for each
   * list, for V8 compiles what is called often much sooner than a loop that runs long.
   */
  read(from: number): number {
    const bytes = this.#bytes;
    let i = afterBlanks(bytes, from);
    while (bytes[i] === QUOTE) {
      const place = this.set.scan(bytes, i + 1);
      i = prefixScannedTo();
      if (place < 0 || bytes[i] !== QUOTE) return -1;
      this.entries[this.count++] = place;
      i = afterBlanks(bytes, i + 1);
      if (bytes[i] !== COMMA) break;
      i = afterBlanks(bytes, i + 1);
      if (bytes[i] !== QUOTE) return -1;
    }
    return bytes[i] === CLOSE ? i : -1;
  }
}

/**
 * Takes the prefix lists out of the text of a tag file. They are nearly all of it, and JSON.parse would make a string of each entry
 * only to have it read and thrown away. `bytes` are the text's, ASCII. Null where anything is other than in Microsoft's files, a
 * broken prefix for one: whoever parses the whole text finds out what it is.
 */
export function takePrefixLists(text: string, bytes: Uint8Array): PrefixLists | null {
  const reader = new ListReader(bytes);
  const starts = [0];
  const rest: string[] = [];
  let from = 0;
  for (let key = text.indexOf(KEY); key >= 0; key = text.indexOf(KEY, from)) {
    if (bytes[key - 1] === BACKSLASH) return null;
    const colon = afterBlanks(bytes, key + KEY.length);
    if (bytes[colon] !== COLON) return null;
    const open = afterBlanks(bytes, colon + 1);
    if (bytes[open] !== OPEN) return null;
    rest.push(text.slice(from, open + 1), String(rest.length >> 1));
    const close = reader.read(open + 1);
    if (close < 0) return null;
    starts.push(reader.count);
    from = close;
  }
  rest.push(text.slice(from));
  const { set, entries, count } = reader;
  return { rest: rest.join(""), columns: set.columns(), starts, entries: entries.subarray(0, count) };
}
