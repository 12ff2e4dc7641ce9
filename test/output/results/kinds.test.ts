import { expect, test } from "vitest";
import {
  columnsOf,
  elementsOf,
  linesOf,
  type Result,
  reportOf,
  rowsOf,
  textOf,
} from "../../../src/output/results/kinds.ts";
import { openTerminal } from "../../../src/terminal/terminal.ts";
import { Capture } from "../../terminal/capture-terminal.ts";

const shown = async (command: string) =>
  (await columnsOf(command))?.map(({ name, heading }) => (heading === undefined ? name : `${name} (${heading})`)) ??
  null;

test("a command's columns: its own, with their headings, then those of its other results, each once", async () => {
  expect(await shown("routes")).toEqual([
    ...["source (SOURCE)", "state (STATE)", "addressPrefix (PREFIX)", "nextHopType (NEXT HOP TYPE)"],
    ...["nextHopIpAddress (NEXT HOP IP)", "name (NAME)", "serviceTag (SERVICE TAG)", "serviceEndpoint (ENDPOINT)"],
    ...[
      "destinationServiceTags (DESTINATION SERVICE TAGS)",
      "disableBgpRoutePropagation (DISABLE BGP ROUTE PROPAGATION)",
    ],
    ...["hasBgpOverride (HAS BGP OVERRIDE)", "nic (ANSWERED BY)", "nics (NICS)", "routes (ROUTES)"],
    ...["forwardingClass (CLASS)", "missing (NO TABLE)", "fetchedAt (FETCHED)", "subnet (SUBNET)"],
    ...["nextHop", "nextHopName", "origin", "asPath", "weight", "localPreference", "best", "sourcePeer", "instance"],
    ...["neighbor", "asn", "routesReceived", "duration", "messagesSent", "messagesReceived"],
  ]);
  expect(await shown("whichroute")).toEqual([
    ...["destination", "verdict", "nextHopType", "nextHopIpAddress", "serviceTag", "addressPrefix", "source", "name"],
    ...["serviceEndpoint", "rule", "certainty", "error", "partOf", "hostName", "time", "direction", "sourceAddress"],
    ...["sourcePort", "destinationAddress", "destinationPort", "protocol", "decision", "state", "macAddress"],
    ...[
      "securityRule",
      "packetsToDestination",
      "bytesToDestination",
      "packetsToSource",
      "bytesToSource",
      "subnet",
      "nic",
    ],
    ...["nextHop", "nextHopName", "asPath", "instance"],
  ]);
  expect(await shown("diff")).toEqual([
    ...["addressPrefix", "before", "after", "serviceTags", "beforeVerdict", "beforeNextHopType"],
    ...["beforeNextHopIpAddress", "beforeRoute", "beforeCertainty", "afterVerdict", "afterNextHopType"],
    ...["afterNextHopIpAddress", "afterRoute", "afterCertainty", "subnet", "prefix", "change", "beforeNextHop"],
    ...["afterNextHop", "beforeAsPath", "afterAsPath"],
  ]);
  expect(await shown("tags-list")).toEqual([
    ...[
      "serviceTag (SERVICE TAG)",
      "region (REGION)",
      "systemService (SYSTEM SERVICE)",
      "ipv4Prefixes (IPV4 PREFIXES)",
    ],
    ...["ipv6Prefixes (IPV6 PREFIXES)", "changeNumber (CHANGE NUMBER)"],
  ]);
  expect([await shown("completion"), await shown("constructor")]).toEqual([null, null]);
});

test("a result of another kind than expected is a defect", () => {
  const result = { kind: "version", report: { schemaVersion: "1.0" } } as unknown as Result;
  expect(reportOf("version", result)).toBe(result.report);
  expect(() => reportOf("check", result)).toThrow(new RangeError("expected a result of check, got one of version"));
});

const version = {
  program: "1",
  node: "v20",
  platform: "linux",
  arch: "x64",
  serviceTags: [],
  cache: { directory: null, state: "in-use", reason: null },
};
const result = { kind: "version", report: { schemaVersion: "1.0", version } } as unknown as Result;
const list = {
  kind: "tags-list",
  report: {
    schemaVersion: "1.0",
    tags: [{ name: "A", region: null, systemService: "S", prefixes: { v4: 1, v6: 0 }, changeNumber: "1" }],
  },
} as unknown as Result;
const ALL = { columns: null, sort: [], headings: true };

test("a result's elements, rows and lines", async () => {
  const { stdout } = await openTerminal(new Capture());
  expect(await elementsOf(result)).toEqual([version]);
  const { columns, rows, ...rest } = await rowsOf(result, ALL);
  expect([columns.length, [...rows], [...rows], rest]).toEqual([
    ...[7, [["1", "v20", "linux", "x64", [], null, "in-use"]], [["1", "v20", "linux", "x64", [], null, "in-use"]], {}],
  ]);
  expect(await linesOf(result, stdout)).toBeNull();
  const chosen = await rowsOf(result, { ...ALL, columns: ["node", "arch"] });
  expect([chosen.columns, [...chosen.rows], [...chosen.rows]]).toEqual([
    ["node", "arch"],
    [["v20", "x64"]],
    [["v20", "x64"]],
  ]);
});

test("a text for people becomes rows where columns are chosen, rows sorted or headings left out; a table stays one", async () => {
  const { stdout } = await openTerminal(new Capture());
  const arranged = [
    { ...ALL, columns: ["node"] },
    { ...ALL, sort: [{ name: "node", descending: false }] },
    { ...ALL, headings: false },
  ];
  expect(await textOf(result, stdout, ALL)).not.toBeNull();
  for (const arrangement of arranged) expect(await textOf(result, stdout, arrangement)).toBeNull();
  const texts: string[] = [];
  for (const arrangement of [ALL, { ...ALL, columns: ["region", "serviceTag"] }, { ...ALL, headings: false }]) {
    let text = "";
    for await (const piece of (await textOf(list, stdout, arrangement)) ?? []) text += piece;
    texts.push(text);
  }
  expect(texts).toEqual([
    "SERVICE TAG  REGION  SYSTEM SERVICE  IPV4 PREFIXES  IPV6 PREFIXES\nA            -       S               1              0\n",
    "REGION  SERVICE TAG\n-       A\n",
    "A  -  S  1  0\n",
  ]);
});
