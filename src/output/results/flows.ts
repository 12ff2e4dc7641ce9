import type { FlowAnswer } from "../../analysis/flow-log/answer.ts";
import type { RefusedTuple } from "../../analysis/flow-log/record.ts";
import type { ServiceTagFile } from "../../routes/annotation.ts";
import type { RouteTableOrigin } from "../../routes/effective-route.ts";
import type { Cell } from "../formats/cell.ts";

/** The output of `whichroute --flow-log -o json`. */
export interface FlowReport {
  readonly schemaVersion: "1.0";
  readonly flows: readonly (FlowAnswer | RefusedTuple)[];
  readonly routeTable: RouteTableOrigin;
  readonly serviceTagFile: ServiceTagFile | null;
}

/** The columns of flows: the flow, then its route. Scripts rely on their order. */
export const FLOW_COLUMNS = [
  "time",
  "direction",
  "sourceAddress",
  "sourcePort",
  "destinationAddress",
  "destinationPort",
  "protocol",
  "decision",
  "state",
  "destination",
  "verdict",
  "nextHopType",
  "nextHopIpAddress",
  "serviceTag",
  "addressPrefix",
  "name",
  "rule",
  "certainty",
  "macAddress",
  "securityRule",
  "packetsToDestination",
  "bytesToDestination",
  "packetsToSource",
  "bytesToSource",
  "error",
] as const;

/** The columns that a narrow terminal drops, the least important first. */
export const FLOW_GIVEN_UP: readonly string[] = [
  ...["macAddress", "securityRule", "certainty", "rule", "sourcePort", "protocol", "destinationAddress"],
  ...["bytesToSource", "packetsToSource", "bytesToDestination", "packetsToDestination", "state", "decision"],
  ...["direction", "destinationPort", "time", "name", "sourceAddress", "serviceTag", "addressPrefix"],
  ...["nextHopIpAddress", "nextHopType"],
];

/** Returns the row of one tuple. For a rejected tuple: its first characters, and the error's code in the last cell. */
export function flowRows(flow: FlowAnswer | RefusedTuple): readonly (readonly Cell[])[] {
  if ("error" in flow) {
    return [
      FLOW_COLUMNS.map((column) =>
        column === "destination" ? flow.destination : column === "error" ? flow.error.code : null,
      ),
    ];
  }
  const cells: Cell[] = [];
  for (const column of FLOW_COLUMNS) cells.push(column === "error" ? null : flow[column]);
  return [cells];
}
