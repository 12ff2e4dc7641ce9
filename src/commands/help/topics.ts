import { PREDICTION_RULES } from "../../analysis/whatif/rules.ts";
import { FORMATS, formatEntry, formatsOf } from "../../output/formats/formats.ts";
import { NEXT_HOP_NAMES } from "../../routes/next-hop-names.ts";
import { RULES, type Rule } from "../../selection/rules.ts";
import { wrap } from "../../terminal/wrap.ts";
import { POLICY_HELP } from "../check/policy-help.ts";
import { ENVIRONMENT } from "./environment.ts";
import { EXIT_CODES } from "./exit-codes.ts";

/** Lines in columns, the last of which is broken between words under itself. */
function columns(rows: readonly (readonly string[])[], width: number): string {
  const widest = (column: number) => rows.reduce((most, row) => Math.max(most, row[column]?.length ?? 0), 0);
  const widths = (rows[0] ?? []).map((_, column) => widest(column));
  const last = widths.length - 1;
  const before = widths.slice(0, last).reduce((sum, each) => sum + each + 2, 2);
  return rows
    .map((row) => {
      const start = row.slice(0, last).map((cell, column) => `${cell.padEnd(widths[column] ?? 0)}  `);
      const lines = wrap(row[last] ?? "", Math.max(30, width - before));
      return `  ${start.join("")}${lines.join(`\n${" ".repeat(before)}`)}`.trimEnd();
    })
    .join("\n");
}

const exitCodes = (width: number) => `Exit codes:
${columns(
  Object.values(EXIT_CODES).map(({ code, meaning }) => [String(code), meaning]),
  width,
)}

With several reasons at once the lowest line of stderr tells which one counts.
`;

const environment = (width: number) => `Environment variables:\n${columns(ENVIRONMENT, width)}\n`;

const nextHops = (width: number) => `What a next hop type is called:
${columns(
  [
    ["AZ, POWERSHELL", "PORTAL", "NETWORK WATCHER", "WHERE IT LEADS"],
    ...NEXT_HOP_NAMES.map(({ raw, portal, networkWatcher, meaning }) => [raw, portal, networkWatcher ?? "-", meaning]),
  ],
  width,
)}

Options take any of these names, in any case. Network Watcher calls a route of no route table "System Route".
`;

type TopicRule = Pick<Rule, "status" | "text" | "source"> & { readonly id: string; readonly dispute?: string | null };

const ruleTexts = (listed: readonly TopicRule[], width: number) =>
  listed
    .map(({ id, status, text, dispute = null, source }) => {
      const lines = [text, ...(dispute === null ? [] : [dispute])].flatMap((each) => wrap(each, width - 4));
      return [`  ${id} (${status})`, ...lines.map((line) => `    ${line}`), `    ${source}`].join("\n");
    })
    .join("\n\n");

const rules = (width: number) => `The rules by which Azure chooses a route, in the order in which they are applied:

${ruleTexts(RULES, width)}

The rules by which Azure fills the route table, and whatif predicts it:

${ruleTexts(PREDICTION_RULES, width)}

documented: Microsoft's text. observed: seen in captures or labs. contested: text and field tests disagree.
inferred: follows from other rules.
`;

const output = (width: number) => `Output formats (-o, --output):

${columns(
  formatsOf().map((name) => [name, formatEntry(name).about]),
  width,
)}

${columns(
  FORMATS.map(formatEntry)
    .map(({ only, about }, at) => [FORMATS[at] ?? "", only ?? "", about])
    .filter(([, only]) => only !== ""),
  width,
)}

Data goes to stdout, all else to stderr: -q silences notes, -v says where data comes from, --debug shows an error's stack.
wide, csv, tsv and markdown have a row for each prefix: routes for each of the table, diff and whatif for each that goes elsewhere,
tags diff for each that was added or removed, and for the addresses gained and lost.
--query <JMESPath> picks from the report first, as in az:

  vnet-explain routes --sample udr -o tsv --query "routes[?source=='User'].[name, nextHopType]"

Whatever the format, an error is told in text on stderr; with -o json also as {"error":{"code","message","hint"}} there.
An error never holds a token, with --debug neither, and ids of subscriptions only with -v.
Colour only on a terminal: --color always|never, NO_COLOR and FORCE_COLOR decide otherwise.
The JSON Schema of every command's output is in the package: dist/schemas/.
`;

const destinations = (width: number) => `What --ip takes:
${columns(
  [
    ["10.1.2.3, 2001:db8::1", "one address: which route wins for it, and why not the others"],
    ["10.0.0.0/8", "a prefix, without host bits: split by what becomes of its addresses"],
    ["tag:Storage.WestEurope", "the prefixes of a service tag, split likewise"],
    [
      "internet",
      "every global unicast address, but for those that IANA's registries mark otherwise and the platform's own",
    ],
    ["private", "10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10 and fc00::/7"],
    ["@FILE", "all that the lines of a file name, together as one set; @- is stdin"],
    ["-", "lines on stdin, each answered by itself as it comes"],
    ["HOST", "with --resolve: every address of the name"],
  ],
  width,
)}

Several may follow one --ip; each has its own answer. Lines hold an address, a prefix, tag:NAME, internet or private; blank lines and what
follows # are skipped; --column or --field picks one of several fields.

A set is split exactly: every address of it is in one and only one outcome (the same verdict, the same winning rows, the same rule), told as
the shortest list of prefixes. In csv, tsv and the like each of these prefixes is a row, with the set's name in partOf.

Of typed destinations and of @FILE, one that is refused refuses all. On stdin (--ip -) it has its error in its place, and the rest goes on.
`;

const TEXTS: Readonly<Record<string, (width: number) => string>> = {
  destinations,
  "exit-codes": exitCodes,
  output,
  rules,
  environment,
  policies: () => POLICY_HELP,
  "next-hops": nextHops,
};

/** The text of a help topic, its lines at most `width` characters where it is a table. Empty for a name that is not in TOPICS. */
export function topicText(name: string, width: number): string {
  return TEXTS[name]?.(width) ?? "";
}
