import type { TableDiff } from "../../analysis/diff/tables.ts";
import type { ServiceTagFile } from "../../routes/annotation.ts";
import type { RouteTableOrigin } from "../../routes/effective-route.ts";
import { hanging } from "../../terminal/hanging.ts";
import { plainText } from "../../terminal/plain-text.ts";
import type { OutputStream } from "../../terminal/terminal.ts";
import { addressesText } from "./address-text.ts";
import type { Kind } from "./kind.ts";
import { MOVE_COLUMNS, moveRows, movesText } from "./moves.ts";
import { routeTableText, serviceTagFileText } from "./provenance.ts";
import { rowChangesText } from "./row-changes.ts";

/** What `diff -o json` prints. */
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
  text: (report, stdout) => hanging(diffText(report, stdout), stdout),
};

function diffText({ moved, moves, rows, before, after, serviceTagFile }: DiffReport, stdout: OutputStream): string {
  const same =
    rows.length === 0 ? "no address changes next hop, and no row differs\n" : "no address changes next hop\n";
  const head = moves.length === 0 ? same : `${addressesText(moved)} change next hop:\n\n`;
  const data = [
    `before        ${routeTableText(before)}`,
    `after         ${routeTableText(after)}`,
    `service tags  ${serviceTagFileText(serviceTagFile)}`,
  ].map((line) => `${stdout.colours.dim(plainText(line))}\n`);
  return `${head}${movesText(moves, stdout)}${rowChangesText(rows, stdout)}\n${data.join("")}`;
}
