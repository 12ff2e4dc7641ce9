import type { SnapshotSummary } from "../../../analysis/fleet/summary.ts";
import { isOfEachTable, type PolicyCheck, type PolicyResult } from "../../../analysis/policy/result.ts";
import type { ServiceTagFile } from "../../../routes/annotation.ts";
import type { RouteTableOrigin } from "../../../routes/effective-route.ts";
import { tableNames } from "./result-text.ts";

/** The output of `check -o json`. */
export interface CheckReport extends PolicyCheck {
  readonly schemaVersion: "1.0";
  /** The origin of each table, by the table's name in the results. */
  readonly routeTables: readonly { readonly table: string; readonly origin: RouteTableOrigin }[];
  readonly serviceTagFile: ServiceTagFile | null;
  /**
   * The snapshot that was checked; null if tables were given one by one. With a snapshot, `tables` of a result names
   * all subnets that have this result.
   */
  readonly snapshot: SnapshotSummary | null;
}

/**
 * Returns the test suites of a result: one for each table of a snapshot, one for the two tables of a symmetric rule.
 */
export function suitesOf(result: PolicyResult, { snapshot }: Pick<CheckReport, "snapshot">): readonly string[] {
  return snapshot !== null && isOfEachTable(result) && result.tables.length > 0 ? result.tables : [tableNames(result)];
}

/** Options for the text of a checked policy. */
export interface CheckView {
  /** Show every prefix of a counter-example, and explain each of them. */
  readonly expand: boolean;
}
