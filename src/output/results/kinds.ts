import type { PolicyForm } from "../../analysis/policy/form.ts";
import type { RoutesReport } from "../../routes/routes-report.ts";
import type { TagListReport, TagReport } from "../../service-tags/list-report.ts";
import type { LookupReport } from "../../service-tags/lookup-report.ts";
import { inColumns } from "../../terminal/columns.ts";
import type { Failure } from "../../terminal/error-text.ts";
import type { Pieces } from "../../terminal/pieces.ts";
import type { OutputStream } from "../../terminal/streams.ts";
import { type Arrangement, isArranged } from "../arrange/arrangement.ts";
import type { NamedColumn } from "../arrange/named-columns.ts";
import type { CheckReport, CheckView } from "./check/report.ts";
import type { DiffReport } from "./diff.ts";
import type { ExplanationReport, ExplanationView } from "./explanations.ts";
import type { FlowReport } from "./flows.ts";
import type { GatewayDiffReport } from "./gateways/diff.ts";
import type { GatewayExplanationReport, GatewayExplanationView } from "./gateways/explanations.ts";
import type { GatewayPeersReport } from "./gateways/peers.ts";
import type { GatewayRoutesReport, GatewayRoutesView } from "./gateways/routes.ts";
import type { Kind } from "./kind.ts";
import type { PageSource } from "./page-source.ts";
import type { RoutesView } from "./routes/routes.ts";
import type { SnapshotAnswersReport, SnapshotAnswersView } from "./snapshot/answers.ts";
import type { SnapshotDiffReport } from "./snapshot/diff.ts";
import type { SnapshotRoutesReport } from "./snapshot/routes.ts";
import type { SnapshotReport } from "./snapshot/snapshot.ts";
import type { TagDiffReport, TagDiffView } from "./tags/diff.ts";
import type { TagStatusReport } from "./tags/status.ts";
import type { TagUpdateReport } from "./tags/update.ts";
import type { TraceReport, TraceView } from "./trace/report.ts";
import type { VersionReport } from "./version.ts";
import type { WhatIfReport, WhatIfView } from "./whatif.ts";

/** The report of each kind of result. Its key also names its JSON Schema. */
export interface Reports {
  readonly routes: RoutesReport;
  readonly whichroute: ExplanationReport;
  readonly diff: DiffReport;
  readonly whatif: WhatIfReport;
  readonly check: CheckReport;
  readonly "snapshot-whichroute": SnapshotAnswersReport;
  readonly "snapshot-routes": SnapshotRoutesReport;
  readonly trace: TraceReport;
  readonly snapshot: SnapshotReport;
  readonly "snapshot-diff": SnapshotDiffReport;
  readonly "gateway-routes": GatewayRoutesReport;
  readonly "gateway-peers": GatewayPeersReport;
  readonly "gateway-whichroute": GatewayExplanationReport;
  readonly "gateway-diff": GatewayDiffReport;
  readonly "tags-lookup": LookupReport;
  readonly "tags-list": TagListReport;
  readonly "tags-show": TagReport;
  readonly "tags-diff": TagDiffReport;
  readonly "tags-status": TagStatusReport;
  readonly "tags-update": TagUpdateReport;
  readonly version: VersionReport;
}

/** The options for the texts of some kinds. */
interface Views {
  readonly whichroute: ExplanationView;
  readonly whatif: WhatIfView;
  readonly routes: RoutesView;
  readonly check: CheckView;
  readonly "snapshot-whichroute": SnapshotAnswersView;
  readonly trace: TraceView;
  readonly "gateway-routes": GatewayRoutesView;
  readonly "gateway-whichroute": GatewayExplanationView;
  readonly "tags-diff": TagDiffView;
}

/** The rows and the text of each kind, loaded when a result of that kind is printed. */
const KINDS: {
  readonly [K in keyof Reports]: () => Promise<Kind<Reports[K], K extends keyof Views ? Views[K] : undefined>>;
} = {
  routes: async () => (await import("./routes/routes.ts")).routes,
  whichroute: async () => (await import("./explanations.ts")).explanations,
  diff: async () => (await import("./diff.ts")).diff,
  whatif: async () => (await import("./whatif.ts")).whatIf,
  check: async () => (await import("./check/check.ts")).check,
  "snapshot-whichroute": async () => (await import("./snapshot/answers.ts")).snapshotAnswers,
  "snapshot-diff": async () => (await import("./snapshot/diff.ts")).snapshotDiff,
  "snapshot-routes": async () => (await import("./snapshot/routes.ts")).snapshotRoutes,
  trace: async () => (await import("./trace/trace.ts")).traceKind,
  snapshot: async () => (await import("./snapshot/snapshot.ts")).snapshot,
  "gateway-routes": async () => (await import("./gateways/routes.ts")).gatewayRoutes,
  "gateway-peers": async () => (await import("./gateways/peers.ts")).gatewayPeers,
  "gateway-whichroute": async () => (await import("./gateways/explanations.ts")).gatewayExplanations,
  "gateway-diff": async () => (await import("./gateways/diff.ts")).gatewayDiff,
  "tags-lookup": async () => (await import("./tags/lookups.ts")).tagLookups,
  "tags-list": async () => (await import("./tags/list.ts")).tagList,
  "tags-show": async () => (await import("./tags/show.ts")).tag,
  "tags-diff": async () => (await import("./tags/diff.ts")).tagDiff,
  "tags-status": async () => (await import("./tags/status.ts")).tagStatus,
  "tags-update": async () => (await import("./tags/update.ts")).tagUpdate,
  version: async () => (await import("./version.ts")).version,
};

/** The error that any command with `-o json` prints on stderr. */
export interface ErrorReport {
  readonly error: Failure;
}

/** Every JSON Schema in the package, by its file name. */
export interface Schemas extends Reports {
  readonly "flow-log": FlowReport;
  readonly error: ErrorReport;
  readonly policy: PolicyForm;
}

/** The result of a command, to be printed in the chosen format. */
export type Result = {
  readonly [K in keyof Reports]: { readonly kind: K; readonly report: Reports[K] } & (K extends keyof Views
    ? { readonly view: Views[K] }
    : unknown);
}[keyof Reports] & {
  /** For `-o html`. Missing if this kind of result has no page. */
  readonly page?: PageSource;
};

/** A result as a flat table. */
export interface Rows extends Pick<Kind<object>, "columns" | "givenUp"> {
  readonly rows: ReturnType<Kind<object>["rows"]>;
}

const WIDE = "-o wide shows all";

const kindOf = (kind: keyof Reports) => KINDS[kind]() as Promise<Kind<object, unknown>>;

/** Returns the elements of a result. A result that is not a list is its only element. */
export const elementsOf = async (result: Result): Promise<readonly object[]> =>
  (await kindOf(result.kind)).elements(result.report);

/** Returns a kind's columns under the names of the flat formats and the headings of its table. */
function namedColumns(kind: Kind<object, unknown>): readonly NamedColumn[] {
  const shown = "table" in kind ? kind.table.columns : [];
  return kind.columns.map((name) => ({ name, heading: shown.find((column) => column.name === name)?.heading }));
}

/**
 * Returns the columns that a command's rows can have, its main kind's first; null for a command without a kind of
 * result.
 */
export async function columnsOf(command: string): Promise<readonly NamedColumn[] | null> {
  if (!isKind(command)) return null;
  const own = namedColumns(await kindOf(command));
  const more = [`snapshot-${command}`, `gateway-${command}`, ...(command === "routes" ? ["gateway-peers"] : [])];
  const others = [
    ...(command === "whichroute" ? (await import("./flows.ts")).FLOW_COLUMNS.map((name) => ({ name })) : []),
    ...(await Promise.all(more.filter(isKind).map(async (kind) => namedColumns(await kindOf(kind))))).flat(),
  ];
  const names = new Set(own.map(({ name }) => name));
  const added = others.filter(({ name }) => !names.has(name)).map((column) => ({ ...column, isOfOthers: true }));
  return [...own, ...new Map(added.map((column) => [column.name, column])).values()];
}

const isKind = (name: string): name is keyof Reports => Object.hasOwn(KINDS, name);

/**
 * Returns the rows of a result, e.g. one for each prefix of a route table or one for each destination. The rows can be
 * read twice: a table reads them to measure and again to print.
 * @throws UserError for an unknown column.
 */
export async function rowsOf(result: Result, arrangement: Arrangement): Promise<Rows> {
  const kind = await kindOf(result.kind);
  const { columns, givenUp } = kind;
  const rows = { [Symbol.iterator]: () => kind.rows(result.report)[Symbol.iterator]() };
  if (!isArranged(arrangement)) return { columns, givenUp, rows };
  const { arrangedRows } = await import("../arrange/arranged.ts");
  return arrangedRows({ columns, givenUp, rows }, namedColumns(kind), arrangement);
}

/** Returns the elements of a result on one line each; null for a kind whose rows are its lines. */
export async function linesOf(result: Result, stdout: OutputStream): Promise<Pieces | null> {
  const kind = await kindOf(result.kind);
  return kind.lines === undefined ? null : kind.lines(result.report, stdout);
}

/**
 * Returns the text of a result for people: a table, or another text if the result has no table and its rows are not
 * arranged. Null if the rows are to be printed.
 * @throws UserError for an unknown column.
 */
export async function textOf(result: Result, stdout: OutputStream, arrangement: Arrangement): Promise<Pieces | null> {
  const kind = await kindOf(result.kind);
  const view = "view" in result ? result.view : undefined;
  const { headings } = arrangement;
  if ("text" in kind) return isArranged(arrangement) || !headings ? null : kind.text(result.report, stdout, view);
  if (!isArranged(arrangement))
    return inColumns(kind.table.forms(result.report, view, false), stdout, { headings, whole: WIDE });
  const { arrangedForms } = await import("../arrange/arranged.ts");
  return inColumns(arrangedForms(kind.table, result.report, view, arrangement), stdout, { headings, whole: WIDE });
}

/** Returns the report of a result of this kind; any other kind is a bug. */
export function reportOf<K extends keyof Reports>(kind: K, result: Result): Reports[K] {
  if (result.kind !== kind) throw new RangeError(`expected a result of ${kind}, got one of ${result.kind}`);
  return result.report as Reports[K];
}
