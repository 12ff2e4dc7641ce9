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
  { snapshot, members }: LoadedSnapshot,
  tags: TagCatalogue | null,
  named: readonly NamedAddress[] = [],
): CheckReport {
  const summary = summaryOf(snapshot, members);
  const tables = memberTables(members, snapshot);
  const { topology, unreadParts, coverage } = snapshot;
  const { withoutTable } = members;
  const isOfExports = coverage === undefined;
  const traces = () => traceData(snapshot, tags, named);
  const annotate = (table: RouteTable) => annotateTable(table, tags);
  const checked = { tables, summary, topology, unreadParts, isOfExports, withoutTable, annotate, traces };
  const check = checkSnapshot(policy, checked, tags);
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
