import { EMPTY_NODE, emptyNode, startGoal } from "./command.ts";
import { program } from "./program.ts";
import type { Row } from "./row.ts";

function printed(id: string, option: string, expect: string): Row {
  return {
    id,
    what: option,
    unit: "ms",
    rounds: 41,
    limits: [{ of: EMPTY_NODE, reach: startGoal(1.6, 1.35), bound: 2 }],
    open: async (bench) => ({ contenders: [program(bench, [option], { expect }), emptyNode()] }),
  };
}

/** Rows about starts that only print information about the program. */
export const startRows: readonly Row[] = [
  printed("help", "--help", "Usage: vnet-explain"),
  printed("version", "--version", "."),
];
