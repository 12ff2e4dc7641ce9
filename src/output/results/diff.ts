import { plainText } from "../../terminal/plain-text.ts";
import type { OutputStream } from "../../terminal/terminal.ts";
import { addressesText } from "./address-text.ts";
import { movesText } from "./moves.ts";
import { routeTableText, serviceTagFileText } from "./provenance.ts";
import type { DiffReport } from "./reports.ts";
import { rowChangesText } from "./row-changes.ts";

/** What differs between two tables, for people. */
export function diffText(
  { moved, moves, rows, before, after, serviceTagFile }: DiffReport,
  stdout: OutputStream,
): string {
  const same = rows.length === 0 ? "no address goes elsewhere, and no row differs\n" : "no address goes elsewhere\n";
  const head = moves.length === 0 ? same : `${addressesText(moved)} go elsewhere:\n\n`;
  const data = [
    `before        ${routeTableText(before)}`,
    `after         ${routeTableText(after)}`,
    `service tags  ${serviceTagFileText(serviceTagFile)}`,
  ].map((line) => `${stdout.colours.dim(plainText(line))}\n`);
  return `${head}${movesText(moves, stdout)}${rowChangesText(rows, stdout)}\n${data.join("")}`;
}
