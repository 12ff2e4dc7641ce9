import type { RoutesReport } from "../routes/routes-report.ts";
import type { ExplanationReport } from "../selection/explanation.ts";
import type { LookupReport } from "../service-tags/lookup-report.ts";

/** What a table leaves out to stay readable; other formats always give everything. */
export interface RoutesView {
  /** Show every prefix of a row instead of the first and how many more there are. */
  readonly expandPrefixes: boolean;
  /** Show each of Azure's default None rows instead of how many there are. */
  readonly expandNone: boolean;
}

/** What a command has found out: what is printed in the format asked for. */
export type Result =
  | { readonly kind: "routes"; readonly report: RoutesReport; readonly view: RoutesView }
  | { readonly kind: "explanations"; readonly report: ExplanationReport }
  | { readonly kind: "tag-lookups"; readonly report: LookupReport };
