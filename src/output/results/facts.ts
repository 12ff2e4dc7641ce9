import { EMPTY } from "../../terminal/columns.ts";
import { plainText } from "../../terminal/plain-text.ts";
import type { OutputStream } from "../../terminal/terminal.ts";

/** Returns a cell's text; a dash for an empty cell. */
export const cell = (text: string | number | null) => (text === null || text === "" ? EMPTY : plainText(String(text)));

/** Returns labelled values, one a line. */
export function facts(pairs: readonly (readonly [string, string | number | null])[], stdout: OutputStream): string {
  const width = pairs.reduce((most, [name]) => Math.max(most, name.length), 0);
  return pairs.map(([name, value]) => `${stdout.colours.cyan(name.padEnd(width))}  ${cell(value)}\n`).join("");
}
