import { comparePrefixes, containsPrefix, type Prefix } from "./prefix.ts";

/** A set of prefixes, for many tests whether one of them holds a given prefix. */
export class OutermostPrefixes {
  /** The prefixes that no other holds, in order. Only the last one that does not sort after a prefix can hold it. */
  readonly #outermost: readonly Prefix[];

  /** Cost: that of a sort. */
  constructor(prefixes: Iterable<Prefix>) {
    const outermost: Prefix[] = [];
    for (const prefix of [...prefixes].sort(comparePrefixes)) {
      const last = outermost.at(-1);
      if (last === undefined || !containsPrefix(last, prefix)) outermost.push(prefix);
    }
    this.#outermost = outermost;
  }

  get isEmpty(): boolean {
    return this.#outermost.length === 0;
  }

  /** Whether a single prefix of the set holds every address of the given one. Cost: a binary search. */
  hold(prefix: Prefix): boolean {
    let low = 0;
    let high = this.#outermost.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = this.#outermost[middle];
      if (other !== undefined && comparePrefixes(other, prefix) <= 0) low = middle + 1;
      else high = middle;
    }
    const before = this.#outermost[low - 1];
    return before !== undefined && containsPrefix(before, prefix);
  }
}
