import { comparePrefixes, containsPrefix, type Prefix } from "./prefix.ts";

/** Prefixes that are asked many times whether one of them holds another. */
export class OutermostPrefixes {
  /** Those that no other holds, in order: at most one of them can hold a prefix, the last that does not come behind it. */
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

  /** Whether one of them holds every address of the prefix. Two that hold it only together do not count. Cost: a search. */
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
