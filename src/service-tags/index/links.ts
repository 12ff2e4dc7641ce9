import { damagedIndex } from "./encoded-tags.ts";
import type { TagChains, TagIndex } from "./tag-index.ts";

/*
 * Links are checked one by one as they are followed: a damaged file must not send a look-up round for ever, and
 * checking all of them would cost a start three milliseconds.
 */

/**
 * The next link of a chain after `link`, 0 at its end. It is an earlier one.
 * @throws UserError for a link that is not.
 */
export function nextLink({ next }: TagChains, link: number): number {
  const found = next[link] ?? 0;
  if (found >= link) throw damagedIndex();
  return found;
}

/**
 * The longest prefix around another, -1 if there is none. It is shorter.
 * @throws UserError for one that is not.
 */
export function parentOf({ table, columns }: Pick<TagIndex, "table" | "columns">, prefix: number): number {
  const parent = table.parent[prefix] ?? -1;
  if (parent >= 0 && (columns.length[parent] ?? 255) >= (columns.length[prefix] ?? 0)) throw damagedIndex();
  return parent;
}
