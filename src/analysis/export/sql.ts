import type { RouteTableOrigin } from "../../routes/effective-route.ts";
import { quotedText } from "../../text/quoted-text.ts";
import type { ExportRange } from "./ranges.ts";
import { originLines } from "./ranges.ts";

/** Rows per INSERT. Some engines allow at most 1,000. */
const ROWS_PER_INSERT = 500;

const COLUMNS = `verdict TEXT NOT NULL,
  next_hop_type TEXT,
  next_hop_ip TEXT,
  winning_prefix TEXT,
  source TEXT,
  route_name TEXT,
  service_tag TEXT,
  certainty TEXT NOT NULL`;

/** Returns a standard SQL literal in single quotes, or NULL. Quotes are doubled; control characters are removed. */
function literal(text: string | null): string {
  return text === null ? "NULL" : `'${quotedText(text, 500).replaceAll("'", "''")}'`;
}

/**
 * Returns the 32 hexadecimal digits of an IPv6 address, which sort like the addresses. Few engines have 128-bit
 * integers.
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
  for (let at = 0; at < ranges.length; at += ROWS_PER_INSERT) {
    const rows = ranges.slice(at, at + ROWS_PER_INSERT).map(rowOf);
    inserts.push(`INSERT INTO ${name} VALUES\n${rows.join(",\n")};\n`);
  }
  return create + inserts.join("");
}

/** The example query at the end of the script, for a table of flows. The tests run it. */
const EXAMPLE = `SELECT r.verdict, r.next_hop_type, r.next_hop_ip, r.service_tag, COUNT(*) AS flows
FROM flows AS f
JOIN effective_routes_v4 AS r ON f.destination BETWEEN r.first_address AND r.last_address
GROUP BY r.verdict, r.next_hop_type, r.next_hop_ip, r.service_tag
ORDER BY flows DESC;`;

/**
 * Returns a SQL script that creates the tables effective_routes_v4 and effective_routes_v6 with a row per range. IPv4
 * addresses are integers, IPv6 addresses are 32 hexadecimal digits. Works in engines with standard string literals,
 * such as SQLite, DuckDB and PostgreSQL. Cost: a line per range.
 */
export function sqlExport(ranges: readonly ExportRange[], origin: RouteTableOrigin): string {
  return `${originLines(origin)
    .map((line) => `-- ${line}\n`)
    .join(
      "",
    )}-- Every address is in exactly one range of its family. To reload: DROP TABLE effective_routes_v4; DROP TABLE effective_routes_v6;
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
-- Where flows went. The IPv4 destination is a number (a.b.c.d is a * 16777216 + b * 65536 + c * 256 + d), an IPv6 one 32 hex digits:
${EXAMPLE.replace(/^/gm, "-- ")}
-- The ranges have no gaps, so in DuckDB this also works: ASOF JOIN effective_routes_v4 AS r ON f.destination >= r.first_address
`;
}
