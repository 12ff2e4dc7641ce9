import { nearNames } from "../../text/near-names.ts";
import { quotedText } from "../../text/quoted-text.ts";
import { UserError } from "../../text/user-error.ts";

/** A column by its name in the flat formats, and by the heading of the table. */
export interface NamedColumn {
  readonly name: string;
  readonly heading?: string | undefined;
  /** Whether only another kind of result has it: that of a snapshot, a router or a flow log. */
  readonly isOfOthers?: boolean | undefined;
}

/** Letters and digits alone: NEXT HOP TYPE, next-hop-type and nextHopType are the same. */
const essence = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

/**
 * Returns the index of each named column.
 * @throws UserError for an unknown name, with near names and the list, and for a column that is chosen twice.
 */
export function columnIndexes(wanted: readonly string[], columns: readonly NamedColumn[]): readonly number[] {
  const indexes = wanted.map((typed) => {
    const at = columns.findIndex(({ name, heading }) => [name, heading ?? name].some((own) => isNamed(own, typed)));
    if (at < 0) throw unknownColumn(typed, columns);
    return at;
  });
  const twice = columns.find((_, at) => indexes.indexOf(at) !== indexes.lastIndexOf(at));
  if (twice === undefined) return indexes;
  throw new UserError("column-twice", `column ${twice.name} is given twice`, "give each column once");
}

const isNamed = (own: string, typed: string) => essence(own) === essence(typed);

const OTHERS = "; snapshots, routers and flow logs have others";

function unknownColumn(typed: string, columns: readonly NamedColumn[]): UserError {
  const all = columns.map(({ name }) => name);
  const near = nearNames(typed, [...all, ...columns.flatMap(({ heading }) => heading ?? [])]);
  const own = columns.filter(({ isOfOthers }) => isOfOthers !== true).map(({ name }) => name);
  const list = `columns: ${own.join(", ")}${own.length < all.length ? OTHERS : ""}`;
  return new UserError(
    "unknown-column",
    `unknown column '${quotedText(typed, 40)}'`,
    near.length > 0 ? `did you mean ${near.join(", ")}? ${list}` : list,
  );
}
