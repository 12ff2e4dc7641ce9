import { formatAddress } from "../../../net/address.ts";
import { prefixesOf } from "../../../net/address-ranges.ts";
import { formatPrefix } from "../../../net/prefix.ts";
import { csvField } from "../../../text/csv-field.ts";
import type { ExportFormat } from "../format.ts";
import { type ExportModel, hexDigits } from "../model.ts";
import { ANSWER_COLUMNS, answerTexts, csvLines, nicFiles, textField } from "./cells.ts";

/** The CSV columns. Scripts depend on their order. */
export const CSV_RANGE_COLUMNS = [
  "family",
  "first",
  "last",
  "firstNumber",
  "lastNumber",
  "firstDigits",
  "lastDigits",
  "prefixes",
  ...ANSWER_COLUMNS,
  "tableId",
  "routeId",
] as const;

/**
 * Yields a line for each range. The numbers are those of IPv4 addresses and the 32 hexadecimal digits those of IPv6
 * addresses; the other pair is empty, so that no engine takes both for one type. The digits are in quotes: ClickHouse
 * guesses that a column is text only where it is quoted.
 */
function* rangeRecords({ tables, routes }: ExportModel): Generator<readonly string[]> {
  const answers = routes.map((answer) => answerTexts(answer).map(textField));
  for (const { tableId, ranges } of tables) {
    for (const range of ranges) {
      const { family, first, last, routeId } = range;
      const ends = [first, last];
      yield [
        String(family),
        ...ends.map((value) => formatAddress({ family, value })),
        ...(family === 4 ? [...ends.map(String), "", ""] : ["", "", ...ends.map((value) => `"${hexDigits(value)}"`)]),
        csvField(prefixesOf([range]).map(formatPrefix).join(",")),
        ...(answers[routeId - 1] ?? []),
        String(tableId),
        String(routeId),
      ];
    }
  }
}

/** One CSV with a line per range, and the interfaces if there are several. */
export const csvRanges: ExportFormat = {
  files: (model) => [
    { name: "ranges.csv", parts: csvLines(CSV_RANGE_COLUMNS, rangeRecords(model)) },
    ...nicFiles(model),
  ],
};
