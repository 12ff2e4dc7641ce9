import { PrefixSet } from "../../net/prefix-set.ts";
import type { PrefixColumns } from "../../net/prefix-table.ts";
import { prefixScannedTo } from "../../net/read-prefix.ts";

/** Where the prefix lists of a tag file's text stand, and the text without them. */
export interface PrefixLists {
  /** The text with the list's number, from 0 on, in place of each list's prefixes. */
  readonly rest: string;
  /** Per list: the place behind its opening bracket, and that of the bracket that closes it if nothing in it is odd. */
  readonly opened: readonly number[];
  readonly closed: readonly number[];
}

/** The prefixes of lists. */
interface ReadLists {
  /** The distinct prefixes of all lists. */
  readonly columns: PrefixColumns;
  /** The prefixes of list `n` are `entries[starts[n] .. starts[n + 1])`, places in the columns. */
  readonly starts: Uint32Array;
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

/**
 * Reads the prefixes of a text's lists. `bytes` are the text's, ASCII. They are nearly all of it, and JSON.parse would make a string of each
 * entry only to have it read and thrown away.
 */
export class PrefixListReader {
  readonly #bytes: Uint8Array;
  readonly #lists: PrefixLists;
  readonly #set: PrefixSet;
  readonly #entries: Uint32Array;
  readonly #starts: Uint32Array;
  #next = 0;
  #count = 0;

  constructor(bytes: Uint8Array, lists: PrefixLists) {
    this.#bytes = bytes;
    this.#lists = lists;
    this.#set = new PrefixSet(Math.ceil(bytes.length / BYTES_OF_DISTINCT));
    this.#entries = new Uint32Array(Math.ceil(bytes.length / SHORTEST));
    this.#starts = new Uint32Array(lists.opened.length + 1);
  }

  /** Reads on until that many entries are read, or all. False where a list is other than Microsoft's are, a broken prefix in it for one. */
  readOn(entries: number): boolean {
    const { opened, closed } = this.#lists;
    while (this.#next < opened.length && this.#count < entries) {
      const list = this.#next++;
      if (this.#read(opened[list] ?? 0) !== closed[list]) return false;
      this.#starts[this.#next] = this.#count;
    }
    return true;
  }

  /** What has been read. */
  lists(): ReadLists {
    return { columns: this.#set.columns(), starts: this.#starts, entries: this.#entries.subarray(0, this.#count) };
  }

  /**
   * Reads the list that is open before `from` and gives the place of its closing bracket; -1 where it is other than lists are. Called for each
   * list, for V8 compiles what is called often much sooner than a loop that runs long.
   */
  #read(from: number): number {
    const bytes = this.#bytes;
    let i = afterBlanks(bytes, from);
    while (bytes[i] === QUOTE) {
      const place = this.#set.scan(bytes, i + 1);
      i = prefixScannedTo();
      if (place < 0 || bytes[i] !== QUOTE) return -1;
      this.#entries[this.#count++] = place;
      i = afterBlanks(bytes, i + 1);
      if (bytes[i] !== COMMA) break;
      i = afterBlanks(bytes, i + 1);
      if (bytes[i] !== QUOTE) return -1;
    }
    return bytes[i] === CLOSE ? i : -1;
  }
}

/**
 * Finds the prefix lists in the text of a tag file. Null where anything is other than in Microsoft's files: whoever parses the whole text finds
 * out what it is. What stands in the lists is not looked at.
 */
export function findPrefixLists(text: string, bytes: Uint8Array): PrefixLists | null {
  const opened: number[] = [];
  const closed: number[] = [];
  const rest: string[] = [];
  let from = 0;
  for (let key = text.indexOf(KEY); key >= 0; key = text.indexOf(KEY, from)) {
    if (bytes[key - 1] === BACKSLASH) return null;
    const colon = afterBlanks(bytes, key + KEY.length);
    if (bytes[colon] !== COLON) return null;
    const open = afterBlanks(bytes, colon + 1);
    if (bytes[open] !== OPEN) return null;
    const close = text.indexOf("]", open);
    if (close < 0) return null;
    rest.push(text.slice(from, open + 1), String(opened.length));
    opened.push(open + 1);
    closed.push(close);
    from = close;
  }
  rest.push(text.slice(from));
  return { rest: rest.join(""), opened, closed };
}
