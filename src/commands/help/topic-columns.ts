import { wrap } from "../../terminal/wrap.ts";

/** A narrower last column is hard to read. */
const NARROWEST = 20;

/** Rows as aligned columns, the last one wrapped at words; below one another where they have too little room. */
export function columns(rows: readonly (readonly string[])[], width: number): string {
  const widest = (column: number) => rows.reduce((most, row) => Math.max(most, row[column]?.length ?? 0), 0);
  const widths = (rows[0] ?? []).map((_, column) => widest(column));
  const last = widths.length - 1;
  const before = widths.slice(0, last).reduce((sum, each) => sum + each + 2, 2);
  if (last > 1 && width - before < NARROWEST) return stacked(rows);
  return rows
    .map((row) => {
      const start = row.slice(0, last).map((cell, column) => `${cell.padEnd(widths[column] ?? 0)}  `);
      const lines = wrap(row[last] ?? "", width - before < NARROWEST ? null : width - before);
      return `  ${start.join("")}${lines.join(`\n${" ".repeat(before)}`)}`.trimEnd();
    })
    .join("\n");
}

/** Each row as its first cell, with the others below it behind their headings, which are the first row. */
function stacked([headings = [], ...rows]: readonly (readonly string[])[]): string {
  const room = headings.slice(1).reduce((most, heading) => Math.max(most, heading.length), 0);
  const lines = rows.flatMap(([first = "", ...others]) => [
    `  ${first}`,
    ...others.map((cell, at) => `    ${(headings[at + 1] ?? "").padEnd(room)}  ${cell}`),
  ]);
  return lines.join("\n");
}
