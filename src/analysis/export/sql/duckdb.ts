import type { ExportFormat } from "../format.ts";
import {
  COUNTED_COLUMNS,
  countedFlows,
  FLOW_ROUTE_COLUMNS,
  flowQuery,
  foundRoutes,
  type SqlDialect,
  sqlFiles,
  tableOf,
} from "./script.ts";

const dialect: SqlDialect = {
  prefix: "vnet_explain.",
  schema: `BEGIN TRANSACTION;
CREATE SCHEMA IF NOT EXISTS vnet_explain;
CREATE OR REPLACE TABLE vnet_explain.routes (
  route_id INTEGER,
  verdict VARCHAR NOT NULL,
  next_hop_type VARCHAR,
  next_hop_ip VARCHAR,
  winning_prefix VARCHAR,
  source VARCHAR,
  route_name VARCHAR,
  endpoint_tag VARCHAR,
  service_endpoint VARCHAR,
  certainty VARCHAR NOT NULL
);
CREATE OR REPLACE TABLE vnet_explain.ranges_v4 (
  table_id INTEGER,
  first_address BIGINT,
  last_address BIGINT,
  route_id INTEGER
);
CREATE OR REPLACE TABLE vnet_explain.ranges_v6 (
  table_id INTEGER,
  first_address VARCHAR,
  last_address VARCHAR,
  route_id INTEGER
);
CREATE OR REPLACE TABLE vnet_explain.nics (mac VARCHAR, nic VARCHAR NOT NULL, table_id INTEGER);
-- A later export keeps the flows. A view of this name works too: CREATE VIEW vnet_explain.flows AS SELECT ...
CREATE TABLE IF NOT EXISTS vnet_explain.flows (
  mac VARCHAR,
  direction VARCHAR,
  state VARCHAR,
  source VARCHAR,
  destination VARCHAR,
  bytes_to_destination BIGINT,
  bytes_to_source BIGINT
);
`,
  literal: (text) => `'${text.replaceAll("'", "''")}'`,
  lookup: (tableId) => `-- The number of four parts with dots; NULL for other text.
CREATE OR REPLACE MACRO vnet_explain.number_of_parts(address) AS
  CASE WHEN regexp_full_match(address, '((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)\\.){3}(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)')
  THEN split_part(address, '.', 1)::BIGINT * 16777216 + split_part(address, '.', 2)::BIGINT * 65536
    + split_part(address, '.', 3)::BIGINT * 256 + split_part(address, '.', 4)::BIGINT END;
-- An IPv6 address without dots: its end may be written as an IPv4 address.
CREATE OR REPLACE MACRO vnet_explain.without_dots(address) AS CASE WHEN contains(address, '.')
  THEN regexp_extract(address, '^.*:') || printf('%x:%x',
    vnet_explain.number_of_parts(regexp_extract(address, '[^:]*$')) // 65536,
    vnet_explain.number_of_parts(regexp_extract(address, '[^:]*$')) % 65536)
  ELSE address END;
CREATE OR REPLACE MACRO vnet_explain.expanded(address) AS list_aggregate(list_transform(string_split(
  CASE WHEN contains(address, '::') THEN concat_ws(':',
    nullif(split_part(address, '::', 1), ''),
    nullif(rtrim(repeat('0:', 8 - (length(address) - length(replace(address, ':', '')))
      + (CASE WHEN starts_with(address, '::') THEN 1 ELSE 0 END)
      + (CASE WHEN ends_with(address, '::') THEN 1 ELSE 0 END)), ':'), ''),
    nullif(split_part(address, '::', 2), ''))
  ELSE address END, ':'), lambda part: lpad(part, 4, '0')), 'string_agg', '');
CREATE OR REPLACE MACRO vnet_explain.all_digits_of(address) AS
  CASE WHEN regexp_full_match(address, '[0-9a-fA-F]{0,4}(:[0-9a-fA-F]{0,4}){2,8}')
    AND NOT regexp_matches(address, ':::|^:[^:]|[^:]:$')
    AND (NOT contains(address, '::') OR length(address) - length(replace(address, ':', ''))
      - starts_with(address, '::')::INTEGER - ends_with(address, '::')::INTEGER <= 7)
    AND length(vnet_explain.expanded(address)) = 32 THEN lower(vnet_explain.expanded(address)) END;
CREATE OR REPLACE MACRO vnet_explain.is_ipv4(digits) AS starts_with(digits, '00000000000000000000ffff');
-- The 32 hexadecimal digits of an IPv6 address; NULL for other text, and for an IPv4 address as IPv6: ::ffff:a.b.c.d.
CREATE OR REPLACE MACRO vnet_explain.digits_of(address) AS
  CASE WHEN contains(address, ':') AND NOT vnet_explain.is_ipv4(vnet_explain.all_digits_of(vnet_explain.without_dots(address)))
  THEN vnet_explain.all_digits_of(vnet_explain.without_dots(address)) END;
-- The number of an IPv4 address, also of one as IPv6; NULL for other text.
CREATE OR REPLACE MACRO vnet_explain.number_of(address) AS
  CASE WHEN NOT contains(address, ':') THEN vnet_explain.number_of_parts(address)
    WHEN vnet_explain.is_ipv4(vnet_explain.all_digits_of(vnet_explain.without_dots(address)))
    THEN ('0x' || substr(vnet_explain.all_digits_of(vnet_explain.without_dots(address)), 25))::BIGINT END;
-- The route of one address: SELECT * FROM vnet_explain.route_of(1, '8.8.8.8');
CREATE OR REPLACE MACRO vnet_explain.route_of(wanted, address) AS TABLE
  SELECT r.* FROM vnet_explain.routes AS r WHERE r.route_id = coalesce((
    SELECT arg_max(route_id, first_address) FROM vnet_explain.ranges_v4
    WHERE table_id = wanted AND first_address <= vnet_explain.number_of(address)), (
    SELECT arg_max(route_id, first_address) FROM vnet_explain.ranges_v6
    WHERE table_id = wanted AND first_address <= vnet_explain.digits_of(address)));
CREATE OR REPLACE VIEW vnet_explain.flow_routes AS
WITH counted AS (
  ${countedFlows("vnet_explain.")}
),
asked AS MATERIALIZED (
  SELECT c.*, ${tableOf(tableId)} AS table_id, vnet_explain.number_of(c.address) AS v4,
    vnet_explain.digits_of(c.address) AS v6
  FROM counted AS c LEFT JOIN vnet_explain.nics AS n ON n.mac = c.mac
),
${foundRoutes("vnet_explain.", COUNTED_COLUMNS)}
SELECT ${FLOW_ROUTE_COLUMNS}
FROM found AS f LEFT JOIN vnet_explain.routes AS r ON r.route_id = f.route_id;
COMMIT;
`,
  query: flowQuery("vnet_explain."),
};

/** A script for DuckDB 1.3 or later: the schema vnet_explain. */
export const duckdb: ExportFormat = { files: (model) => sqlFiles(model, dialect, "routes.duckdb.sql") };
