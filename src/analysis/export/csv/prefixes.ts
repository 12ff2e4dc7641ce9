import { formatPrefix } from "../../../net/prefix.ts";
import type { ExportFormat } from "../format.ts";
import { type ExportModel, modelPrefixes } from "../model.ts";
import { ANSWER_COLUMNS, answerTexts, csvLines, nicFiles, textField } from "./cells.ts";

/** The CSV columns. Scripts, and the Kusto query that reads this file, depend on their order. */
export const CSV_PREFIX_COLUMNS = ["tableId", "family", "prefix", "routeId", ...ANSWER_COLUMNS] as const;

function* prefixRecords(model: ExportModel): Generator<readonly string[]> {
  const answers = model.routes.map((answer) => answerTexts(answer).map(textField));
  for (const { tableId, prefix, routeId } of modelPrefixes(model)) {
    yield [
      String(tableId),
      String(prefix.family),
      formatPrefix(prefix),
      String(routeId),
      ...(answers[routeId - 1] ?? []),
    ];
  }
}

/** One CSV with a line per prefix, and the interfaces if there are several. Every address is in exactly one prefix. */
export const csvPrefixes = {
  files: (model: ExportModel) => [
    { name: "prefixes.csv", parts: csvLines(CSV_PREFIX_COLUMNS, prefixRecords(model)) },
    ...nicFiles(model),
  ],
} satisfies ExportFormat;
