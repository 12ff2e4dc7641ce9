import type { PrefixColumns } from "./prefix-table.ts";
import { asciiBytes } from "./read-address.ts";
import { familyRead, lengthRead, prefixScannedTo, scanPrefix } from "./read-prefix.ts";

const MULTIPLIER = 0x9e3779b1;

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
  /** Open addressing, at most five sixths full: one more than the place of a prefix, found by its hash; 0 where there is none. */
  readonly #slots: Uint32Array;
  #count = 0;

  /** Holds as many prefixes as `most`. */
  constructor(most: number) {
    this.#most = most;
    this.#family = new Uint8Array(most + 1);
    this.#length = new Uint8Array(most + 1);
    this.#words = new Uint32Array(4 * (most + 1));
    this.#slots = new Uint32Array(2 ** Math.ceil(Math.log2(1.2 * most + 2)));
  }

  /**
   * The place of the prefix that starts at `from` in the bytes, a new one where it is new; -1 where there is none, or no room.
   * `prefixScannedTo` tells where it ended.
   */
  scan(bytes: Uint8Array, from: number): number {
    const words = this.#words;
    const place = this.#count;
    const at = 4 * place;
    const read = scanPrefix(bytes, from, words, at);
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
    for (let known = slots[slot] ?? 0; known !== 0; known = slots[slot] ?? 0) {
      const other = 4 * known - 4;
      const same =
        words[other + 3] === words[at + 3] &&
        this.#length[known - 1] === length &&
        words[other + 2] === words[at + 2] &&
        words[other + 1] === words[at + 1] &&
        words[other] === words[at] &&
        this.#family[known - 1] === family;
      if (same) return known - 1;
      slot = (slot + 1) & (slots.length - 1);
    }
    if (place === this.#most) return -1;
    slots[slot] = place + 1;
    this.#family[place] = family;
    this.#length[place] = length;
    this.#count++;
    return place;
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
      family: this.#family.subarray(0, count),
      words: this.#words.subarray(0, 4 * count),
      length: this.#length.subarray(0, count),
    };
  }
}
