import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { inColumns } from "../../src/terminal/columns.ts";
import type { Line } from "../../src/terminal/table-form.ts";
import { openTerminal } from "../../src/terminal/terminal.ts";
import { Capture } from "../terminal/capture-terminal.ts";
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

/** A table whose last column wraps. */
const onTerminal: Row = {
  id: "expand-terminal",
  what: "a table of 20,000 rows drawn for a terminal of 60 columns",
  unit: "ms",
  rounds: 5,
  limits: [{ of: null, reach: 3000, bound: 9000 }],
  open: async () => {
    const columns = ["SOURCE", "STATE", "PREFIX", "NEXT HOP"].map((heading) => ({ heading }));
    const lines = Array.from({ length: 20_000 }, (_, row): Line => {
      const cells = ["Default", "Active", `20.${row >> 8}.${row & 255}.0/28`, "service endpoint Storage.NorthEurope"];
      return { cells, colour: null };
    });
    const { stdout } = await openTerminal(new Capture({}));
    const contender = {
      name: "vnet-explain",
      async sample() {
        const start = performance.now();
        const text = [...(await inColumns([{ columns, lines }], stdout, { width: 60 }))].join("");
        if (!text.includes("20.78.31.0/28")) throw new Error("the last row is missing");
        return { value: performance.now() - start, cpu: null };
      },
    };
    return { contenders: [contender] };
  },
};

/** Rows about long tables. */
export const tableRows: readonly Row[] = [expanded(2000, 3.5, 6), expanded(20_000, 7, 11), onTerminal];
