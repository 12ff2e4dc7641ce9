import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type ExportModel, exportModel } from "../../../../src/analysis/export/model.ts";
import { exportRanges } from "../../../../src/analysis/export/ranges.ts";
import { formatAddress, parseAddress } from "../../../../src/net/address.ts";
import { annotateTable } from "../../../../src/routes/annotate-table.ts";
import type { AnnotatedRouteTable } from "../../../../src/routes/annotation.ts";
import { readRouteTable } from "../../../../src/routes/read/read-route-table.ts";
import type { TagCatalogue } from "../../../../src/service-tags/tag-catalogue.ts";
import { run } from "../../../commands/run-in-process.ts";

/** A row as Azure Resource Manager sends it. */
export const armRow = (source: string, nextHopType: string, addressPrefix: readonly string[], more: object = {}) => ({
  source,
  state: "Active",
  addressPrefix,
  nextHopType,
  nextHopIpAddress: [] as readonly string[],
  ...more,
});

/** Ends a literal, a statement and a comment in one engine or another. */
const HOSTILE_NAMES = [
  "it's",
  "'); DROP TABLE routes; --",
  "back\\slash\\' OR 1=1",
  '"; //',
  "`$(x)` {n:UInt8} ?",
  "日本 😀",
];

/** Everything that an answer can be: endpoints, equal cost, drops, platform addresses, no route; both families. */
export const FIRST_TABLE = [
  armRow("Default", "VnetLocal", ["10.0.0.0/16", "fd00::/48"]),
  armRow("User", "VirtualAppliance", ["0.0.0.0/0"], { name: HOSTILE_NAMES[0], nextHopIpAddress: ["10.0.1.4"] }),
  armRow("Default", "Internet", ["0.0.0.0/0"], { state: "Invalid" }),
  armRow("VirtualNetworkGateway", "VirtualNetworkGateway", ["10.50.0.0/16"], {
    nextHopIpAddress: ["10.0.9.4", "10.0.9.5"],
  }),
  armRow("User", "VirtualAppliance", ["10.60.0.0/17"], { name: "one", nextHopIpAddress: ["10.0.1.5"] }),
  armRow("User", "VirtualAppliance", ["10.60.0.0/17"], { name: "two", nextHopIpAddress: ["10.0.1.6"] }),
  armRow("User", "None", ["10.99.0.0/16"], { name: HOSTILE_NAMES[1] }),
  armRow("User", "None", ["10.98.0.1/32"], { name: HOSTILE_NAMES[2] }),
  armRow("User", "VirtualAppliance", ["10.97.0.0/31"], { name: HOSTILE_NAMES[3], nextHopIpAddress: ["10.0.1.4"] }),
  armRow("User", "VirtualAppliance", ["10.96.0.0/16"], { name: HOSTILE_NAMES[4], nextHopIpAddress: ["10.0.1.4"] }),
  armRow("User", "VirtualAppliance", ["2603:1030::/32"], { name: HOSTILE_NAMES[5], nextHopIpAddress: ["fd00::4"] }),
  armRow("User", "None", ["2603:1030:0:8::/64", "26e1:310::/32", "::ffff:0:0/96"], { name: "drop-v6" }),
  armRow("Default", "VirtualNetworkServiceEndpoint", ["191.239.203.0/28", "20.38.108.0/24"]),
  armRow("Default", "VNetPeering", ["10.1.0.0/16", "fd01::/48"]),
];

/** Another table: without a default route, and with other answers for the same addresses. */
export const SECOND_TABLE = [
  armRow("Default", "VnetLocal", ["10.1.0.0/16", "fd01::/48"]),
  armRow("Default", "VNetGlobalPeering", ["10.0.0.0/16", "fd00::/48"]),
  armRow("User", "Internet", ["20.0.0.0/8", "2603::/16"], { name: "out" }),
];

/** A small tag file of the right form, for the endpoint row. */
export const SMALL_TAGS = JSON.stringify({
  changeNumber: 1,
  cloud: "Public",
  values: ["Storage.WestEurope", "Storage.NorthEurope"].map((name, at) => ({
    name,
    id: name,
    properties: {
      changeNumber: 1,
      region: name.slice(8).toLowerCase(),
      platform: "Azure",
      systemService: "AzureStorage",
      addressPrefixes: at === 0 ? ["191.239.203.0/28", "20.38.108.0/24"] : ["20.38.200.0/24"],
    },
  })),
});

/** One interface of a case, with the file of its table. */
interface Interface {
  readonly mac: string;
  readonly nic: string;
  readonly file: string;
  readonly table: AnnotatedRouteTable;
}

export interface Case {
  readonly interfaces: readonly Interface[];
  readonly model: ExportModel;
  /** Both ends of every range of every table, and their neighbours outside. */
  readonly addresses: readonly string[];
}

/** Writes the tables to files, and reads them as the program does. The third interface has the first one's routes. */
export async function caseOf(
  directory: string,
  tables: readonly (readonly object[])[],
  tags: TagCatalogue | null,
): Promise<Case> {
  const interfaces: Interface[] = [];
  for (const [at, value] of [...tables, tables[0] ?? []].entries()) {
    const file = join(directory, `table-${at}.json`);
    const text = JSON.stringify({ value });
    writeFileSync(file, text);
    const table = annotateTable(await readRouteTable(Buffer.from(text), { kind: "file", name: file }), tags);
    interfaces.push({ mac: `00-0D-3A-00-00-0${at}`, nic: `/subscriptions/s/nic-${at}`, file, table });
  }
  const ends = new Set<string>();
  for (const { table } of interfaces) {
    for (const { family, first, last } of exportRanges(table)) {
      const end = 1n << (family === 4 ? 32n : 128n);
      for (const value of [first - 1n, first, last, last + 1n]) {
        if (value >= 0n && value < end) ends.add(formatAddress({ family, value }));
      }
    }
  }
  const model = exportModel(interfaces, ["Effective routes of the tests."]);
  return { interfaces, model, addresses: [...ends] };
}

/** As flow logs write it. */
export const flowLogMac = ({ mac }: Pick<Interface, "mac">): string => mac.replaceAll("-", "");

export interface Answer {
  readonly verdict: string;
  readonly next_hop_type: string | null;
  readonly next_hop_ip: string | null;
  readonly winning_prefix: string | null;
  readonly source: string | null;
  readonly route_name: string | null;
  readonly endpoint_tag: string | null;
  readonly service_endpoint: string | null;
  readonly certainty: string;
}

type Answers = ReadonlyMap<string, Answer>;

const known = new Map<string, Promise<Answers>>();

/** What `whichroute --ip -` answers for the addresses, in the columns of the exports. All engines share the answers. */
export function whichroute(file: string, addresses: readonly string[], tags: readonly string[]): Promise<Answers> {
  const key = JSON.stringify([readFileSync(file, "utf8"), tags, addresses.length]);
  const answers = known.get(key) ?? ask(file, addresses, tags);
  known.set(key, answers);
  return answers;
}

/** The same in the order of the texts, several of which may spell one address. */
export async function answersInOrder(
  file: string,
  addresses: readonly string[],
  tags: readonly string[],
): Promise<readonly Answer[]> {
  return (await asked(file, addresses, tags)).map(([, answer]) => answer);
}

async function ask(file: string, addresses: readonly string[], tags: readonly string[]): Promise<Answers> {
  return new Map(await asked(file, addresses, tags));
}

async function asked(file: string, addresses: readonly string[], tags: readonly string[]) {
  const args = ["whichroute", "--ip", "-", "--file", file, ...tags, "-o", "ndjson", "-q"];
  const { code, out, err } = await run(args, { stdin: `${addresses.join("\n")}\n` });
  if (code !== 0) throw new Error(err);
  return out
    .trimEnd()
    .split("\n")
    .map((line): readonly [string, Answer] => {
      const { destination, verdict, winner, certainty } = JSON.parse(line);
      return [
        destination,
        {
          verdict,
          next_hop_type: winner?.nextHopType ?? null,
          next_hop_ip: winner?.nextHopIpAddress.join(",") || null,
          winning_prefix: winner?.addressPrefix ?? null,
          source: winner?.source ?? null,
          route_name: winner?.name ?? null,
          endpoint_tag: winner?.serviceTag ?? null,
          service_endpoint: winner?.serviceEndpoint ?? null,
          certainty,
        },
      ];
    });
}

/** The values of an address in the two columns of the standard script. */
export function numbersOf(text: string): string {
  const { family, value } = parseAddress(text);
  return family === 4 ? `${value}, NULL` : `NULL, '${value.toString(16).padStart(32, "0")}'`;
}
