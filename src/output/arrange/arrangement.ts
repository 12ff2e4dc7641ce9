import { quotedText } from "../../text/quoted-text.ts";
import { UserError } from "../../text/user-error.ts";

/** How the rows of a flat format are arranged: `--columns`, `--sort` and `--no-headers`. */
export interface Arrangement {
  /** The chosen columns in their order, as typed; null for all. */
  readonly columns: readonly string[] | null;
  /** The columns to sort by, as typed. */
  readonly sort: readonly SortColumn[];
  readonly headings: boolean;
}

interface SortColumn {
  readonly name: string;
  readonly descending: boolean;
}

/** Every row and column, in their own order. */
export const UNARRANGED: Arrangement = { columns: null, sort: [], headings: true };

/** Whether rows or columns change. */
export const isArranged = ({ columns, sort }: Arrangement) => columns !== null || sort.length > 0;

/** The options as typed. */
export interface ArrangeOptions {
  readonly columns?: string | undefined;
  readonly sort?: string | undefined;
  /** commander's `--no-headers`. */
  readonly headers?: boolean | undefined;
}

/**
 * Returns the arrangement that the options describe.
 * @throws UserError for an empty list.
 */
export function readArrangement({ columns, sort, headers }: ArrangeOptions): Arrangement {
  return {
    columns: columns === undefined ? null : names("--columns", columns),
    sort:
      sort === undefined
        ? []
        : names("--sort", sort).map((name) => ({ name: name.replace(/^[-+]/, ""), descending: name.startsWith("-") })),
    headings: headers !== false,
  };
}

function names(option: string, list: string): readonly string[] {
  const found = list.split(",").map((name) => name.trim());
  if (found.every((name) => name !== "")) return found;
  throw new UserError("column-list", `${option} '${quotedText(list, 40)}' has an empty name`, `write ${option} a,b,c`);
}
