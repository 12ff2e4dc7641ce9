import { plainText } from "./plain-text.ts";
import { routeTableText, serviceTagFileText } from "./provenance.ts";
import type { DiffReport } from "./reports.ts";
import { addressesText } from "./table-destination-sets.ts";
import { movesText, rowChangesText } from "./table-moves.ts";
import type { OutputStream } from "./terminal.ts";

/** What differs between two tables, for people. */
export function diffText(
  { moved, moves, rows, before, after, serviceTagFile }: DiffReport,
  stdout: OutputStream,
): string {
  const head = moves.length === 0 ? "no address goes elsewhere\n" : `${addressesText(moved)} go elsewhere:\n\n`;
  const data = [
    `before        ${routeTableText(before)}`,
    `after         ${routeTableText(after)}`,
    `service tags  ${serviceTagFileText(serviceTagFile)}`,
  ].map((line) => `${stdout.chalk.dim(plainText(line))}\n`);
  return `${head}${movesText(moves, stdout)}${rowChangesText(rows, stdout)}\n${data.join("")}`;
}
