import { nearNames } from "../../text/near-names.ts";
import { quotedText } from "../../text/quoted-text.ts";
import { same } from "../../text/same.ts";
import { UserError } from "../../text/user-error.ts";
import type { LinesErrorCode } from "./choice.ts";

/** What may stand between cells where no delimiter was given. */
export const DELIMITERS = ",;\t|";

/** The delimiter of a header: the one that occurs in it most, outside quotes; a comma where none does. */
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
 * The position of the column in the header, from 0: by its name, else by its name without case.
 * @throws UserError where the header does not hold it, or holds it twice.
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
      `the header holds '${quotedText(column)}' ${found.length} times`,
      "rename one of the columns, or cut the one you want: --field N --delimiter ,",
    );
  }
  const near = nearNames(
    column,
    names.filter((name) => name !== ""),
  ).map((name) => quotedText(name));
  const all = quotedText(names.join(", "), 200);
  throw new UserError<LinesErrorCode>(
    "column-missing",
    `the header holds no column '${quotedText(column)}'`,
    near.length > 0 ? `did you mean: ${near.join(", ")}` : `its columns: ${all}`,
  );
}

function positions(names: readonly string[], matches: (name: string) => boolean): number[] {
  return names.flatMap((name, index) => (matches(name) ? [index] : []));
}
