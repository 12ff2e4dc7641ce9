import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { command, EMPTY_NODE, emptyNode, startGoal } from "./command.ts";
import { program } from "./program.ts";
import { endpointAddress, usualTable } from "./routes-for-bench.ts";
import type { Contender, Row, Workbench } from "./row.ts";

/** In the real file an address of Storage in West Europe, in the generated one of a regional service. */
const ADDRESS = "20.38.108.1";

const SCAN = fileURLToPath(new URL("./peers/ipaddr-scan.cjs", import.meta.url));

/** A scan of the whole file with ipaddr.js. */
function scan({ tagFile }: Workbench): Contender {
  return command("a scan with ipaddr.js", [process.execPath, SCAN, tagFile, ADDRESS]);
}

const lookup: Row = {
  id: "lookup",
  what: `tags lookup ${ADDRESS}, compiled`,
  unit: "ms",
  rounds: 31,
  limits: [{ of: EMPTY_NODE, reach: startGoal(1.8, 1.6), bound: 2.7 }],
  open: async (bench) => ({
    contenders: [program(bench, ["tags", "lookup", ADDRESS], { expect: "AzureCloud" }), emptyNode(), scan(bench)],
  }),
};

const lookupUnseen: Row = {
  id: "lookup-unseen",
  what: "the same with a tag file never seen before (--tags), compile included",
  unit: "ms",
  rounds: 15,
  limits: [{ of: EMPTY_NODE, reach: 8, bound: 12 }],
  open: async (bench) => ({
    contenders: [
      program(bench, ["tags", "lookup", ADDRESS, "--tags", bench.tagFile], {
        expect: "AzureCloud",
        before: () => {
          rmSync(join(bench.cache, "vnet-explain", "indexes"), { recursive: true, force: true });
        },
      }),
      emptyNode(),
      scan(bench),
    ],
  }),
};

const whichroute: Row = {
  id: "whichroute",
  what: "whichroute --file --ip, won by a service endpoint row; tags compiled",
  unit: "ms",
  rounds: 31,
  limits: [{ of: EMPTY_NODE, reach: startGoal(2.1, 1.8), bound: 3 }],
  open: async (bench) => {
    const routes = join(bench.scratch, "routes.json");
    writeFileSync(routes, JSON.stringify(usualTable(bench.tagFile)));
    const ask = ["whichroute", "--file", routes, "--ip", endpointAddress(bench.tagFile)];
    return { contenders: [program(bench, ask, { expect: "VirtualNetworkServiceEndpoint" }), emptyNode()] };
  },
};

/** Rows about service tags. */
export const tagRows: readonly Row[] = [whichroute, lookup, lookupUnseen];
