import { describe, expect, test } from "vitest";
import { formatPrefix } from "../../../src/net/prefix.ts";
import { readRouteTable, readRouteTables, tableNames } from "../../../src/routes/read/read-route-table.ts";
import { EXPORT, expectRefusal } from "./refusals.ts";

const ORIGIN = { kind: "stdin", name: "-" } as const;

/** The rows of a text: source, state, prefixes, type, hops. */
async function rowsOf(text: string): Promise<readonly string[]> {
  const { routes } = await readRouteTable(text, ORIGIN);
  return routes.map(({ source, state, addressPrefix, nextHopType, nextHopIpAddress }) =>
    [source, state, addressPrefix.map(formatPrefix).join("+"), nextHopType, nextHopIpAddress.join("+")]
      .join(" ")
      .trim(),
  );
}

const ROWS = [
  "Default Active 10.0.0.0/16 VnetLocal",
  "User Active 10.1.0.0/16+fd00:1::/48 VirtualAppliance 10.0.3.4",
  "VirtualNetworkGateway Invalid 10.2.0.0/16 VirtualNetworkGateway 10.0.4.4+10.0.4.5",
];

const AZ_HEAD = [
  "Source                 State    Address Prefix           Next Hop Type          Next Hop IP",
  "---------------------  -------  -----------------------  ---------------------  -----------------",
];
const AZ = [
  ...AZ_HEAD,
  "Default                Active   10.0.0.0/16              VnetLocal",
  "User                   Active   10.1.0.0/16 fd00:1::/48  VirtualAppliance       10.0.3.4",
  "VirtualNetworkGateway  Invalid  10.2.0.0/16              VirtualNetworkGateway  10.0.4.4 10.0.4.5",
];
const MARKDOWN = [
  "| Source | State | Address Prefix | Next Hop Type | Next Hop IP |",
  "|---|---|---|---|---|",
  "| Default | Active | 10.0.0.0/16 | VnetLocal | |",
  "| User | Active | 10.1.0.0/16, fd00:1::/48 | VirtualAppliance | 10.0.3.4 |",
  "| VirtualNetworkGateway | Invalid | 10.2.0.0/16 | VirtualNetworkGateway | 10.0.4.4, 10.0.4.5 |",
];
const CSV = [
  "Name,Source,State,AddressPrefix,NextHopType,NextHopIpAddress",
  ",Default,Active,10.0.0.0/16,VnetLocal,",
  "a,User,Active,10.1.0.0/16;fd00:1::/48,VirtualAppliance,10.0.3.4",
  ",VirtualNetworkGateway,Invalid,10.2.0.0/16,VirtualNetworkGateway,10.0.4.4;10.0.4.5",
];
const row = (addressPrefix: readonly string[], fields: object = {}) => ({
  source: "Default",
  state: "Active",
  addressPrefix,
  nextHopType: "VnetLocal",
  ...fields,
});
const YAML_ROW = (prefix: string, indent = "") =>
  ["value:", "- addressPrefix:", `  - ${prefix}`, "  nextHopType: VnetLocal", "  source: Default", "  state: Active"]
    .map((line) => `${indent}${line}\n`)
    .join("");

const quoted = (lines: readonly string[], mark: string) => lines.map((line) => `${mark}${line}`).join("\n");
const BOX = MARKDOWN.filter((_, at) => at !== 1).map((line) => line.replaceAll("|", "│"));

const READ: readonly (readonly [what: string, text: string])[] = [
  ["az, quoted in a mail", `John wrote:\n> Here:\n>\n${quoted(AZ, "> ")}\n\nThanks`],
  ["az, quoted twice", quoted(AZ, "> > ")],
  ["az, in comments", quoted(AZ, "  #  ")],
  ["az, a blank line below each", AZ.join("\n\n")],
  ["az, Windows line ends written twice", AZ.join("\r\r\n")],
  ["az, a comment between rows", AZ.toSpliced(4, 0, "# on premises").join("\n")],
  ["az, tabs between the cells", AZ.map((line) => line.replace(/ {2,}/g, "\t")).join("\n")],
  [
    "PowerShell, lists joined by semicolons",
    [
      "Source                State   AddressPrefix           NextHopType           NextHop",
      "------                -----   -------------           -----------           -------",
      "Default               Active  10.0.0.0/16             VnetLocal",
      "User                  Active  10.1.0.0/16;fd00:1::/48 VirtualAppliance      10.0.3.4",
      "VirtualNetworkGateway Invalid 10.2.0.0/16             VirtualNetworkGateway 10.0.4.4;10.0.4.5",
    ].join("\n"),
  ],
  ["Markdown, quoted", quoted(MARKDOWN, "> ")],
  ["Markdown, a blank line below each", MARKDOWN.join("\n\n")],
  ["Markdown, no outer pipes", MARKDOWN.map((line) => line.replace(/^\| | \|$/g, "")).join("\n")],
  [
    "Markdown, emphasis, links and entities",
    MARKDOWN.join("\n")
      .replace("10.1.0.0/16, fd00:1::/48", "`10.1.0.0/16`<br>[fd00:1::/48](http://x)")
      .replace("VnetLocal | ", "_VnetLocal_ | &nbsp;")
      .replace("Invalid", "~~Invalid~~")
      .replace("User", "*User*"),
  ],
  [
    "Jira, monospace and line breaks",
    MARKDOWN.join("\n")
      .replace(/^.*\n.*\n/, "||Source||State||Address Prefix||Next Hop Type||Next Hop IP||\n")
      .replace("10.1.0.0/16, fd00:1::/48", "{{10.1.0.0/16}} \\\\ {{fd00:1::/48}}"),
  ],
  ["a box", ["┌───┬───┐", BOX[0], "├───┼───┤", ...BOX.slice(1), "└───┴───┘"].join("\n")],
  ["CSV below a title", `nic1\n${CSV.join("\n")}`],
  ["CSV below a long title and a short one", `The routes of the interface nic1\nnic1\n${CSV.join("\n")}`],
  ["CSV below blank lines, with Windows line ends", `The routes\r\n\r\nnic1\r\n${CSV.join("\r\n")}\r\n`],
  ["CSV in a fence", `\`\`\`csv\n${CSV.join("\n")}\n\`\`\`\n`],
  ["CSV between prompts", `PS C:\\> Get-X | ConvertTo-Csv\n${CSV.join("\n")}\nPS C:\\>`],
];

test.each(READ)("%s: read", async (_, text) => {
  expect(await rowsOf(text)).toEqual(ROWS);
});

const cutAt = (text: string, word: string) => text.slice(0, text.indexOf(word));
const AZ_TEXT = AZ.join("\n");
const PS_HEAD = [
  "State   Source         AddressPrefix   NextHopType      NextHopIpAddress",
  "-----   ------         -------------   -----------      ----------------",
  "Active  Default        {10.0.0.0/16}   VnetLocal        {}",
];

/** What looks whole and is not. */
const REFUSED: readonly (readonly [what: string, text: string, code: string, message: string, hint: string])[] = [
  [
    "az, cut off inside a prefix",
    AZ_TEXT.slice(0, AZ_TEXT.indexOf("fd00") - 3),
    "row-unreadable",
    "line 4 does not fit the columns of its table",
    `paste the table whole, each route on a line of its own; ${EXPORT}`,
  ],
  [
    "az, a second prefix in half",
    [...AZ.slice(0, 3), "User                   Active   10.1.0.0/16 10.2.0"].join("\n"),
    "row-unreadable",
    "line 4 does not fit the columns of its table",
    `paste the table whole, each route on a line of its own; ${EXPORT}`,
  ],
  [
    "az, cut off inside a next hop type",
    cutAt(AZ_TEXT, "Appliance"),
    "cell-cut",
    "line 4 has a cell that is cut: 'Virtual'",
    EXPORT,
  ],
  [
    "az, cut off behind a source",
    cutAt(AZ_TEXT, "  Active   10.1"),
    "row-unreadable",
    "line 4 does not fit the columns of its table",
    `paste the table whole, each route on a line of its own; ${EXPORT}`,
  ],
  [
    "az, cut off behind a state",
    cutAt(AZ_TEXT, "   10.1"),
    "row-unreadable",
    "line 4 does not fit the columns of its table",
    `paste the table whole, each route on a line of its own; ${EXPORT}`,
  ],
  [
    "az, next hops in the next line",
    AZ_TEXT.replace("10.0.4.4 ", "10.0.4.4\n"),
    "row-unreadable",
    "line 6 does not fit the columns of its table",
    `paste the table whole, each route on a line of its own; ${EXPORT}`,
  ],
  [
    "az, the last heading cut",
    AZ_TEXT.replace("Next Hop IP", "Next Hop I"),
    "columns-missing",
    "the column 'Next Hop I' may be the next hop addresses",
    `call it 'Next Hop IP Address' where it is, or leave it out; ${EXPORT}`,
  ],
  [
    "az, rows below other text",
    AZ.toSpliced(4, 0, "=== nic2 ===").join("\n"),
    "row-unreadable",
    "line 6 is a row below other text (line 5), without a heading of its own",
    `paste each table with its heading, and nothing between its rows; ${EXPORT}`,
  ],
  ["az, a heading alone", AZ_HEAD.join("\n"), "rows-missing", "the table has a heading and no rows", EXPORT],
  [
    "PowerShell, a heading cut",
    PS_HEAD.join("\n").replace("NextHopIpAddress", "NextHopIp..."),
    "columns-missing",
    "the column 'NextHopIp...' may be the next hop addresses",
    `call it 'Next Hop IP Address' where it is, or leave it out; ${EXPORT}`,
  ],
  [
    "PowerShell, the second half of a word missing",
    [...PS_HEAD, "Invalid VirtualNetwork {10.1.0.0/16}   VirtualNetworkGa {10.0.4.4}"].join("\n"),
    "cell-cut",
    "line 4 has a cell that is cut: 'VirtualNetwork'",
    EXPORT,
  ],
  [
    "PowerShell, the second line of a list missing",
    [...PS_HEAD, "Invalid User           {10.1.0.0/16}   VirtualAppliance {10.0.4.4,"].join("\n"),
    "cell-cut",
    "line 4 has a cell that is cut: '{10.0.4.4,'",
    EXPORT,
  ],
  [
    "Markdown, a type cut",
    MARKDOWN.join("\n").replace("VirtualAppliance", "VirtualApp"),
    "cell-cut",
    "line 4 has a cell that is cut: 'VirtualApp'",
    EXPORT,
  ],
  [
    "Markdown, a list that goes on",
    MARKDOWN.join("\n").replace("fd00:1::/48 ", " "),
    "route-prefix-cut",
    "line 4 has a cell that is cut: '10.1.0.0/16,'",
    EXPORT,
  ],
  [
    "Markdown, next hops counted",
    MARKDOWN.join("\n").replace("10.0.4.5", "+1"),
    "cell-cut",
    "line 5 shows only some of its next hops: '+1'",
    EXPORT,
  ],
  [
    "Markdown, rows below other text",
    MARKDOWN.toSpliced(4, 0, "and", "").join("\n"),
    "row-unreadable",
    "line 7 is a row that does not fit the table above it",
    `paste the table whole, each route on a line of its own; ${EXPORT}`,
  ],
  [
    "Markdown, a heading alone",
    MARKDOWN.slice(0, 2).join("\n"),
    "rows-missing",
    "the table has a heading and no rows",
    EXPORT,
  ],
  [
    "Markdown, hops under an unknown heading",
    MARKDOWN.join("\n").replace("Hop IP", "Hop Addr"),
    "columns-missing",
    "the column 'Next Hop Addr' may be the next hop addresses",
    `call it 'Next Hop IP Address' where it is, or leave it out; ${EXPORT}`,
  ],
  [
    "JSON, a next hop left out",
    JSON.stringify([row(["10.0.0.0/8"], { nextHopIpAddress: ["10.0.0.4", "..."] })]),
    "cell-cut",
    "row 1 shows only some of its next hops: '...'",
    EXPORT,
  ],
  [
    "JSON, one interface of two without routes",
    JSON.stringify([
      { name: "a", routes: [row(["10.0.0.0/8"])] },
      { name: "b", routes: [] },
    ]),
    "several-tables",
    "it holds the tables of 2 network interfaces\na, b",
    "choose one: --table a",
  ],
  [
    "JSON, one interface of two without states",
    JSON.stringify([
      { name: "a", routes: { value: [row(["10.0.0.0/8"], { state: undefined })] } },
      { name: "b", routes: { value: [row(["10.0.0.0/8"])] } },
    ]),
    "several-tables",
    "it holds the tables of 2 network interfaces\na, b",
    "choose one: --table a",
  ],
  [
    "YAML of several documents",
    `---\n${YAML_ROW("10.0.0.0/8")}---\n${YAML_ROW("10.1.0.0/16")}`,
    "several-tables",
    "it holds the tables of 2 network interfaces\ntable 1, table 2",
    "choose one: --table 'table 1'",
  ],
];

test.each(REFUSED)("%s: refused", async (_, text, code, message, hint) => {
  await expectRefusal(readRouteTable(text, ORIGIN), "stdin", { code, message, hint });
});

test("a long property name is shortened in messages", async () => {
  const text = `Name : a\n\n${"x".repeat(5000)} : b\nAddressPrefix : {10.0.0.0/8}\nState : Active\nSource : User\nNextHopType : None\n`;
  await expect(readRouteTable(text, ORIGIN)).rejects.toMatchObject({
    code: "row-unreadable",
    message: expect.stringMatching(/^.{1,99}$/),
  });
});

test("YAML in an indented fence is read", async () => {
  expect(await rowsOf(`Here:\n  \`\`\`yaml\n${YAML_ROW("10.0.0.0/16", "  ")}  \`\`\`\nNote: thanks\n`)).toEqual([
    ROWS[0],
  ]);
});

test.each(["...", "[...]", "<snip>", "(output omitted)", "--More--"])(
  "%s between rows makes an excerpt",
  async (mark) => {
    for (const lines of [AZ, MARKDOWN]) {
      for (const between of [[mark], ["", mark, ""]]) {
        const { origin } = await readRouteTable(lines.toSpliced(4, 0, ...between).join("\n"), ORIGIN);
        expect(origin.note).toMatch(/^An excerpt: line \d+ says that rows were left out/);
      }
    }
  },
);

test("a table without next hop addresses says so", async () => {
  const text = MARKDOWN.map((line) => line.replace(/[^|]*\|$/, "")).join("\n");
  expect((await readRouteTable(text, ORIGIN)).origin.note).toContain("This export has no next hop addresses.");
});

test.each(["=== nic1 ===", "--- nic1", "Processing: nic1", "*** nic1 ***"])(
  "%s names the table below",
  async (title) => {
    expect(await tableNames(`${title}\n\n${AZ_TEXT}`, ORIGIN)).toEqual(["nic1"]);
  },
);

const dashed = (headings: string, cells: string) => `${headings}\n${headings.replace(/\S/g, "-")}\n${cells}\n`;

/** Texts that are something else, in the forms in which they are printed. */
const OTHER: readonly (readonly [code: string, what: string, text: string, message: string, hint: string])[] = [
  [
    "hub-routes",
    "CSV",
    "Prefix,Next Hop Type,Next Hop,Origin,AS path\n10.1.0.0/16,Virtual Network Connection,x,y,65520\n",
    "it looks like the effective routes of a virtual hub, not of a network interface",
    EXPORT,
  ],
  [
    "gateway-routes",
    "a table",
    dashed("LocalAddress  Network  NextHop  SourcePeer", "10.1.0.4  10.1.0.0/16  10.1.0.4"),
    "it looks like the routes of a gateway or Route Server, not of a network interface",
    EXPORT,
  ],
  [
    "gateway-routes",
    "Markdown",
    "| Network | Next hop | AS path |\n|---|---|---|\n| 10.0.0.0/16 | 10.0.0.4 | 65001 |\n",
    "it looks like the routes of a gateway or Route Server, not of a network interface",
    EXPORT,
  ],
  [
    "gateway-routes",
    "a list",
    "LocalAddress : 10.0.0.4\nNetwork      : 10.0.0.0/16\nNextHop      :\nSourcePeer   : 10.0.0.4\n",
    "it looks like the routes of a gateway or Route Server, not of a network interface",
    EXPORT,
  ],
  [
    "gateway-routes",
    "YAML",
    "value:\n- localAddress: 10.0.0.4\n  network: 10.0.0.0/16\n  nextHop: x\n  sourcePeer: y\n  asPath: z\n",
    "it looks like the routes of a gateway, Route Server or circuit, not of a network interface",
    EXPORT,
  ],
  [
    "gateway-routes",
    "Route Server's JSON",
    JSON.stringify({ RouteServiceRole_IN_0: [{ network: "10.0.0.0/8" }] }),
    "it looks like the routes of a gateway, Route Server or circuit, not of a network interface",
    EXPORT,
  ],
  [
    "gateway-routes",
    "peers of a gateway",
    dashed("Neighbor  ASN  State", "10.3.0.254  65001  Connected"),
    "it looks like the routes of a gateway or Route Server, not of a network interface",
    EXPORT,
  ],
  [
    "peering",
    "a table",
    dashed("Name  PeeringState  ProvisioningState", "a-b  Connected  Succeeded"),
    "it looks like a virtual network peering",
    EXPORT,
  ],
  [
    "peering",
    "a list",
    "Name                 : a-b\nPeeringState         : Connected\nRemoteVirtualNetwork : {}\n",
    "it looks like a virtual network peering",
    EXPORT,
  ],
  [
    "next-hop-result",
    "YAML",
    "nextHopIpAddress: 10.0.3.4\nnextHopType: VirtualAppliance\nrouteTableId: /subs/x\n",
    "it looks like a next hop result of Network Watcher",
    EXPORT,
  ],
  [
    "security-rules",
    "a table",
    dashed("Name  Priority  Access  Direction", "ssh  100  Allow  Inbound"),
    "it looks like a network security group's rules",
    EXPORT,
  ],
  [
    "security-rules",
    "a list",
    "Name : ssh\nPriority : 100\nAccess : Allow\nDirection : Inbound\n",
    "it looks like a network security group's rules",
    EXPORT,
  ],
  [
    "route-table-resource",
    "CSV",
    "Name,Address prefix,Next hop type,Next hop IP address\na,0.0.0.0/0,Virtual appliance,10.0.3.4\n",
    "it looks like a route table resource, which has only the user-defined routes",
    EXPORT,
  ],
  [
    "route-table-resource",
    "a list of them",
    dashed("DisableBgpRoutePropagation  Location  Name  ResourceGroup", "False  westeurope  rt  rg"),
    "it looks like a list of route table resources",
    EXPORT,
  ],
  [
    "system-routes",
    "route print in German",
    "     Netzwerkziel    Netzwerkmaske          Gateway    Schnittstelle Metrik\n          0.0.0.0          0.0.0.0         10.0.0.1         10.0.0.4     10\n",
    "it is the route table of an operating system (route print), not Azure's",
    `Azure decides after the system has sent the packet; ${EXPORT}`,
  ],
  [
    "system-routes",
    "ip route",
    "10.0.0.0/24 dev eth0 proto kernel scope link src 10.0.0.4\n",
    "it is the route table of an operating system (ip route), not Azure's",
    `Azure decides after the system has sent the packet; ${EXPORT}`,
  ],
  [
    "system-routes",
    "netstat",
    "Routing tables\n\nInternet:\nDestination        Gateway\n",
    "it is the route table of an operating system (route print), not Azure's",
    `Azure decides after the system has sent the packet; ${EXPORT}`,
  ],
  [
    "system-routes",
    "Get-NetRoute",
    dashed("ifIndex DestinationPrefix NextHop", "12      0.0.0.0/0         10.0.0.1"),
    "it looks like the route table of an operating system, not Azure's",
    EXPORT,
  ],
  [
    "null-result",
    "null below a prompt",
    "$ az rest --method post --url https://x\nnull\n",
    "it holds only 'null', which Azure returns while the operation runs",
    `follow the answer's Location header to the result, or ${EXPORT}`,
  ],
  [
    "null-result",
    "an answer 202",
    "HTTP/1.1 202 Accepted\nLocation: https://management.azure.com/x\nRetry-After: 10\n",
    "it holds only 'null', which Azure returns while the operation runs",
    `follow the answer's Location header to the result, or ${EXPORT}`,
  ],
  [
    "null-result",
    "an answer 202 as a list",
    "StatusCode : 202\nContent    : null\nMethod     : POST\n",
    "it holds only 'null', which Azure returns while the operation runs",
    `follow the answer's Location header to the result, or ${EXPORT}`,
  ],
  [
    "null-result",
    "an answer 202 without content",
    '{"StatusCode":202,"Content":""}',
    "it holds only 'null', which Azure returns while the operation runs",
    `follow the answer's Location header to the result, or ${EXPORT}`,
  ],
  [
    "null-result",
    "an answer 202 with null",
    '{"StatusCode":202,"Content":"null"}',
    "it holds only 'null', which Azure returns while the operation runs",
    `follow the answer's Location header to the result, or ${EXPORT}`,
  ],
  [
    "null-result",
    "an answer 202 without a body",
    '{"StatusCode":202,"Content":null}',
    "it holds only 'null', which Azure returns while the operation runs",
    `follow the answer's Location header to the result, or ${EXPORT}`,
  ],
  [
    "text-unrecognised",
    "an HTML page",
    "<html><body><table border=1><tr><td>10.0.0.0/8</td></tr></table></body></html>",
    "it is an HTML page",
    `copy the table as the browser shows it; ${EXPORT}`,
  ],
  [
    "text-unrecognised",
    "an HTML table",
    "<TABLE><tr><td>10.0.0.0/8</td></tr></TABLE>",
    "it is an HTML page",
    `copy the table as the browser shows it; ${EXPORT}`,
  ],
  [
    "text-unrecognised",
    "a printed Python object",
    "[{'address_prefix': ['10.0.0.0/8']}]",
    "it is a printed Python object, not JSON",
    "in Python: json.dump(result.as_dict(), file)",
  ],
  [
    "counts-only",
    "az -o tsv below its command",
    "$ az network nic show-effective-route-table -o tsv\n1\tFalse\tNone\t0\tVnetLocal\tDefault\tActive\n",
    "it has counts in place of prefixes, as az -o tsv prints lists",
    EXPORT,
  ],
  [
    "heading-missing",
    "the portal's rows alone",
    "Default\tActive\t10.0.0.0/16\tVirtual network\t-\t-\n",
    "the table has no line with its headings, so its columns cannot be identified",
    "add the line: Source, State, Address Prefixes, Next Hop Type, Next Hop IP Address, User Defined Route Name (with tabs between)",
  ],
  [
    "heading-missing",
    "CSV in German",
    "Quelle,Status,Präfixe,Typ\nStandard,Aktiv,10.0.0.0/16,VNet\n",
    "the headings of its columns are not known",
    `download it again with the portal in English, because Azure's English words are needed in the rows too; or ${EXPORT}`,
  ],
  [
    "azure-error",
    "az",
    "ERROR: (AuthorizationFailed) The client has no authorization.\nCode: AuthorizationFailed\n",
    "it holds an Azure error, not routes\nAuthorizationFailed: The client has no authorization.",
    "ask for Microsoft.Network/networkInterfaces/effectiveRouteTable/action (Network Contributor has it), then export again",
  ],
  [
    "azure-error",
    "PowerShell",
    "StatusCode: 400\nErrorCode: NicMustBeAttachedToRunningVmToGetEffectiveRoutes\n",
    "it holds an Azure error, not routes\nNicMustBeAttachedToRunningVmToGetEffectiveRoutes: ",
    "start the virtual machine, then export the table again",
  ],
];

describe("a text of another kind is refused, and the error says what it is", () => {
  test.each(OTHER)("%s: %s", async (code, _, text, message, hint) => {
    await expectRefusal(readRouteTable(text, ORIGIN), "stdin", { code, message, hint });
  });
});

test.each(["<html><body><table border=1>", "<TABLE>", "<div>\n<table\nclass='x'>"])(
  "%j is refused as an HTML page",
  async (text) => {
    await expect(readRouteTable(`${text}<tr><td>10.0.0.0/8</td></tr></table>`, ORIGIN)).rejects.toThrow(/HTML page/);
  },
);

const JSON_ROW = JSON.stringify([row(["10.0.0.0/16"])], null, 1).split("\n");
test.each<[what: string, text: string, format: string]>([
  ["as az prints it", JSON_ROW.join("\n"), "arm"],
  ["with a byte order mark", `\uFEFF${JSON_ROW.join("\n")}`, "arm"],
  ["quoted in a mail", quoted(JSON_ROW, "> "), "arm"],
  ["in comments", quoted(JSON_ROW, "# "), "arm"],
  ["below a line of words", `The routes:\n${JSON_ROW.join("\n")}`, "json-in-text"],
])("JSON %s is read, and its form is known", async (_, text, format) => {
  const { routes, origin } = await readRouteTable(text, ORIGIN);
  expect([routes.map(({ fields }) => fields), origin]).toEqual([
    [row(["10.0.0.0/16"])],
    { kind: "stdin", name: "-", format, fetchedAt: null, note: null },
  ]);
});

test("a column of NICs makes a table of each", async () => {
  const nics = ["NIC", "---", "`nic1`", "**nic2**", "nic1"];
  const text = MARKDOWN.map((line, at) => `| ${nics[at]} ${line}`).join("\n");
  expect(await tableNames(text, ORIGIN)).toEqual(["nic1", "nic2"]);
  const prefixes = (await readRouteTables(text)).map((each) =>
    "table" in each ? each.table.routes.map(({ addressPrefix }) => addressPrefix.map(formatPrefix).join("+")) : [],
  );
  expect(prefixes).toEqual([["10.0.0.0/16", "10.2.0.0/16"], ["10.1.0.0/16+fd00:1::/48"]]);
});
