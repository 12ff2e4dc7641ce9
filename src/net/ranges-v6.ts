import type { PrefixColumns, Ranges } from "./prefix-table.ts";
import { sortedOfFamily } from "./sort-prefixes.ts";

/** No prefix covers. */
const NONE = -1;

/** Takes the IPv6 prefixes in their order and cuts the address space at their ends; `parent` gets the next shorter one around each. */
export function buildRangesV6(columns: PrefixColumns, parent: Int32Array): Ranges {
  const sorted = sortedOfFamily(columns, 6);
  const builder = new RangeBuilder(columns, sorted.length);
  for (let i = 0; i < sorted.length; i++) builder.add(sorted[i] ?? 0, parent);
  return builder.end();
}

class RangeBuilder {
  readonly #words: Uint32Array;
  readonly #length: Uint8Array;
  readonly #starts: Uint32Array;
  readonly #prefix: Int32Array;
  #last = 0;
  /** The prefixes around the place that has been reached, the longest last: at most one of each length. */
  readonly #open = new Int32Array(129);
  #depth = 0;

  constructor({ words, length }: PrefixColumns, count: number) {
    this.#words = words;
    this.#length = length;
    // Each prefix starts one range and at most one more starts behind it. The first is there without any, and one is scratch.
    this.#starts = new Uint32Array(4 * (2 * count + 2));
    this.#prefix = new Int32Array(2 * count + 2);
    this.#prefix[0] = NONE;
  }

  add(index: number, parent: Int32Array): void {
    while (this.#depth > 0) {
      const longest = this.#around();
      if (sameBits(this.#words, 4 * longest, 4 * index, this.#length[longest] ?? 0)) break;
      this.#close(longest);
    }
    parent[index] = this.#around();
    const to = 4 * (this.#last + 1);
    for (let k = 0; k < 4; k++) this.#starts[to + k] = this.#words[4 * index + k] ?? 0;
    this.#start(index);
    this.#open[this.#depth++] = index;
  }

  end(): Ranges {
    while (this.#depth > 0) this.#close(this.#around());
    const count = this.#last + 1;
    return { starts: this.#starts.subarray(0, 4 * count), prefix: this.#prefix.subarray(0, count) };
  }

  /** The longest prefix around the place that has been reached, or -1. */
  #around(): number {
    return this.#depth > 0 ? (this.#open[this.#depth - 1] ?? NONE) : NONE;
  }

  #close(longest: number): void {
    this.#depth--;
    const to = 4 * (this.#last + 1);
    if (wordsAfter(this.#words, 4 * longest, this.#length[longest] ?? 0, this.#starts, to)) this.#start(this.#around());
  }

  /** Gives the addresses from those on that stand behind the last range to a prefix. */
  #start(index: number): void {
    const from = 4 * this.#last;
    if (!sameWords(this.#starts, from, from + 4, 4)) this.#last++;
    this.#prefix[this.#last] = index;
  }
}

function sameWords(words: Uint32Array, at: number, bt: number, count: number): boolean {
  for (let k = 0; k < count; k++) if (words[at + k] !== words[bt + k]) return false;
  return true;
}

/** Whether two addresses have their first `count` bits in common. */
function sameBits(words: Uint32Array, at: number, bt: number, count: number): boolean {
  const whole = count >>> 5;
  if (!sameWords(words, at, bt, whole)) return false;
  const rest = count & 31;
  return rest === 0 || ((words[at + whole] ?? 0) ^ (words[bt + whole] ?? 0)) >>> (32 - rest) === 0;
}

/** Writes the address after the last one of a prefix; false where there is none. */
function wordsAfter(words: Uint32Array, at: number, fixed: number, target: Uint32Array, to: number): boolean {
  if (fixed === 0) return false;
  for (let k = 0; k < 4; k++) target[to + k] = words[at + k] ?? 0;
  // The last fixed bit counts one further, and carries.
  let add = 2 ** (31 - ((fixed - 1) & 31));
  for (let k = (fixed - 1) >>> 5; k >= 0; k--) {
    const sum = (target[to + k] ?? 0) + add;
    target[to + k] = sum;
    if (sum <= 0xffffffff) return true;
    add = 1;
  }
  return false;
}
