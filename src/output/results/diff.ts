import type { TableDiff } from "../../analysis/diff/tables.ts";
import type { ServiceTagFile } from "../../routes/annotation.ts";
import type { RouteTableOrigin } from "../../routes/effective-route.ts";
import { hanging } from "../../terminal/hanging.ts";
import { labelled, labelledText } from "../../terminal/labelled-text.ts";
import { measureFor } from "../../terminal/measure.ts";
import { plainText } from "../../terminal/plain-text.ts";
import type { OutputStream } from "../../terminal/streams.ts";
import type { Kind } from "./kind.ts";
import { MOVE_COLUMNS, movedText, moveLines, moveRows, movesText } from "./moves.ts";
import { dataText } from "./provenance.ts";
import { rowChangesText } from "./row-changes.ts";

/** The output of `diff -o json`. */
export interface DiffReport extends TableDiff {
  readonly schemaVersion: "1.0";
  readonly before: RouteTableOrigin;
  readonly after: RouteTableOrigin;
  readonly serviceTagFile: ServiceTagFile | null;
}

/** The difference between two tables: a row for each prefix that changes its next hop. */
export const diff: Kind<DiffReport> = {
  elements: ({ moves }) => moves,
  columns: MOVE_COLUMNS,
  rows: ({ moves }) => moveRows(moves),
  text: diffText,
  lines: ({ moves }, stdout) => moveLines(moves, stdout),
};

/** Yields the text for people: the moves, the rows that differ, what is compared, and the verdict. */
async function* diffText(report: DiffReport, stdout: OutputStream): AsyncGenerator<string> {
  const { moves, rows, before, after, serviceTagFile } = report;
  const { arrow } = stdout.symbols;
  const title = plainText(`${dataText(before, null)} ${arrow} ${dataText(after, serviceTagFile)}`);
  const measure = await measureFor([title]);
  const head = labelledText(labelled("data", title, { text: "dim" }), stdout, measure);
  yield* movesText(moves, stdout);
  const changes = await hanging(rowChangesText(rows, stdout), stdout);
  if (moves.length > 0) yield "\n";
  if (changes !== "") yield `${changes}\n`;
  yield `${head}\n${await hanging(verdictText(report, stdout), stdout)}`;
}

/** Returns the last line: the number of addresses that move, and of those that are lost. */
function verdictText({ moved, moves, rows }: DiffReport, { colours }: OutputStream): string {
  if (moves.length === 0) {
    return `${colours.green("no address changes next hop")}${rows.length === 0 ? ", and no row differs" : ""}\n`;
  }
  return `${colours.yellow(movedText(moved))}\n`;
}
