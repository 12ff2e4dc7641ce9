import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse as parseCsv } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse as parseYaml } from "yaml";
import { formatsOf } from "../../src/output/formats/formats.ts";
import { SyntheticAzure } from "../azure/fleet/synthetic-azure.ts";
import { syntheticFleet } from "../azure/fleet/synthetic-fleet.ts";
import { SyntheticTables } from "../azure/fleet/synthetic-tables.ts";
import { SUBSCRIPTION, TOKEN } from "../azure/live.ts";
import { startLoopbackArm } from "../azure/loopback-arm.ts";
import { scratchDirectory } from "../built-program.ts";
import { expectValid } from "../output/results/schemas.ts";
import { tagText } from "../store/tags/tag-text.ts";
import { run } from "./run-in-process.ts";
import { body, DIRECT, exportFolder, snapshotDirectory } from "./snapshot-fixture.ts";

const SAMPLE = ["--sample", "udr-and-endpoint"];
const FLOWS = JSON.stringify({
  records: [
    {
      macAddress: "000D3AF8801A",
      flowLogVersion: 4,
      flowRecords: {
        flows: [
          {
            flowGroups: [
              {
                rule: "R",
                flowTuples: [
                  "1663146003599,10.0.0.6,192.0.2.180,23956,443,6,O,B,NX,0,0,0,0",
                  "1663146003599,10.0.0.6,bad,23956,443,6,O,B,NX,0,0,0,0",
                ],
              },
            ],
          },
        ],
      },
    },
  ],
});

const scratch = scratchDirectory();
const tags = join(scratch.path, "ServiceTags_Public_20990105.json");
const older = join(scratch.path, "ServiceTags_Public_20981229.json");
const traced = exportFolder(join(scratch.path, "exports"), {
  "web.json": body("10.1.0.0/16 VnetLocal", "10.0.0.0/16 VNetPeering", "0.0.0.0/0 VirtualAppliance 10.0.1.4 to-nva"),
  "nva.json": body("10.0.0.0/16 VnetLocal", "10.1.0.0/16 VNetPeering", "10.2.0.0/16 VNetPeering"),
});
writeFileSync(join(scratch.path, "map.csv"), "address,name\n10.1.0.4,web\n10.0.1.4,nva\n10.2.0.4,db\n");
const cache = {
  VNET_EXPLAIN_CACHE: join(scratch.path, "cache"),
  AZURE_ACCESS_TOKEN: TOKEN,
  AZURE_CONFIG_DIR: scratch.path,
};
const arm = await startLoopbackArm({ token: TOKEN });
const snapshot = ["snapshot", join(scratch.path, "snapshot"), "--arm-endpoint", arm.url];
const policy = join(scratch.path, "policy.yaml");
const snapshots = {
  before: snapshotDirectory(join(scratch.path, "before")),
  after: snapshotDirectory(join(scratch.path, "after"), [["web01", "hub/app", DIRECT]]),
};
beforeAll(async () => {
  writeFileSync(tags, tagText());
  writeFileSync(
    policy,
    `rules:
  - {to: [tag:Storage, internet], expect: {not: {appliance: bypassed}}}
  - {to: private, severity: note, expect: {next-hop: VnetLocal, via: 10.0.0.4}}
  - {symmetric: true}
`,
  );
  writeFileSync(older, tagText({ prefixes: 100 }));
  await run(["tags", "update", "--from", tags], { env: cache });
});
beforeAll(() => {
  const resources = syntheticFleet({ subscription: SUBSCRIPTION, networks: 1, subnets: 1, nics: 2 });
  const azure = new SyntheticAzure({ subscriptions: [{ id: SUBSCRIPTION, name: "prod" }], resources });
  const tables = new SyntheticTables({ resources });
  arm.serve((request) => tables.respond(request) ?? azure.respond(request));
});
afterAll(async () => {
  await arm.close();
  scratch.remove();
});

interface Command {
  readonly args: readonly string[];
  readonly stdin?: string;
  readonly schema: string;
  /** The report's list and its elements' definitions; null if the report is not a list. */
  readonly list: string | null;
  readonly definitions: readonly string[];
  readonly code?: number;
  /** Answers line by line, so it makes no page. */
  readonly streams?: true;
}

const learned = join(scratch.path, "learned.json");
const later = join(scratch.path, "later.json");
const peers = join(scratch.path, "peers.json");
beforeAll(() => {
  const row = { asPath: "65000", localAddress: "10.9.0.4", network: "10.1.0.0/16", nextHop: "10.8.0.4", weight: 32768 };
  const own = {
    ...row,
    asPath: "",
    network: "10.9.0.0/16",
    nextHop: undefined,
    origin: "Network",
    sourcePeer: "10.9.0.4",
  };
  const routes = [{ ...row, origin: "EBgp", sourcePeer: "10.8.0.4" }, own];
  writeFileSync(learned, JSON.stringify({ value: routes }));
  writeFileSync(later, JSON.stringify({ value: [own] }));
  const peer = { asn: 65000, localAddress: "10.9.0.4", neighbor: "10.8.0.4", state: "Connected", routesReceived: 1 };
  writeFileSync(peers, JSON.stringify({ value: [peer] }));
});

const COMMANDS: readonly Command[] = [
  { args: ["routes", learned], schema: "gateway-routes", list: "routes", definitions: ["ReportedGatewayRoute"] },
  { args: ["routes", peers], schema: "gateway-peers", list: "peers", definitions: ["ReportedPeer"] },
  {
    args: ["whichroute", "10.1.2.3", "10.9.0.9", "8.8.8.8", learned],
    schema: "gateway-whichroute",
    list: "explanations",
    definitions: ["GatewayEntry"],
  },
  { args: ["diff", learned, later], schema: "gateway-diff", list: "moves", definitions: ["GatewayMove"] },
  { args: ["routes", ...SAMPLE], schema: "routes", list: "routes", definitions: ["ReportedRoute"] },
  {
    args: ["whichroute", "--ip", "191.239.203.0", "1.1.1.1", ...SAMPLE],
    schema: "whichroute",
    list: "explanations",
    definitions: ["Explanation"],
  },
  {
    args: ["whichroute", "--ip", "10.0.0.0/8", "tag:Storage", "internet", ...SAMPLE],
    schema: "whichroute",
    list: "explanations",
    definitions: ["DestinationSplit"],
  },
  {
    args: ["whichroute", "--ip", "@-", "private", ...SAMPLE],
    stdin: "# a file\n10.0.0.4\n8.8.8.8\ntag:Storage.WestEurope\n2001:db8::/32\n",
    schema: "whichroute",
    list: "explanations",
    definitions: ["DestinationSplit"],
  },
  {
    args: ["whichroute", "--ip", "-", ...SAMPLE],
    stdin: "191.239.203.0\n010.1.1.1\n2001:db8::1\n",
    schema: "whichroute",
    list: "explanations",
    definitions: ["Explanation", "RefusedDestination"],
    code: 2,
    streams: true,
  },
  {
    args: ["whichroute", "--flow-log", "-", ...SAMPLE],
    stdin: FLOWS,
    schema: "flow-log",
    list: "flows",
    definitions: ["FlowAnswer", "RefusedTuple"],
    code: 2,
    streams: true,
  },
  {
    args: ["check", policy, "sample:udr-and-endpoint", "sample:no-udr"],
    schema: "check",
    list: "results",
    definitions: ["PolicyResult"],
    code: 3,
  },
  {
    args: ["trace", traced, "--addresses", join(traced, "../map.csv"), "--from", "web", "--to", "10.2.0.4"],
    schema: "trace",
    list: null,
    definitions: [],
  },
  {
    args: ["diff", "sample:no-udr", "sample:udr-and-endpoint"],
    schema: "diff",
    list: "moves",
    definitions: ["TableMove"],
  },
  {
    args: [
      ...["whatif", "--sample", "no-udr", "--add-route", "0.0.0.0/0=VirtualAppliance:10.10.10.10", "--name", "to-nva"],
      ...["--add-endpoint", "Microsoft.Storage", "--region", "westeurope"],
    ],
    schema: "whatif",
    list: "moves",
    definitions: ["PredictedMove"],
  },
  {
    args: ["tags", "lookup", "191.239.203.0", "8.8.8.8", "--tags", tags],
    schema: "tags-lookup",
    list: "lookups",
    definitions: ["Lookup"],
  },
  { args: ["tags", "list", "--tags", tags], schema: "tags-list", list: "tags", definitions: ["ListedTag"] },
  { args: ["tags", "show", "Storage", "--tags", tags], schema: "tags-show", list: null, definitions: [] },
  {
    args: ["tags", "diff", older, tags],
    schema: "tags-diff",
    list: "tags",
    definitions: ["TagChange"],
  },
  {
    args: ["tags", "diff", older, tags, ...SAMPLE],
    schema: "tags-diff",
    list: "tags",
    definitions: ["TagChange"],
  },
  { args: snapshot, schema: "snapshot", list: null, definitions: [] },
  { args: [...snapshot, "--dry-run"], schema: "snapshot", list: null, definitions: [] },
  {
    args: ["whichroute", "8.8.8.8", "10.0.0.0/8", snapshots.before],
    schema: "snapshot-whichroute",
    list: "destinations",
    definitions: ["DestinationAnswers"],
  },
  { args: ["routes", snapshots.before], schema: "snapshot-routes", list: "members", definitions: ["OverviewMember"] },
  {
    args: ["diff", snapshots.before, snapshots.after],
    schema: "snapshot-diff",
    list: "moves",
    definitions: ["MemberMove"],
  },
  {
    args: ["check", policy, snapshots.before],
    schema: "check",
    list: "results",
    definitions: ["PolicyResult"],
    code: 3,
  },
  { args: ["--version", "-v"], schema: "version", list: null, definitions: [] },
  { args: ["tags", "status"], schema: "tags-status", list: null, definitions: [] },
  { args: ["tags", "update", "--from", tags], schema: "tags-update", list: null, definitions: [] },
];

// biome-ignore lint/suspicious/noControlCharactersInRegex: this removes colours
const plain = (text: string) => text.replace(/\u001b\[\d+m/g, "");

describe.each(COMMANDS)("$args", ({ args, stdin, schema, list, definitions, code = 0, streams = false }) => {
  const ask = async (format: string, tty = false) => {
    const given = stdin === undefined ? {} : { stdin };
    const answer = await run([...args, "-o", format], { env: cache, tty, columns: 2000, ...given });
    expect(answer.code).toBe(code);
    return answer.out;
  };
  // `tags update` prints the time of storing in milliseconds, which differs each time.
  const timeless = (text: string) => text.replace(/\d{4}-\d\d-\d\d[T ][\d:.]+(?:Z| UTC)/g, "TIME");

  it.each(formatsOf(args[0]).filter((format) => !(streams && format === "html")))(
    "%s is the same on a terminal and in a pipe",
    async (format) => {
      const [off, on] = [await ask(format), await ask(format, true)];
      expect(timeless(plain(on))).toBe(timeless(off));
      expect(off).not.toContain("\u001b");
    },
  );

  it("json matches its schema and starts with the schema's version", async () => {
    const report = JSON.parse(await ask("json"));
    expect(Object.keys(report)[0]).toBe("schemaVersion");
    expectValid(schema, report);
  });

  it("ndjson prints the elements of the report, one per line", async () => {
    const lines = (await ask("ndjson")).trimEnd().split("\n");
    const report = JSON.parse(await ask("json"));
    const elements = lines.map((line) => JSON.parse(line));
    if (list === null) {
      const [only] = Object.entries(report).filter(([key]) => key !== "schemaVersion" && key !== "serviceTagFile");
      expect(timeless(JSON.stringify(elements))).toBe(timeless(JSON.stringify([only?.[1]])));
      return;
    }
    expect(elements).toEqual(report[list]);
    for (const element of elements) {
      const definition = "error" in element && definitions.length > 1 ? definitions[1] : definitions[0];
      expectValid(schema, element, definition);
    }
  });

  it("yaml has the same content as json", async () => {
    expect(timeless(JSON.stringify(parseYaml(await ask("yaml"))))).toBe(
      timeless(JSON.stringify(JSON.parse(await ask("json")))),
    );
  });

  it("csv has a header and equally long records; tsv has the same records without a header", async () => {
    const [header = [], ...records] = parseCsv(await ask("csv"), { record_delimiter: "\r\n" }) as string[][];
    expect(new Set(header).size).toBe(header.length);
    expect(records.length).toBeGreaterThan(0);
    const lines = (await ask("tsv"))
      .trimEnd()
      .split("\n")
      .map((line) => line.split("\t"));
    const asTsv = records.map((record) => record.map((cell) => (cell === "" ? "-" : cell)));
    expect(timeless(JSON.stringify(lines))).toBe(timeless(JSON.stringify(asTsv)));
  });

  it("markdown is a table", async () => {
    const lines = (await ask("markdown")).trimEnd().split("\n");
    for (const line of lines) expect(line).toMatch(/^\| .* \|$/);
    expect(lines[1]).toMatch(/^(\| --- )+\|$/);
  });

  it("none prints nothing", async () => {
    expect(await ask("none")).toBe("");
  });

  it("wide has the columns of csv, and as many rows", async () => {
    const [heading = "", ...rows] = (await ask("wide")).trimEnd().split("\n");
    const [header = "", ...records] = (await ask("csv")).trimEnd().split("\r\n");
    expect(rows).toHaveLength(records.length);
    expect(heading.split(/ {2,}/).map((name) => name.replaceAll(" ", "").toLowerCase())).toEqual(
      header.split(",").map((name) => name.toLowerCase()),
    );
  });
});

describe("an error in any format", () => {
  it.each([...formatsOf()])("%s: nothing on stdout, the error on stderr", async (format) => {
    const { code, out, err } = await run(["routes", "--file", "/nonexistent/routes.json", "-o", format]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(/^error: .*no such file/);
    if (format === "json") expectValid("error", JSON.parse(err.trimEnd().split("\n").at(-1) ?? ""));
  });
});
