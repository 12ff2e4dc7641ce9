import type { AddressCounts } from "../../analysis/destinations/address-counts.ts";
import type { DestinationSplit } from "../../analysis/destinations/split.ts";
import type { TableDiff, TableMove } from "../../analysis/diff/tables.ts";
import type { TouchedRoute } from "../../analysis/diff/tag-routes.ts";
import type { TagDiff } from "../../analysis/diff/tags.ts";
import type { FlowAnswer } from "../../analysis/flow-log/answer.ts";
import type { RefusedTuple } from "../../analysis/flow-log/record.ts";
import type { PolicyCheck } from "../../analysis/policy/result.ts";
import type { Caution } from "../../analysis/whatif/draft.ts";
import type { PredictedMove } from "../../analysis/whatif/moves.ts";
import type { PredictedRow } from "../../analysis/whatif/predict.ts";
import type { PredictionRule } from "../../analysis/whatif/rules.ts";
import type { ServiceTagFile } from "../../routes/annotation.ts";
import type { RouteTableOrigin } from "../../routes/effective-route.ts";
import type { ReportedRoute } from "../../routes/routes-report.ts";
import type { Certainty, Explanation, RefusedDestination } from "../../selection/explanation.ts";
import type { Failure } from "../../terminal/error-text.ts";

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

/** What `whatif -o json` prints: a prediction, and what it rests on. */
export interface WhatIfReport {
  readonly schemaVersion: "1.0";
  /** What is supposed, in the order in which it is done. */
  readonly changes: readonly string[];
  /** How sure the predicted table is: the status of the least sure of `rules`. */
  readonly certainty: Certainty;
  /** How many addresses would go elsewhere. */
  readonly moved: AddressCounts;
  /** Every such address in one and only one, the largest first. */
  readonly moves: readonly PredictedMove[];
  /** The rows that appear, go or change; `row` is a place in `routes`. */
  readonly rows: readonly PredictedRow[];
  /** The rules by which the table was predicted. */
  readonly rules: readonly PredictionRule[];
  /** What cannot be predicted, and what it depends on. */
  readonly cautions: readonly Caution[];
  /** The whole predicted table, in Azure's order. */
  readonly routes: readonly ReportedRoute[];
  readonly routeTable: RouteTableOrigin;
  readonly serviceTagFile: ServiceTagFile | null;
}

/** What `tags diff -o json` prints. What is told of routes is null where no route source was named. */
export interface TagDiffReport extends TagDiff {
  readonly schemaVersion: "1.0";
  /** The rows that the change touches. */
  readonly routes: readonly TouchedRoute[] | null;
  /** A prediction: how many addresses go elsewhere once Azure has brought these rows to the newer lists. */
  readonly moved: AddressCounts | null;
  /** Every such address in one and only one. */
  readonly moves: readonly TableMove[] | null;
  readonly routeTable: RouteTableOrigin | null;
}

/** What `check -o json` prints. */
export interface CheckReport extends PolicyCheck {
  readonly schemaVersion: "1.0";
  /** Where each table came from, by the name that results have for it. */
  readonly routeTables: readonly { readonly table: string; readonly origin: RouteTableOrigin }[];
  readonly serviceTagFile: ServiceTagFile | null;
}

/** What any command prints on stderr with `-o json` when it fails. */
export interface ErrorReport {
  readonly error: Failure;
}

export type { PolicyForm } from "../../analysis/policy/form.ts";
export type { RoutesReport } from "../../routes/routes-report.ts";
export type { TagListReport, TagReport } from "../../service-tags/list-report.ts";
export type { LookupReport } from "../../service-tags/lookup-report.ts";
export type { TagStatusReport, TagUpdateReport } from "./result.ts";
