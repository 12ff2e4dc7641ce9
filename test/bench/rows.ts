import type { Row } from "./row.ts";
import { engineRows } from "./rows-engines.ts";
import { fleetRows } from "./rows-fleet.ts";
import { fleetReadRows } from "./rows-fleet-read.ts";
import { insideRows } from "./rows-inside.ts";
import { liveRows } from "./rows-live.ts";
import { packageRows } from "./rows-package.ts";
import { pageRows } from "./rows-page.ts";
import { readerRows } from "./rows-readers.ts";
import { startRows } from "./rows-start.ts";
import { streamRows } from "./rows-stream.ts";
import { tableRows } from "./rows-tables.ts";
import { tagRows } from "./rows-tags.ts";
import { traceRows } from "./rows-trace.ts";

/** The rows of the table, in order. */
export const ROWS: readonly Row[] = [
  ...startRows,
  ...tagRows,
  ...liveRows,
  ...tableRows,
  ...insideRows,
  ...packageRows,
  ...pageRows,
  ...streamRows,
  ...readerRows,
  ...traceRows,
  ...fleetRows,
  ...engineRows,
  ...fleetReadRows,
];
