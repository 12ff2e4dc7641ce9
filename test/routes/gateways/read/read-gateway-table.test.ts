import { describe, expect, test } from "vitest";
import { formatPrefix } from "../../../../src/net/prefix.ts";
import { type AnyGatewayTable, isPeerTable } from "../../../../src/routes/gateways/gateway-table.ts";
import {
  looksLikeGatewayTable,
  readGatewayTable,
  readGatewayTables,
} from "../../../../src/routes/gateways/read/read-gateway-table.ts";
import { EXPORT_GATEWAY, expectRefusal } from "../../read/refusals.ts";

/** A row in short: prefix, next hops, origin, AS path, weight, local preference, instance, peer, best. */
function shortRows(table: AnyGatewayTable): readonly string[] {
  if (isPeerTable(table)) {
    return table.peers.map((peer) =>
      [peer.neighbor, peer.asn, peer.state, peer.routesReceived, peer.duration, peer.instance]
        .map((each) => each ?? "-")
        .join(" "),
    );
  }
  return table.routes.map((route) =>
    [
      formatPrefix(route.prefix),
      route.nextHops.map(({ text }) => text).join("+") || "-",
      route.nextHopType ?? "-",
      route.origin ?? "-",
      route.asPath === null ? "?" : route.asPath.join("-") || "-",
      route.weight ?? "-",
      route.localPreference ?? "-",
      route.instance ?? "-",
      route.sourcePeer ?? "-",
      route.best ?? "-",
    ].join(" "),
  );
}

const LEARNED = {
  asPath: "65000-65003",
  localAddress: "10.10.0.4",
  network: "10.50.0.0/16",
  nextHop: "10.40.0.5",
  origin: "EBgp",
  sourcePeer: "10.40.0.5",
  weight: 32768,
};
const OWN = {
  asPath: "",
  localAddress: "10.10.0.4",
  network: "10.10.0.0/16",
  origin: "Network",
  sourcePeer: "10.10.0.4",
  weight: 32768,
};
const ADVERTISED = {
  asPath: "65515",
  localAddress: "10.1.0.13",
  network: "10.1.0.0/16",
  nextHop: "10.1.0.13",
  origin: "Igp",
  weight: 0,
};
const HUB = {
  addressPrefixes: ["10.1.0.0/16", "10.2.0.0/16"],
  asPath: "12076-12076",
  nextHopType: "ExpressRouteGateway",
  nextHops: ["/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/expressRouteGateways/er"],
  routeOrigin: "",
};
const CIRCUIT = { locPrf: "100", network: "10.1.0.0/16", nextHop: "10.1.0.12*", path: "65515 I\n        ", weight: 0 };
const CIRCUIT2 = { ...CIRCUIT, nextHop: "10.1.0.13", path: "65515 65520 e" };
const PEER = {
  asn: 12076,
  connectedDuration: "00:19:22",
  localAddress: "10.1.0.13",
  messagesReceived: 123,
  messagesSent: 136,
  neighbor: "10.1.0.4",
  routesReceived: 2,
  state: "Connected",
};
const SUMMARY = { as: 64512, neighbor: "169.254.1.1", statePfxRcd: "3", upDown: "58:09", v: 4 };
const DOWN = { ...SUMMARY, statePfxRcd: "Idle" };

const LEARNED_ROW = "10.50.0.0/16 10.40.0.5 - EBgp 65000-65003 32768 - 10.10.0.4 10.40.0.5 -";
const OWN_ROW = "10.10.0.0/16 - - Network - 32768 - 10.10.0.4 10.10.0.4 -";
const ADVERTISED_ROW = "10.1.0.0/16 10.1.0.13 - Igp 65515 0 - 10.1.0.13 - -";
const HUB_HOP = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/expressRouteGateways/er";
const HUB_ROWS = ["10.1.0.0/16", "10.2.0.0/16"].map(
  (prefix) => `${prefix} ${HUB_HOP} ExpressRouteGateway - 12076-12076 - - - - -`,
);
const CIRCUIT_ROWS = [
  "10.1.0.0/16 10.1.0.12 - Igp 65515 0 100 - - true",
  "10.1.0.0/16 10.1.0.13 - Egp 65515-65520 0 100 - - false",
];

const pascal = (row: object) =>
  Object.fromEntries(Object.entries(row).map(([key, value]) => [key.slice(0, 1).toUpperCase() + key.slice(1), value]));
const snake = (row: object) =>
  Object.fromEntries(
    Object.entries(row).map(([key, value]) => [key.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`), value]),
  );
const text = (value: unknown) => JSON.stringify(value, null, 2);

describe("forms", () => {
  test.each<[string, string, string, readonly string[]]>([
    ["az: learned routes", text({ value: [LEARNED, OWN] }), "gateway-learned", [LEARNED_ROW, OWN_ROW]],
    ["a bare list", text([LEARNED, OWN]), "gateway-learned", [LEARNED_ROW, OWN_ROW]],
    ["az: advertised routes", text({ value: [ADVERTISED] }), "gateway-advertised", [ADVERTISED_ROW]],
    ["one row alone, as ConvertTo-Json writes it", text(pascal(LEARNED)), "gateway-learned", [LEARNED_ROW]],
    ["ConvertTo-Json", text([pascal(LEARNED), pascal(OWN)]), "gateway-learned", [LEARNED_ROW, OWN_ROW]],
    ["Python's as_dict()", text({ value: [snake(LEARNED)] }), "gateway-learned", [LEARNED_ROW]],
    [
      "rows one by one",
      `${JSON.stringify(LEARNED)}\n${JSON.stringify(OWN)}\n`,
      "gateway-learned",
      [LEARNED_ROW, OWN_ROW],
    ],
    [
      "a fence and a prompt",
      `$ az network vnet-gateway list-learned-routes -g g -n gw\n\`\`\`json\n${text({ value: [LEARNED] })}\n\`\`\``,
      "gateway-learned",
      [LEARNED_ROW],
    ],
    [
      "az's progress",
      `{- Finished ..\r${text({ value: [LEARNED] }).slice(1)}`
        .replace("{- Finished", "- Finished")
        .replace("\r", "\r{"),
      "gateway-learned",
      [LEARNED_ROW],
    ],
    [
      "a Route Server",
      text({ RouteServiceRole_IN_0: [LEARNED], RouteServiceRole_IN_1: [] }),
      "route-server-learned",
      [LEARNED_ROW.replace("10.10.0.4", "RouteServiceRole_IN_0")],
    ],
    [
      "a Route Server's advertised routes",
      text({ RouteServiceRole_IN_1: [ADVERTISED] }),
      "route-server-advertised",
      [ADVERTISED_ROW.replace("- 10.1.0.13 -", "- RouteServiceRole_IN_1 -")],
    ],
    [
      "a Route Server without routes",
      text({ RouteServiceRole_IN_0: [], RouteServiceRole_IN_1: [] }),
      "route-server-learned",
      [],
    ],
    ["a hub", text({ value: [HUB] }), "hub", HUB_ROWS],
    ["a hub of PowerShell", text({ Value: [pascal(HUB)] }), "hub", HUB_ROWS],
    [
      "a hub whose next hop is blank",
      text({ value: [{ ...HUB, nextHops: [""], asPath: "" }] }),
      "hub",
      HUB_ROWS.map((row) => row.replace(HUB_HOP, "-").replace("12076-12076", "-")),
    ],
    [
      "the envelope of an operation",
      text({ status: "Succeeded", properties: { output: { value: [HUB] } } }),
      "hub",
      HUB_ROWS,
    ],
    ["Invoke-AzRestMethod", text({ StatusCode: 200, Content: text({ value: [HUB] }) }), "hub", HUB_ROWS],
    ["a circuit", text({ value: [CIRCUIT, CIRCUIT2] }), "circuit", CIRCUIT_ROWS],
    ["a circuit of PowerShell", text([pascal(CIRCUIT), pascal(CIRCUIT2)]), "circuit", CIRCUIT_ROWS],
    ["BGP peers", text({ value: [PEER] }), "gateway-peers", ["10.1.0.4 12076 Connected 2 00:19:22 10.1.0.13"]],
    [
      "a circuit's summary",
      text({ value: [SUMMARY, DOWN] }),
      "circuit-summary",
      ["169.254.1.1 64512 Established 3 58:09 -", "169.254.1.1 64512 Idle - 58:09 -"],
    ],
    [
      "an empty list below the command that printed it",
      '# az network vnet-gateway list-advertised-routes -g g -n gw --peer 10.0.0.1\n{\n  "value": []\n}\n',
      "gateway-advertised",
      [],
    ],
    [
      "az -o table",
      `Network          NextHop    Origin    SourcePeer    AsPath       Weight
---------------  ---------  --------  ------------  -----------  --------
10.10.0.0/16                Network   10.10.0.4                  32768
10.50.0.0/16     10.40.0.5  EBgp      10.40.0.5     65000-65003  32768
`,
      "gateway-learned",
      ["10.10.0.0/16 - - Network - 32768 - - 10.10.0.4 -", LEARNED_ROW.replace("- 10.10.0.4 10", "- - 10")],
    ],
    [
      "az -o table of a hub, which has no AS path",
      `Address Prefix           Next Hop Type        Next Hop    Route Origin
-----------------------  -------------------  ----------  --------------
10.1.0.0/16 10.2.0.0/16  Azure Firewall       /s/fw       /s/table
`,
      "hub",
      ["10.1.0.0/16", "10.2.0.0/16"].map((prefix) => `${prefix} /s/fw Azure Firewall /s/table ? - - - - -`),
    ],
    [
      "az -o table of a circuit whose path ends a line",
      `LocPrf    Network      NextHop     Path           Weight
--------  -----------  ----------  -------------  --------
100       10.1.0.0/16  10.1.0.12*  65515 I        0

100       10.1.0.0/16  10.1.0.13   65515 65520 e  0
⭐ Done!
`,
      "circuit",
      CIRCUIT_ROWS,
    ],
    [
      "az -o table of a summary",
      `As     Neighbor     StatePfxRcd    UpDown    V
-----  -----------  -------------  --------  ---
64512  169.254.1.1  3              58:09     4
`,
      "circuit-summary",
      ["169.254.1.1 64512 Established 3 58:09 -"],
    ],
    [
      "Format-Table",
      `
LocalAddress Network      NextHop   SourcePeer Origin AsPath      Weight
------------ -------      -------   ---------- ------ ------      ------
10.10.0.4    10.50.0.0/16 10.40.0.5 10.40.0.5  EBgp   65000-65003  32768
10.10.0.4    10.10.0.0/16           10.10.0.4  Network             32768
`,
      "gateway-learned",
      [LEARNED_ROW, OWN_ROW],
    ],
    [
      "Format-Table -Wrap, a path in two lines",
      `
LocalAddress Network      NextHop   SourcePeer Origin AsPath Weight
------------ -------      -------   ---------- ------ ------ ------
10.10.0.4    10.50.0.0/16 10.40.0.5 10.40.0.5  EBgp   65000-  32768
                                                      65003
10.10.0.4    10.10.0.0/16           10.10.0.4  Network        32768
`,
      "gateway-learned",
      [LEARNED_ROW, OWN_ROW],
    ],
    [
      "Format-List",
      `LocalAddress : 10.10.0.4
Network      : 10.50.0.0/16
NextHop      : 10.40.0.5
SourcePeer   : 10.40.0.5
Origin       : EBgp
AsPath       : 65000-65003
Weight       : 32768

LocalAddress : 10.10.0.4
Network      : 10.10.0.0/16
NextHop      :
SourcePeer   : 10.10.0.4
Origin       : Network
AsPath       :
Weight       : 32768
`,
      "gateway-learned",
      [LEARNED_ROW, OWN_ROW],
    ],
    [
      "Format-List of a hub, wrapped",
      `AddressPrefixes : {10.1.0.0/16,
                  10.2.0.0/16}
NextHops        : {/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/
                  expressRouteGateways/er}
AsPath          : 12076-12076
NextHopType     : ExpressRouteGateway
RouteOrigin     :
`,
      "hub",
      HUB_ROWS,
    ],
    [
      "Export-Csv",
      `"LocalAddress","Network","NextHop","SourcePeer","Origin","AsPath","Weight"
"10.10.0.4","10.50.0.0/16","10.40.0.5","10.40.0.5","EBgp","65000-65003","32768"
`,
      "gateway-learned",
      [LEARNED_ROW],
    ],
    [
      "az -o yaml",
      `value:
- asPath: 65000-65003
  localAddress: 10.10.0.4
  network: 10.50.0.0/16
  nextHop: 10.40.0.5
  origin: EBgp
  sourcePeer: 10.40.0.5
  weight: 32768
`,
      "gateway-learned",
      [LEARNED_ROW],
    ],
    [
      "YAML with fields of one's own whose names end in a digit, first and last",
      `note1: x
value:
- note2: x
  asPath: 65000-65003
  localAddress: 10.10.0.4
  network: 10.50.0.0/16
  nextHop: 10.40.0.5
  origin: EBgp
  sourcePeer: 10.40.0.5
  weight: 32768
  note3: x
`,
      "gateway-learned",
      [LEARNED_ROW],
    ],
    [
      "az -o yaml of a Route Server",
      `RouteServiceRole_IN_0:
- asPath: '65515'
  localAddress: 10.1.0.13
  network: 10.1.0.0/16
  nextHop: 10.1.0.13
  origin: Igp
  weight: 0
RouteServiceRole_IN_1: []
`,
      "route-server-advertised",
      [ADVERTISED_ROW.replace("- 10.1.0.13 -", "- RouteServiceRole_IN_0 -")],
    ],
  ])("%s", async (_, content, kind, rows) => {
    const table = await readGatewayTable(content);
    expect(table.kind).toBe(kind);
    expect(shortRows(table)).toEqual(rows);
    expect(looksLikeGatewayTable(content)).toBe(true);
  });
});

describe("names", () => {
  const json = text({ value: [LEARNED] });
  test.each<[string, string, string | null]>([
    ["# az network vnet-gateway list-learned-routes -g demo -n gw1 -o json", "gw1", null],
    [
      "PS C:\\> Get-AzVirtualNetworkGatewayLearnedRoute -ResourceGroupName demo -VirtualNetworkGatewayName gw1",
      "gw1",
      null,
    ],
    ["az network vnet-gateway list-learned-routes \\\n  -g demo \\\n  --name gw1", "gw1", null],
    ["Gateway: gw1\nRoute tables:", "gw1", null],
    ["## gw1", "gw1", null],
    ["⏳ AzurePrivatePeering (Secondary): er1", "er1", "secondary"],
    ["az network routeserver peering list-learned-routes -g demo --routeserver rs -n nva1", "rs", "nva1"],
  ])("%s", async (above, name, scope) => {
    expect(await readGatewayTable(`${above}\n${json}`)).toMatchObject({ routerId: name, scope });
  });

  test("without one, the file is the router", async () => {
    expect(await readGatewayTable(json, { kind: "file", name: "x/gw.json" })).toMatchObject({ routerId: "x/gw.json" });
  });

  test("of several tables one is chosen by its name", async () => {
    const both = `Gateway: gw1\n${json}\nGateway: gw2\n${text({ value: [OWN] })}`;
    expect((await readGatewayTables(both)).map(({ name }) => name)).toEqual(["gw1", "gw2"]);
    expect(shortRows(await readGatewayTable(both, undefined, { table: "GW2" }))).toEqual([OWN_ROW]);
    await expect(readGatewayTable(both)).rejects.toMatchObject({
      code: "several-tables",
      message: "gateway table: it holds the tables of 2 routers\ngw1, gw2",
      hint: "choose one: --table gw1",
    });
    await expect(readGatewayTable(both, undefined, { table: "gw3" })).rejects.toMatchObject({ code: "table-unknown" });
  });

  test("what Azure was asked for counts before what the answer says", async () => {
    const known = { kind: "gateway-advertised", routerId: "/subscriptions/s/gw", scope: "10.0.0.1" } as const;
    expect(await readGatewayTable('{"value":[]}', undefined, known)).toMatchObject({ ...known, routes: [] });
  });
});

describe("other content, and tables that lost data", () => {
  const nic = {
    addressPrefix: ["10.0.0.0/8"],
    nextHopType: "VnetLocal",
    source: "Default",
    state: "Active",
    nextHopIpAddress: [],
  };
  test.each<[string, string, string, string, string]>([
    [
      "a NIC's table",
      text({ value: [nic] }),
      "text-unrecognised",
      "not a table of a hub, gateway, Route Server or circuit in any known form",
      EXPORT_GATEWAY,
    ],
    [
      "an empty list without a word",
      '{"value":[]}',
      "text-unrecognised",
      "not a table of a hub, gateway, Route Server or circuit in any known form",
      EXPORT_GATEWAY,
    ],
    [
      "null, which Azure answers while it works",
      "null",
      "text-unrecognised",
      "not a table of a hub, gateway, Route Server or circuit in any known form",
      EXPORT_GATEWAY,
    ],
    ["nothing", " \n", "text-empty", "it is empty", `check that the export succeeded; ${EXPORT_GATEWAY}`],
    [
      "prose",
      "the gateway network: 10.0.0.0/8\n",
      "text-unrecognised",
      "not a table of a hub, gateway, Route Server or circuit in any known form",
      EXPORT_GATEWAY,
    ],
    [
      "cut JSON of something else",
      '{"a":[',
      "text-unrecognised",
      "not a table of a hub, gateway, Route Server or circuit in any known form",
      EXPORT_GATEWAY,
    ],
    [
      "cut JSON",
      text({ value: [LEARNED] }).slice(0, -5),
      "json-truncated",
      "it has JSON that is broken, cut off, or part of a longer list",
      EXPORT_GATEWAY,
    ],
    [
      "one page of several",
      text({ value: [LEARNED], nextLink: "https://x" }),
      "partial-table",
      "it is one page of several: 'nextLink' is set, so rows are missing",
      EXPORT_GATEWAY,
    ],
    [
      "a report of this program",
      text({ schemaVersion: "1.0", routes: [HUB], gatewayTable: {} }),
      "routes-report",
      "it is a report of this program (-o json)",
      "give the export that it was made from",
    ],
    [
      "no weight",
      text({ value: [{ ...LEARNED, weight: undefined }] }),
      "route-field",
      "row 1 has no 'weight'",
      EXPORT_GATEWAY,
    ],
    [
      "no AS path",
      text({ value: [{ ...LEARNED, asPath: undefined }] }),
      "route-field",
      "row 1 has no 'asPath'",
      EXPORT_GATEWAY,
    ],
    [
      "an AS path that is none",
      text({ value: [{ ...LEARNED, asPath: "65000 via" }] }),
      "route-field",
      "the 'asPath' of row 1 is not an AS path: '65000 via'",
      EXPORT_GATEWAY,
    ],
    [
      "an AS number of five bytes",
      text({ value: [{ ...LEARNED, asPath: "4294967296" }] }),
      "route-field",
      "the 'asPath' of row 1 is not an AS path: '4294967296'",
      EXPORT_GATEWAY,
    ],
    [
      "a prefix with host bits",
      text({ value: [{ ...LEARNED, network: "10.50.0.1/16" }] }),
      "route-prefix-invalid",
      "row 1: '10.50.0.1/16' has host bits set after /16",
      "write 10.50.0.0/16, or 10.50.0.1 for the one address",
    ],
    [
      "a field in two spellings",
      text({ value: [{ ...LEARNED, Network: "10.0.0.0/8" }] }),
      "route-shape",
      "row 1 has the field 'Network' in two spellings",
      EXPORT_GATEWAY,
    ],
    [
      "a row that is no object",
      text({ value: [LEARNED, "x"] }),
      "route-shape",
      "row 2 is not an object",
      EXPORT_GATEWAY,
    ],
    [
      "a cut next hop",
      text({ value: [{ ...LEARNED, nextHop: "10.40..." }] }),
      "cell-cut",
      "row 1 has a cell that is cut: '10.40...'",
      EXPORT_GATEWAY,
    ],
    [
      "a heading without rows",
      "Network  NextHop  Origin  AsPath  Weight\n-------  -------  ------  ------  ------\n",
      "rows-missing",
      "the table has a heading and no rows",
      EXPORT_GATEWAY,
    ],
    [
      "a row below other text",
      "Network      NextHop   Origin  AsPath  Weight\n-----------  --------  ------  ------  ------\n10.0.0.0/8   10.0.0.4  EBgp    65000   1\nhello\n10.0.0.0/9   10.0.0.4  EBgp    65000   1\n",
      "row-unreadable",
      "line 5 is a row below other text (line 4), without a heading of its own",
      "paste each table with its heading, and nothing between its rows",
    ],
    [
      "a row that does not fit its columns",
      "Network  NextHop  Origin  AsPath  Weight\n-------  -------  ------  ------  ------\n10.0.0.0/16 10.0.0.4000000000000 1\n",
      "row-unreadable",
      "line 3 does not fit the columns of its table",
      EXPORT_GATEWAY,
    ],
    [
      "a row of a list without a property",
      "Network : 10.0.0.0/8\nNextHop :\nAsPath :\nWeight : 1\nOrigin : EBgp\n\nNetwork : 10.0.0.0/9\n AsPath :\nWeight : 1\n",
      "row-unreadable",
      "the row at line 7 has no NextHop",
      "paste every property of every row",
    ],
    [
      "CSV with a short row",
      "Network,NextHop,Origin,AsPath,Weight\n10.0.0.0/8,,EBgp\n",
      "csv-syntax",
      "its rows do not fit the columns of its heading",
      EXPORT_GATEWAY,
    ],
  ])("%s", async (_, content, code, message, hint) => {
    await expectRefusal(readGatewayTable(content), "gateway table", { code, message, hint });
  });

  test.each([
    [{ kind: "stdin", name: "-" }, "stdin"],
    [{ kind: "file", name: "exports/gw.json" }, "gw.json"],
    [{ kind: "azure", name: "/subscriptions/s/virtualNetworkGateways/gw1" }, "gw1"],
  ] as const)("a message about %j begins with %s", async (origin, name) => {
    await expectRefusal(readGatewayTable("hello", origin), name, {
      code: "text-unrecognised",
      message: "not a table of a hub, gateway, Route Server or circuit in any known form",
      hint: EXPORT_GATEWAY,
    });
  });

  test("an excerpt says so", async () => {
    const table = await readGatewayTable(
      "Network      NextHop   Origin  AsPath  Weight\n-----------  --------  ------  ------  ------\n10.0.0.0/8   10.0.0.4  EBgp    65000   1\n...\n10.0.0.0/9   10.0.0.4  EBgp    65000   1\n",
    );
    expect(table.origin.note).toContain("line 4");
    expect(shortRows(table)).toHaveLength(2);
  });
});
