import { describeClasses } from "../../../analysis/fleet/class-details.ts";
import { gatherClasses } from "../../../analysis/fleet/classes.ts";
import { memberTables } from "../../../analysis/fleet/members.ts";
import type { PageSource } from "../../../output/results/page-source.ts";
import { annotateTable } from "../../../routes/annotate-table.ts";
import type { TagCatalogue } from "../../../service-tags/tag-catalogue.ts";
import type { LoadedSnapshot } from "./load-snapshot.ts";

/** The source of a snapshot's page. The classes are computed when a page is written. */
export function snapshotPage(
  { snapshot, members }: Pick<LoadedSnapshot, "snapshot" | "members">,
  tags: TagCatalogue | null,
): PageSource {
  const classes = () =>
    describeClasses(gatherClasses(memberTables(members, snapshot), (table) => annotateTable(table, tags)));
  return { tables: [], carriedTags: null, classes };
}
