import { firstOf } from "../../text/first-of.ts";
import { nearNames } from "../../text/near-names.ts";
import { quotedText } from "../../text/quoted-text.ts";
import { same } from "../../text/same.ts";
import { UserError } from "../../text/user-error.ts";
import type { RouteFileErrorCode } from "./route-file-error.ts";

/** A table of a source, and whose it is, where the source says so. */
interface Named {
  readonly name: string | null;
}

/** The names of tables, each of its own: a second table of a name, and one without a name, get a number. */
export function namesOf(tables: readonly Named[]): readonly string[] {
  const seen = new Map<string, number>();
  return tables.map(({ name }, at) => {
    const base = name ?? `table ${at + 1}`;
    const count = (seen.get(base.toLowerCase()) ?? 0) + 1;
    seen.set(base.toLowerCase(), count);
    return count === 1 ? base : `${base} (${count})`;
  });
}

/**
 * The table that is wanted, by its name in any case. `owners`: what the tables are of, for the message.
 * @throws UserError where several tables are there and none is chosen, or the chosen one is not there.
 */
export function chosenTable<Table extends Named>(
  tables: readonly Table[],
  wanted: string | null,
  owners: string,
): Table {
  const [first, ...others] = tables;
  const names = namesOf(tables);
  if (wanted === null && first !== undefined && others.length === 0) return first;
  const found = wanted === null ? undefined : tables[names.findIndex((name) => same(name, wanted))];
  if (found !== undefined) return found;
  const list = names.map((name) => quotedText(name, 60));
  if (wanted === null) {
    const [example] = list.map((name) => (/[\s()]/.test(name) ? `'${name}'` : name));
    throw new UserError<RouteFileErrorCode>(
      "several-tables",
      `it holds the tables of ${names.length} ${owners}\n${firstOf(list, MOST_NAMES)}`,
      `choose one: --table ${example}`,
    );
  }
  const near = nearNames(wanted, names)[0];
  throw new UserError<RouteFileErrorCode>(
    "table-unknown",
    `it has no table '${quotedText(wanted, 40)}'`,
    near === undefined ? `it has: ${firstOf(list, MOST_NAMES)}` : `did you mean --table ${quotedText(near, 60)}?`,
  );
}

/** The most names that a message lists. */
const MOST_NAMES = 20;
