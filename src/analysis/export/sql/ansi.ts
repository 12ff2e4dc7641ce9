import type { ExportFormat } from "../format.ts";
import { FLOW_ROUTE_COLUMNS, flowQuery, foundRoutes, type SqlDialect, sqlFiles, tableOf } from "./script.ts";

const COLUMNS = ["mac", "address_v4", "address_v6", "flows_begun", "flows_denied", "bytes"];

const dialect: SqlDialect = {
  prefix: "",
  flows: `flows: to be filled with flows, as in the tuples of a VNet flow log: state B, C, E or D.
flow_routes: one row per interface and address, counted before it is looked up.`,
  schema: `-- MySQL and MariaDB: first run SET SESSION sql_mode = 'ANSI';
-- Addresses of flows are numbers here: address_v4 of a.b.c.d is a * 16777216 + b * 65536 + c * 256 + d, address_v6
-- 32 hexadecimal digits in lower case. ::ffff:a.b.c.d is an IPv4 address: write it as address_v4. The address is the
-- destination of outbound flows, the source of inbound ones.
START TRANSACTION;
CREATE TABLE routes (
  route_id INTEGER NOT NULL PRIMARY KEY,
  verdict VARCHAR(20) NOT NULL,
  next_hop_type VARCHAR(200),
  next_hop_ip VARCHAR(4000),
  winning_prefix VARCHAR(50),
  source VARCHAR(200),
  route_name VARCHAR(4000),
  endpoint_tag VARCHAR(200),
  service_endpoint VARCHAR(200),
  certainty VARCHAR(20) NOT NULL
);
CREATE TABLE ranges_v4 (
  table_id INTEGER NOT NULL,
  first_address BIGINT NOT NULL,
  last_address BIGINT NOT NULL,
  route_id INTEGER NOT NULL,
  PRIMARY KEY (table_id, first_address)
);
CREATE TABLE ranges_v6 (
  table_id INTEGER NOT NULL,
  first_address CHAR(32) NOT NULL,
  last_address CHAR(32) NOT NULL,
  route_id INTEGER NOT NULL,
  PRIMARY KEY (table_id, first_address)
);
CREATE TABLE nics (mac VARCHAR(50), nic VARCHAR(4000) NOT NULL, table_id INTEGER NOT NULL);
CREATE TABLE flows (
  mac VARCHAR(50),
  state VARCHAR(20),
  address_v4 BIGINT,
  address_v6 CHAR(32),
  bytes_to_destination BIGINT,
  bytes_to_source BIGINT
);
`,
  // MySQL takes a backslash for an escape. No name in Azure has one, so a slash in its place loses nothing.
  literal: (text) => `'${text.replaceAll("\\", "/").replaceAll("'", "''")}'`,
  lookup: (tableId) => `CREATE VIEW flow_routes AS
WITH asked AS (
  SELECT c.*, ${tableOf(tableId)} AS table_id, c.address_v4 AS v4,
    CASE WHEN c.address_v6 NOT LIKE '00000000000000000000ffff%' THEN c.address_v6 END AS v6
  FROM (
    SELECT mac, address_v4, address_v6,
      SUM(CASE state WHEN 'B' THEN 1 ELSE 0 END) AS flows_begun,
      SUM(CASE state WHEN 'D' THEN 1 ELSE 0 END) AS flows_denied,
      SUM(COALESCE(bytes_to_destination, 0) + COALESCE(bytes_to_source, 0)) AS bytes
    FROM flows GROUP BY mac, address_v4, address_v6
  ) c LEFT JOIN nics n ON n.mac = c.mac
),
${foundRoutes("", COLUMNS)}
SELECT ${FLOW_ROUTE_COLUMNS.replace("f.address,", "f.address_v4, f.address_v6,")}
FROM found f LEFT JOIN routes r ON r.route_id = f.route_id;
COMMIT;
`,
  query: flowQuery(""),
};

/**
 * A script of standard SQL, for engines without a dialect of their own. It needs window functions: SQL:2003.
 */
export const ansi: ExportFormat = { files: (model) => sqlFiles(model, dialect, "routes.ansi.sql") };
