import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { command } from "./command.ts";
import { program } from "./program.ts";
import { usualTable } from "./routes-for-bench.ts";
import type { Contender, Row, Workbench } from "./row.ts";

const LINES = 1_000_000;
const TUPLES = 200_000;

/** An address in one of many networks, the same in every run. */
const address = (k: number) => `20.${(k * 7) & 127}.${(k * 31) & 255}.${k & 255}`;

/** Writes a route table and a file; returns their paths. */
function written({ scratch, tagFile }: Workbench, name: string, text: string): readonly [routes: string, file: string] {
  const [routes, file] = [join(scratch, "reader-routes.json"), join(scratch, name)];
  writeFileSync(routes, JSON.stringify(usualTable(tagFile)));
  writeFileSync(file, text);
  return [routes, file];
}

/** `whichroute` of all lines of a file on stdin. */
function ofLines(bench: Workbench, lines: readonly string[], name: string, options: readonly string[] = []): Contender {
  const [routes, stdin] = written(bench, name, `${lines.join("\n")}\n`);
  const args = ["whichroute", "--ip", "-", "--file", routes, "-q", "-o", "tsv", ...options];
  return {
    ...program(bench, args, { expect: "VirtualAppliance", stdin }),
    name: ["vnet-explain", ...options].join(" "),
  };
}

const PLAIN = "vnet-explain";

/** CSV with a header; if `quoted`, each line has a quoted cell. */
const csv = (quoted: boolean) => [
  "time,source,destination,port,rule",
  ...Array.from(
    { length: LINES },
    (_, k) => `2026-11-29T08:00:00Z,10.0.0.4,${address(k)},443,${quoted ? '"Allow, all"' : "AllowAll"}`,
  ),
];

/** Fields separated by blanks; the third is the destination. */
const fields = () => Array.from({ length: LINES }, (_, k) => `2026-11-29T08:00:00Z 10.0.0.4 ${address(k)} 443`);

function reader(id: string, what: string, options: readonly string[], lines: () => readonly string[]): Row {
  return {
    id,
    what: `whichroute --ip - ${what}, ${LINES} lines, against lines of addresses alone`,
    unit: "ms",
    rounds: 7,
    limits: [{ of: PLAIN, reach: 1.5, bound: 2.5 }],
    async open(bench) {
      const plain = Array.from({ length: LINES }, (_, k) => address(k));
      return { contenders: [ofLines(bench, lines(), `${id}.csv`, options), ofLines(bench, plain, `${id}.txt`)] };
    },
  };
}

/** A virtual network flow log with a record per minute of a thousand tuples. */
function flowLog(): string {
  const records = Array.from({ length: TUPLES / 1000 }, (_, record) => ({
    flowLogVersion: 4,
    macAddress: "6045BD7431F1",
    category: "FlowLogFlowEvent",
    flowRecords: {
      flows: [
        {
          aclID: "00000000-0000-0000-0000-000000000000",
          flowGroups: [
            {
              rule: "PlatformRule",
              flowTuples: Array.from({ length: 1000 }, (_, k) => {
                const number = 1000 * record + k;
                return `${1_700_000_000_000 + number},10.0.0.4,${address(number)},${k},443,6,O,E,NX,7,1158,12,8143`;
              }),
            },
          ],
        },
      ],
    },
  }));
  return JSON.stringify({ records });
}

const SCAN = "JSON.parse and split";

const flowLogRow: Row = {
  id: "flow-log",
  what: `whichroute --flow-log, ${TUPLES} tuples, every field printed`,
  unit: "ms",
  rounds: 7,
  limits: [{ of: SCAN, reach: 7, bound: 12 }],
  async open(bench) {
    const [routes, log] = written(bench, "PT1H.json", flowLog());
    const scan = fileURLToPath(new URL("./peers/flow-log-scan.cjs", import.meta.url));
    const args = ["whichroute", "--flow-log", log, "--file", routes, "-q", "-o", "tsv"];
    return {
      contenders: [
        program(bench, args, { expect: "VirtualAppliance" }),
        command(SCAN, [process.execPath, scan, log], { expect: "destinations" }),
      ],
    };
  },
};

/** Rows about the readers of streams other than lines of addresses. */
export const readerRows: readonly Row[] = [
  reader("column", "--column", ["--column", "destination"], () => csv(false)),
  reader("column-quoted", "--column, a quoted cell in each line", ["--column", "destination"], () => csv(true)),
  reader("field", "--field", ["--field", "3"], fields),
  flowLogRow,
];
