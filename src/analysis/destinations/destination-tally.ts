import { fromWords, toWords } from "../../net/address.ts";
import type { AddressBatch } from "../../net/address-batch.ts";
import { rangeOf, unionOf } from "../../net/address-ranges.ts";
import type { PrefixColumns } from "../../net/prefix-table.ts";
import { sortedOfFamily } from "../../net/sort-prefixes.ts";
import type { TagCatalogue } from "../../service-tags/tag-catalogue.ts";
import type { Destination } from "./destination.ts";
import { type CountedPrefix, type DestinationSet, destinationSet } from "./destination-set.ts";

const INITIAL_CAPACITY = 1024;

/**
 * Counts the destinations on the lines of a file. A tag or keyword is stored once, so a file may repeat it on every
 * line. Each address or prefix takes 18 bytes outside V8's heap.
 */
export class DestinationTally {
  readonly #named = new Map<string, { readonly destination: Destination; count: number }>();
  #lines = 0;
  /** Number of addresses and prefixes stored. */
  #size = 0;
  #family = new Uint8Array(INITIAL_CAPACITY);
  #length = new Uint8Array(INITIAL_CAPACITY);
  /** Four words per prefix; IPv4 uses the last one. */
  #words = new Uint32Array(4 * INITIAL_CAPACITY);

  /** Number of destinations added. */
  get lines(): number {
    return this.#lines;
  }

  add(destination: Destination): void {
    this.#lines++;
    if (destination.kind === "address" || destination.kind === "prefix") {
      const { family, first, length } = destination.prefix;
      this.#reserve(1);
      this.#family[this.#size] = family;
      this.#length[this.#size] = length;
      toWords({ family, value: first }, this.#words, 4 * this.#size);
      this.#size++;
      return;
    }
    const known = this.#named.get(destination.text);
    if (known === undefined) this.#named.set(destination.text, { destination, count: 1 });
    else known.count++;
  }

  addAddresses({ count, family, words }: AddressBatch): void {
    this.#lines += count;
    this.#reserve(count);
    for (let at = 0; at < count; at++) {
      const to = this.#size++;
      const v4 = family[at] === 4;
      this.#family[to] = v4 ? 4 : 6;
      this.#length[to] = v4 ? 32 : 128;
      // A batch sets only the last word of an IPv4 address.
      if (v4) this.#words[4 * to + 3] = words[4 * at + 3] ?? 0;
      else this.#words.set(words.subarray(4 * at, 4 * at + 4), 4 * to);
    }
  }

  /**
   * Returns the addresses of all lines as one set. Cost: a sort.
   * @throws UserError as `destinationSet` does.
   */
  set(name: string, tags: TagCatalogue | null): DestinationSet {
    const typed = this.#distinct();
    const named = [...this.#named.values()].flatMap(({ destination, count }) => {
      const own = [...destinationSet(destination, tags).own];
      return own.map(({ prefix }) => ({ prefix, count }));
    });
    function* all(): Generator<CountedPrefix> {
      yield* named;
      yield* typed();
    }
    function* ranges() {
      for (const { prefix } of all()) yield rangeOf(prefix);
    }
    return { name, kind: "file", own: { [Symbol.iterator]: all }, ranges: unionOf(ranges()) };
  }

  /** Returns an iterator over the distinct prefixes in numeric order, each with its number of lines. */
  #distinct(): () => Generator<CountedPrefix> {
    const columns = { count: this.#size, family: this.#family, length: this.#length, words: this.#words };
    const orders = ([4, 6] as const).map((family) => ({ family, order: sortedOfFamily(columns, family) }));
    return function* () {
      for (const { family, order } of orders) {
        for (let at = 0, next = 0; at < order.length; at = next) {
          const place = order[at] ?? 0;
          while (next < order.length && isSame(columns, place, order[next] ?? 0)) next++;
          const first = fromWords(family, columns.words, 4 * place);
          yield { prefix: { family, first, length: columns.length[place] ?? 0 }, count: next - at };
        }
      }
    };
  }

  /** Grows the arrays to hold `more` additional prefixes. */
  #reserve(more: number): void {
    const wanted = this.#size + more;
    if (wanted <= this.#family.length) return;
    const room = Math.max(wanted, 2 * this.#family.length);
    this.#family = enlarged(this.#family, new Uint8Array(room));
    this.#length = enlarged(this.#length, new Uint8Array(room));
    this.#words = enlarged(this.#words, new Uint32Array(4 * room));
  }
}

/** Whether two prefixes of one family are equal. */
function isSame({ words, length }: PrefixColumns, a: number, b: number): boolean {
  for (let word = 0; word < 4; word++) if (words[4 * a + word] !== words[4 * b + word]) return false;
  return length[a] === length[b];
}

function enlarged<Numbers extends Uint8Array | Uint32Array>(from: Numbers, into: Numbers): Numbers {
  into.set(from);
  return into;
}
