import { type AddressRange, prefixesIn } from "../../net/address-ranges.ts";
import { formatPrefix } from "../../net/prefix.ts";
import { UserError } from "../../text/user-error.ts";

/** The largest result allowed. Both limits together fit in a heap of 256 MB next to the routes and the tags. */
export interface SizeLimits {
  /** A prefix takes about 100 bytes. */
  readonly prefixes: number;
  /** A group of addresses, with its winner and its notes, takes about 1 KB. */
  readonly groups: number;
  /** The plural noun for the groups in the error message. */
  readonly name: string;
  /** How to get a smaller result. */
  readonly hint: string;
}

/** Counts the contents of a result, to reject one that is too large for memory before it is complete. */
export class ResultSize {
  readonly #limits: SizeLimits;
  #prefixes = 0;
  #groups = 0;

  constructor(limits: SizeLimits) {
    this.#limits = limits;
  }

  /**
   * Adds a group to the count.
   * @throws UserError if there are too many.
   */
  addGroup(): void {
    if (++this.#groups > this.#limits.groups) throw this.#tooMany(this.#limits.groups, this.#limits.name);
  }

  /**
   * Adds prefixes to the count, for a list that the result repeats.
   * @throws UserError if there are too many.
   */
  addPrefixes(count: number): void {
    this.#prefixes += count;
    if (this.#prefixes > this.#limits.prefixes) throw this.#tooMany(this.#limits.prefixes, "prefixes");
  }

  /**
   * Returns the shortest list of prefixes of exactly these addresses, in numeric order, and counts them.
   * @throws UserError if there are too many.
   */
  prefixTexts(ranges: Iterable<AddressRange>): readonly string[] {
    const texts: string[] = [];
    for (const prefix of prefixesIn(ranges)) {
      this.addPrefixes(1);
      texts.push(formatPrefix(prefix));
    }
    return texts;
  }

  #tooMany(limit: number, noun: string): UserError<"result-too-large"> {
    const message = `the result has more than ${limit.toLocaleString("en")} ${noun}`;
    return new UserError("result-too-large", message, this.#limits.hint);
  }
}
