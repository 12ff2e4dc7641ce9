import ipaddr from "ipaddr.js";
import { formatPrefix, type Prefix } from "../../../src/net/prefix.ts";
import type { RouteTable } from "../../../src/routes/effective-route.ts";
import { decodeText } from "../../../src/routes/read/decode-text.ts";
import { readRouteTable } from "../../../src/routes/read/read-route-table.ts";
import { armTables, asBytes, bytesOf, recordings } from "../corpus.ts";
import { hold, judge, type Verdict } from "../oracle.ts";
import { oldPowershellText, portalText, powershellText } from "../shapes.ts";
import type { Target } from "../target.ts";
import { csvRecords } from "./csv-reference.ts";

const origin = { kind: "stdin", name: "-" } as const;

const WORDS: readonly string[] = [
  "name",
  "source",
  "state",
  "Active",
  "User",
  "addressPrefix",
  '"addressPrefix":[],',
  "nextHopType",
  "nextHopIpAddress",
  "AddressPrefix",
  "value",
  "error",
  "code",
  "message",
  "properties",
  "10.0.0.0/8",
  "10.0.0.0/8 10.1.0.0/16",
  "10.0.0.1/8",
  "fd00::/8",
  "::ffff:10.0.0.0/104",
  "<PUBLIC_IP>/26",
  "System.Collections.Generic.List`1[System.String]",
  "+2 more",
  "Count",
  "nextLink",
  "tagMap",
  "Address Prefixes",
  "Next Hop Type",
  "#TYPE Microsoft.Azure\n",
];

async function check(input: string): Promise<Verdict> {
  return judge(
    ["UserError"],
    () => readRouteTable(bytesOf(input), origin),
    async (table) => {
      const text = decodeText(bytesOf(input))
        .replace(/^\uFEFF/, "")
        .replace(/^#TYPE [^\n]*\n/, "");
      if (table.origin.format === "portal-csv") holdCsv(table, text);
      else holdJson(table, JSON.parse(text));
      // What was read, written again, is read the same.
      const again = await readRouteTable(JSON.stringify({ value: table.routes.map(({ fields }) => fields) }), origin);
      const facts = ({ routes }: RouteTable) => routes.map(({ fields, ...facts }) => JSON.stringify(facts, plain));
      hold(facts(again).join() === facts(table).join(), () => "the rows, written and read again, are other rows");
    },
  );
}

const plain = (_: string, value: unknown) => (typeof value === "bigint" ? value.toString() : value);

type Fields = Readonly<Record<string, unknown>>;

function holdJson(table: RouteTable, value: unknown): void {
  const list = Array.isArray(value) ? value : ((value as Fields).value ?? [value]);
  const rows = list as readonly Fields[];
  hold(rows.length === table.routes.length, () => `${rows.length} rows in the file, ${table.routes.length} read`);
  rows.forEach((row, at) => {
    const own = Object.hasOwn(row, "addressPrefix") ? row.addressPrefix : row.AddressPrefix;
    holdPrefixes(table.routes[at]?.addressPrefix ?? [], textIn(own), at);
  });
}

/** All text in a value: a list, a text, or what Windows PowerShell wraps around a list. */
function textIn(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.join(" ");
  return typeof value === "object" && value !== null ? textIn((value as Fields).value) : "";
}

function holdCsv(table: RouteTable, text: string): void {
  const heading = text.trimStart().split(/\r|\n/, 1)[0] ?? "";
  const isPrefixes = (name: string) => /^addressprefix(es)?$/.test(name.toLowerCase().replace(/[^a-z]/g, ""));
  const delimiter = [",", ";", "\t"].find(
    (each) => heading.split(each).length > 1 && heading.split(each).some(isPrefixes),
  );
  const [names = [], ...records] = csvRecords(text, delimiter ?? ",");
  hold(records.length === table.routes.length, () => `${records.length} records, ${table.routes.length} read`);
  const column = names.findIndex(isPrefixes);
  records.forEach((cells, at) => {
    holdPrefixes(table.routes[at]?.addressPrefix ?? [], cells[column] ?? "", at);
  });
}

/** The prefixes that were read are those that stand in the text, no more and no fewer, as ipaddr.js reads them. */
function holdPrefixes(prefixes: readonly Prefix[], text: string, row: number): void {
  const written = text.split(/[\s,;]+/).filter((part) => part !== "");
  hold(written.length === prefixes.length, () => `row ${row + 1}: ${written.length} prefixes, ${prefixes.length} read`);
  written.forEach((part, at) => {
    const prefix = prefixes[at];
    if (prefix === undefined || /:.*\./.test(part) || part.toLowerCase().includes("ffff:")) return;
    const [address, length] = ipaddr.parseCIDR(part);
    const theirs = `${address instanceof ipaddr.IPv6 ? address.toRFC5952String() : address.toString()}/${length}`;
    hold(formatPrefix(prefix) === theirs, () => `row ${row + 1}: ${part} was read as ${formatPrefix(prefix)}`);
  });
}

/** ARM's and az's JSON, with all that is mistaken for it. */
export const armTarget: Target = {
  name: "arm",
  about: "effective routes as ARM and az write them: the rows and prefixes of JSON.parse and ipaddr.js, or UserError",
  alphabet: "bytes",
  words: WORDS,
  largest: 1_000_000,
  seeds: () =>
    [
      ...armTables().flatMap((rows) => [
        JSON.stringify({ value: rows, nextLink: null }, null, 2),
        JSON.stringify(rows),
      ]),
      ...recordings(),
    ].map(asBytes),
  check,
};

/** PowerShell's JSON of either generation. */
export const powershellTarget: Target = {
  ...armTarget,
  name: "powershell",
  about: "effective routes as PowerShell 5 and 7 write them, held to the same",
  seeds: () =>
    armTables()
      .flatMap((rows) => [powershellText(rows), oldPowershellText(rows)])
      .map(asBytes),
};

/** The portal's CSV, and what spreadsheets make of it. */
export const portalTarget: Target = {
  ...armTarget,
  name: "portal-csv",
  largest: 300_000,
  about:
    "effective routes as the portal and spreadsheets write them: the records of a reader of RFC 4180, or UserError",
  seeds: () =>
    armTables()
      .flatMap((rows) => [portalText(rows), portalText(rows, ";"), portalText(rows, "\t")])
      .map(asBytes),
};
