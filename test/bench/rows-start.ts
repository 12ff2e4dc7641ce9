import { command, EMPTY_NODE, emptyNode } from "./command.ts";
import type { Row, Workbench } from "./row.ts";

/** The program with those arguments, its cache filled. */
function program({ program: path, cache }: Workbench, args: readonly string[], expect: string) {
  return command(`vnet-explain ${args[0]}`, [process.execPath, path, ...args], {
    env: { VNET_EXPLAIN_CACHE: cache },
    expect,
  });
}

function printed(id: string, option: string, expect: string): Row {
  return {
    id,
    what: option,
    unit: "ms",
    rounds: 41,
    limits: [{ of: EMPTY_NODE, reach: 1.35, bound: 1.8 }],
    open: async (bench) => ({ contenders: [program(bench, [option], expect), emptyNode()] }),
  };
}

/** Starts that only tell about the program. */
export const startRows: readonly Row[] = [
  printed("help", "--help", "Usage: vnet-explain"),
  printed("version", "--version", "."),
];
