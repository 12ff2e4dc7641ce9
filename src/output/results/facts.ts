import { hanging } from "../../terminal/hanging.ts";
import { plainText } from "../../terminal/plain-text.ts";
import type { OutputStream } from "../../terminal/streams.ts";
import { EMPTY } from "../../terminal/table-form.ts";

/** Returns a cell's text; a dash for an empty cell. */
export const cell = (text: string | number | null) => (text === null || text === "" ? EMPTY : plainText(String(text)));

/** Returns labelled values, one per line. */
export function facts(
  pairs: readonly (readonly [string, string | number | null])[],
  stdout: OutputStream,
): Promise<string> {
  const width = pairs.reduce((most, [name]) => Math.max(most, name.length), 0);
  const line = (name: string, value: string) =>
    `${stdout.colours.cyan(name)}${" ".repeat(width - name.length)}  ${value}\n`;
  return hanging(pairs.map(([name, value]) => line(name, cell(value))).join(""), stdout);
}
