import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { EMPTY_NODE, emptyNode } from "./command.ts";
import { program } from "./program.ts";
import { largeTable } from "./routes-for-bench.ts";
import type { Row } from "./row.ts";

function expanded(prefixes: number, reach: number, bound: number): Row {
  return {
    id: `expand-${prefixes}`,
    what: `routes --expand, a table of ${prefixes} prefixes`,
    unit: "ms",
    rounds: 15,
    limits: [{ of: EMPTY_NODE, reach, bound }],
    open: async (bench) => {
      const routes = join(bench.scratch, `routes-${prefixes}.json`);
      writeFileSync(routes, JSON.stringify(largeTable(prefixes)));
      const args = ["routes", "--file", routes, "--expand"];
      return { contenders: [program(bench, args, { expect: "VirtualNetworkGateway" }), emptyNode()] };
    },
  };
}

/** Rows on long tables. */
export const tableRows: readonly Row[] = [expanded(2000, 3.5, 6), expanded(20_000, 7, 11)];
