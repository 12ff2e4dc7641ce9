import type { PrefixColumns } from "./prefix-table.ts";
import { asciiBytes } from "./read-address.ts";
import { familyRead, lengthRead, prefixScannedTo, scanPrefix } from "./read-prefix.ts";

const MULTIPLIER = 0x9e3779b1;

/**
 * The first so many prefixes are compared even with what is like none: V8 compiles `scan` early, throws it away when what it did not see run by then
 * runs, and starts anew.
 */
const ALL_COMPARED = 64;

/** The longest prefix: an address of 45 characters, a slash and three digits; and a byte behind it. */
const scratch = new Uint8Array(50);

/**
 * The distinct prefixes of texts, in the order in which they first come, collected as columns. Equal are those that mean the same
 * addresses, however they are spelled.
 */
export class PrefixSet {
  readonly #most: number;
  readonly #family: Uint8Array;
  readonly #length: Uint8Array;
  readonly #words: Uint32Array;
  /** The same, signed: numbers of 32 bits without a sign are objects until V8 has compiled what reads them. */
  readonly #signed: Int32Array;
  /** Open addressing, at most five sixths full: where a prefix stands, found by its hash; 0 where there is none. */
  readonly #slots: Uint32Array;
  #count = 0;

  /** Holds as many prefixes as `most`. */
  constructor(most: number) {
    this.#most = most;
    // At 0 stands what is like no prefix, in front of the first; behind the last, room for one that turns out to be known.
    this.#family = new Uint8Array(most + 2);
    this.#length = new Uint8Array(most + 2);
    this.#words = new Uint32Array(4 * (most + 2));
    this.#signed = new Int32Array(this.#words.buffer);
    this.#slots = new Uint32Array(2 ** Math.ceil(Math.log2(1.2 * most + 2)));
  }

  /**
   * The place of the prefix that starts at `from` in the bytes, a new one where it is new; -1 where there is none, or no room.
   * `prefixScannedTo` tells where it ended.
   */
  scan(bytes: Uint8Array, from: number): number {
    const words = this.#signed;
    const own = this.#count + 1;
    const at = 4 * own;
    const read = scanPrefix(bytes, from, this.#words, at);
    if (read < 0) return -1;
    const family = familyRead(read);
    const length = lengthRead(read);
    // Not a function of its own: a file that is compiled once runs mostly before V8 has made calls cheap.
    let hash = Math.imul(read ^ (words[at + 3] ?? 0), MULTIPLIER);
    hash ^= hash >>> 15; // multiplying moves bits upwards only
    for (let k = family === 6 ? 2 : -1; k >= 0; k--) {
      hash = Math.imul(hash ^ (words[at + k] ?? 0), MULTIPLIER);
      hash ^= hash >>> 15;
    }
    const slots = this.#slots;
    let slot = hash & (slots.length - 1);
    for (let known = slots[slot] ?? 0; ; known = slots[slot] ?? 0) {
      const place = known - 1;
      slot = (slot + 1) & (slots.length - 1);
      if (known === 0 && own > ALL_COMPARED) break;
      const other = 4 * known;
      const differs =
        ((words[other + 3] ?? 0) ^ (words[at + 3] ?? 0)) |
        ((words[other + 2] ?? 0) ^ (words[at + 2] ?? 0)) |
        ((words[other + 1] ?? 0) ^ (words[at + 1] ?? 0)) |
        ((words[other] ?? 0) ^ (words[at] ?? 0)) |
        ((this.#length[known] ?? 0) ^ length) |
        ((this.#family[known] ?? 0) ^ family);
      if (differs === 0) return place;
      if (known === 0) break;
    }
    if (own > this.#most) return -1;
    slots[(slot - 1) & (slots.length - 1)] = own; // one step back to the empty one
    this.#family[own] = family;
    this.#length[own] = length;
    this.#count = own;
    return own - 1;
  }

  /** The same for the prefix that the whole text is. */
  add(text: string): number {
    const length = asciiBytes(text, scratch);
    const place = length < 0 ? -1 : this.scan(scratch, 0);
    return place >= 0 && prefixScannedTo() === length ? place : -1;
  }

  /** What has been collected, in place: touching memory for a copy costs more than the copying. */
  columns(): PrefixColumns {
    const count = this.#count;
    return {
      count,
      family: this.#family.subarray(1, count + 1),
      words: this.#words.subarray(4, 4 * (count + 1)),
      length: this.#length.subarray(1, count + 1),
    };
  }
}
