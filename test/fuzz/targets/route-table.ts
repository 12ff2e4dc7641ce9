import ipaddr from "ipaddr.js";
import { formatPrefix, type Prefix, parsePrefix } from "../../../src/net/prefix.ts";
import type { RouteTable } from "../../../src/routes/effective-route.ts";
import { effectiveRouteFromArm } from "../../../src/routes/read/arm-row.ts";
import { cleanText } from "../../../src/routes/read/clean-text.ts";
import { decodeText } from "../../../src/routes/read/decode-text.ts";
import { readRouteTable } from "../../../src/routes/read/read-route-table.ts";
import {
  azTableText,
  jiraText,
  markdownText,
  powershellListText,
  powershellTableText,
  tabText,
  wrappedTableText,
  yamlText,
} from "../../routes/read/rendered-forms.ts";
import { listShared, readShared } from "../../shared-data.ts";
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
      const text = cleanText(decodeText(bytesOf(input))).replace(/^#TYPE [^\n]*\n/, "");
      if (["arm", "powershell"].includes(table.origin.format) && isJson(text)) holdJson(table, JSON.parse(text));
      else if (table.origin.format === "portal-csv" && hasHeadingFirst(text)) holdCsv(table, text);
      else {
        holdPrefixesOf(table, text);
        holdCuts(table, text);
      }
      // Writing the table and reading it again gives the same table.
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

/** All text in a value: a list, a text, or the wrapper that Windows PowerShell puts around a list. */
function textIn(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.join(" ");
  return typeof value === "object" && value !== null ? textIn((value as Fields).value) : "";
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Whether the first line of a CSV is the heading. Some files have a title or `sep=,` above it. */
const hasHeadingFirst = (text: string) => /address\s*prefix/i.test(text.trimStart().split(/\r|\n/, 1)[0] ?? "");

/** Checks that every prefix read is a word of the text: not invented, and not part of a longer word. */
function holdPrefixesOf(table: RouteTable, text: string): void {
  const words = new Set(
    Array.from(text.toLowerCase().matchAll(/[0-9a-f:.]+\/\d{1,3}(?![\w/]|\.\w|\.\.)/g), ([word]) => normal(word)),
  );
  for (const { addressPrefix } of table.routes) {
    for (const prefix of addressPrefix) {
      const written = formatPrefix(prefix);
      hold(words.has(written), () => `${written} was read, which the text does not have`);
    }
  }
}

/**
 * Checks that a prefix before the mark of a cut list is not read: each is read at most as often as it occurs without
 * one.
 */
function holdCuts(table: RouteTable, text: string): void {
  const marks = text.toLowerCase().matchAll(/([0-9a-f:.]+\/\d{1,3})[,; ]{0,2}(?:\.{3}|…|\+?\d+ more\b)/g);
  const cut = Array.from(marks, ([, word = ""]) => normal(word));
  if (cut.length === 0) return;
  const words = Array.from(text.toLowerCase().matchAll(/[0-9a-f:.]+\/\d{1,3}/g), ([word]) => normal(word));
  const read = table.routes.flatMap(({ addressPrefix }) => addressPrefix.map(formatPrefix));
  const count = (list: readonly string[], wanted: string) => list.filter((each) => each === wanted).length;
  for (const prefix of new Set(cut)) {
    const whole = count(words, prefix) - count(cut, prefix);
    hold(count(read, prefix) <= whole, () => `${prefix} was read from a list that is cut behind it`);
  }
}

/** A prefix in this program's spelling; other words unchanged. */
function normal(word: string): string {
  try {
    return formatPrefix(parsePrefix(word));
  } catch {
    return word;
  }
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

/** Checks that the prefixes read are exactly those in the text, by ipaddr.js. */
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

/** The JSON of ARM and az, and other JSON that is mistaken for it. */
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

/** The portal's CSV, also as spreadsheets save it. */
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

/** Tables as az, PowerShell and people write them, and real pastes if available. */
export const pasteTarget: Target = {
  ...armTarget,
  name: "paste",
  about: "pasted tables: every prefix read is a word of the text, what was read is read again, or UserError",
  words: [
    ...WORDS,
    "...",
    "…",
    "78 more",
    "| ",
    "||",
    "----",
    "{",
    "}",
    " : ",
    "\t",
    "=> ",
    "\n\n",
    "Active",
    "Invalid",
    "- ",
  ],
  seeds: () => [...printedTables(), ...pastes()].map(asBytes),
};

function printedTables(): readonly string[] {
  // Some recordings have masked prefixes.
  const whole = armTables().filter((rows) => !JSON.stringify(rows).includes("<"));
  const routes = whole.map((rows) => rows.map((row) => effectiveRouteFromArm(row, "row")));
  const forms = [
    azTableText,
    powershellTableText,
    powershellListText,
    markdownText,
    jiraText,
    tabText,
    yamlText,
    (rows: Parameters<typeof azTableText>[0]) => wrappedTableText(rows, 24),
  ];
  return routes.flatMap((rows) => forms.map((print) => print(rows)));
}

function pastes(): readonly string[] {
  return listShared("data/pasted")
    .filter((file) => /\.(txt|md|csv|tsv|yaml|html)$/.test(file))
    .map((file) => readShared(`data/pasted/${file}`));
}
