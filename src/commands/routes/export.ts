import { CSV_RANGE_COLUMNS, csvRangeRows } from "../../analysis/export/csv-ranges.ts";
import { kqlExport } from "../../analysis/export/kql.ts";
import { exportRanges } from "../../analysis/export/ranges.ts";
import { sqlExport } from "../../analysis/export/sql.ts";
import { csvText } from "../../output/formats/csv.ts";
import type { AnnotatedRouteTable } from "../../routes/annotation.ts";

/** What `--export` writes. */
export type ExportFormat = "kql" | "sql" | "csv-ranges";

/** The table in a format for engines that join on addresses. */
export function exportText(format: ExportFormat, annotated: AnnotatedRouteTable): string {
  const ranges = exportRanges(annotated);
  switch (format) {
    case "kql":
      return kqlExport(ranges, annotated.table.origin);
    case "sql":
      return sqlExport(ranges, annotated.table.origin);
    case "csv-ranges":
      return csvText(CSV_RANGE_COLUMNS, csvRangeRows(ranges));
    default:
      return format satisfies never;
  }
}
