import type { PrefixColumns } from "./prefix-table.ts";
import { bytesOf } from "./read-address.ts";
import { familyRead, lengthRead, prefixScannedTo, scanPrefix } from "./read-prefix.ts";

const MULTIPLIER = 0x9e3779b1;

/** The longest prefix, an address of 45 characters with a slash and three digits, and the byte that ends it. */
const scratch = new Uint8Array(50);

/**
 * The distinct prefixes of texts, in the order of their first occurrence, as columns. Prefixes are equal if they hold
 * the same addresses, however they are spelled. A hash table over typed arrays: a Map of texts takes twice as long for
 * a tag file.
 */
export class PrefixSet {
  readonly #family: Uint8Array;
  readonly #length: Uint8Array;
  readonly #words: Uint32Array;
  /**
   * The same memory, signed: V8 makes objects of unsigned numbers of 32 bits until it has compiled the code that reads
   * them.
   */
  readonly #signed: Int32Array;
  /**
   * Open addressing, at most five sixths full: one more than the place of a prefix, at its hash or behind it; 0 for an
   * empty slot.
   */
  readonly #slots: Uint32Array;
  #count = 0;

  /** For at most `most` texts. */
  constructor(most: number) {
    // One more, because a prefix is scanned into the next free place before it is looked up.
    this.#family = new Uint8Array(most + 1);
    this.#length = new Uint8Array(most + 1);
    this.#words = new Uint32Array(4 * (most + 1));
    this.#signed = new Int32Array(this.#words.buffer);
    this.#slots = new Uint32Array(2 ** Math.ceil(Math.log2(1.2 * most + 2)));
  }

  /**
   * The place of the text's prefix in the columns, a new place for a new prefix; -1 for a text that is not a prefix.
   */
  add(text: string): number {
    const own = this.#count;
    const size = bytesOf(text, scratch);
    const read = size < 0 ? -1 : scanPrefix(scratch, 0, this.#words, 4 * own);
    if (read < 0 || prefixScannedTo() !== size) return -1;
    this.#family[own] = familyRead(read);
    this.#length[own] = lengthRead(read);
    const mask = this.#slots.length - 1;
    let slot = this.#hash(own) & mask;
    for (let known = this.#slots[slot] ?? 0; known > 0; known = this.#slots[slot] ?? 0) {
      if (this.#equal(known - 1, own)) return known - 1;
      slot = (slot + 1) & mask;
    }
    this.#count = own + 1;
    this.#slots[slot] = own + 1;
    return own;
  }

  #hash(place: number): number {
    let hash = ((this.#family[place] ?? 0) << 8) | (this.#length[place] ?? 0);
    for (let k = 0; k < 4; k++) {
      hash = Math.imul(hash ^ (this.#signed[4 * place + k] ?? 0), MULTIPLIER);
      hash ^= hash >>> 15; // multiplying moves bits upwards only
    }
    return hash;
  }

  #equal(a: number, b: number): boolean {
    const words = this.#signed;
    return (
      words[4 * a + 3] === words[4 * b + 3] &&
      words[4 * a + 2] === words[4 * b + 2] &&
      words[4 * a + 1] === words[4 * b + 1] &&
      words[4 * a] === words[4 * b] &&
      this.#length[a] === this.#length[b] &&
      this.#family[a] === this.#family[b]
    );
  }

  /** The prefixes so far. The columns are not copied. */
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
