import { type Address, bitsOf, fromWords } from "../../net/address.ts";
import { lastOf, type Prefix, prefixOf } from "../../net/prefix.ts";
import { distinctPrefixes } from "../../net/prefix-columns.ts";
import { buildPrefixTable, longestCovering, type PrefixTable, type Ranges, rangesOf } from "../../net/prefix-table.ts";
import type { Family } from "../../net/read-address.ts";
import type { EffectiveRoute } from "../../routes/effective-route.ts";
import type { CoveringRow } from "../../selection/covering.ts";
import { type Decision, decide, decidePlatform } from "../../selection/decision.ts";
import { PLATFORM_ADDRESSES } from "../../selection/select.ts";

/** Consecutive addresses, first to last inclusive, for which the table makes one and the same decision. */
export interface Piece {
  readonly family: Family;
  readonly first: bigint;
  readonly last: bigint;
  /** The longest of the table's prefixes around the piece: addresses with the same one have the same decision. */
  readonly prefix: number;
  readonly decision: Decision;
}

const EVERYTHING = ([4, 6] as const).map((family) => prefixOf({ family, value: 0n }, 0));
const PLATFORM = PLATFORM_ADDRESSES.map((address) => prefixOf(address, bitsOf(address.family)));

/**
 * A route table compiled to disjoint ranges, each with its decision: every address of both families lies in one and only one
 * piece. Agrees with `select` on every address. Compiling sorts the prefixes; a look-up is one search; decisions are made when
 * first asked for, once per distinct prefix.
 */
export class ForwardingTable {
  readonly routes: readonly EffectiveRoute[];
  /** The distinct prefixes of all rows, of the platform's addresses and of either family's whole space. */
  readonly prefixes: readonly Prefix[];
  readonly table: PrefixTable;
  /** Per prefix: the rows that hold it, with its place in the row. */
  readonly #rows: readonly { readonly row: number; readonly place: number }[][];
  readonly #decisions: (Decision | undefined)[] = [];

  constructor(routes: readonly EffectiveRoute[]) {
    const ofRows = routes.flatMap((route, row) => route.addressPrefix.map((prefix, place) => ({ prefix, row, place })));
    // The platform's come first: so they are known by their places.
    const given = [...PLATFORM, ...EVERYTHING, ...ofRows.map(({ prefix }) => prefix)];
    const { prefixes, columns, places } = distinctPrefixes(given);
    const rows: { readonly row: number; readonly place: number }[][] = prefixes.map(() => []);
    ofRows.forEach(({ row, place }, at) => {
      const own = rows[places[at + PLATFORM.length + EVERYTHING.length] ?? 0];
      if (own?.at(-1)?.row !== row) own?.push({ row, place });
    });
    this.routes = routes;
    this.prefixes = prefixes;
    this.table = buildPrefixTable(columns);
    this.#rows = rows;
  }

  /** The place in `prefixes` of the longest one that covers the address; there always is one. */
  prefixAt(address: Address): number {
    return longestCovering(this.table, address);
  }

  /** The decision for every address whose longest covering prefix is the one at that place. */
  decisionOf(prefix: number): Decision {
    const known = this.#decisions[prefix];
    if (known !== undefined) return known;
    const covering = this.#coveringRows(prefix);
    const decision = prefix < PLATFORM.length ? decidePlatform(covering) : decide(covering);
    this.#decisions[prefix] = decision;
    return decision;
  }

  /** What `select` says of the address. */
  select(address: Address): Decision {
    return this.decisionOf(this.prefixAt(address));
  }

  /** The family's whole address space in order, piece by piece. */
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
      for (const { row: index, place } of this.#rows[at] ?? []) {
        const route = this.routes[index];
        // From the longest prefix outwards: the first one of a row is its longest.
        if (own !== undefined && route !== undefined && !rows.has(index)) {
          rows.set(index, { route, index, prefix: own, place });
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
