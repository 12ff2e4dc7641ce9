import type { ExportFormat } from "../format.ts";
import { countedFlows, FLOW_ROUTE_COLUMNS, flowQuery, type SqlDialect, sqlFiles, tableOf } from "./script.ts";

const part = (at: number) => `json_extract(parts, '$[${at}]')`;

/**
 * An IPv6 address as 32 digits, in SQL: the parts before and after `::`, with the zeros between, as a list of JSON.
 * SQLite has no functions for addresses.
 */
const DIGITS = `(
      SELECT group_concat(substr('0000' || value, -4), '') FROM json_each('["' || replace(
        CASE WHEN colons = 0 THEN text ELSE
          trim(substr(text, 1, colons - 1) || ':' || substr('0:0:0:0:0:0:0:0:', 1, 2 * (8
            - (CASE colons WHEN 1 THEN 0 ELSE colons - length(replace(substr(text, 1, colons - 1), ':', '')) END)
            - (CASE colons WHEN length(text) - 1 THEN 0
                ELSE length(text) - colons - length(replace(substr(text, colons + 2), ':', '')) END)))
            || substr(text, colons + 2), ':')
        END, ':', '","') || '"]')
    )`;

/** The number of the last eight digits of `v6`: SQLite reads hexadecimal digits only in its own text. */
const LAST_DIGITS = Array.from(
  { length: 8 },
  (_, at) => `(instr('0123456789abcdef', substr(v6, ${25 + at}, 1)) - 1) * ${16 ** (7 - at)}`,
).join(" + ");

/** Empties a table of an earlier export, which has `column`. A database may have a table `routes` of its own. */
const emptied = (table: string, column: string) =>
  `DELETE FROM ${table} WHERE EXISTS (SELECT 1 FROM pragma_table_info('${table}') WHERE name = '${column}');`;

const dialect: SqlDialect = {
  prefix: "",
  schema: `BEGIN;
CREATE TABLE IF NOT EXISTS routes (
  route_id INTEGER PRIMARY KEY,
  verdict TEXT NOT NULL,
  next_hop_type TEXT,
  next_hop_ip TEXT,
  winning_prefix TEXT,
  source TEXT,
  route_name TEXT,
  endpoint_tag TEXT,
  service_endpoint TEXT,
  certainty TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS ranges_v4 (
  table_id INTEGER NOT NULL,
  first_address INTEGER NOT NULL,
  last_address INTEGER NOT NULL,
  route_id INTEGER NOT NULL,
  PRIMARY KEY (table_id, first_address)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS ranges_v6 (
  table_id INTEGER NOT NULL,
  first_address TEXT NOT NULL,
  last_address TEXT NOT NULL,
  route_id INTEGER NOT NULL,
  PRIMARY KEY (table_id, first_address)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS nics (mac TEXT, nic TEXT NOT NULL, table_id INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS flows (
  mac TEXT,
  direction TEXT,
  state TEXT,
  source TEXT,
  destination TEXT,
  bytes_to_destination INTEGER,
  bytes_to_source INTEGER
);
-- A later export replaces the routes. Flows stay, and so do the rows of a table that another program made.
${emptied("routes", "winning_prefix")}
${["ranges_v4", "ranges_v6", "nics"].map((table) => emptied(table, "table_id")).join("\n")}
DROP VIEW IF EXISTS flow_routes;
`,
  literal: (text) => `'${text.replaceAll("'", "''")}'`,
  lookup: (tableId) => `CREATE VIEW flow_routes AS
WITH counted AS (
  ${countedFlows("")}
),
read AS MATERIALIZED (
  SELECT c.*, ${tableOf(tableId)} AS table_id, rtrim(c.address, '0123456789.') AS head,
    '[' || replace(substr(c.address, 1 + length(rtrim(c.address, '0123456789.'))), '.', ',') || ']' AS list
  FROM counted AS c LEFT JOIN nics AS n ON n.mac = c.mac
),
-- An IPv6 address may end with an IPv4 address.
parts AS MATERIALIZED (
  SELECT *, CASE WHEN json_valid(list) AND json_array_length(list) = 4 THEN list END AS parts FROM read
),
ends AS MATERIALIZED (
  SELECT *, CASE WHEN max(${[0, 1, 2, 3].map(part).join(", ")}) <= 255 THEN ${part(0)} * 16777216
      + ${part(1)} * 65536 + ${part(2)} * 256 + ${part(3)} END AS number
  FROM parts
),
texts AS MATERIALIZED (
  SELECT *, instr(text, '::') AS colons FROM (
    SELECT *, lower(CASE WHEN head = '' THEN NULL WHEN instr(address, '.') = 0 THEN address
      WHEN head LIKE '%:' AND number IS NOT NULL THEN head || printf('%x:%x', number / 65536, number % 65536) END) AS text
    FROM ends
  )
),
digits AS MATERIALIZED (
  SELECT *, CASE WHEN text LIKE '%:%' AND text NOT GLOB '*[^0-9a-f:]*' AND text NOT LIKE '%::%::%'
      AND text NOT LIKE '%:::%' AND (colons = 0 OR 7 >= length(text) - length(replace(text, ':', ''))
        - (text LIKE '::%') - (text LIKE '%::')) AND text NOT GLOB '*[^:][^:][^:][^:][^:]*' AND text NOT GLOB ':[^:]*' AND text NOT GLOB '*[^:]:'
    THEN ${DIGITS} END AS v6
  FROM texts
),
-- ::ffff:0:0 to ::ffff:ffff:ffff are the IPv4 addresses.
numbers AS MATERIALIZED (
  SELECT *, CASE WHEN head = '' THEN number
      WHEN length(v6) = 32 AND v6 LIKE '00000000000000000000ffff%' THEN ${LAST_DIGITS} END AS v4
  FROM digits
),
found AS MATERIALIZED (
  SELECT *, CASE
    WHEN v4 IS NOT NULL THEN (
      SELECT route_id FROM ranges_v4 AS r WHERE r.table_id = numbers.table_id AND r.first_address <= v4
      ORDER BY r.first_address DESC LIMIT 1)
    WHEN length(v6) = 32 THEN (
      SELECT route_id FROM ranges_v6 AS r WHERE r.table_id = numbers.table_id AND r.first_address <= v6
      ORDER BY r.first_address DESC LIMIT 1)
  END AS route_id
  FROM numbers
)
SELECT ${FLOW_ROUTE_COLUMNS}
FROM found AS f LEFT JOIN routes AS r ON r.route_id = f.route_id;
COMMIT;
`,
  query: flowQuery(""),
};

/**
 * A script for SQLite 3.35 or later, for a database of its own. Each address is one search in the primary key of its
 * table: a join by BETWEEN would read every range for every address.
 */
export const sqlite: ExportFormat = { files: (model) => sqlFiles(model, dialect, "routes.sqlite.sql") };
