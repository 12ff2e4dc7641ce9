export { Explainer } from "./analysis/bulk/explainer.ts";
export { ForwardingTable, type Piece } from "./analysis/bulk/forwarding-table.ts";
export type { AddressCounts, AddressGroup } from "./analysis/destinations/address-counts.ts";
export { type DestinationSet, parseDestination } from "./analysis/destinations/destination-set.ts";
export { type DestinationOutcome, type DestinationSplit, splitByDecision } from "./analysis/destinations/split.ts";
export type { RowChange } from "./analysis/diff/rows.ts";
export { diffTables, type MoveSide, type TableDiff, type TableMove } from "./analysis/diff/tables.ts";
export { checkPolicy } from "./analysis/policy/check.ts";
export type { Policy, PolicyRule } from "./analysis/policy/policy.ts";
export type {
  CounterExample,
  LeftOut,
  PolicyCheck,
  PolicyResult,
  PolicyStatus,
  PolicySubject,
  RuleHead,
} from "./analysis/policy/result.ts";
export type {
  AddEndpoint,
  AddRoute,
  Change,
  ChangePeering,
  PropagateBgp,
  RemoveEndpoint,
  RemoveRoute,
  UserNextHopType,
  WhatIfErrorCode,
} from "./analysis/whatif/change.ts";
export { type PredictedMove, predictedMoves } from "./analysis/whatif/moves.ts";
export {
  parseAddEndpoint,
  parseAddPeering,
  parseAddRoute,
  parsePropagateBgp,
  parseRemoveEndpoint,
  parseRemovePeering,
  parseRemoveRoute,
} from "./analysis/whatif/parse.ts";
export { applyChanges, type PredictedRow, type Prediction } from "./analysis/whatif/predict.ts";
export * from "./library.ts";
export { type Address, formatAddress, parseAddress } from "./net/address.ts";
export type { AddressErrorCode } from "./net/address-error.ts";
export type { AddressRange } from "./net/address-ranges.ts";
export { formatPrefix, type Prefix, parsePrefix } from "./net/prefix.ts";
export { annotateTable } from "./routes/annotate-table.ts";
export type * from "./routes/annotation.ts";
export type { EffectiveRoute, RouteTable, RouteTableOrigin } from "./routes/effective-route.ts";
export { readRouteTable, type TableChoice, type TextOrigin, tableNames } from "./routes/read/read-route-table.ts";
export type { RouteFileErrorCode } from "./routes/read/route-file-error.ts";
export { SAMPLE_NAMES, type SampleName, sampleRouteTable } from "./routes/samples.ts";
export type { Decision } from "./selection/decision.ts";
export { explain } from "./selection/explain.ts";
export type * from "./selection/explanation.ts";
export { RULES, type Rule, type RuleId, type RuleStatus } from "./selection/rules.ts";
export { select } from "./selection/select.ts";
export { compileTags } from "./service-tags/index/compile-tags.ts";
export type { TagIndex } from "./service-tags/index/tag-index.ts";
export { sampleTags } from "./service-tags/sample-tags.ts";
export { type ServiceTag, TagCatalogue } from "./service-tags/tag-catalogue.ts";
export { parseTagFile, type TagFile, type TagFileEntry, type TagFileErrorCode } from "./service-tags/tag-file.ts";
export { UserError } from "./text/user-error.ts";
