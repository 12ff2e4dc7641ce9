import { describe, expect, test } from "vitest";
import { readRouteTable } from "../../../src/routes/read/read-route-table.ts";
import { isRouteFileError, type RouteFileErrorCode } from "../../../src/routes/read/route-file-error.ts";
import type { UserError } from "../../../src/text/user-error.ts";
import { armRow } from "../arm-json.ts";

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
  message: RegExp,
  hint: RegExp,
])[] = [
  ["an empty file", "", "text-empty", /is empty/, /az network nic/],
  ["a file of blank lines", "\uFEFF \r\n\r\n", "text-empty", /is empty/, /az network nic/],
  ["plain words", "Usage: az network [-h]", "text-unrecognised", /in any form that/, /az network nic/],
  ["broken JSON below a warning", 'WARNING: preview\n{"value":[', "text-unrecognised", /broken, cut off/, /whole/],
  [
    "az's table without its next hops",
    "Source    State    Address Prefix\n------  ------\nDefault  Active  10.0.0.0/16",
    "columns-missing",
    /no column 'Address Prefix', 'Next Hop Type'/,
    /-o json/,
  ],
  ["JSON cut inside a list", '{"value":[{"source":"Default",', "json-truncated", /cut off/, /again/],
  ["JSON cut inside a text", '[{"source":"Def', "json-truncated", /cut off/, /again/],
  ["JSON cut after an escape", '["a\\', "json-truncated", /cut off/, /again/],
  ["JSON that is wrong in the middle", '[{"a":1}}', "json-syntax", /not valid JSON/, /one JSON document/],
  ["two JSON documents", '{"value":[]}\n{"value":[]}', "json-syntax", /line 2, column 1/, /one JSON document/],
  ["a CSV cut inside a cell", csv('Default,Active,"10.0.0.0/16, 10.1'), "csv-truncated", /cut off/, /download/],
  ["a CSV row with a cell too many", csv("Default,Active,10.0.0.0/16,None,-"), "csv-syntax", /line 2/, /download/],
  [
    "a CSV without the next hop type",
    "Source,State,Address Prefixes\nDefault,Active,10.0.0.0/8\n",
    "csv-columns",
    /'Next Hop Type'/,
    /download/,
  ],
  [
    "an ARM error body",
    json(armError("SomethingElse")),
    "azure-error",
    /SomethingElse: Azure's own words\./,
    /Azure's message/,
  ],
  [
    "the error for a stopped machine",
    json(armError("NicMustBeAttachedToRunningVmToGetEffectiveRoutes")),
    "azure-error",
    /NicMustBe/,
    /start the virtual machine/,
  ],
  [
    "the error for missing rights",
    json(armError("AuthorizationFailed")),
    "azure-error",
    /AuthorizationFailed/,
    /effectiveRouteTable\/action/,
  ],
  [
    "an error whose code is a name of Object's",
    json(armError("constructor")),
    "azure-error",
    /constructor/,
    /Azure's message/,
  ],
  ["the inner error object", json(armError("X").error), "azure-error", /X: Azure/, /./],
  [
    "effective network security groups",
    json({ value: [{ networkSecurityGroup: { id: "/x" }, association: {}, effectiveSecurityRules: [] }] }),
    "security-rules",
    /security group/,
    /az network nic/,
  ],
  [
    "a network security group",
    json({ name: "nsg", properties: { securityRules: [] } }),
    "security-rules",
    /security group/,
    /az network nic/,
  ],
  [
    "a list of security rules",
    json([{ name: "a", priority: 100, direction: "Inbound", access: "Allow" }]),
    "security-rules",
    /security group/,
    /az network nic/,
  ],
  [
    "PowerShell's effective security groups",
    json([{ NetworkSecurityGroup: {}, EffectiveSecurityRules: [] }]),
    "security-rules",
    /security group/,
    /az network nic/,
  ],
  [
    "a route table resource, ARM",
    json({ name: "rt", properties: { routes: [] } }),
    "route-table-resource",
    /only the user-defined/,
    /system and BGP/,
  ],
  [
    "a route table resource, az",
    json({ name: "rt", routes: [], type: "Microsoft.Network/routeTables" }),
    "route-table-resource",
    /only the user-defined/,
    /./,
  ],
  [
    "a list of route table resources",
    json([{ name: "rt", routes: [] }]),
    "route-table-resource",
    /only the user-defined/,
    /./,
  ],
  [
    "a route list",
    json([{ name: "r", addressPrefix: "0.0.0.0/0", nextHopType: "Internet", provisioningState: "Succeeded" }]),
    "route-table-resource",
    /only the user-defined/,
    /./,
  ],
  [
    "a route list, ARM",
    json({ value: [{ name: "r", properties: { addressPrefix: "0.0.0.0/0", nextHopType: "Internet" } }] }),
    "route-table-resource",
    /only the user-defined/,
    /./,
  ],
  [
    "a service tag file",
    json({ changeNumber: 1, cloud: "Public", values: [] }),
    "service-tag-file",
    /service tag file/,
    /--tags/,
  ],
  [
    "a next hop result",
    json({ nextHopType: "None", routeTableId: "System Route" }),
    "next-hop-result",
    /next hop result/,
    /az network nic/,
  ],
  [
    "a network interface",
    json({ name: "nic", properties: { ipConfigurations: [] } }),
    "network-interface",
    /network interface/,
    /az network nic/,
  ],
  [
    "a report of this program",
    json({ schemaVersion: "1.0", routes: [] }),
    "routes-report",
    /report of this program/,
    /made from/,
  ],
  ["an unfinished operation's null", "null", "null-result", /'null'/, /Location/],
  ["a plain text", '"hello"', "plain-value", /only a string/, /az network nic/],
  ["a plain number", "17", "plain-value", /only a number/, /az network nic/],
  ["an empty object", "{}", "not-effective-routes", /an empty object/, /az network nic/],
  ["some other object", json({ a: 1, b: 2 }), "not-effective-routes", /an object with a, b/, /az network nic/],
  [
    "a page of several",
    json({ value: [armRow()], nextLink: "https://example.net/next" }),
    "partial-table",
    /'nextLink'/,
    /join/,
  ],
  ["a row that is null", "[null]", "route-shape", /row 1/, /./],
  ["a row that is a list", "[[]]", "route-shape", /row 1/, /./],
  ["lists nested 200,000 deep", deep(200_000), "route-shape", /row 1/, /./],
  [
    "a field nested 200,000 deep",
    `[${json(armRow({ tagMap: 0 })).replace('"tagMap":0', `"tagMap":${deep(200_000)}`)}]`,
    "route-shape",
    /row 1 is nested/,
    /./,
  ],
  [
    "a row without addressPrefix",
    json([armRow(), armRow({ addressPrefix: undefined })]),
    "route-prefix-missing",
    /row 2/,
    /again/,
  ],
  [
    "a first row without addressPrefix",
    json([armRow({ addressPrefix: undefined })]),
    "route-prefix-missing",
    /row 1/,
    /again/,
  ],
  ["a row with no prefixes", withPrefix([]), "route-prefix-missing", /row 2/, /again/],
  ["a row with an empty prefix", withPrefix([""]), "route-prefix-missing", /row 2/, /again/],
  ["a CSV row with '-' for its prefixes", csv("Default,Active,-,None"), "route-prefix-missing", /row 1/, /again/],
  [
    "a prefix masked by a placeholder",
    withPrefix(["10.0.0.0/8", "<PUBLIC_IP>/26"]),
    "route-prefix-masked",
    /row 2 .*'<PUBLIC_IP>\/26'/,
    /as Azure sent it/,
  ],
  [
    "a prefix masked by x",
    withPrefix(["x.x.x.x/26"]),
    "route-prefix-masked",
    /row 2 .*'x\.x\.x\.x\/26'/,
    /as Azure sent it/,
  ],
  ["a prefix masked by stars", withPrefix(["20.*.*.*/26"]), "route-prefix-masked", /row 2/, /as Azure sent it/],
  ["a CSV cell masked", csv("Default,Active,<PUBLIC_IP>/26,None"), "route-prefix-masked", /row 1/, /as Azure sent it/],
  [
    "prefixes copied from the page",
    csv('Default,Active,"20.0.0.0/26, 68 more",None'),
    "route-prefix-cut",
    /is cut: '20.0.0.0\/26, 68 more'/,
    /az network nic/,
  ],
  [
    "a field in two spellings: one of them would be lost",
    json([{ ...armRow(), AddressPrefix: ["10.1.0.0/16"] }]),
    "route-shape",
    /row 1 has the field 'AddressPrefix' in two spellings/,
    /once/,
  ],
  ...["State", "SOURCE", "NextHopType", "nexthopIpAddress", "ADDRESSPREFIX"].map((spelling): (typeof CASES)[number] => [
    `${spelling} beside the field's own spelling`,
    json([{ ...armRow(), [spelling]: "Invalid" }]),
    "route-shape",
    new RegExp(`row 1 has the field '${spelling}' in two spellings`),
    /once/,
  ]),
  [
    "more rows than any table has",
    json(Array(50_001).fill(armRow())),
    "table-too-large",
    /more than 50,000 rows/,
    /one network/,
  ],
  [
    "more prefixes than any table has",
    withPrefix(Array(200_001).fill("10.0.0.0/8")),
    "table-too-large",
    /more than 200,000 prefixes/,
    /one network/,
  ],
  [
    "more CSV rows than any table has",
    csv("Default,Active,10.0.0.0/8,None\n".repeat(50_001)),
    "table-too-large",
    /more than 50,000 rows/,
    /one network/,
  ],
  [
    "more prefixes in a CSV cell than any table has",
    csv(`Default,Active,"${"10.0.0.0/8,".repeat(200_000)}10.0.0.0/8",None`),
    "table-too-large",
    /more than 200,000 prefixes/,
    /one network/,
  ],
  [
    "a CSV row without end",
    csv(`Default,Active,10.0.0.0/8,None${",".repeat(10_000_000)}`),
    "table-too-large",
    /more than 10,000,000 characters/,
    /one network/,
  ],
  [
    "a CSV heading without end",
    csv("Default,Active,10.0.0.0/8,None").replace("Source", `Source${",".repeat(1_000_000)}`),
    "text-unrecognised",
    /in any form that/,
    /az network/,
  ],
  [
    "PowerShell's type name for a list",
    json([{ ...armRow(), addressPrefix: "System.Collections.Generic.List`1[System.String]" }]),
    "route-prefix-cut",
    /type name/,
    /-Depth 5/,
  ],
  [
    "a list of something else",
    json([{ request: {}, response: {} }]),
    "not-effective-routes",
    /a list of objects with request, response, not routes/,
    /az network nic/,
  ],
  ["PowerShell's type name in a list", withPrefix(["System.Object[]"]), "route-prefix-cut", /type name/, /-Depth 5/],
  [
    "a prefix with host bits",
    withPrefix(["10.0.0.1/8"]),
    "route-prefix-invalid",
    /row 2: '10\.0\.0\.1\/8' has host bits/,
    /write 10\.0\.0\.0\/8/,
  ],
  ["a prefix without a length", withPrefix(["10.0.0.1"]), "route-prefix-invalid", /row 2: .*length/, /./],
  ["a service tag for a prefix", withPrefix(["Storage"]), "route-prefix-invalid", /row 2: 'Storage'/, /./],
  ["a prefix length of 33", withPrefix(["10.0.0.0/33"]), "route-prefix-invalid", /row 2/, /0 to 32/],
  ["a prefix of 10,000 characters", withPrefix(["1".repeat(10_000)]), "route-prefix-invalid", /row 2/, /./],
  ["prefixes that are numbers", withPrefix([10]), "route-field", /row 2 .*'addressPrefix'/, /again/],
  ["a row without state", json([armRow({ state: undefined })]), "route-field", /row 1 has no 'state'/, /every field/],
  [
    "a row with an empty source",
    json([armRow({ source: " " })]),
    "route-field",
    /row 1 has no 'source'/,
    /every field/,
  ],
  ["a next hop type that is a number", json([armRow({ nextHopType: 5 })]), "route-field", /'nextHopType'/, /./],
  ["a name that is a list", json([armRow({ name: ["a"] })]), "route-field", /'name'/, /./],
  [
    "an override that is neither true nor false",
    json([armRow({ hasBgpOverride: "maybe" })]),
    "route-field",
    /'hasBgpOverride'/,
    /./,
  ],
  ["next hops that are objects", json([armRow({ nextHopIpAddress: [{}] })]), "route-field", /'nextHopIpAddress'/, /./],
];

describe("anything but an effective route table is refused, and the error says what, why and what to do", () => {
  test.each(CASES)("%s", async (_, text, code, message, hint) => {
    const error = await refusal(text);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
    expect(error.hint).toMatch(hint);
  });

  test.each(CASES)("%s: the message is short and opens with the file's name", async (_, text) => {
    const long = `/srv/${"d".repeat(80)}/${"routes-of-the-hub".repeat(6)}.json`;
    const [first = ""] = (await refusal(text, long)).message.split("\n");
    expect(first).toMatch(/^routes-of-the-hub.*\.{3}: /);
    expect(first.length).toBeLessThan(100);
  });
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
  ["a NIC's resource id", { kind: "azure", name: "/subscriptions/s/networkInterfaces/nic-1" }, /^nic-1: it is empty$/],
] as const)("the message names %s", async (_, origin, message) => {
  await expect(readRouteTable("", origin)).rejects.toThrow(message);
});
