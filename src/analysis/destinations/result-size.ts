import { type AddressRange, prefixesIn } from "../../net/address-ranges.ts";
import { formatPrefix } from "../../net/prefix.ts";
import { UserError } from "../../text/user-error.ts";

/** The most that one result holds. Both together fit in a heap of 256 MB beside the routes and the tags. */
export interface SizeLimits {
  /** A prefix takes about 100 bytes. */
  readonly prefixes: number;
  /** A group of addresses, with its winner and its notes, takes about 1 KB. */
  readonly groups: number;
  /** What the groups are called, in the plural. */
  readonly name: string;
  /** How to ask for less. */
  readonly hint: string;
}

/** Counts what a result holds, so that one too large for memory is refused before it is complete. */
export class ResultSize {
  readonly #limits: SizeLimits;
  #prefixes = 0;
  #groups = 0;

  constructor(limits: SizeLimits) {
    this.#limits = limits;
  }

  /**
   * Counts one more group.
   * @throws UserError where there are too many.
   */
  addGroup(): void {
    if (++this.#groups > this.#limits.groups) throw this.#tooMany(this.#limits.groups, this.#limits.name);
  }

  /**
   * Counts prefixes of a list that is in the result once more.
   * @throws UserError where there are too many.
   */
  addPrefixes(count: number): void {
    this.#prefixes += count;
    if (this.#prefixes > this.#limits.prefixes) throw this.#tooMany(this.#limits.prefixes, "prefixes");
  }

  /**
   * Returns the shortest list of prefixes that hold exactly these addresses, in numeric order, and counts them.
   * @throws UserError where there are too many.
   */
  prefixTexts(ranges: Iterable<AddressRange>): readonly string[] {
    const texts: string[] = [];
    for (const prefix of prefixesIn(ranges)) {
      this.addPrefixes(1);
      texts.push(formatPrefix(prefix));
    }
    return texts;
  }

  #tooMany(most: number, what: string): UserError<"result-too-large"> {
    const message = `the result has more than ${most.toLocaleString("en")} ${what}`;
    return new UserError("result-too-large", message, this.#limits.hint);
  }
}
