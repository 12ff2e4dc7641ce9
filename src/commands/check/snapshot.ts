import { memberTables } from "../../analysis/fleet/members.ts";
import { checkSnapshot } from "../../analysis/fleet/policy.ts";
import { summaryOf } from "../../analysis/fleet/summary.ts";
import type { Policy } from "../../analysis/policy/policy.ts";
import { traceData } from "../../analysis/trace/from-snapshot.ts";
import type { CheckReport } from "../../output/results/check/report.ts";
import { annotateTable } from "../../routes/annotate-table.ts";
import type { RouteTable } from "../../routes/effective-route.ts";
import type { TagCatalogue } from "../../service-tags/tag-catalogue.ts";
import type { NamedAddress } from "../../topology/address-map.ts";
import type { LoadedSnapshot } from "../shared/snapshot/load-snapshot.ts";

/** Checks the policy against every table of the snapshot. */
export function checkOfSnapshot(
  policy: Policy,
  { snapshot, members, cloud }: LoadedSnapshot,
  tags: TagCatalogue | null,
  named: readonly NamedAddress[] = [],
): CheckReport {
  const summary = summaryOf(snapshot, members);
  const tables = memberTables(members, snapshot);
  const { unreadParts } = snapshot;
  const { withoutTable } = members;
  // Resources in a folder of exports are some of many: what they lack is not missing.
  const topology = cloud === null ? null : snapshot.topology;
  const traces = () => traceData(snapshot, tags, named);
  const annotate = (table: RouteTable) => annotateTable(table, tags);
  const check = checkSnapshot(policy, { tables, summary, topology, unreadParts, withoutTable, annotate, traces }, tags);
  return {
    schemaVersion: "1.0",
    ...check,
    routeTables: members.all.flatMap(({ name, tableKey, answeredBy }) => {
      const origin = tableKey === null ? undefined : snapshot.tables.get(tableKey)?.origin;
      if (origin === undefined || answeredBy === null) return [];
      const own =
        origin.kind === "snapshot" ? { ...origin, name: answeredBy.id, fetchedAt: answeredBy.fetchedAt } : origin;
      return [{ table: name, origin: own }];
    }),
    serviceTagFile: tags?.file ?? null,
    snapshot: summary,
  };
}
