import type { Row } from "./row.ts";
import { startRows } from "./rows-start.ts";

/** The table, in its order. */
export const ROWS: readonly Row[] = [...startRows];
