import { type Address, bitsOf, fromWords } from "../../net/address.ts";
import { buildPrefixTable } from "../../net/build-prefix-table.ts";
import { lastOf, type Prefix, prefixOf } from "../../net/prefix.ts";
import { distinctPrefixes } from "../../net/prefix-columns.ts";
import { longestCovering, type PrefixTable, type Ranges, rangesOf } from "../../net/prefix-table.ts";
import type { Family } from "../../net/read-address.ts";
import type { EffectiveRoute } from "../../routes/effective-route.ts";
import type { CoveringRow } from "../../selection/covering.ts";
import { type Decision, decide, decidePlatform } from "../../selection/decision.ts";
import { PLATFORM_ADDRESSES } from "../../selection/select.ts";

/** Consecutive addresses, first to last inclusive, with the same decision. */
export interface Piece {
  readonly family: Family;
  readonly first: bigint;
  readonly last: bigint;
  /** Index of the longest prefix in the table that covers the piece. It determines the decision. */
  readonly prefix: number;
  readonly decision: Decision;
}

const EVERYTHING = ([4, 6] as const).map((family) => prefixOf({ family, value: 0n }, 0));
const PLATFORM = PLATFORM_ADDRESSES.map((address) => prefixOf(address, bitsOf(address.family)));

/**
 * A route table compiled to disjoint ranges, each with its decision. Every address of both families lies in exactly
 * one range. Returns the same as `select` for every address. Compiling sorts the prefixes; a lookup is one binary
 * search; decisions are computed on first use, once per distinct prefix.
 */
export class ForwardingTable {
  readonly routes: readonly EffectiveRoute[];
  /** The distinct prefixes of all rows, plus the platform addresses, 0.0.0.0/0 and ::/0. */
  readonly prefixes: readonly Prefix[];
  readonly table: PrefixTable;
  /*
   * For each prefix a list of entries, one for each row that contains it, in table order: numbers, because objects would
   * take a hundred bytes for each prefix.
   */
  /** Per prefix: its first entry; 0 for none. */
  readonly #first: Uint32Array;
  /** Per entry: the next one or 0, the row, and the place of the prefix in the row. */
  readonly #entries: Uint32Array;
  readonly #decisions: (Decision | undefined)[] = [];

  constructor(routes: readonly EffectiveRoute[]) {
    // The platform prefixes come first, so decisionOf recognises them by index.
    const given = [...PLATFORM, ...EVERYTHING, ...routes.flatMap(({ addressPrefix }) => addressPrefix)];
    const { prefixes, columns, places } = distinctPrefixes(given);
    this.routes = routes;
    this.prefixes = prefixes;
    this.table = buildPrefixTable(columns);
    this.#first = new Uint32Array(prefixes.length);
    this.#entries = new Uint32Array(3 * given.length);
    let entry = given.length;
    // Backwards, because an entry is added at the head of its list.
    for (let row = routes.length; row-- > 0; ) {
      for (let place = routes[row]?.addressPrefix.length ?? 0; place-- > 0; ) {
        const prefix = places[--entry] ?? 0;
        this.#entries.set([this.#first[prefix] ?? 0, row, place], 3 * entry);
        this.#first[prefix] = entry;
      }
    }
  }

  /** Returns the index in `prefixes` of the longest prefix that covers the address. 0.0.0.0/0 and ::/0 always do. */
  prefixAt(address: Address): number {
    return longestCovering(this.table, address);
  }

  /** Returns the decision for the addresses whose longest covering prefix has this index. */
  decisionOf(prefix: number): Decision {
    const known = this.#decisions[prefix];
    if (known !== undefined) return known;
    const covering = this.#coveringRows(prefix);
    const decision = prefix < PLATFORM.length ? decidePlatform(covering) : decide(covering);
    this.#decisions[prefix] = decision;
    return decision;
  }

  /** Returns the decision for the address, the same as the function `select`. */
  select(address: Address): Decision {
    return this.decisionOf(this.prefixAt(address));
  }

  /** Yields the pieces of the family's whole address space, in order. */
  *pieces(family: Family): Generator<Piece> {
    const ranges = rangesOf(this.table, family);
    const end = lastOf(prefixOf({ family, value: 0n }, 0));
    let first = startOf(ranges, family, 0);
    for (let range = 0; range < ranges.prefix.length; range++) {
      const next = range + 1 < ranges.prefix.length ? startOf(ranges, family, range + 1) : end + 1n;
      const prefix = ranges.prefix[range] ?? 0;
      yield { family, first, last: next - 1n, prefix, decision: this.decisionOf(prefix) };
      first = next;
    }
  }

  #coveringRows(prefix: number): CoveringRow[] {
    const rows = new Map<number, CoveringRow>();
    for (let at = prefix; at >= 0; at = this.table.parent[at] ?? -1) {
      const own = this.prefixes[at];
      for (let entry = this.#first[at] ?? 0; entry > 0; entry = this.#entries[3 * entry] ?? 0) {
        const index = this.#entries[3 * entry + 1] ?? 0;
        const route = this.routes[index];
        // The loop runs from the longest prefix to the shortest, so a row's first match is its longest.
        if (own !== undefined && route !== undefined && !rows.has(index)) {
          rows.set(index, { route, index, prefix: own, place: this.#entries[3 * entry + 2] ?? 0 });
        }
      }
    }
    return [...rows.values()].sort((a, b) => a.index - b.index);
  }
}

const words = new Uint32Array(4);

function startOf({ starts }: Ranges, family: Family, range: number): bigint {
  if (family === 4) return BigInt(starts[range] ?? 0);
  words.set(starts.subarray(4 * range, 4 * range + 4));
  return fromWords(6, words);
}
