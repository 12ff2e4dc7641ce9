import { formatPrefix } from "../../net/prefix.ts";
import type { Family } from "../../net/read-address.ts";
import { answerTexts, cellText } from "./csv/cells.ts";
import { CSV_PREFIX_COLUMNS, csvPrefixes } from "./csv/prefixes.ts";
import type { ExportFile, ExportFormat } from "./format.ts";
import { type ExportModel, modelPrefixes } from "./model.ts";

/** The columns of a route, in the order of `answerTexts`. Their names must not occur in NTANetAnalytics. */
const COLUMNS = [
  "RouteVerdict",
  "RouteNextHopType",
  "RouteNextHopIp",
  "RouteWinner",
  "RouteSource",
  "RouteName",
  "RouteEndpointTag",
  "RouteEndpoint",
  "RouteCertainty",
] as const;

/**
 * Returns a Kusto string literal in double quotes. Quotes and backslashes are escaped; control characters, including
 * line breaks, are removed.
 * https://learn.microsoft.com/kusto/query/scalar-data-types/string
 */
function literal(text: string): string {
  return `"${cellText(text).replace(/["\\]/g, "\\$&")}"`;
}

function datatable(columns: readonly string[], rows: readonly string[]): string {
  return `datatable(${columns.join(", ")}) [\n${rows.join(",\n")}\n]`;
}

/** The tables that the look-up needs, as the start of a query. */
interface LookupTables {
  readonly text: string;
  /**
   * The queries that add the route to the flows with an IPv6 destination: `IPv6Flows`. Together they take each once.
   */
  readonly ofV6: readonly string[];
}

/**
 * The queries for IPv6. ipv6_lookup matches by prefix alone, so each table that routes IPv6 has a query of its own. The
 * others have one route for every address.
 */
function v6Queries({ tables }: ExportModel, several: boolean): readonly string[] {
  const lookup = (routes: string) => `evaluate ipv6_lookup(${routes}, Destination, RoutePrefix, true)`;
  if (!several) return [`IPv6Flows | ${lookup("RoutesV6")}`];
  const isRouted = ({ ranges }: ExportModel["tables"][number]) =>
    ranges.filter(({ family }) => family === 6).length > 1;
  const routed = tables.filter(isRouted).map(({ tableId }) => tableId);
  const rest = routed.length === 0 ? "" : ` | where isnull(TableId) or TableId !in (${routed.join(", ")})`;
  return [
    `IPv6Flows${rest} | lookup kind=leftouter (RoutesV6${rest}) on TableId`,
    ...routed.map((id) => {
      const ofTable = `where TableId == ${id}`;
      return `IPv6Flows | ${ofTable} | ${lookup(`(RoutesV6 | ${ofTable} | project-away TableId)`)}`;
    }),
  ];
}

/** The route of every IPv6 address in every table, where that is one. */
function onlyV6Route({ tables }: ExportModel): number | null {
  const routes = new Set(
    tables.flatMap(({ ranges }) => ranges.filter(({ family }) => family === 6).map(({ routeId }) => routeId)),
  );
  const [route = null] = routes;
  return routes.size === 1 ? route : null;
}

/** The query for IPv6 where every address has one route, with these cells. */
function onlyV6Query(cells: readonly string[], several: boolean): string {
  const columns = cells.map((cell, at) => {
    const value = several ? `iff(isnull(TableId), "", ${cell})` : cell;
    return `${COLUMNS[at]} = ${value}`;
  });
  return `IPv6Flows | extend RoutePrefix = "::/0", ${columns.join(", ")}`;
}

/** The table of each network interface, within the query. */
function nicTable({ nics }: ExportModel): string {
  const rows = nics.flatMap(({ mac, tableId }) => (mac === null ? [] : [`${literal(mac)},${tableId}`]));
  return `let Nics = ${datatable(["MacAddress: string", "TableId: int"], rows)};\n`;
}

/** The tables within the query: repeating the route for each prefix would make it many times longer. */
function inlineTables(model: ExportModel, several: boolean): LookupTables {
  const cells = model.routes.map((answer) => answerTexts(answer).map((text) => literal(text ?? "")));
  const onlyV6 = onlyV6Route(model);
  const rows: Record<Family, string[]> = { 4: [], 6: [] };
  const used = new Set<number>();
  for (const { tableId, prefix, routeId } of modelPrefixes(model)) {
    if (prefix.family === 6 && onlyV6 !== null) continue;
    used.add(routeId);
    rows[prefix.family].push(`${several ? `${tableId},` : ""}"${formatPrefix(prefix)}",${routeId}`);
  }
  const routes = cells.flatMap((own, at) => (used.has(at + 1) ? [[at + 1, ...own].join(",")] : []));
  const prefixTable = (family: Family) => {
    const columns = [...(several ? ["TableId: int"] : []), "RoutePrefix: string", "RouteId: int"];
    return `let RoutesV${family} = ${datatable(columns, rows[family])}
| lookup Routes on RouteId
| project-away RouteId;\n`;
  };
  return {
    text: [
      `let Routes = ${datatable(["RouteId: int", ...COLUMNS.map((column) => `${column}: string`)], routes)};\n`,
      prefixTable(4),
      onlyV6 === null ? prefixTable(6) : "",
      several ? nicTable(model) : "",
    ].join(""),
    // Microsoft documents ipv6_lookup only for Azure Data Explorer and Fabric, so it is used only if IPv6 is routed.
    ofV6: onlyV6 === null ? v6Queries(model, several) : [onlyV6Query(cells[onlyV6 - 1] ?? [], several)],
  };
}

const TYPES: Readonly<Record<string, string>> = { tableId: "int", family: "int", routeId: "int" };

function external(columns: readonly string[], file: string): string {
  const typed = columns.map((column) => `${column}: ${TYPES[column] ?? "string"}`);
  return `externaldata(${typed.join(", ")})
[h@"https://ACCOUNT.blob.core.windows.net/CONTAINER/${file}?SAS"] with (format="csv", ignoreFirstRecord=true);\n`;
}

function watchlist(columns: readonly string[], alias: string): string {
  const typed = columns.map((column) => `${column} = to${TYPES[column] ?? "string"}(${column})`);
  return `_GetWatchlist("${alias}") | project ${typed.join(", ")};\n`;
}

const NIC_COLUMNS = ["mac", "nic", "tableId"];

/** The tables outside the query, in files that the user uploads. */
function externalTables(model: ExportModel, several: boolean): LookupTables {
  const cells = COLUMNS.map((column, at) => `${column} = ${CSV_PREFIX_COLUMNS[at + 4]}`).join(", ");
  const ofFamily = (family: Family) => `let RoutesV${family} = Prefixes | where family == ${family}
| project ${several ? "TableId = tableId, " : ""}RoutePrefix = prefix, ${cells};\n`;
  const hasNicFile = several && model.nics.length > 1;
  return {
    text: [
      "// The prefixes are too many for the text of a query. Upload prefixes.csv",
      `${hasNicFile ? " and nics.csv" : ""}, and put the address with its SAS here.\n`,
      "// A Sentinel watchlist works too; its lines are ready behind the comment signs.\n",
      `let Prefixes = ${external(CSV_PREFIX_COLUMNS, "prefixes.csv")}`,
      `// let Prefixes = ${watchlist(CSV_PREFIX_COLUMNS, "VnetExplainPrefixes")}`,
      ofFamily(4),
      ofFamily(6),
      hasNicFile ? NIC_FILE : several ? nicTable(model) : "",
    ].join(""),
    ofV6: v6Queries(model, several),
  };
}

/** The table of each network interface, in a file. */
const NIC_FILE = [
  `let NicsFile = ${external(NIC_COLUMNS, "nics.csv")}`,
  `// let NicsFile = ${watchlist(NIC_COLUMNS, "VnetExplainNics")}`,
  "let Nics = NicsFile | where isnotempty(mac) | project MacAddress = mac, TableId = tableId;\n",
].join("");

/** A comment line for the user of an export of one table. */
const ONE_NIC =
  "// These are the routes of one network interface: keep its flows only, " +
  'e.g. | where SrcNic endswith "/nic-name"\n';

/**
 * The outbound flows, counted by destination before the look-up. For public destinations Traffic analytics leaves
 * DestIp empty and lists them in DestPublicIps, separated by spaces, each as address|flows started|flows ended|packets
 * out|packets in|bytes out|bytes in. A record stands for many flows, so records are not counted. Flows that an
 * appliance on the way saw again are left out; Microsoft spells that column in two ways. ::ffff:a.b.c.d is an IPv4
 * address, and has no answer in other spellings.
 * https://learn.microsoft.com/azure/network-watcher/traffic-analytics-schema
 */
const flows = (several: boolean) => `let OutboundFlows = NTANetAnalytics
| where SubType == "FlowLog" and FlowDirection startswith "O"
| where tostring(column_ifexists("IsFlowCapturedAtUdrHop", column_ifexists("IsFlowCapturedAtUDRHop", false))) !~ "true"
${several ? "" : ONE_NIC}| mv-expand PublicOrPrivate = split(iff(isempty(DestIp), DestPublicIps, DestIp), " ") to typeof(string)
| extend DestinationFields = split(PublicOrPrivate, "|")
| extend Destination = tostring(DestinationFields[0])
| where isnotempty(Destination)
| extend Destination = case(Destination !startswith "::ffff:", Destination, Destination contains ".", substring(Destination, 7), "")
| extend FlowCount = iff(isempty(DestIp), tolong(DestinationFields[1]), tolong(AllowedOutFlows) + tolong(DeniedOutFlows)),
    ByteCount = iff(isempty(DestIp), tolong(DestinationFields[5]), tolong(BytesSrcToDest)), IsDenied = FlowStatus startswith "D"
| summarize AllowedFlows = sumif(FlowCount, not(IsDenied)), DeniedFlows = sumif(FlowCount, IsDenied), Bytes = sum(ByteCount) by ${several ? "MacAddress, " : ""}Destination${several ? "\n| lookup kind=leftouter Nics on MacAddress" : ""};
`;

const flowRoutes = (
  ofV6: readonly string[],
  several: boolean,
) => `let IPv6Flows = OutboundFlows | where Destination contains ":";
let FlowRoutes = union
    (OutboundFlows | where Destination !contains ":" | evaluate ipv4_lookup(RoutesV4, Destination, RoutePrefix, ${several ? "TableId, " : ""}true)),
${ofV6.map((each) => `    (${each})`).join(",\n")};
FlowRoutes
| summarize AllowedFlows = sum(AllowedFlows), DeniedFlows = sum(DeniedFlows), Bytes = sum(Bytes) by RouteVerdict, RouteNextHopType, RouteNextHopIp, RouteName, RouteEndpointTag
| order by Bytes desc
`;

/** The longest query with its tables in it. Log search alerts take 64 KB; some room is left for the user's edits. */
const LONGEST = 60_000;

/**
 * The longest query of an analytics rule in Microsoft Sentinel.
 * https://learn.microsoft.com/azure/sentinel/sentinel-service-limits
 */
const LONGEST_RULE = 10_000;

function query(model: ExportModel, several: boolean, tables: LookupTables): string {
  const unknown = model.nics.filter(({ mac }) => mac === null).length;
  const body = [tables.text, flows(several), flowRoutes(tables.ofV6, several)].join("");
  const fits = body.length < LONGEST_RULE - 1_000;
  return [
    ...model.about.map((line) => `// ${line}\n`),
    "// Every address is in exactly one prefix of its family, so each flow gets exactly one answer.\n",
    several ? "// RouteVerdict is empty for flows of other network interfaces.\n" : "",
    several && unknown > 0
      ? `// ${unknown} of ${model.nics.length} network interfaces have no known MAC address: their flows get no answer.\n`
      : "",
    fits
      ? "// Short enough for an analytics rule (10,000 characters) and a log alert (64 KB).\n"
      : "// Too long for an analytics rule (10,000 characters): save it as a function there and call that.\n",
    body,
  ].join("");
}

/**
 * A Kusto query that finds the route of every outbound flow in VNet flow logs (table NTANetAnalytics of Traffic
 * analytics). It is for Log Analytics and Azure Data Explorer, and joins the flows with lookup tables by prefix. Where
 * these would make it longer than 60,000 bytes, it reads them from files beside it. Cost: a line per prefix.
 * https://learn.microsoft.com/kusto/query/ipv4-lookup-plugin
 * https://learn.microsoft.com/kusto/query/ipv6-lookup-plugin
 */
export const kql: ExportFormat = {
  files(model): readonly ExportFile[] {
    const several = model.onlyTableId === null;
    const inline = query(model, several, inlineTables(model, several));
    if (new TextEncoder().encode(inline).length <= LONGEST) return [{ name: "routes.kql", parts: [inline] }];
    const short = query(model, several, externalTables(model, several));
    return [{ name: "routes.kql", parts: [short] }, ...csvPrefixes.files(model)];
  },
};
