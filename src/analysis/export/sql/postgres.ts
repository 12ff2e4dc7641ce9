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
  schema: `BEGIN;
CREATE SCHEMA IF NOT EXISTS vnet_explain;
CREATE TABLE IF NOT EXISTS vnet_explain.routes (
  route_id integer PRIMARY KEY,
  verdict text NOT NULL,
  next_hop_type text,
  next_hop_ip text,
  winning_prefix text,
  source text,
  route_name text,
  endpoint_tag text,
  service_endpoint text,
  certainty text NOT NULL
);
CREATE TABLE IF NOT EXISTS vnet_explain.ranges_v4 (
  table_id integer NOT NULL,
  first_address bigint NOT NULL,
  last_address bigint NOT NULL,
  route_id integer NOT NULL,
  PRIMARY KEY (table_id, first_address)
);
CREATE TABLE IF NOT EXISTS vnet_explain.ranges_v6 (
  table_id integer NOT NULL,
  first_address text COLLATE "C" NOT NULL,
  last_address text COLLATE "C" NOT NULL,
  route_id integer NOT NULL,
  PRIMARY KEY (table_id, first_address)
);
CREATE TABLE IF NOT EXISTS vnet_explain.nics (mac text, nic text NOT NULL, table_id integer NOT NULL);
CREATE TABLE IF NOT EXISTS vnet_explain.flows (
  mac text,
  direction text,
  state text,
  source text,
  destination text,
  bytes_to_destination bigint,
  bytes_to_source bigint
);
-- A later export replaces the routes as one step. Flows stay.
TRUNCATE vnet_explain.routes, vnet_explain.ranges_v4, vnet_explain.ranges_v6, vnet_explain.nics;
`,
  // E'' means the same whether or not standard_conforming_strings is on.
  literal: (text) => `${text.includes("\\") ? "E" : ""}'${text.replaceAll("'", "''").replaceAll("\\", "\\\\")}'`,
  lookup: (tableId) => `ANALYZE vnet_explain.ranges_v4;
ANALYZE vnet_explain.ranges_v6;

-- An IPv4 address that is written as IPv6 (::ffff:a.b.c.d) as IPv4; any other one as it is.
CREATE OR REPLACE FUNCTION vnet_explain.plain(address inet) RETURNS inet LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN address << inet '::ffff:0:0/96' THEN inet '0.0.0.0' + (address - inet '::ffff:0:0') ELSE address END
$$;
-- An IPv6 address without dots as inet; NULL for other text.
CREATE OR REPLACE FUNCTION vnet_explain.ipv6_of(address text) RETURNS inet LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN address ~* '^([0-9a-f]{1,4}:){7}[0-9a-f]{1,4}$' THEN address::inet
    WHEN address ~* '^[0-9a-f:]+$' AND address ~ '^[^:]*(:[^:]+)*::([^:]+:)*[^:]*$' AND address !~ '[^:]{5}'
      AND length(regexp_replace(address, '[^:]', '', 'g')) - (address LIKE '::%')::int - (address LIKE '%::')::int <= 7
      THEN address::inet
  END
$$;
-- An address as inet; NULL for other text. The end of an IPv6 address may be written as an IPv4 address.
CREATE OR REPLACE FUNCTION vnet_explain.address_of(address text) RETURNS inet LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN address ~ ':((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.|$)){4}$' AND address !~ '\\.$'
      THEN CASE WHEN vnet_explain.ipv6_of(regexp_replace(address, '[^:]*$', '0:0')) IS NOT NULL
        THEN vnet_explain.plain(address::inet) END
    WHEN address ~ '^((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.|$)){4}$' AND address !~ '\\.$' THEN address::inet
    ELSE vnet_explain.plain(vnet_explain.ipv6_of(address))
  END
$$;
-- The 32 hexadecimal digits of an IPv6 address.
CREATE OR REPLACE FUNCTION vnet_explain.digits_of(address inet) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT substr(encode(inet_send(address), 'hex'), 9)
$$;
-- The route of one address: SELECT * FROM vnet_explain.route_of(1, '8.8.8.8');
CREATE OR REPLACE FUNCTION vnet_explain.route_of(wanted integer, address inet) RETURNS SETOF vnet_explain.routes
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT r.* FROM vnet_explain.routes AS r WHERE r.route_id = CASE family(vnet_explain.plain(address))
    WHEN 4 THEN (
      SELECT v.route_id FROM vnet_explain.ranges_v4 AS v
      WHERE v.table_id = wanted AND v.first_address <= vnet_explain.plain(address) - inet '0.0.0.0'
      ORDER BY v.first_address DESC LIMIT 1)
    ELSE (
      SELECT v.route_id FROM vnet_explain.ranges_v6 AS v
      WHERE v.table_id = wanted AND v.first_address <= vnet_explain.digits_of(address)
      ORDER BY v.first_address DESC LIMIT 1)
  END
$$;
CREATE OR REPLACE VIEW vnet_explain.flow_routes AS
WITH counted AS (
  ${countedFlows("vnet_explain.")}
),
asked AS MATERIALIZED (
  SELECT c.*, ${tableOf(tableId)} AS table_id,
    CASE family(c.ip) WHEN 4 THEN c.ip - inet '0.0.0.0' END AS v4,
    CASE family(c.ip) WHEN 6 THEN vnet_explain.digits_of(c.ip) COLLATE "C" END AS v6
  FROM (SELECT *, vnet_explain.address_of(address) AS ip FROM counted) AS c
  LEFT JOIN vnet_explain.nics AS n ON n.mac = c.mac
),
${foundRoutes("vnet_explain.", COUNTED_COLUMNS)}
SELECT ${FLOW_ROUTE_COLUMNS}
FROM found AS f LEFT JOIN vnet_explain.routes AS r ON r.route_id = f.route_id;
COMMIT;
`,
  query: flowQuery("vnet_explain."),
};

/** A script for PostgreSQL 12 or later: the schema vnet_explain. */
export const postgres: ExportFormat = { files: (model) => sqlFiles(model, dialect, "routes.postgres.sql") };
