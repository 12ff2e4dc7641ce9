import type { TagStatus } from "../../../store/tags/status.ts";
import { facts } from "../facts.ts";
import type { Kind } from "../kind.ts";

/** The output of `tags status -o json`. */
export interface TagStatusReport {
  readonly schemaVersion: "1.0";
  readonly status: Omit<TagStatus, "notes">;
}

/** The stored service tags: one row. */
export const tagStatus: Kind<TagStatusReport> = {
  elements: ({ status }) => [status],
  columns: [
    "file",
    "cloud",
    "changeNumber",
    "date",
    "tags",
    "prefixes",
    "ageDays",
    "stale",
    "storedAt",
    "previous",
    "path",
  ],
  rows({ status: { cloud, current, previous, ageDays, stale, path } }) {
    return [
      [
        current?.file ?? null,
        current?.cloud ?? cloud,
        current?.changeNumber ?? null,
        current?.date ?? null,
        current?.tags ?? null,
        current?.prefixes ?? null,
        ageDays,
        stale,
        current?.storedAt ?? null,
        previous?.file ?? null,
        path,
      ],
    ];
  },
  text({ status: { cloud, current, previous, ageDays, path } }, stdout) {
    return facts(
      [
        ["file", current?.file ?? null],
        ["cloud", current?.cloud ?? cloud],
        ["change number", current?.changeNumber ?? null],
        ["date", current?.date ?? null],
        ["tags", current?.tags ?? null],
        ["prefixes", current?.prefixes ?? null],
        ["age", ageDays === null ? null : `${ageDays} ${ageDays === 1 ? "day" : "days"}`],
        ["stored", current?.storedAt ?? null],
        ["previous", previous?.file ?? null],
        ["path", path],
      ],
      stdout,
    );
  },
};
