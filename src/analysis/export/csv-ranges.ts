import { formatAddress } from "../../net/address.ts";
import { prefixesOf } from "../../net/address-ranges.ts";
import { formatPrefix } from "../../net/prefix.ts";
import type { ExportRange } from "./ranges.ts";

/** Scripts lean on their order. */
export const CSV_RANGE_COLUMNS = [
  "family",
  "first",
  "last",
  "firstNumber",
  "lastNumber",
  "prefixes",
  "verdict",
  "nextHopType",
  "nextHopIpAddress",
  "addressPrefix",
  "source",
  "name",
  "serviceTag",
  "certainty",
] as const;

/**
 * A row for each range, its cells as CSV_RANGE_COLUMNS names them: the family as 4 or 6, the ends as addresses and as
 * decimal numbers (of IPv6 larger than most engines' integers), the shortest list of prefixes, the answer. Linear in
 * the ranges.
 */
export function* csvRangeRows(
  ranges: Iterable<ExportRange>,
): Generator<readonly (string | number | null | readonly string[])[]> {
  for (const range of ranges) {
    const { family, first, last, answer } = range;
    yield [
      family,
      formatAddress({ family, value: first }),
      formatAddress({ family, value: last }),
      first.toString(),
      last.toString(),
      prefixesOf([range]).map(formatPrefix),
      answer.verdict,
      answer.nextHopType,
      answer.nextHopIpAddress,
      answer.addressPrefix,
      answer.source,
      answer.name,
      answer.serviceTag,
      answer.certainty,
    ];
  }
}
