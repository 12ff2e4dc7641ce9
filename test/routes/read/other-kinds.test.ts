import { expect, test } from "vitest";
import { FIT } from "../../../src/routes/read/form.ts";
import { jsonDocument } from "../../../src/routes/read/json/document.ts";
import { otherJson, unknownJson } from "../../../src/routes/read/json/other.ts";
import { otherText } from "../../../src/routes/read/other-text.ts";
import { isRouteFileError } from "../../../src/routes/read/route-file-error.ts";
import { EXPORT } from "./refusals.ts";

/** The first line of the refusal, with its hint; null where the form does not know the source. */
function refusal(form: { recognises(): number; tables(): unknown }): readonly string[] | null {
  if (form.recognises() === FIT.none) return null;
  try {
    form.tables();
  } catch (error) {
    if (isRouteFileError(error)) return [error.code, error.message, error.hint];
    throw error;
  }
  throw new Error("not refused");
}
const ofJson = (value: unknown) => {
  const document = jsonDocument(value);
  return refusal({ recognises: () => otherJson.recognises(document), tables: () => otherJson.tables(document) });
};
const ofText = (text: string) =>
  refusal({ recognises: () => otherText.recognises(text), tables: () => otherText.tables(text) });

const looksLike = (code: string, article: string, hint = EXPORT) => [code, `it looks like ${article}`, hint] as const;
const REPORT = looksLike(
  "routes-report",
  "a report of this program (routes -o json)",
  "give the export that the report was made from",
);
const TAGS = looksLike(
  ...(["service-tag-file", "a service tag file"] as const),
  "give it as --tags; the routes come from az network nic show-effective-route-table",
);
const HUB = looksLike("hub-routes", "the effective routes of a virtual hub, not of a network interface");
const GATEWAY = looksLike(
  "gateway-routes",
  "the routes of a gateway, Route Server or circuit, not of a network interface",
);
const PEERING = looksLike("peering", "a virtual network peering");
const RULES = looksLike("security-rules", "a network security group's rules");
const NIC = looksLike("network-interface", "a network interface");
const RESOURCE = looksLike(
  ...(["route-table-resource", "a route table resource, which has only the user-defined routes"] as const),
  `effective routes include the system and BGP routes; ${EXPORT}`,
);
const NEXT_HOP = looksLike("next-hop-result", "a next hop result of Network Watcher");
const NULL = [
  ...["null-result", "it holds only 'null', which Azure returns while the operation runs"],
  `follow the answer's Location header to the result, or ${EXPORT}`,
];
const PREFIXES = [
  ...["prefixes-only", "it has only prefixes: no source, state and next hop"],
  `leave out --query, or keep every field; ${EXPORT}`,
];
const missing = (fields: string) => [
  ...["route-field", `its routes have no ${fields}`],
  `which route wins depends on every one of them; ${EXPORT}`,
];
const renamed = (fields: string) => [
  ...["route-field", `its fields are renamed: ${fields}`],
  `keep Azure's names (addressPrefix, nextHopType, nextHopIpAddress, source, state); ${EXPORT}`,
];

test.each<[value: unknown, refused: readonly string[] | null]>([
  [{ schemaVersion: 1, routes: 1 }, REPORT],
  [{ schemaVersion: 1 }, null],
  [{ values: 1, cloud: 1 }, TAGS],
  [{ values: 1, changeNumber: 1 }, TAGS],
  [{ values: 1 }, null],
  [{ cloud: 1, changeNumber: 1 }, null],
  [{ properties: { addressPrefixes: [] } }, TAGS],
  [{ Properties: { AddressPrefixes: [] } }, TAGS],
  [{ addressPrefixes: 1, nextHopType: 1 }, HUB],
  [{ addressPrefixes: 1, peeringState: 1 }, PEERING],
  [{ nextHopType: 1, routeOrigin: 1 }, HUB],
  [{ routeOrigin: 1 }, null],
  [{ RouteServiceRole_IN_0: 1 }, GATEWAY],
  [{ RouteServiceRole_IN_0: 1, other: 1 }, GATEWAY],
  [{ IN_RouteServiceRole_: 1 }, null],
  [{ network: 1, nextHop: 1 }, GATEWAY],
  [{ network: 1 }, null],
  [{ sourcePeer: 1, asPath: 1 }, GATEWAY],
  [{ sourcePeer: 1 }, null],
  [{ asPath: 1 }, null],
  [{ locPrf: 1 }, GATEWAY],
  [{ peeringState: 1 }, PEERING],
  [{ securityRules: 1 }, RULES],
  [{ defaultSecurityRules: 1 }, RULES],
  [{ effectiveSecurityRules: 1 }, RULES],
  [{ priority: 1, direction: 1 }, RULES],
  [{ priority: 1 }, null],
  [{ direction: 1 }, null],
  [{ ipConfigurations: 1 }, NIC],
  [{ routes: 1 }, RESOURCE],
  ...["provisioningState", "etag", "id", "properties"].map((field): [unknown, readonly string[]] => [
    { addressPrefix: 1, nextHopType: 1, [field]: 1 },
    RESOURCE,
  ]),
  [{ addressPrefix: 1, nextHopType: 1 }, null],
  [{ addressPrefix: 1, nextHopType: 1, id: 1, source: 1 }, null],
  [{ addressPrefix: 1, nextHopType: 1, id: 1, state: 1 }, null],
  [{ nextHopType: 1, routeTableId: 1 }, NEXT_HOP],
  [{ nextHopType: 1 }, NEXT_HOP],
  [{ nextHopType: 1, other: 1 }, null],
  [{ routeTableId: 1 }, null],
  [{ StatusCode: 202, Content: "null" }, NULL],
  [{ StatusCode: 202, Content: "" }, NULL],
  [{ StatusCode: 202, Content: null }, NULL],
  [{ StatusCode: 202, Content: "x" }, null],
  [{ StatusCode: 200, Content: "" }, null],
  [["10.0.0.0/8", "fd00::/8"], PREFIXES],
  [["10.0.0.0/8", "x"], null],
  [["10.0.0.0/1000"], null],
  [["x10.0.0.0/8"], null],
  [[], null],
  [7, null],
  [[{ addressPrefix: 1, nextHopType: 1 }], missing("'source', 'state'")],
  [[{ prefix: 1, source: 1 }], missing("'nextHopType', 'state'")],
  [[{ addressPrefix: 1, nextHopType: 1, source: 1 }], null],
  [[{ addressPrefix: 1 }], null],
  [[{ Destination: 1, nextHop: 1, source: 1, state: 1 }], renamed("Destination, nextHop")],
  [[{ Destination: 1, type: 1, Source: 1, STATE: 1, name: 1, next_hop_ip_address: 1 }], renamed("Destination, type")],
  [[{ destination: 1, nextHopType: 1, source: 1, state: 1, disableBgpRoutePropagation: 1 }], renamed("destination")],
])("the JSON %j is refused as it should be", (value, refused) => {
  expect(ofJson(value)).toEqual(refused);
});

const holds = (what: string) => ["not-effective-routes", `it holds ${what}, not routes`, EXPORT];
test.each<[value: unknown, refused: readonly string[]]>([
  [{}, holds("an empty object")],
  [{ a: 1, b: 2, c: 3, d: 4 }, holds("an object with a, b, c")],
  [[{}], holds("a list of empty objects")],
  [[{ a: 1, b: 2, c: 3, d: 4 }], holds("a list of objects with a, b, c")],
  [[7], holds("a list of other values")],
  [[], holds("a list of other values")],
  [7, ["plain-value", "it holds only a number, not a table", EXPORT]],
  [null, NULL],
])("the JSON %j, which is of no known kind, is refused with what it holds", (value, refused) => {
  const document = jsonDocument(value);
  for (const form of [unknownJson, otherJson]) {
    expect(refusal({ recognises: () => FIT.full, tables: () => form.tables(document) })).toEqual(refused);
  }
});

test("a text of no known kind is refused too, where it is read as another kind", () => {
  expect(refusal({ recognises: () => FIT.full, tables: () => otherText.tables("hello") })).toEqual([
    ...["text-unrecognised", "not a route table", EXPORT],
  ]);
});

const azure = (text: string, hint: string) => ["azure-error", `it holds an Azure error, not routes\n${text}`, hint];
const FOLLOW = "follow Azure's message, then export the table again";
const START = "start the virtual machine, then export the table again";
const NAMES = "check the names of the resource group and the network interface, then export again";

test.each<[value: unknown, refused: readonly string[] | null]>([
  [{ error: { code: "A", message: "b" } }, azure("A: b", FOLLOW)],
  [{ Error: { code: "ResourceNotFound", message: "b" } }, azure("ResourceNotFound: b", NAMES)],
  [
    { code: "nicMustBeAttachedToRunningVmToGetEffectiveRoutes", message: "b" },
    azure("nicMustBeAttachedToRunningVmToGetEffectiveRoutes: b", START),
  ],
  [{ error: { code: "A" } }, null],
  [{ error: { message: "A" } }, null],
  [{ error: "A" }, null],
])("the JSON %j is Azure's error", (value, refused) => {
  expect(ofJson(value)).toEqual(refused);
});

const system = (name: string) => [
  ...["system-routes", `it is the route table of an operating system (${name}), not Azure's`],
  `Azure decides after the system has sent the packet; ${EXPORT}`,
];
const COUNTS = ["counts-only", "it has counts in place of prefixes, as az -o tsv prints lists", EXPORT];
const PYTHON = [
  "text-unrecognised",
  "it is a printed Python object, not JSON",
  "in Python: json.dump(result.as_dict(), file)",
];
const NO_HEADING = [
  ...["heading-missing", "the table has no line with its headings, so its columns cannot be identified"],
  "add the line: Source, State, Address Prefixes, Next Hop Type, Next Hop IP Address, User Defined Route Name (with tabs between)",
];
const HTML = ["text-unrecognised", "it is an HTML page", `copy the table as the browser shows it; ${EXPORT}`];
const OTHER_HEADING = [
  ...["heading-missing", "the headings of its columns are not known"],
  `download it again with the portal in English, because Azure's English words are needed in the rows too; or ${EXPORT}`,
];

test.each<[what: string, text: string, refused: readonly string[] | null]>([
  ["route print", "Network Destination        Netmask          Gateway", system("route print")],
  ["route print below its title", "IPv4 Route Table\n====", system("route print")],
  ["route of Linux", "Kernel IP routing table\n", system("route print")],
  ["route print, indented", "x\n   Network Destination Netmask Gateway", system("route print")],
  ["words of it inside a line", "the IPv4 Route Table", null],
  ["its heading inside a line", "the Network Destination Netmask Gateway", null],
  ["the words of Linux inside a line", "the Kernel IP routing table", null],
  ["the words of netstat inside a line", "the Routing tables\n", null],
  ["the words of netstat with more behind", "Routing tables of x\n", null],
  ["a device in a sentence", "see 10.0.0.4 dev eth0", null],
  ["a device with a word before", "the default dev eth0", null],
  ["a device without a name", "default dev ", null],
  ["a number that begins with 202", "HTTP/1.1 2020", null],
  ["an answer 202 in a sentence", "it says HTTP/1.1 202", null],
  ["an answer 202 without blanks", "StatusCode: 202", NULL],
  ["a status code in a sentence", "the StatusCode : 202", null],
  ["a word that begins with null", "nullable", null],
  ["az's error in a sentence", "see (AbcD) the message", null],
  ["az's error without a blank", "(AbcD)the message", null],
  ["an error code in a sentence", "the ErrorCode: AbcD", null],
  ["an error code and more", "ErrorCode: AbcD EfgH", null],
  ["PowerShell's message in a sentence", "the ErrorCode: AbcD\nErrorMessage: x", null],
  ["az's tsv behind a letter", "x1\tFalse\tNone\t0\tVnetLocal\tDefault\tActive\n", null],
  ["az's tsv with one column more", "1\tFalse\tNone\t0\tVnetLocal\tDefault\tActive\tx\n", null],
  ["a document's tsv below a line", "x\nNone\t12\n", null],
  ["Python's list in a sentence", "see [{'address_prefix': []}]", null],
  ["the portal's rows without a source", "x\n\tActive\t10.0.0.0/16\tVirtual network\n", null],
  ["the portal's rows cut behind the prefix", "Default\tActive\t10.0.0.0/16", null],
  ["a cell with a letter before its prefix", "Quelle,Status,Typ,Ziel\nX,Y,Z,x10.0.0.0/8", null],
  ["a cell with a letter behind its prefix", "Quelle,Status,Typ,Ziel\nX,Y,Z,10.0.0.0/8x", null],
  ["a letter before a list of prefixes", "x10.0.0.0/8\n11.0.0.0/8\n", null],
  ["its rows in another language", "x\n  0.0.0.0  0.0.0.0  10.0.0.1  10.0.0.4  10\n", system("route print")],
  ["rows with a gateway in words", "x\n 10.0.0.0  255.0.0.0  Auf Verbindung  10.0.0.4  266\n", system("route print")],
  ["rows without a metric", "x\n 10.0.0.0  255.0.0.0  10.0.0.1  10.0.0.4\n", null],
  ["rows at the margin", "x\n10.0.0.0  255.0.0.0  10.0.0.1  10.0.0.4  266\n", null],
  ["netstat", "Routing tables\n\nInternet:", system("route print")],
  ["ip route", "default dev eth0 scope link", system("ip route")],
  ["ip route of a network", "x\n10.0.0.0/24 dev eth0 proto kernel", system("ip route")],
  ["ip route of a host", "10.0.0.4 dev eth0", system("ip route")],
  ["ip route via a gateway", "default via 10.0.0.1 dev eth0", system("ip route")],
  ["a device alone", "dev eth0", null],
  ["an answer 202", "HTTP/2 202\n", NULL],
  ["an answer 200", "HTTP/1.1 200 OK\n", null],
  ["PowerShell's answer 202", "StatusCode : 202\nContent :", NULL],
  ["another number", "StatusCode : 2020", null],
  ["null below a prompt", "$ az rest\nnull  \n", NULL],
  ["null in a line", "it is null", null],
  ["az's error", "ERROR: (AbcD) the message\nmore", azure("AbcD: the message", FOLLOW)],
  ["az's error without its mark", "(ResourceNotFound) the message", azure("ResourceNotFound: the message", NAMES)],
  ["an error of three letters", "(Abc) the message", null],
  ["words in brackets", "(abcd) the message", null],
  ["PowerShell's error", "ErrorCode: AbcD\nErrorMessage: the message\n", azure("AbcD: the message", FOLLOW)],
  [
    "PowerShell's code alone",
    "ErrorCode: NicMustBeAttachedToRunningVmToGetEffectiveRoutes",
    azure("NicMustBeAttachedToRunningVmToGetEffectiveRoutes: ", START),
  ],
  ["az's tsv", "1\tFalse\tNone\t0\tVnetLocal\tDefault\tActive\n", COUNTS],
  ["az's tsv with names", "x\n2\tTrue\tto-nva\t1\tVirtualAppliance\tUser\tActive", COUNTS],
  ["az's tsv of a document", "None\t12\n", COUNTS],
  ["a tsv of other words", "1\tmaybe\tNone\t0\tVnetLocal\tDefault\tActive\n", null],
  ["a document's tsv with more below", "None\t12\nx", null],
  ["Python's list", "[{'x': 1, 'address_prefix': []}]", PYTHON],
  ["Python's object", "{'addressPrefix' : []}", PYTHON],
  ["Python's object of something else", "{'address': 1}", null],
  ["the portal's rows alone", "Default\tActive\t10.0.0.0/16, 3 more\tVirtual network\n", NO_HEADING],
  ["rows of invalid routes", "x\nUser\tInvalid\tfd00::/8\tNone", NO_HEADING],
  ["rows with another state", "User\tOdd\t10.0.0.0/8\tNone", null],
  ["an HTML table", "<p>x</p><TABLE class='a'>", HTML],
  ["an HTML element of another name", "<tablet>", null],
  ["CSV in another language", "Quelle,Status,Typ,Ziel\nX,Y,Z,10.0.0.0/8", OTHER_HEADING],
  ["with semicolons", 'Quelle;Status;Typ;Ziel\nX;Y;Z;"10.0.0.0/8"', OTHER_HEADING],
  ["with tabs", "Quelle\tStatus\tTyp\tZiel\nX\tY\tZ\tfd00::/8 ", OTHER_HEADING],
  ["with three columns", "Quelle,Status,Ziel\nX,Y,10.0.0.0/8", null],
  ["with two prefixes in a cell", "Quelle,Status,Typ,Ziel\nX,Y,Z,10.0.0.0/8 11.0.0.0/8", null],
  ["with a heading for prefixes", "Quelle,Status,Typ,Prefix\nX,Y,Z,10.0.0.0/8", null],
  ["prefixes", "10.0.0.0/8\n11.0.0.0/8\n", PREFIXES],
  ["one prefix with a line end", "10.0.0.0/8\n", PREFIXES],
  ["quoted prefixes", "\"10.0.0.0/8\",\n'fd00::/8'\n", PREFIXES],
  ["one prefix in a line", "10.0.0.0/8", null],
  ["a prefix and a word", "10.0.0.0/8\nhello", null],
  ["a table after four thousand characters", `${"x".repeat(4000)}\n<table>`, null],
  ["blank lines above", "\n\n  Routing tables\n", system("route print")],
])("%s", (_, text, refused) => {
  expect(ofText(text)).toEqual(refused);
});
