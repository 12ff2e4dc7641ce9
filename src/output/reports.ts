import type { DestinationSplit } from "../analysis/destination-split.ts";
import type { FlowAnswer } from "../analysis/flow-log-answer.ts";
import type { RefusedTuple } from "../analysis/flow-log-record.ts";
import type { TableDiff } from "../analysis/table-diff.ts";
import type { ServiceTagFile } from "../routes/annotation.ts";
import type { RouteTableOrigin } from "../routes/effective-route.ts";
import type { Explanation, RefusedDestination } from "../selection/explanation.ts";
import type { Failure } from "./error-text.ts";

/** What `whichroute -o json` prints: of every address an explanation, of every prefix, tag or other set of addresses how it is split. */
export interface ExplanationReport {
  readonly schemaVersion: "1.0";
  readonly explanations: readonly (Explanation | RefusedDestination | DestinationSplit)[];
  readonly routeTable: RouteTableOrigin;
  readonly serviceTagFile: ServiceTagFile | null;
}

/** What `whichroute --flow-log -o json` prints. */
export interface FlowReport {
  readonly schemaVersion: "1.0";
  readonly flows: readonly (FlowAnswer | RefusedTuple)[];
  readonly routeTable: RouteTableOrigin;
  readonly serviceTagFile: ServiceTagFile | null;
}

/** What `diff -o json` prints. */
export interface DiffReport extends TableDiff {
  readonly schemaVersion: "1.0";
  readonly before: RouteTableOrigin;
  readonly after: RouteTableOrigin;
  readonly serviceTagFile: ServiceTagFile | null;
}

/** What any command prints on stderr with `-o json` when it fails. */
export interface ErrorReport {
  readonly error: Failure;
}

export type { RoutesReport } from "../routes/routes-report.ts";
export type { TagListReport, TagReport } from "../service-tags/list-report.ts";
export type { LookupReport } from "../service-tags/lookup-report.ts";
export type { TagStatusReport, TagUpdateReport } from "./result.ts";
