import type { TagUpdate } from "../../../store/tags/update-tags.ts";
import { facts } from "../facts.ts";
import type { Kind } from "../kind.ts";

/** The output of `tags update -o json`. */
export interface TagUpdateReport {
  readonly schemaVersion: "1.0";
  readonly update: TagUpdate;
}

/** An update of the service tags: one row. */
export const tagUpdate: Kind<TagUpdateReport> = {
  elements: ({ update }) => [update],
  columns: ["file", "cloud", "changeNumber", "date", "tags", "prefixes", "changed", "previousChangeNumber"],
  rows({ update: { file, cloud, changeNumber, date, tags, prefixes, changed, previousChangeNumber } }) {
    return [[file, cloud, changeNumber, date, tags, prefixes, changed, previousChangeNumber]];
  },
  text({ update }, stdout) {
    const before = update.previousChangeNumber === null ? "none" : `change number ${update.previousChangeNumber}`;
    return facts(
      [
        ["file", update.file],
        ["cloud", update.cloud],
        ["change number", update.changeNumber],
        ["date", update.date],
        ["tags", update.tags],
        ["prefixes", update.prefixes],
        ["before", update.changed ? before : "the same file"],
      ],
      stdout,
    );
  },
};
