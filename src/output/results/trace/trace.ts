import type { Hop } from "../../../analysis/trace/trace.ts";
import type { Cell } from "../../formats/cell.ts";
import type { Kind } from "../kind.ts";
import { nextHopsOf, type TraceReport, type TraceView, tracesOf } from "./report.ts";
import { traceLines, traceText } from "./text.ts";

/** The columns of hops. Scripts rely on their order. */
const COLUMNS = [
  "direction",
  "hop",
  "kind",
  "name",
  "address",
  "network",
  "addressPrefix",
  "nextHopType",
  "nextHop",
  "routeName",
  "rule",
  "certainty",
  "next",
  "disposition",
  "text",
  "assumptions",
  "resourceId",
] as const;

/** A trace: a row for each hop, those of the reply after those of the packet. */
export const traceKind: Kind<TraceReport, TraceView> = {
  elements: (report) => tracesOf(report).map(({ trace }) => trace),
  columns: COLUMNS,
  givenUp: [
    ...["resourceId", "assumptions", "text", "routeName", "network", "nextHopType", "address", "kind", "direction"],
    ...["nextHop", "certainty", "rule", "addressPrefix", "disposition", "next"],
  ],
  *rows(report) {
    for (const { direction, trace } of tracesOf(report)) {
      for (const hop of trace.hops) yield cellsOf(direction, hop);
    }
  },
  lines: traceLines,
  text: traceText,
};

function cellsOf(direction: string, hop: Hop): readonly Cell[] {
  const { winner } = hop;
  return [
    direction,
    hop.index,
    hop.kind,
    hop.name,
    hop.address,
    hop.network,
    winner?.addressPrefix ?? null,
    winner?.nextHopType ?? null,
    nextHopsOf(hop),
    winner !== null && "name" in winner ? winner.name : null,
    hop.rule.id,
    hop.certainty,
    hop.next.map(String),
    hop.disposition,
    hop.rule.text,
    hop.assumptions.map(({ id }) => id),
    hop.resourceId,
  ];
}
