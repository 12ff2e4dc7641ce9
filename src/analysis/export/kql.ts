import { formatPrefix } from "../../net/prefix.ts";
import type { Family } from "../../net/read-address.ts";
import { answerTexts, cellText } from "./csv.ts";
import { CSV_PREFIX_COLUMNS, csvPrefixes } from "./csv-prefixes.ts";
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
  /** The queries that add the route to the flows with an IPv6 destination: `IPv6Flows`. Together they take each once. */
  readonly ofV6: readonly string[];
}

/**
 * The queries for IPv6. ipv6_lookup matches by prefix alone, so each table that routes IPv6 has a query of its own. The
 * others have one route for every address.
 */
function v6Queries({ tables }: ExportModel, several: boolean): readonly string[] {
  if (!several) return ["IPv6Flows | evaluate ipv6_lookup(RoutesV6, Destination, RoutePrefix, true)"];
  const isRouted = ({ ranges }: ExportModel["tables"][number]) =>
    ranges.filter(({ family }) => family === 6).length > 1;
  const routed = tables.filter(isRouted).map(({ tableId }) => tableId);
  const rest = routed.length === 0 ? "" : ` | where isnull(TableId) or TableId !in (${routed.join(", ")})`;
  return [
    `IPv6Flows${rest} | lookup kind=leftouter (RoutesV6${rest}) on TableId`,
    ...routed.map(
      (id) =>
        `IPv6Flows | where TableId == ${id} | evaluate ipv6_lookup((RoutesV6 | where TableId == ${id} | project-away TableId), Destination, RoutePrefix, true)`,
    ),
  ];
}

/** The route of every IPv6 address in every table, where that is one. */
function onlyV6Route({ tables }: ExportModel): number | null {
  const routes = new Set(
    tables.flatMap(({ ranges }) => ranges.filter(({ family }) => family === 6).map(({ routeId }) => routeId)),
  );
  const [route] = routes;
  return routes.size === 1 && route !== undefined ? route : null;
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
  const nics = model.nics.flatMap(({ mac, tableId }) => (mac === null ? [] : [`${literal(mac)},${tableId}`]));
  return {
    text: [
      `let Routes = ${datatable(["RouteId: int", ...COLUMNS.map((column) => `${column}: string`)], routes)};\n`,
      prefixTable(4),
      onlyV6 === null ? prefixTable(6) : "",
      several ? `let Nics = ${datatable(["MacAddress: string", "TableId: int"], nics)};\n` : "",
    ].join(""),
    // Microsoft documents ipv6_lookup only for Azure Data Explorer and Fabric, so it is used only if IPv6 is routed.
    ofV6:
      onlyV6 === null
        ? v6Queries(model, several)
        : [
            `IPv6Flows | extend RoutePrefix = "::/0", ${cells[onlyV6 - 1]?.map((cell, at) => `${COLUMNS[at]} = ${several ? `iff(isnull(TableId), "", ${cell})` : cell}`).join(", ")}`,
          ],
  };
}

const TYPES: Readonly<Record<string, string>> = { tableId: "int", family: "int", routeId: "int" };

const external = (columns: readonly string[], file: string) => `externaldata(${columns
  .map((column) => `${column}: ${TYPES[column] ?? "string"}`)
  .join(", ")})
[h@"https://ACCOUNT.blob.core.windows.net/CONTAINER/${file}?SAS"] with (format="csv", ignoreFirstRecord=true);\n`;

const watchlist = (columns: readonly string[], alias: string) =>
  `_GetWatchlist("${alias}") | project ${columns.map((column) => `${column} = to${TYPES[column] ?? "string"}(${column})`).join(", ")};\n`;

/** The tables outside the query, in files that the user uploads. */
function externalTables(model: ExportModel, several: boolean): LookupTables {
  const ofFamily = (family: Family) => `let RoutesV${family} = Prefixes | where family == ${family}
| project ${several ? "TableId = tableId, " : ""}RoutePrefix = prefix, ${COLUMNS.map((column, at) => `${column} = ${CSV_PREFIX_COLUMNS[at + 4]}`).join(", ")};\n`;
  const { nics } = model;
  const nicColumns = ["mac", "nic", "tableId"];
  const separate = several && nics.length > 1;
  const ownNic = nics.flatMap(({ mac, tableId }) => (mac === null ? [] : [`${literal(mac)},${tableId}`]));
  const ofNics = "| project MacAddress = mac, TableId = tableId";
  return {
    text: [
      "// The prefixes are too many for the text of a query. Upload prefixes.csv",
      `${separate ? " and nics.csv" : ""}, and put the address with its SAS here.\n`,
      "// A Sentinel watchlist works too; its lines are ready behind the comment signs.\n",
      `let Prefixes = ${external(CSV_PREFIX_COLUMNS, "prefixes.csv")}`,
      `// let Prefixes = ${watchlist(CSV_PREFIX_COLUMNS, "VnetExplainPrefixes")}`,
      ofFamily(4),
      ofFamily(6),
      !several
        ? ""
        : separate
          ? `let NicsFile = ${external(nicColumns, "nics.csv")}// let NicsFile = ${watchlist(nicColumns, "VnetExplainNics")}let Nics = NicsFile | where isnotempty(mac) ${ofNics};\n`
          : `let Nics = ${datatable(["MacAddress: string", "TableId: int"], ownNic)};\n`,
    ].join(""),
    ofV6: v6Queries(model, several),
  };
}

/**
 * The outbound flows, counted by destination before the look-up. For public destinations Traffic analytics leaves
 * DestIp empty and lists them in DestPublicIps, separated by spaces, each as address|flows started|flows ended|packets
 * out|packets in|bytes out|bytes in. A record stands for many flows, so records are not counted. Flows that an
 * appliance on the way saw again are left out; Microsoft spells that column in two ways.
 * https://learn.microsoft.com/azure/network-watcher/traffic-analytics-schema
 */
const flows = (several: boolean) => `let OutboundFlows = NTANetAnalytics
| where SubType == "FlowLog" and FlowDirection startswith "O"
| where tostring(column_ifexists("IsFlowCapturedAtUdrHop", column_ifexists("IsFlowCapturedAtUDRHop", false))) !~ "true"
${several ? "" : `// These are the routes of one network interface: keep its flows only, e.g. | where SrcNic endswith "/nic-name"\n`}| mv-expand PublicOrPrivate = split(iff(isempty(DestIp), DestPublicIps, DestIp), " ") to typeof(string)
| extend DestinationFields = split(PublicOrPrivate, "|")
| extend Destination = tostring(DestinationFields[0])
| where isnotempty(Destination)
| extend FlowCount = iff(isempty(DestIp), tolong(DestinationFields[1]), tolong(AllowedOutFlows) + tolong(DeniedOutFlows)),
    ByteCount = iff(isempty(DestIp), tolong(DestinationFields[5]), tolong(BytesSrcToDest)), IsDenied = FlowStatus startswith "D"
| summarize AllowedFlows = sumif(FlowCount, not(IsDenied)), DeniedFlows = sumif(FlowCount, IsDenied), Bytes = sum(ByteCount) by ${several ? "MacAddress, " : ""}Destination
${several ? "| lookup kind=leftouter Nics on MacAddress\n" : ""};
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
  const body = [tables.text, flows(several).replace(/\n;/, ";"), flowRoutes(tables.ofV6, several)].join("");
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
    const files = csvPrefixes.files(model);
    if (!Array.isArray(files)) throw new Error("the files of csv-prefixes are a list");
    return [{ name: "routes.kql", parts: [short] }, ...files];
  },
};
