import { fromWords } from "../../net/address.ts";
import type { AddressRange } from "../../net/address-ranges.ts";
import { type Ranges, rangesOf } from "../../net/prefix-table.ts";
import type { Family } from "../../net/read-address.ts";
import type { ForwardingTable, Piece } from "../bulk/forwarding-table.ts";

/**
 * Yields the pieces of a forwarding table inside the ranges, in the order of the ranges and cut at their ends. Every
 * address of a range is in exactly one piece. Cost: a binary search per range and a step per piece in it.
 */
export function* piecesWithin(table: ForwardingTable, ranges: Iterable<AddressRange>): Generator<Piece> {
  for (const { family, first, last } of ranges) {
    const own = rangesOf(table.table, family);
    const count = own.prefix.length;
    let from = first;
    for (let at = rangeAt(own, family, first); from <= last; at++) {
      const end = at + 1 < count ? startOf(own, family, at + 1) - 1n : last;
      const to = end < last ? end : last;
      const prefix = own.prefix[at] ?? 0;
      yield { family, first: from, last: to, prefix, decision: table.decisionOf(prefix) };
      from = to + 1n;
    }
  }
}

/** Returns the index of the range that contains the address. */
function rangeAt(ranges: Ranges, family: Family, address: bigint): number {
  let low = 0;
  let high = ranges.prefix.length;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (startOf(ranges, family, middle) <= address) low = middle;
    else high = middle;
  }
  return low;
}

const words = new Uint32Array(4);

function startOf({ starts }: Ranges, family: Family, at: number): bigint {
  if (family === 4) return BigInt(starts[at] ?? 0);
  words.set(starts.subarray(4 * at, 4 * at + 4));
  return fromWords(6, words);
}
