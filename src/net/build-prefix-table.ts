import { BUCKETS, type Indices, indicesUpTo, type PrefixColumns, type PrefixTable } from "./prefix-table.ts";
import { buildRangesV4 } from "./ranges-v4.ts";
import { buildRangesV6 } from "./ranges-v6.ts";

/** Compiles prefixes of both families. Cost: sorting them, then linear. */
export function buildPrefixTable(columns: PrefixColumns): PrefixTable {
  const parent = new Int32Array(columns.count);
  const v4 = buildRangesV4(columns, parent);
  return { v4, v6: buildRangesV6(columns, parent), top: topOf(v4.starts), parent };
}

/** The `top` of a `PrefixTable` with these IPv4 ranges. */
export function topOf(starts: Uint32Array): Indices {
  const top = new (indicesUpTo(starts.length - 1))(BUCKETS);
  // Signed, as in sort-prefixes.ts.
  const signed = new Int32Array(starts.buffer, starts.byteOffset, starts.length);
  let filled = 0;
  for (let range = 1; range < signed.length; range++) {
    // The first bucket whose first address is not before the range.
    const bucket = (((signed[range] ?? 0) - 1) >>> 16) + 1;
    if (bucket > filled) top.fill(range - 1, filled, bucket);
    filled = bucket;
  }
  return top.fill(starts.length - 1, filled);
}
