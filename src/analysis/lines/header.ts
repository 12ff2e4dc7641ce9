import { nearNames } from "../../text/near-names.ts";
import { quotedText } from "../../text/quoted-text.ts";
import { same } from "../../text/same.ts";
import { UserError } from "../../text/user-error.ts";
import type { LinesErrorCode } from "./choice.ts";

/** The delimiters that are detected. */
export const DELIMITERS = ",;\t|";

/** Returns the delimiter that occurs most often in the header outside quotes, or a comma if none does. */
export function delimiterOfHeader(header: string): string {
  const bare = header.replace(/"[^"]*"/g, "");
  let best = ",";
  let most = 0;
  for (const delimiter of DELIMITERS) {
    const count = bare.split(delimiter).length - 1;
    if (count > most) {
      most = count;
      best = delimiter;
    }
  }
  return best;
}

/**
 * Returns the index of the column in the header. An exact match takes precedence over a case-insensitive one.
 * @throws UserError if the column is missing or ambiguous.
 */
export function columnIndex(header: readonly string[], column: string): number {
  const names = header.map((name) => name.trim());
  const exact = positions(names, (name) => name === column);
  const found = exact.length > 0 ? exact : positions(names, (name) => same(name, column));
  const [index] = found;
  if (index !== undefined && found.length === 1) return index;
  if (index !== undefined) {
    throw new UserError<LinesErrorCode>(
      "column-twice",
      `column '${quotedText(column)}' occurs ${found.length} times in the header`,
      "rename one of the columns, or select one by number with --field N --delimiter ,",
    );
  }
  const near = nearNames(
    column,
    names.filter((name) => name !== ""),
  ).map((name) => quotedText(name));
  const all = quotedText(names.join(", "), 200);
  throw new UserError<LinesErrorCode>(
    "column-missing",
    `no column '${quotedText(column)}' in the header`,
    near.length > 0 ? `did you mean: ${near.join(", ")}` : `columns: ${all}`,
  );
}

function positions(names: readonly string[], matches: (name: string) => boolean): number[] {
  return names.flatMap((name, index) => (matches(name) ? [index] : []));
}
