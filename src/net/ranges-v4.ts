import type { PrefixColumns, Ranges } from "./prefix-table.ts";
import { sortedOfFamily } from "./sort-prefixes.ts";

/** No prefix covers. */
const NONE = -1;

/** The number of addresses of a prefix of each length. Computing the power takes longer than the rest of the loop. */
const SIZES = Float64Array.from({ length: 33 }, (_, length) => 2 ** (32 - length));

/** One more than the last address. */
const END = 2 ** 32;

/**
 * Cuts the IPv4 address space at the ends of the prefixes, and writes to `parent` the next shorter prefix around each.
 * One function over plain numbers: most prefixes are IPv4, and a file is compiled once, before V8 has inlined any
 * calls.
 */
export function buildRangesV4(columns: PrefixColumns, parent: Int32Array): Ranges {
  const { words, length } = columns;
  const sorted = sortedOfFamily(columns, 4);
  // Each prefix starts a range, and at most one more starts after its end. The first range exists without any prefix.
  const starts = new Uint32Array(2 * sorted.length + 1);
  const prefix = new Int32Array(2 * sorted.length + 1);
  // The prefixes around the current address, longest last, and their ends. At most one of each length. The first entry
  // is a sentinel that never ends.
  const open = new Int32Array(34);
  const ends = new Float64Array(34);
  let depth = 0;
  let range = 0;
  let start = 0;
  open[0] = NONE;
  ends[0] = Number.POSITIVE_INFINITY;
  prefix[0] = NONE;
  for (let i = 0; ; i++) {
    const index = sorted[i] ?? NONE;
    const first = index === NONE ? END : (words[4 * index + 3] ?? 0);
    for (let end = ends[depth] ?? 0; end <= first; end = ends[depth] ?? 0) {
      depth--;
      if (end === END) continue;
      if (end !== start) range++;
      start = end;
      starts[range] = start;
      prefix[range] = open[depth] ?? NONE;
    }
    if (index === NONE) break;
    parent[index] = open[depth] ?? NONE;
    if (first !== start) range++;
    start = first;
    starts[range] = start;
    prefix[range] = index;
    depth++;
    open[depth] = index;
    ends[depth] = first + (SIZES[length[index] ?? 0] ?? 0);
  }
  return { starts: starts.subarray(0, range + 1), prefix: prefix.subarray(0, range + 1) };
}
