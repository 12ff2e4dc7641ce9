import { answerTexts, cellText } from "../csv/cells.ts";
import type { ExportFile } from "../format.ts";
import { type ExportModel, hexDigits } from "../model.ts";

/** Rows per INSERT. Some engines allow at most 1,000. */
const ROWS_PER_INSERT = 500;

/** What an engine writes in its own way. */
export interface SqlDialect {
  /** Creates the tables, and whatever must come before the data. */
  readonly schema: string;
  /** The start of the names of tables: `vnet_explain.`, or nothing. */
  readonly prefix: string;
  /** A text as a literal. The text has no control characters. */
  literal(text: string): string;
  /** An IPv6 address as a literal; by default its 32 hexadecimal digits. */
  v6?(value: bigint): string;
  /** What the comment says of flows, where that differs. */
  readonly flows?: string;
  /**
   * Creates what looks addresses up, after the data. `tableId`: the table of flows whose interface is not in `nics`.
   */
  lookup(tableId: number | null): string;
  /** The query at the end, for the user's own flows. It runs as it is. */
  readonly query: string;
}

/** The columns of a route in every dialect. */
export const ROUTE_COLUMNS = [
  "verdict",
  "next_hop_type",
  "next_hop_ip",
  "winning_prefix",
  "source",
  "route_name",
  "endpoint_tag",
  "service_endpoint",
  "certainty",
] as const;

const FLOWS = `flows: to be filled with flows, as in the tuples of a VNet flow log: direction I or O, state B, C, E or D.
flow_routes: one row per interface and address, counted before it is looked up. The address is the destination of
  outbound flows, the source of inbound ones: its replies go there.`;

/** The comment that explains the tables. */
const tablesText = ({
  v6,
  flows = FLOWS,
}: SqlDialect): string => `routes: what happens to a packet. endpoint_tag is the service tag of a winning service endpoint row,
  never another tag that holds the destination. verdict is never NULL: no-route says that no route wins.
ranges_v4, ranges_v6: first and last address of each range, and its route. Together the ranges of a table hold
  every address of their family once. IPv4 addresses are numbers, IPv6 addresses ${v6 === undefined ? "32 hexadecimal digits" : "of type IPv6"}.
nics: which table each network interface has. Interfaces with the same routes share one.
${flows} verdict is NULL where the interface is
  not in nics, or the address is not valid.`;

function comment(text: string): string {
  const lines = text.split("\n").map((line) => `-- ${line}`.trimEnd());
  return lines.join("\n");
}

function* inserts(table: string, rows: Iterable<readonly string[]>): Generator<string> {
  let held: string[] = [];
  const statement = () => `INSERT INTO ${table} VALUES\n${held.join(",\n")};\n`;
  for (const row of rows) {
    held.push(`(${row.join(", ")})`);
    if (held.length < ROWS_PER_INSERT) continue;
    yield statement();
    held = [];
  }
  if (held.length > 0) yield statement();
}

function* rangeRows({ tables }: ExportModel, family: 4 | 6, bound: (value: bigint) => string) {
  for (const { tableId, ranges } of tables) {
    for (const range of ranges) {
      if (range.family !== family) continue;
      yield [String(tableId), bound(range.first), bound(range.last), String(range.routeId)];
    }
  }
}

function* script(model: ExportModel, dialect: SqlDialect): Generator<string> {
  const { prefix, literal } = dialect;
  const text = (value: string | null) => (value === null ? "NULL" : literal(cellText(value)));
  yield `${comment([...model.about, "", tablesText(dialect)].join("\n"))}\n\n${dialect.schema}\n`;
  yield* inserts(
    `${prefix}routes`,
    model.routes.map((answer, at) => [String(at + 1), ...answerTexts(answer).map(text)]),
  );
  yield* inserts(`${prefix}ranges_v4`, rangeRows(model, 4, String));
  yield* inserts(`${prefix}ranges_v6`, rangeRows(model, 6, dialect.v6 ?? ((value) => `'${hexDigits(value)}'`)));
  yield* inserts(
    `${prefix}nics`,
    model.nics.map(({ mac, nic, tableId }) => [text(mac), text(nic), String(tableId)]),
  );
  yield `\n${dialect.lookup(model.onlyTableId)}\n`;
  yield `${comment(`Where flows went. Denied flows are counted apart: they were not routed.\n${dialect.query}`)}\n`;
}

/** Returns the script of a dialect as one file. Cost: a line per range. */
export function sqlFiles(model: ExportModel, dialect: SqlDialect, name: string): readonly ExportFile[] {
  return [{ name, parts: script(model, dialect) }];
}

/** The query of every dialect, over the view of `prefix`. */
export function flowQuery(prefix: string): string {
  return `SELECT verdict, next_hop_type, next_hop_ip, route_name, endpoint_tag,
  SUM(flows_begun) AS flows, SUM(flows_denied) AS denied, SUM(bytes) AS bytes
FROM ${prefix}flow_routes
GROUP BY verdict, next_hop_type, next_hop_ip, route_name, endpoint_tag
ORDER BY bytes DESC;`;
}

/** The columns of the view of flows, from `f` and `r`. */
export const FLOW_ROUTE_COLUMNS = `f.mac, f.address, f.flows_begun, f.flows_denied, f.bytes, f.route_id,
  ${ROUTE_COLUMNS.map((column) => `r.${column}`).join(", ")}`;

/**
 * The flows of each interface and address, as a query. `address` is the text of the address. It is
 * the first key: addresses differ more than interfaces, and an engine that sorts compares fewer texts to the end.
 */
export function countedFlows(prefix: string): string {
  return `SELECT mac, CASE direction WHEN 'I' THEN source ELSE destination END AS address,
    SUM(CASE state WHEN 'B' THEN 1 ELSE 0 END) AS flows_begun,
    SUM(CASE state WHEN 'D' THEN 1 ELSE 0 END) AS flows_denied,
    SUM(COALESCE(bytes_to_destination, 0) + COALESCE(bytes_to_source, 0)) AS bytes
  FROM ${prefix}flows
  GROUP BY CASE direction WHEN 'I' THEN source ELSE destination END, mac`;
}

/** The table of an interface, from `n`: NULL where it is unknown. */
export const tableOf = (tableId: number | null): string =>
  tableId === null ? "n.table_id" : `COALESCE(n.table_id, ${tableId})`;

/** The columns of a counted flow whose address is a text. */
export const COUNTED_COLUMNS = ["mac", "address", "flows_begun", "flows_denied", "bytes"] as const;

/**
 * The route of each flow in `asked`, found by one sort per family: the last range that starts at or before the address.
 * `asked` has `columns`, `table_id`, and the address in `v4` or `v6`. A join by BETWEEN compares every address with
 * every range, and so does an ASOF join of DuckDB that expects few rows. A search in an index for each address takes
 * PostgreSQL twice as long.
 */
export function foundRoutes(prefix: string, columns: readonly string[]): string {
  const own = columns.map((column) => `f.${column}`).join(", ");
  const placed = (family: 4 | 6) => `placed_v${family} AS (
  SELECT ${columns.join(", ")}, table_id, is_flow, MAX(first_address) OVER (
      PARTITION BY table_id ORDER BY place, is_flow ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS first_address
  FROM (
    SELECT ${columns.join(", ")}, table_id, v${family} AS place, NULL AS first_address, 1 AS is_flow
    FROM asked WHERE v${family} IS NOT NULL AND table_id IS NOT NULL
    UNION ALL
    SELECT ${columns.map(() => "NULL").join(", ")}, table_id, first_address, first_address, 0 FROM ${prefix}ranges_v${family}
  ) u
)`;
  const joined = (family: 4 | 6) => `SELECT ${own}, r.route_id FROM placed_v${family} f
  JOIN ${prefix}ranges_v${family} r ON r.table_id = f.table_id AND r.first_address = f.first_address WHERE f.is_flow = 1`;
  return `${placed(4)},
${placed(6)},
found AS (
  ${joined(4)}
  UNION ALL
  ${joined(6)}
  UNION ALL
  SELECT ${own}, NULL FROM asked f WHERE f.table_id IS NULL OR (f.v4 IS NULL AND f.v6 IS NULL)
)`;
}
