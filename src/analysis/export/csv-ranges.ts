import { formatAddress } from "../../net/address.ts";
import { prefixesOf } from "../../net/address-ranges.ts";
import { formatPrefix } from "../../net/prefix.ts";
import type { ExportRange } from "./ranges.ts";

/** The CSV columns. Scripts depend on their order. */
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
 * Yields a row for each range, with the cells of CSV_RANGE_COLUMNS. The family is 4 or 6. The first and last address
 * are given in text and as decimal numbers, which for IPv6 exceed the integers of most engines. Cost: linear in the
 * ranges.
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
