import { bitsOf, parseAddress } from "../../net/address.ts";
import { isAddressError } from "../../net/address-error.ts";
import { comparePrefixes, type Prefix, parsePrefix, prefixOf } from "../../net/prefix.ts";
import { EMPTY } from "../../terminal/table-form.ts";
import { type Cell, cellText } from "../formats/cell.ts";

/** A column to sort by. */
export interface SortIndex {
  readonly index: number;
  readonly descending: boolean;
}

/** The sort key of a cell. Prefixes and addresses come first, then numbers, then texts. */
type Key =
  | { readonly rank: 0; readonly prefix: Prefix; readonly text: string }
  | { readonly rank: 1; readonly number: number; readonly text: string }
  | { readonly rank: 2; readonly text: string };

/** Texts are compared without case; digits in them by their value. */
const collator = new Intl.Collator("en", { numeric: true });

/**
 * Returns the order of rows by some of their cells: prefixes by address, then length; numbers by value; empty cells
 * last, also in descending order. Rows that are equal keep their order.
 */
export function sortedOrder(rows: readonly (readonly Cell[])[], by: readonly SortIndex[]): readonly number[] {
  const columns = by.map(({ index, descending }) => {
    return { keys: rows.map((row) => keyOf(cellText(row[index] ?? null))), descending };
  });
  return rows
    .map((_, at) => at)
    .sort((a, b) => {
      for (const { keys, descending } of columns) {
        const order = compared(keys[a] ?? null, keys[b] ?? null, descending);
        if (order !== 0) return order;
      }
      return 0;
    });
}

/** Returns the key of a cell; null if it is empty. A cell may have more text after its prefix: `10.0.0.0/8 +79`. */
function keyOf(text: string): Key | null {
  if (text === "" || text === EMPTY) return null;
  const prefix = prefixIn(text.replace(/[\s,].*/s, ""));
  if (prefix !== null) return { rank: 0, prefix, text };
  const number = Number(text);
  return Number.isNaN(number) ? { rank: 2, text } : { rank: 1, number, text };
}

function prefixIn(word: string): Prefix | null {
  if (!/^[\da-f]*[.:][\da-f.:]*(\/\d+)?$/i.test(word)) return null;
  try {
    if (word.includes("/")) return parsePrefix(word);
    const address = parseAddress(word);
    return prefixOf(address, bitsOf(address.family));
  } catch (error) {
    if (isAddressError(error)) return null;
    throw error;
  }
}

function compared(a: Key | null, b: Key | null, descending: boolean): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return (descending ? -1 : 1) * comparedKeys(a, b);
}

function comparedKeys(a: Key, b: Key): number {
  if (a.rank === 0 && b.rank === 0) return comparePrefixes(a.prefix, b.prefix) || collator.compare(a.text, b.text);
  if (a.rank === 1 && b.rank === 1) return a.number - b.number;
  return a.rank - b.rank || collator.compare(a.text, b.text);
}
