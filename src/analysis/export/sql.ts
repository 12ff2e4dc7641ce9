import type { RouteTableOrigin } from "../../routes/effective-route.ts";
import { quotedText } from "../../text/quoted-text.ts";
import type { ExportRange } from "./ranges.ts";
import { originLines } from "./ranges.ts";

/** How many rows an INSERT holds: some engines limit them to 1,000. */
const ROWS_AT_ONCE = 500;

const COLUMNS = `verdict TEXT NOT NULL,
  next_hop_type TEXT,
  next_hop_ip TEXT,
  winning_prefix TEXT,
  source TEXT,
  route_name TEXT,
  service_tag TEXT,
  certainty TEXT NOT NULL`;

/** Standard SQL: single quotes, doubled inside. Control characters are gone from the text; nothing is nothing known. */
function literal(text: string | null): string {
  return text === null ? "NULL" : `'${quotedText(text, 500).replaceAll("'", "''")}'`;
}

/**
 * The 32 hexadecimal digits of an IPv6 address, which sort as the addresses do: no engine has integers of 128 bits
 * everywhere.
 */
export function sqlV6Address(value: bigint): string {
  return value.toString(16).padStart(32, "0");
}

function rowOf({ family, first, last, answer }: ExportRange): string {
  const bound = (value: bigint) => (family === 4 ? value.toString() : literal(sqlV6Address(value)));
  const hops = answer.nextHopIpAddress.length === 0 ? null : answer.nextHopIpAddress.join(",");
  const texts = [
    answer.verdict,
    answer.nextHopType,
    hops,
    answer.addressPrefix,
    answer.source,
    answer.name,
    answer.serviceTag,
    answer.certainty,
  ];
  return `(${[bound(first), bound(last), ...texts.map(literal)].join(", ")})`;
}

function tableOf(name: string, type: string, ranges: readonly ExportRange[]): string {
  const create = `CREATE TABLE ${name} (
  first_address ${type} NOT NULL PRIMARY KEY,
  last_address ${type} NOT NULL,
  ${COLUMNS}
);
`;
  const inserts: string[] = [];
  for (let at = 0; at < ranges.length; at += ROWS_AT_ONCE) {
    const rows = ranges.slice(at, at + ROWS_AT_ONCE).map(rowOf);
    inserts.push(`INSERT INTO ${name} VALUES\n${rows.join(",\n")};\n`);
  }
  return create + inserts.join("");
}

/** A query that the script's end shows, for the reader's own table of flows. The tests run it. */
const EXAMPLE = `SELECT r.verdict, r.next_hop_type, r.next_hop_ip, r.service_tag, COUNT(*) AS flows
FROM flows AS f
JOIN effective_routes_v4 AS r ON f.destination BETWEEN r.first_address AND r.last_address
GROUP BY r.verdict, r.next_hop_type, r.next_hop_ip, r.service_tag
ORDER BY flows DESC;`;

/**
 * A SQL script that makes the tables effective_routes_v4 and effective_routes_v6: a row for each range, IPv4 addresses
 * as integers, IPv6 addresses as 32 hexadecimal digits. For engines with standard strings: SQLite, DuckDB, PostgreSQL
 * and others. Cost: a line for each range.
 */
export function sqlExport(ranges: readonly ExportRange[], origin: RouteTableOrigin): string {
  return `${originLines(origin)
    .map((line) => `-- ${line}\n`)
    .join(
      "",
    )}-- Every address is in one and only one range of its family. To load it anew: DROP TABLE effective_routes_v4; DROP TABLE effective_routes_v6;
BEGIN TRANSACTION;
${tableOf(
  "effective_routes_v4",
  "BIGINT",
  ranges.filter(({ family }) => family === 4),
)}${tableOf(
  "effective_routes_v6",
  "CHAR(32)",
  ranges.filter(({ family }) => family === 6),
)}COMMIT;
-- Where flows went, with the IPv4 destination as a number (a.b.c.d is a * 16777216 + b * 65536 + c * 256 + d; an IPv6 one: its 32 hex digits):
${EXAMPLE.replace(/^/gm, "-- ")}
-- The ranges leave no gap, so DuckDB may also say: ASOF JOIN effective_routes_v4 AS r ON f.destination >= r.first_address
`;
}
