import { TRACE_RULES } from "../../analysis/trace/rules.ts";
import { PREDICTION_RULES } from "../../analysis/whatif/rules.ts";
import { FORMATS, type FormatName, formatEntry, formatsOf } from "../../output/formats/formats.ts";
import { NEXT_HOP_NAMES } from "../../routes/next-hop-types.ts";
import { GATEWAY_RULES } from "../../selection/gateways/rules.ts";
import { RULES, type Rule } from "../../selection/rules.ts";
import { wrap } from "../../terminal/wrap.ts";
import { POLICY_HELP } from "../check/policy-help.ts";
import { ENVIRONMENT } from "./environment.ts";
import { EXIT_CODES } from "./exit-codes.ts";
import { columns } from "./topic-columns.ts";
import { traceTopic } from "./trace-topic.ts";
import { dataTopic, precedenceTopic, signInTopic, sourcesTopic } from "./user-topics.ts";

const exitCodes = (width: number) => `Exit codes:
${columns(
  Object.values(EXIT_CODES).map(({ code, meaning }) => [String(code), meaning]),
  width,
)}

If several apply, the last error on stderr decides.
`;

const environment = (width: number) => `Environment variables:\n${columns(ENVIRONMENT, width)}\n`;

const nextHops = (width: number) => `Names of next hop types:
${columns(
  [
    ["AZ, POWERSHELL", "PORTAL", "NETWORK WATCHER", "MEANING"],
    ...NEXT_HOP_NAMES.map(({ raw, portal, networkWatcher, meaning }) => [raw, portal, networkWatcher ?? "-", meaning]),
  ],
  width,
)}

Options accept any of these names, in any case. Network Watcher shows "System Route" for a route that is in no route
table.

The next hop address of a gateway's route depends on the gateway. ExpressRoute: the Microsoft edge router of the
circuit, an address of no network of yours. VPN: the gateway's own instance, by its private or its public
address. Route Server: the appliance that announced the route, or the address that it announced. The NIC hands the
packet to the gateway either way. The gateway's own table shows what it does then:

  vnet-explain routes --gateway NAME            what it learned, and from whom
  vnet-explain whichroute ADDRESS --gateway NAME
`;

type TopicRule = Pick<Rule, "text" | "source"> & {
  readonly id: string;
  readonly status: string;
  readonly dispute?: string | null;
};

const ruleTexts = (listed: readonly TopicRule[], width: number) =>
  listed
    .map(({ id, status, text, dispute = null, source }) => {
      const lines = [text, ...(dispute === null ? [] : [dispute])].flatMap((each) => wrap(each, width - 4));
      return [`  ${id} (${status})`, ...lines.map((line) => `    ${line}`), `    ${source}`].join("\n");
    })
    .join("\n\n");

const rules = (width: number) => `The rules by which Azure chooses a route, in the order they apply:

${ruleTexts(RULES, width)}

The rules by which a hub, a gateway, a Route Server or a circuit chooses a route of its own table:

${ruleTexts(GATEWAY_RULES, width)}

The rules by which Azure builds the route table, used by whatif:

${ruleTexts(PREDICTION_RULES, width)}

documented: Microsoft's documentation. observed: captures or labs. contested: documentation and field tests
disagree. inferred: follows from other rules.
`;

const namesOf = (name: FormatName) => [name, ...(formatEntry(name).aliases ?? [])].join(", ");

const output = (width: number) => `Output formats (-o, --output):

${columns(
  formatsOf().map((name) => [namesOf(name), formatEntry(name).about]),
  width,
)}

${columns(
  FORMATS.filter((name) => formatEntry(name).only !== undefined).map((name) => {
    const { only = [], about } = formatEntry(name);
    return [name, `${about} (${only.join(", ")})`];
  }),
  width,
)}

A format's name may be written in any case. On a terminal, table fits the width: its footer names the columns that it
hides, and wide shows all of them.

--columns a,b,c chooses columns of table, wide, csv, tsv and markdown by their names in csv or in the heading, in any
case.
--sort a,-b sorts the rows, -b in descending order: prefixes by address and length, numbers by value. --no-headers
leaves out the heading. With --columns or --sort, whichroute, diff, whatif and check print their rows instead of a
text. A stream is not sorted.

Data goes to stdout, everything else to stderr. -q hides notes, -v shows where data comes from, --debug shows stack
traces.
wide, csv, tsv and markdown have one row per prefix: routes for every prefix of the table, diff and whatif for those
that change next hop, tags diff for those that were added or removed and for the addresses gained and lost.
--query <JMESPath> filters the report first, as in az:

  vnet-explain routes --sample udr -o tsv --query "routes[?source=='User'].[name, nextHopType]"

Errors are text on stderr in every format; -o json also prints {"error":{"code","message","hint"}} there.
An error never contains a token, not even with --debug, and subscription ids only with -v.
Output is coloured only on a terminal, unless --color always|never, NO_COLOR or FORCE_COLOR is set.
The JSON Schema of every command's output is in the package: dist/schemas/.
`;

const destinations = (width: number) => `What whichroute accepts, as words or after --ip:
${columns(
  [
    ["10.1.2.3, 2001:db8::1", "an address: which route wins, and why the others lose"],
    ["10.0.0.0/8", "a prefix without host bits, split by what happens to its addresses"],
    ["tag:Storage.WestEurope", "the prefixes of a service tag, split the same way"],
    ["internet", "every global unicast address, except those that IANA's registries reserve and the platform's own"],
    ["private", "10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10 and fc00::/7"],
    ["@FILE", "the destinations in a file, together as one set; @- is stdin"],
    ["-", "lines on stdin, each answered on its own as it arrives"],
    ["HOST", "with --resolve, every address of a host name"],
  ],
  width,
)}

Each of several destinations gets its own answer. A line holds an address, a prefix, tag:NAME, internet or
private. Blank lines and comments after # are skipped. --column or --field selects one of several fields.

A set is split exactly: each of its addresses is in exactly one outcome (same verdict, same winning rows, same rule),
shown as the shortest list of prefixes. In csv, tsv and similar formats each of these prefixes is a row, with the name
of the set in partOf.

One invalid word, or one invalid line of @FILE, refuses all of them. On stdin (-) it becomes an error in its place,
and the rest is answered.
`;

const TEXTS: Readonly<Record<string, (width: number) => string>> = {
  sources: sourcesTopic,
  "sign-in": signInTopic,
  precedence: precedenceTopic,
  data: dataTopic,
  destinations,
  "exit-codes": exitCodes,
  output,
  rules,
  environment,
  trace: (width) => traceTopic(width, ruleTexts(TRACE_RULES, width)),
  policies: () => POLICY_HELP,
  "next-hops": nextHops,
};

/**
 * The text of a help topic, its lines at most `width` characters where it is a table. Empty for a name that is not in
 * TOPICS.
 */
export function topicText(name: string, width: number): string {
  return TEXTS[name]?.(width) ?? "";
}
