import type { RoutesReport } from "../../routes/routes-report.ts";
import type { TagListReport, TagReport } from "../../service-tags/list-report.ts";
import type { LookupReport } from "../../service-tags/lookup-report.ts";
import type { TagStatus } from "../../store/tags/status.ts";
import type { TagUpdate } from "../../store/tags/update-tags.ts";
import type { CheckReport, DiffReport, ExplanationReport, TagDiffReport, WhatIfReport } from "./reports.ts";

/** What a table leaves out to stay readable; other formats always give everything. */
export interface RoutesView {
  /** Show every prefix of a row instead of the first and how many more there are. */
  readonly expandPrefixes: boolean;
  /** Show each of Azure's default None rows instead of how many there are. */
  readonly expandNone: boolean;
  /** Of each route, in their order, the prefix that its folded line shows; where it is not given, its first. */
  readonly leading?: readonly string[] | undefined;
  /** What is to be said of each route, in their order, in a column before the others. */
  readonly marks?: readonly (string | null)[] | undefined;
}

/** What a table of changed tags leaves out. */
export interface TagDiffView {
  /** Show every prefix of a list instead of its start. */
  readonly expandPrefixes: boolean;
}

/** What the text of a checked policy leaves out. */
export interface CheckView {
  /** Show every prefix of a counter-example, and explain each of them. */
  readonly expand: boolean;
}

/** What `tags update -o json` prints. */
export interface TagUpdateReport {
  readonly schemaVersion: "1.0";
  readonly update: TagUpdate;
}

/** What `tags status -o json` prints. */
export interface TagStatusReport {
  readonly schemaVersion: "1.0";
  readonly status: Omit<TagStatus, "notes">;
}

/** What a command has found out: what is printed in the format asked for. */
export type Result =
  | { readonly kind: "routes"; readonly report: RoutesReport; readonly view: RoutesView }
  | { readonly kind: "explanations"; readonly report: ExplanationReport }
  | { readonly kind: "diff"; readonly report: DiffReport }
  | { readonly kind: "check"; readonly report: CheckReport; readonly view: CheckView }
  | { readonly kind: "whatif"; readonly report: WhatIfReport }
  | { readonly kind: "tag-diff"; readonly report: TagDiffReport; readonly view: TagDiffView }
  | { readonly kind: "tag-lookups"; readonly report: LookupReport }
  | { readonly kind: "tag-update"; readonly report: TagUpdateReport }
  | { readonly kind: "tag-status"; readonly report: TagStatusReport }
  | { readonly kind: "tag-list"; readonly report: TagListReport }
  | { readonly kind: "tag"; readonly report: TagReport };
