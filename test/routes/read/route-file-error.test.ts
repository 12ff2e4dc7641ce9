import { describe, expect, test } from "vitest";
import { readRouteTable, refuseTooLong } from "../../../src/routes/read/read-route-table.ts";
import { isRouteFileError, type RouteFileErrorCode } from "../../../src/routes/read/route-file-error.ts";
import type { UserError } from "../../../src/text/user-error.ts";
import { armRow } from "../arm-json.ts";
import { EXPORT } from "./refusals.ts";

async function refusal(text: string, name = "routes.json"): Promise<UserError<RouteFileErrorCode>> {
  const outcome = await readRouteTable(text, { kind: "file", name }).catch((error: unknown) => error);
  if (!isRouteFileError(outcome)) throw new Error(`not refused: ${JSON.stringify(outcome, bigintText)}`);
  return outcome;
}

const bigintText = (_: string, value: unknown) => (typeof value === "bigint" ? String(value) : value);

const json = JSON.stringify;
const csv = (row: string) => `Source,State,Address Prefixes,Next Hop Type\n${row}\n`;
const armError = (code: string) => ({ error: { code, message: "Azure's own words.", details: [] } });
const withPrefix = (prefix: unknown) => json([armRow(), armRow({ addressPrefix: prefix })]);
const deep = (levels: number) => "[".repeat(levels) + "]".repeat(levels);

const CASES: readonly (readonly [
  what: string,
  text: string,
  code: RouteFileErrorCode,
  message: string,
  hint: string,
])[] = [
  ["an empty file", "", "text-empty", "it is empty", `check that the export succeeded; ${EXPORT}`],
  [
    "a file of blank lines",
    "\uFEFF \r\n\r\n",
    "text-empty",
    "it is empty",
    `check that the export succeeded; ${EXPORT}`,
  ],
  [
    "plain words",
    "Usage: az network [-h]",
    "text-unrecognised",
    "not a route table in any form that this program reads",
    EXPORT,
  ],
  [
    "broken JSON below a warning",
    'WARNING: preview\n{"value":[',
    "text-unrecognised",
    "it has JSON that is broken, cut off, or part of a longer list",
    `paste the whole document; ${EXPORT}`,
  ],
  [
    "az's table without its next hops",
    "Source    State    Address Prefix\n------  ------\nDefault  Active  10.0.0.0/16",
    "columns-missing",
    "the table has no column 'Address Prefix', 'Next Hop Type', 'State'",
    `which route wins depends on every one of them; ${EXPORT}`,
  ],
  [
    "JSON cut inside a list",
    '{"value":[{"source":"Default",',
    "json-truncated",
    "the JSON is cut off before its end",
    "run the export again and let it finish before reading the file",
  ],
  [
    "JSON cut inside a text",
    '[{"source":"Def',
    "json-truncated",
    "the JSON is cut off before its end",
    "run the export again and let it finish before reading the file",
  ],
  [
    "JSON cut after an escape",
    '["a\\',
    "json-truncated",
    "the JSON is cut off before its end",
    "run the export again and let it finish before reading the file",
  ],
  [
    "JSON that is wrong in the middle",
    '[{"a":1}}',
    "json-syntax",
    "it is not valid JSON (line 1, column 9)",
    "check that the file holds one JSON document, without other output before or after it",
  ],
  [
    "two JSON documents",
    '{"value":[]}\n{"value":[]}',
    "json-syntax",
    "it is not valid JSON (line 2, column 1)",
    "check that the file holds one JSON document, without other output before or after it",
  ],
  ...[
    ["a comma missing in a list", "[1 2]", 4],
    ["a colon missing in an object", '{"a" 1}', 6],
    ["an object that a bracket closes, and another one cut off", '{"a":1],{', 7],
    ["a list that a brace closes, and another one cut off", '["a"},[', 5],
    ["a brace in a text, and a comma missing", '["{" "}"]', 6],
    ["an escaped quote in a text, and a comma missing", '["\\"{" 1]', 8],
    ["blanks before it", '  {"a" 1}', 8],
  ].map(([what, text, column]): (typeof CASES)[number] => [
    `JSON with ${what}`,
    String(text),
    "json-syntax",
    `it is not valid JSON (line 1, column ${column})`,
    "check that the file holds one JSON document, without other output before or after it",
  ]),
  [
    "two lists of JSON",
    '["a"]\n["b"]',
    "json-syntax",
    "it is not valid JSON (line 2, column 1)",
    "check that the file holds one JSON document, without other output before or after it",
  ],
  [
    "JSON cut off behind a text with brackets",
    '["]}",',
    "json-truncated",
    "the JSON is cut off before its end",
    "run the export again and let it finish before reading the file",
  ],
  ...['see:\n \t{ \n "a', "see:\n[{", "see:\n[ [1"].map((text): (typeof CASES)[number] => [
    `broken JSON below a line: ${json(text)}`,
    text,
    "text-unrecognised",
    "it has JSON that is broken, cut off, or part of a longer list",
    `paste the whole document; ${EXPORT}`,
  ]),
  ...["see [{", "see:\n[a {", "see:\n(", 'see {"a":1'].map((text): (typeof CASES)[number] => [
    `brackets of prose: ${json(text)}`,
    text,
    "text-unrecognised",
    "not a route table in any form that this program reads",
    EXPORT,
  ]),
  [
    "more lines than any table has",
    `see\n${"\n".repeat(2_000_000)}`,
    "table-too-large",
    "it has more than 2,000,000 lines",
    "give the export of one network interface, which has a few thousand rows at most",
  ],
  [
    "a CSV cut inside a cell",
    csv('Default,Active,"10.0.0.0/16, 10.1'),
    "csv-truncated",
    "the CSV is cut off inside a quoted cell",
    "download the table again",
  ],
  [
    "a CSV row with a cell too many",
    csv("Default,Active,10.0.0.0/16,None,-"),
    "csv-syntax",
    "the CSV is broken: line 2 has 5 cells, unlike the heading",
    "download the table again",
  ],
  [
    "a CSV without the next hop type",
    "Source,State,Address Prefixes\nDefault,Active,10.0.0.0/8\n",
    "csv-columns",
    "the CSV has no column 'Next Hop Type'",
    `download it with all columns from the network interface's Effective routes page, or ${EXPORT}`,
  ],
  [
    "an ARM error body",
    json(armError("SomethingElse")),
    "azure-error",
    "it holds an Azure error, not routes\nSomethingElse: Azure's own words.",
    "follow Azure's message, then export the table again",
  ],
  [
    "the error for a stopped machine",
    json(armError("NicMustBeAttachedToRunningVmToGetEffectiveRoutes")),
    "azure-error",
    "it holds an Azure error, not routes\nNicMustBeAttachedToRunningVmToGetEffectiveRoutes: Azure's own words.",
    "start the virtual machine, then export the table again",
  ],
  [
    "the error for missing rights",
    json(armError("AuthorizationFailed")),
    "azure-error",
    "it holds an Azure error, not routes\nAuthorizationFailed: Azure's own words.",
    "ask for Microsoft.Network/networkInterfaces/effectiveRouteTable/action (Network Contributor has it), then export again",
  ],
  [
    "an error whose code is a name of Object's",
    json(armError("constructor")),
    "azure-error",
    "it holds an Azure error, not routes\nconstructor: Azure's own words.",
    "follow Azure's message, then export the table again",
  ],
  [
    "the inner error object",
    json(armError("X").error),
    "azure-error",
    "it holds an Azure error, not routes\nX: Azure's own words.",
    "follow Azure's message, then export the table again",
  ],
  [
    "effective network security groups",
    json({ value: [{ networkSecurityGroup: { id: "/x" }, association: {}, effectiveSecurityRules: [] }] }),
    "security-rules",
    "it looks like a network security group's rules",
    EXPORT,
  ],
  [
    "a network security group",
    json({ name: "nsg", properties: { securityRules: [] } }),
    "security-rules",
    "it looks like a network security group's rules",
    EXPORT,
  ],
  [
    "a list of security rules",
    json([{ name: "a", priority: 100, direction: "Inbound", access: "Allow" }]),
    "security-rules",
    "it looks like a network security group's rules",
    EXPORT,
  ],
  [
    "PowerShell's effective security groups",
    json([{ NetworkSecurityGroup: {}, EffectiveSecurityRules: [] }]),
    "security-rules",
    "it looks like a network security group's rules",
    EXPORT,
  ],
  [
    "a route table resource, ARM",
    json({ name: "rt", properties: { routes: [] } }),
    "route-table-resource",
    "it looks like a route table resource, which has only the user-defined routes",
    `effective routes include the system and BGP routes; ${EXPORT}`,
  ],
  [
    "a route table resource, az",
    json({ name: "rt", routes: [], type: "Microsoft.Network/routeTables" }),
    "route-table-resource",
    "it looks like a route table resource, which has only the user-defined routes",
    `effective routes include the system and BGP routes; ${EXPORT}`,
  ],
  [
    "a list of route table resources",
    json([{ name: "rt", routes: [] }]),
    "route-table-resource",
    "it looks like a route table resource, which has only the user-defined routes",
    `effective routes include the system and BGP routes; ${EXPORT}`,
  ],
  [
    "a route list",
    json([{ name: "r", addressPrefix: "0.0.0.0/0", nextHopType: "Internet", provisioningState: "Succeeded" }]),
    "route-table-resource",
    "it looks like a route table resource, which has only the user-defined routes",
    `effective routes include the system and BGP routes; ${EXPORT}`,
  ],
  [
    "a route list, ARM",
    json({ value: [{ name: "r", properties: { addressPrefix: "0.0.0.0/0", nextHopType: "Internet" } }] }),
    "route-table-resource",
    "it looks like a route table resource, which has only the user-defined routes",
    `effective routes include the system and BGP routes; ${EXPORT}`,
  ],
  [
    "a service tag file",
    json({ changeNumber: 1, cloud: "Public", values: [] }),
    "service-tag-file",
    "it looks like a service tag file",
    "give it as --tags; the routes come from az network nic show-effective-route-table",
  ],
  [
    "a next hop result",
    json({ nextHopType: "None", routeTableId: "System Route" }),
    "next-hop-result",
    "it looks like a next hop result of Network Watcher",
    EXPORT,
  ],
  [
    "a network interface",
    json({ name: "nic", properties: { ipConfigurations: [] } }),
    "network-interface",
    "it looks like a network interface",
    EXPORT,
  ],
  [
    "a report of this program",
    json({ schemaVersion: "1.0", routes: [] }),
    "routes-report",
    "it looks like a report of this program (routes -o json)",
    "give the export that the report was made from",
  ],
  [
    "an unfinished operation's null",
    "null",
    "null-result",
    "it holds only 'null', which Azure returns while the operation runs",
    `follow the answer's Location header to the result, or ${EXPORT}`,
  ],
  ["a plain text", '"hello"', "plain-value", "it holds only a string, not a table", EXPORT],
  ["a plain number", "17", "plain-value", "it holds only a number, not a table", EXPORT],
  ["an empty object", "{}", "not-effective-routes", "it holds an empty object, not routes", EXPORT],
  [
    "some other object",
    json({ a: 1, b: 2 }),
    "not-effective-routes",
    "it holds an object with a, b, not routes",
    EXPORT,
  ],
  [
    "a page of several",
    json({ value: [armRow()], nextLink: "https://example.net/next" }),
    "partial-table",
    "it is one page of several: 'nextLink' is set, so rows are missing",
    "fetch the page at nextLink too, and join the lists under one 'value'",
  ],
  ["a row that is null", "[null]", "route-shape", "row 1 is not an object", "each row must be one effective route"],
  ["a row that is a list", "[[]]", "route-shape", "row 1 is not an object", "each row must be one effective route"],
  [
    "lists nested 200,000 deep",
    deep(200_000),
    "route-shape",
    "row 1 is not an object",
    "each row must be one effective route",
  ],
  [
    "a field nested 200,000 deep",
    `[${json(armRow({ tagMap: 0 })).replace('"tagMap":0', `"tagMap":${deep(200_000)}`)}]`,
    "route-shape",
    "row 1 is nested too deeply",
    "Azure sends flat rows; export it again",
  ],
  [
    "a row without addressPrefix",
    json([armRow(), armRow({ addressPrefix: undefined })]),
    "route-prefix-missing",
    "row 2 has no address prefix",
    "export the table again; a route without a prefix matches nothing, so the file is incomplete",
  ],
  [
    "a first row without addressPrefix",
    json([armRow({ addressPrefix: undefined })]),
    "route-prefix-missing",
    "row 1 has no address prefix",
    "export the table again; a route without a prefix matches nothing, so the file is incomplete",
  ],
  [
    "a row with no prefixes",
    withPrefix([]),
    "route-prefix-missing",
    "row 2 has no address prefix",
    "export the table again; a route without a prefix matches nothing, so the file is incomplete",
  ],
  [
    "a row with an empty prefix",
    withPrefix([""]),
    "route-prefix-missing",
    "row 2 has no address prefix",
    "export the table again; a route without a prefix matches nothing, so the file is incomplete",
  ],
  [
    "a CSV row with '-' for its prefixes",
    csv("Default,Active,-,None"),
    "route-prefix-missing",
    "row 1 has no address prefix",
    "export the table again; a route without a prefix matches nothing, so the file is incomplete",
  ],
  [
    "a prefix masked by a placeholder",
    withPrefix(["10.0.0.0/8", "<PUBLIC_IP>/26"]),
    "route-prefix-masked",
    "row 2 has a masked address prefix: '<PUBLIC_IP>/26'",
    "give the table as Azure sent it; without the prefix the winning route is unknown",
  ],
  [
    "a prefix masked by x",
    withPrefix(["x.x.x.x/26"]),
    "route-prefix-masked",
    "row 2 has a masked address prefix: 'x.x.x.x/26'",
    "give the table as Azure sent it; without the prefix the winning route is unknown",
  ],
  [
    "a prefix masked by stars",
    withPrefix(["20.*.*.*/26"]),
    "route-prefix-masked",
    "row 2 has a masked address prefix: '20.*.*.*/26'",
    "give the table as Azure sent it; without the prefix the winning route is unknown",
  ],
  [
    "a CSV cell masked",
    csv("Default,Active,<PUBLIC_IP>/26,None"),
    "route-prefix-masked",
    "row 1 has a masked address prefix: '<PUBLIC_IP>/26'",
    "give the table as Azure sent it; without the prefix the winning route is unknown",
  ],
  [
    "prefixes copied from the page",
    csv('Default,Active,"20.0.0.0/26, 68 more",None'),
    "route-prefix-cut",
    "row 1 has a cell that is cut: '20.0.0.0/26, 68 more'",
    EXPORT,
  ],
  [
    "a field in two spellings: one of them would be lost",
    json([{ ...armRow(), AddressPrefix: ["10.1.0.0/16"] }]),
    "route-shape",
    "row 1 has the field 'AddressPrefix' in two spellings",
    "Azure and PowerShell write each field once; export the table again",
  ],
  ...["State", "SOURCE", "NextHopType", "nexthopIpAddress", "ADDRESSPREFIX"].map((spelling): (typeof CASES)[number] => [
    `${spelling} beside the field's own spelling`,
    json([{ ...armRow(), [spelling]: "Invalid" }]),
    "route-shape",
    `row 1 has the field '${spelling}' in two spellings`,
    "Azure and PowerShell write each field once; export the table again",
  ]),
  [
    "more rows than any table has",
    json(Array(50_001).fill(armRow())),
    "table-too-large",
    "it has more than 50,000 rows",
    "give the export of one network interface, which has a few thousand rows at most",
  ],
  [
    "more prefixes than any table has",
    withPrefix(Array(200_001).fill("10.0.0.0/8")),
    "table-too-large",
    "it has more than 200,000 prefixes",
    "give the export of one network interface, which has a few thousand rows at most",
  ],
  [
    "more CSV rows than any table has",
    csv("Default,Active,10.0.0.0/8,None\n".repeat(50_001)),
    "table-too-large",
    "it has more than 50,000 rows",
    "give the export of one network interface, which has a few thousand rows at most",
  ],
  [
    "more prefixes in a CSV cell than any table has",
    csv(`Default,Active,"${"10.0.0.0/8,".repeat(200_000)}10.0.0.0/8",None`),
    "table-too-large",
    "it has more than 200,000 prefixes",
    "give the export of one network interface, which has a few thousand rows at most",
  ],
  [
    "a CSV row without end",
    csv(`Default,Active,10.0.0.0/8,None${",".repeat(10_000_000)}`),
    "table-too-large",
    "it has more than 10,000,000 characters",
    "give the export of one network interface, which has a few thousand rows at most",
  ],
  [
    "a CSV heading without end",
    csv("Default,Active,10.0.0.0/8,None").replace("Source", `Source${",".repeat(1_000_000)}`),
    "text-unrecognised",
    "not a route table in any form that this program reads",
    EXPORT,
  ],
  [
    "PowerShell's type name for a list",
    json([{ ...armRow(), addressPrefix: "System.Collections.Generic.List`1[System.String]" }]),
    "route-prefix-cut",
    "row 1 has a PowerShell type name in place of its prefixes",
    "export with: Get-AzEffectiveRouteTable ... | ConvertTo-Json -Depth 5",
  ],
  [
    "a list of something else",
    json([{ request: {}, response: {} }]),
    "not-effective-routes",
    "it holds a list of objects with request, response, not routes",
    EXPORT,
  ],
  [
    "PowerShell's type name in a list",
    withPrefix(["System.Object[]"]),
    "route-prefix-cut",
    "row 2 has a PowerShell type name in place of its prefixes",
    "export with: Get-AzEffectiveRouteTable ... | ConvertTo-Json -Depth 5",
  ],
  [
    "a prefix with host bits",
    withPrefix(["10.0.0.1/8"]),
    "route-prefix-invalid",
    "row 2: '10.0.0.1/8' has host bits set after /8",
    "write 10.0.0.0/8, or 10.0.0.1 for the one address",
  ],
  [
    "a prefix without a length",
    withPrefix(["10.0.0.1"]),
    "route-prefix-invalid",
    "row 2: '10.0.0.1' has no prefix length",
    "write 10.0.0.1/32 or another length",
  ],
  [
    "a service tag for a prefix",
    withPrefix(["Storage"]),
    "route-prefix-invalid",
    "row 2: 'Storage' is not an IPv4 or IPv6 address",
    "write one like 10.0.0.4 or 2001:db8::1",
  ],
  [
    "a prefix length of 33",
    withPrefix(["10.0.0.0/33"]),
    "route-prefix-invalid",
    "row 2: '10.0.0.0/33' has no valid prefix length",
    "the length is a number from 0 to 32",
  ],
  [
    "a prefix of 10,000 characters",
    withPrefix(["1".repeat(10_000)]),
    "route-prefix-invalid",
    "row 2: '1111111111111111111111111111111111111...' is not an address prefix",
    "write all four parts, like 10.0.0.4",
  ],
  [
    "prefixes that are numbers",
    withPrefix([10]),
    "route-field",
    "the 'addressPrefix' of row 2 is not a list of address prefixes",
    "export the table again",
  ],
  [
    "a row without state",
    json([armRow({ state: undefined })]),
    "route-field",
    "row 1 has no 'state'",
    "export every field: which route wins depends on source, state and nextHopType",
  ],
  [
    "a row with an empty source",
    json([armRow({ source: " " })]),
    "route-field",
    "row 1 has no 'source'",
    "export every field: which route wins depends on source, state and nextHopType",
  ],
  [
    "a next hop type that is a number",
    json([armRow({ nextHopType: 5 })]),
    "route-field",
    "the 'nextHopType' of row 1 is not text",
    "export the table again",
  ],
  [
    "a name that is a list",
    json([armRow({ name: ["a"] })]),
    "route-field",
    "the 'name' of row 1 is not text",
    "export the table again",
  ],
  [
    "an override that is neither true nor false",
    json([armRow({ hasBgpOverride: "maybe" })]),
    "route-field",
    "the 'hasBgpOverride' of row 1 is not true or false",
    "export the table again",
  ],
  [
    "next hops that are objects",
    json([armRow({ nextHopIpAddress: [{}] })]),
    "route-field",
    "the 'nextHopIpAddress' of row 1 is not a list of texts",
    "export the table again",
  ],
];

describe("anything but an effective route table is refused, and the error says what, why and what to do", () => {
  test.each(CASES)("%s", async (_, text, code, message, hint) => {
    const error = await refusal(text);
    const { code: own, message: said, hint: advice } = error;
    expect({ code: own, message: said, hint: advice }).toEqual({
      code,
      message: `routes.json: ${message}`,
      hint,
    });
  });

  test.each(CASES)("%s: the message is short and opens with the file's name", async (_, text) => {
    const long = `/srv/${"d".repeat(80)}/${"routes-of-the-hub".repeat(6)}.json`;
    const [first = ""] = (await refusal(text, long)).message.split("\n");
    expect(first).toMatch(/^routes-of-the-hub.*\.{3}: /);
    expect(first.length).toBeLessThan(100);
  });
});

test.each([
  ["characters", "x".repeat(10_000_000)],
  ["lines", "\n".repeat(2_000_000)],
])("a text with the most %s that a table may have is not too long", (_, text) => {
  expect(() => refuseTooLong(text)).not.toThrow();
});

test("a name that fits beside the reason is whole, so that it can be searched for", async () => {
  const error = await refusal(withPrefix(["<PUBLIC_IP>/10"]), "/srv/captures/private-endpoint-vm.of-the-hub.json");
  expect(error.message).toMatch(/^private-endpoint-vm\.of-the-hub\.json: row 2 has a masked address prefix/);
});

test("bytes that are not text are refused by the file's name too", async () => {
  const origin = { kind: "file", name: "routes.json" } as const;
  const bytes = Uint8Array.of(0x7b, 0xff, 0x7d);
  await expect(readRouteTable(bytes, origin)).rejects.toThrow(/^routes\.json: it is not valid UTF-8 text$/);
});

describe("nothing from the file can steer the terminal", () => {
  const ESCAPE = "\u001b[31m\u0007\u009b2J\u202e\u2028\n";

  test.each([
    ["a prefix", withPrefix([`10.0.0.0${ESCAPE}/8`])],
    ["a long prefix", withPrefix([ESCAPE.repeat(40)])],
    ["a masked prefix", withPrefix([`<${ESCAPE}>/8`])],
    ["an Azure message", json({ error: { code: `A${ESCAPE}`, message: `B${ESCAPE}` } })],
    ["a field's name", json({ [`a${ESCAPE}`]: 1 })],
    ["broken JSON", `[${ESCAPE}]`],
  ])("%s", async (_, text) => {
    const error = await refusal(text, `a${ESCAPE}.json`);
    const shown = `${error.message.replace("\n", "")}${error.hint}`;
    expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}]/u);
  });
});

test.each([
  ["stdin", { kind: "stdin", name: "-" }, /^stdin: it is empty$/],
  ["a Windows path", { kind: "file", name: "C:\\exports\\before.json" }, /^before\.json: it is empty$/],
  ["a path that ends in a slash", { kind: "file", name: "exports/before.json/" }, /^before\.json: it is empty$/],
  ["a NIC's resource id", { kind: "azure", name: "/subscriptions/s/networkInterfaces/nic-1" }, /^nic-1: it is empty$/],
] as const)("the message names %s", async (_, origin, message) => {
  await expect(readRouteTable("", origin)).rejects.toThrow(message);
});
