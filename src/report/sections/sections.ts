import type { Section } from "../subject.ts";
import { allPrefixes } from "./all-prefixes.ts";
import { answers } from "./answers.ts";
import { endpoints } from "./endpoints.ts";
import { gatewayAnswers } from "./gateways/answers.ts";
import { gatewayMoves } from "./gateways/moves.ts";
import { gatewayTable } from "./gateways/table.ts";
import { holes } from "./holes.ts";
import { moves } from "./moves.ts";
import { path } from "./path.ts";
import { policy } from "./policy.ts";
import { prediction } from "./prediction.ts";
import { provenance } from "./provenance.ts";
import { routeRows } from "./route-rows.ts";
import { rowChanges } from "./row-changes.ts";
import { shares } from "./shares.ts";
import { snapshotAnswers } from "./snapshot/answers.ts";
import { snapshotBypasses } from "./snapshot/bypasses.ts";
import { snapshotClasses } from "./snapshot/classes.ts";
import { snapshotDrift } from "./snapshot/drift.ts";

/** Every section, from top to bottom. A new one is a file and a line here. */
export const SECTIONS: readonly Section[] = [
  provenance,
  path,
  answers,
  gatewayAnswers,
  gatewayMoves,
  gatewayTable,
  snapshotAnswers,
  policy,
  snapshotDrift,
  moves,
  rowChanges,
  prediction,
  snapshotBypasses,
  snapshotClasses,
  holes,
  shares,
  routeRows,
  endpoints,
  allPrefixes,
];
