import type { TagChange } from "../../analysis/diff/tags.ts";
import type { Rows } from "./kinds.ts";
import type { TagDiffReport } from "./reports.ts";

/** What became of a prefix, and where the change tells it. */
const KINDS: readonly (readonly [string, (tag: TagChange) => readonly string[]])[] = [
  ["added", ({ added }) => added],
  ["removed", ({ removed }) => removed],
  ["gained", ({ gained }) => gained.prefixes],
  ["lost", ({ lost }) => lost.prefixes],
];

/**
 * Four lists of each tag, a row for each prefix: `added` and `removed` are entries of the tag's list; `gained` and `lost` are its addresses,
 * however they are summarised.
 */
export function tagDiffRows({ tags }: TagDiffReport): Rows {
  return {
    columns: ["serviceTag", "tagChange", "change", "addressPrefix", "region", "systemService"],
    rows: tags.flatMap((tag) =>
      KINDS.flatMap(([kind, prefixesOf]) =>
        prefixesOf(tag).map((prefix) => [tag.name, tag.change, kind, prefix, tag.region, tag.systemService]),
      ),
    ),
  };
}
