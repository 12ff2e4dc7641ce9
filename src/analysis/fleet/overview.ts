import { annotateTable } from "../../routes/annotate-table.ts";
import type { Snapshot } from "../../topology/snapshot.ts";
import { gatherClasses } from "./classes.ts";
import { type Members, memberTables, outcomesText } from "./members.ts";
import { type MemberName, memberName } from "./summary.ts";

/** A subnet or a NIC of a snapshot, and its table. */
export interface OverviewMember extends MemberName {
  /** How many rows its table has; null without a table. */
  readonly routes: number | null;
  /** The class of its table: tables of one class send every address to the same place. Null without a table. */
  readonly forwardingClass: number | null;
  /** ISO 8601; null where the source does not say. */
  readonly fetchedAt: string | null;
  /** Why it has no table; null where it has one. */
  readonly missing: string | null;
}

/** Returns each subnet and NIC with its table, in alphabetical order. Cost: compiles each distinct table once. */
export function overviewOf(snapshot: Snapshot, members: Members): readonly OverviewMember[] {
  const classes = gatherClasses(memberTables(members, snapshot), (table) => annotateTable(table, null));
  const numbers = new Map(classes.flatMap((each, at) => each.members.map((member) => [member, at + 1] as const)));
  return members.all.map((member) => ({
    ...memberName(member),
    routes: member.tableKey === null ? null : (snapshot.tables.get(member.tableKey)?.routes.length ?? null),
    forwardingClass: numbers.get(member) ?? null,
    fetchedAt: member.answeredBy?.fetchedAt ?? null,
    missing: member.tableKey === null ? outcomesText(member.nics) : null,
  }));
}
