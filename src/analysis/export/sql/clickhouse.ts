import { formatAddress } from "../../../net/address.ts";
import type { ExportFormat } from "../format.ts";
import { countedFlows, FLOW_ROUTE_COLUMNS, flowQuery, type SqlDialect, sqlFiles, tableOf } from "./script.ts";

const dialect: SqlDialect = {
  prefix: "vnet_explain.",
  schema: `CREATE DATABASE IF NOT EXISTS vnet_explain;
CREATE OR REPLACE TABLE vnet_explain.routes (
  route_id UInt32,
  verdict LowCardinality(String),
  next_hop_type LowCardinality(Nullable(String)),
  next_hop_ip Nullable(String),
  winning_prefix Nullable(String),
  source LowCardinality(Nullable(String)),
  route_name Nullable(String),
  endpoint_tag LowCardinality(Nullable(String)),
  service_endpoint LowCardinality(Nullable(String)),
  certainty LowCardinality(String)
) ENGINE = MergeTree ORDER BY route_id;
CREATE OR REPLACE TABLE vnet_explain.ranges_v4 (
  table_id UInt32,
  first_address UInt32,
  last_address UInt32,
  route_id UInt32
) ENGINE = MergeTree ORDER BY (table_id, first_address);
CREATE OR REPLACE TABLE vnet_explain.ranges_v6 (
  table_id UInt32,
  first_address IPv6,
  last_address IPv6,
  route_id UInt32
) ENGINE = MergeTree ORDER BY (table_id, first_address);
CREATE OR REPLACE TABLE vnet_explain.nics (mac Nullable(String), nic String, table_id UInt32) ENGINE = MergeTree ORDER BY nic;
-- A later export keeps the flows.
CREATE TABLE IF NOT EXISTS vnet_explain.flows (
  mac LowCardinality(String),
  direction LowCardinality(String),
  state LowCardinality(String),
  source String,
  destination String,
  bytes_to_destination Nullable(UInt64),
  bytes_to_source Nullable(UInt64)
) ENGINE = MergeTree ORDER BY (mac, destination);
`,
  literal: (text) => `'${text.replace(/[\\']/g, "\\$&")}'`,
  v6: (value) => `'${formatAddress({ family: 6, value })}'`,
  lookup: (tableId) => `-- The routes of IPv4 addresses, in memory. Id 0 means that there is none: dictGet has no NULL.
CREATE OR REPLACE DICTIONARY vnet_explain.route_of_ipv4 (
  table_id UInt64,
  first_address UInt32,
  last_address UInt32,
  route_id UInt32 DEFAULT 0
) PRIMARY KEY table_id
SOURCE(CLICKHOUSE(DB 'vnet_explain' TABLE 'ranges_v4'))
LAYOUT(RANGE_HASHED()) RANGE(MIN first_address MAX last_address) LIFETIME(0);
SYSTEM RELOAD DICTIONARY vnet_explain.route_of_ipv4;
-- A dictionary has no ranges of 128 bits, so IPv6 addresses are joined.
CREATE OR REPLACE VIEW vnet_explain.flow_routes AS
WITH counted AS (
  ${countedFlows("vnet_explain.")}
),
asked AS (
  SELECT c.mac AS mac, c.address AS address, c.flows_begun AS flows_begun, c.flows_denied AS flows_denied,
    c.bytes AS bytes, ${tableOf(tableId)} AS table_id,
    -- An IPv6 address may end with an IPv4 address. toIPv4OrNull reads 010.0.0.1 too, which is not an address: some
    -- programs take it for 8.0.0.1.
    position(c.address, ':') > 0 AS has_colon, arrayElement(splitByChar(':', c.address), -1) AS part,
    toString(toIPv4OrNull(part)) = part AS is_v4,
    -- toIPv6OrNull reads 1:::2 too, and :: for no group at all.
    position(c.address, ':::') = 0 AND (position(c.address, '::') = 0 OR countSubstrings(c.address, ':')
      - startsWith(c.address, '::') - endsWith(c.address, '::') <= 7) AS is_short,
    toUInt128(if(has_colon AND is_short AND (position(c.address, '.') = 0 OR is_v4), toIPv6OrNull(c.address), NULL)) AS number,
    -- ::ffff:0:0 to ::ffff:ffff:ffff are the IPv4 addresses.
    bitShiftRight(number, 32) = 65535 AS is_mapped,
    multiIf(is_mapped, toUInt32OrNull(toString(number % 4294967296)), NOT has_colon AND is_v4,
      toUInt32OrNull(toString(toUInt32(toIPv4OrNull(c.address)))), NULL) AS v4,
    if(is_mapped, NULL, number) AS v6
  FROM counted AS c LEFT JOIN vnet_explain.nics AS n ON n.mac = c.mac
),
found AS (
  SELECT mac, address, flows_begun, flows_denied, bytes,
    dictGet('vnet_explain.route_of_ipv4', 'route_id', toUInt64(ifNull(table_id, 0)), ifNull(v4, 0)) AS found_id,
    if(v4 IS NULL OR found_id = 0, NULL, found_id) AS route_id
  FROM asked WHERE v6 IS NULL
  UNION ALL
  SELECT a.mac, a.address, a.flows_begun, a.flows_denied, a.bytes, v.route_id AS found_id,
    if(v.route_id = 0, NULL, v.route_id) AS route_id
  FROM (
    SELECT mac, address, flows_begun, flows_denied, bytes, ifNull(table_id, 0) AS asked_table, assumeNotNull(v6) AS place
    FROM asked WHERE v6 IS NOT NULL
  ) AS a ASOF LEFT JOIN (
    SELECT table_id, toUInt128(first_address) AS first_address, route_id FROM vnet_explain.ranges_v6
  ) AS v ON v.table_id = a.asked_table AND v.first_address <= a.place
)
SELECT ${FLOW_ROUTE_COLUMNS.replaceAll(/\b([fr])\.(\w+)/g, "$1.$2 AS $2")}
FROM found AS f LEFT JOIN vnet_explain.routes AS r ON r.route_id = f.route_id
SETTINGS join_use_nulls = 1;
`,
  query: flowQuery("vnet_explain."),
};

/** A script for ClickHouse 24 or later: the database vnet_explain. */
export const clickhouse: ExportFormat = { files: (model) => sqlFiles(model, dialect, "routes.clickhouse.sql") };
