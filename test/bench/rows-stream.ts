import { spawnSync } from "node:child_process";
import { closeSync, openSync, readFileSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { formatAddress } from "../../src/net/address.ts";
import { parsePrefix } from "../../src/net/prefix.ts";
import { command } from "./command.ts";
import { mostMemory, tellsMemory } from "./memory.ts";
import { usualTable } from "./routes-for-bench.ts";
import type { Contender, Row, Workbench } from "./row.ts";

const LINES = 5_000_000;
const GREPCIDR = "grepcidr -f";

/** On one core, with its output discarded. */
function onOneCore(name: string, argv: readonly string[], stdin: string, env = {}): Contender {
  return command(name, ["bash", "-c", 'exec taskset -c 0 "$@" > /dev/null', "bash", ...argv], { stdin, env });
}

/** The distinct IPv4 prefixes of all tags. */
function prefixesOf(tagFile: string): string[] {
  const { values } = JSON.parse(readFileSync(tagFile, "utf8")) as {
    readonly values: readonly { readonly properties: { readonly addressPrefixes: readonly string[] } }[];
  };
  const all = values.flatMap(({ properties }) => properties.addressPrefixes);
  return [...new Set(all)].filter((prefix) => !prefix.includes(":"));
}

/** Lines of addresses, the same in every run: every other one in one of the prefixes, the rest anywhere. */
function writeAddresses(path: string, prefixes: readonly string[]): void {
  let state = 7;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state;
  };
  const ranges = prefixes
    .map((prefix) => parsePrefix(prefix))
    .map(({ first, length }) => ({ first: Number(first), size: 2 ** (32 - length) }));
  const file = openSync(path, "w");
  for (let from = 0; from < LINES; from += 100_000) {
    let text = "";
    for (let line = 0; line < 100_000; line++) {
      const range = ranges[Math.floor((next() / 2 ** 32) * ranges.length)];
      const inside = range === undefined ? 0 : range.first + Math.floor((next() / 2 ** 32) * range.size);
      text += `${formatAddress({ family: 4, value: BigInt(line % 2 === 0 ? next() : inside) })}\n`;
    }
    writeSync(file, text);
  }
  closeSync(file);
}

/** The input files, shared by the rows. */
function prepared({ scratch, tagFile, program, cache }: Workbench) {
  const [routes, addresses, list] = ["stream-routes.json", "addresses.txt", "prefixes.txt"].map((name) =>
    join(scratch, name),
  );
  if (routes === undefined || addresses === undefined || list === undefined) throw new Error("three files");
  const prefixes = prefixesOf(tagFile);
  writeFileSync(routes, JSON.stringify(usualTable(tagFile)));
  writeFileSync(list, `${prefixes.join("\n")}\n`);
  writeAddresses(addresses, prefixes);
  const ask = [process.execPath, program, "whichroute", "--ip", "-", "--file", routes, "-q", "-o"];
  const env = { VNET_EXPLAIN_CACHE: cache };
  return { ask, env, addresses, list };
}

async function open(bench: Workbench) {
  const { ask, env, addresses, list } = prepared(bench);
  const present = spawnSync("grepcidr", ["-V"]).error === undefined;
  return {
    contenders: [
      onOneCore("vnet-explain -o tsv", [...ask, "tsv"], addresses, env),
      onOneCore("vnet-explain -o csv", [...ask, "csv"], addresses, env),
      present
        ? onOneCore(GREPCIDR, ["grepcidr", "-f", list], addresses)
        : { name: GREPCIDR, absent: "not installed (apt-get install grepcidr)" },
    ],
  };
}

/** The peak memory of a run of the program, in MB. */
function memory(
  name: string,
  argv: readonly string[],
  stdin: string,
  env: Readonly<Record<string, string>>,
): Contender {
  return {
    name,
    sample: async () => ({ value: await mostMemory(argv, env, stdin), cpu: null }),
  };
}

/** Rows about millions of addresses. */
export const streamRows: readonly Row[] = [
  {
    id: "stream-memory",
    what: "the same, the most memory that it has",
    unit: "MB",
    rounds: 3,
    limits: [{ of: null, reach: 100, bound: 150 }],
    open: async (bench) => {
      const { ask, env, addresses } = prepared(bench);
      const [, ...words] = ask;
      return {
        contenders: ["tsv", "csv"].map((format) =>
          tellsMemory
            ? memory(`-o ${format}`, [...words, format], addresses, env)
            : { name: `-o ${format}`, absent: "this system does not tell it" },
        ),
      };
    },
  },
  {
    id: "stream",
    what: "whichroute --ip -, 5 million IPv4 lines with every column, on one core; grepcidr only filters",
    unit: "ms",
    rounds: 5,
    limits: [{ of: GREPCIDR, reach: 1, bound: 2 }],
    open,
  },
];
