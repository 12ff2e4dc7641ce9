import { formatPrefix } from "../../net/prefix.ts";
import type { RouteTableOrigin } from "../../routes/effective-route.ts";
import { quotedText } from "../../text/quoted-text.ts";
import { type ExportedAnswer, type ExportRange, exportPrefixes, originLines } from "./ranges.ts";

/** The columns of a route. Their names must not occur in NTANetAnalytics. */
const COLUMNS = [
  "RouteVerdict",
  "RouteNextHopType",
  "RouteNextHopIp",
  "RouteWinner",
  "RouteSource",
  "RouteName",
  "RouteServiceTag",
  "RouteCertainty",
] as const;

/**
 * Returns a Kusto string literal in double quotes. Quotes and backslashes are escaped; control characters, including
 * line breaks, are removed.
 * https://learn.microsoft.com/kusto/query/scalar-data-types/string
 */
function literal(text: string): string {
  return `"${quotedText(text, 500).replace(/["\\]/g, "\\$&")}"`;
}

function cells(answer: ExportedAnswer): readonly string[] {
  return [
    answer.verdict,
    answer.nextHopType ?? "",
    answer.nextHopIpAddress.join(","),
    answer.addressPrefix ?? "",
    answer.source ?? "",
    answer.name ?? "",
    answer.serviceTag ?? "",
    answer.certainty,
  ].map(literal);
}

function datatable(columns: readonly string[], rows: readonly string[]): string {
  return `datatable(${columns.join(", ")}) [\n${rows.map((row) => `    ${row}`).join(",\n")}\n]`;
}

/**
 * Returns the table of routes with an id each. Repeating the route for each prefix would make the query many times
 * longer.
 */
function routesTable(routes: readonly ExportedAnswer[]): string {
  const rows = routes.map((answer, id) => [id, ...cells(answer)].join(", "));
  return `let Routes = ${datatable(["RouteId: int", ...COLUMNS.map((column) => `${column}: string`)], rows)};\n`;
}

function prefixTable(name: string, ranges: readonly ExportRange[], routes: readonly ExportedAnswer[]): string {
  const ids = new Map(routes.map((answer, id) => [answer, id]));
  const rows = [...exportPrefixes(ranges)].map(
    ({ prefix, answer }) => `${literal(formatPrefix(prefix))}, ${ids.get(answer)}`,
  );
  const table = datatable(["RoutePrefix: string", "RouteId: int"], rows);
  return `let ${name} = ${table}\n| lookup Routes on RouteId\n| project-away RouteId;\n`;
}

/**
 * Query of the outbound flows, one row per destination. For public destinations Traffic analytics leaves DestIp empty
 * and lists them in DestPublicIps, separated by spaces, each as address|started|ended|packets out|in|bytes out|in.
 * https://learn.microsoft.com/azure/network-watcher/traffic-analytics-schema
 */
const FLOWS = `let OutboundFlows = NTANetAnalytics
| where SubType == "FlowLog" and FlowDirection startswith "O"
// These are the routes of one network interface: keep its flows only, e.g. | where SrcNic endswith "/nic-name"
| mv-expand PublicOrPrivate = split(iff(isempty(DestIp), DestPublicIps, DestIp), " ") to typeof(string)
| extend DestinationFields = split(PublicOrPrivate, "|")
| extend Destination = tostring(DestinationFields[0])
| where isnotempty(Destination)
| extend DestinationBytes = iff(isempty(DestIp), tolong(DestinationFields[5]), tolong(BytesSrcToDest))
| project-away PublicOrPrivate, DestinationFields;
`;

const SUMMARY = `FlowRoutes
| summarize Flows = count(), Bytes = sum(DestinationBytes) by RouteVerdict, RouteNextHopType, RouteNextHopIp, RouteName, RouteServiceTag
| order by Bytes desc
`;

/**
 * Returns a Kusto query that finds the route of every outbound flow in VNet flow logs (table NTANetAnalytics of
 * Traffic analytics). It runs in Log Analytics and Azure Data Explorer, and joins the flows with lookup tables by
 * prefix. Microsoft documents ipv6_lookup only for Azure Data Explorer and Fabric, so the query uses it only if the
 * table routes IPv6. Cost: a line per prefix.
 * https://learn.microsoft.com/kusto/query/ipv4-lookup-plugin
 * https://learn.microsoft.com/kusto/query/ipv6-lookup-plugin
 */
export function kqlExport(ranges: readonly ExportRange[], origin: RouteTableOrigin): string {
  const v4 = ranges.filter(({ family }) => family === 4);
  const v6 = ranges.filter(({ family }) => family === 6);
  const onlyAnswer = v6.length === 1 ? v6[0]?.answer : undefined;
  const exported = onlyAnswer === undefined ? ranges : v4;
  const routes = [...new Set(exported.map(({ answer }) => answer))];
  const ofV6 =
    onlyAnswer === undefined
      ? "evaluate ipv6_lookup(RoutesV6, Destination, RoutePrefix)"
      : `extend RoutePrefix = "::/0", ${cells(onlyAnswer)
          .map((cell, at) => `${COLUMNS[at]} = ${cell}`)
          .join(", ")}`;
  return [
    ...originLines(origin).map((line) => `// ${line}\n`),
    "// Every address is in exactly one prefix of its family, so each flow gets exactly one answer.\n",
    routesTable(routes),
    prefixTable("RoutesV4", v4, routes),
    onlyAnswer === undefined ? prefixTable("RoutesV6", v6, routes) : "",
    FLOWS,
    "let FlowRoutes = union\n",
    '    (OutboundFlows | where Destination !contains ":" | evaluate ipv4_lookup(RoutesV4, Destination, RoutePrefix)),\n',
    `    (OutboundFlows | where Destination contains ":" | ${ofV6});\n`,
    SUMMARY,
  ].join("");
}
