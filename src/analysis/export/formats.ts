import type { ExportFormat } from "./format.ts";

interface Entry {
  readonly name: string;
  /** What reads it, for help. */
  readonly summary: string;
  readonly load: () => Promise<ExportFormat>;
}

/** The formats of `--export`. To add one, add a file and a line. */
export const EXPORT_FORMATS = [
  { name: "sqlite", summary: "SQLite", load: async () => (await import("./sql/sqlite.ts")).sqlite },
  { name: "postgres", summary: "PostgreSQL", load: async () => (await import("./sql/postgres.ts")).postgres },
  { name: "duckdb", summary: "DuckDB", load: async () => (await import("./sql/duckdb.ts")).duckdb },
  { name: "clickhouse", summary: "ClickHouse", load: async () => (await import("./sql/clickhouse.ts")).clickhouse },
  { name: "ansi", summary: "other SQL engines", load: async () => (await import("./sql/ansi.ts")).ansi },
  { name: "kql", summary: "Log Analytics, Data Explorer", load: async () => (await import("./kql.ts")).kql },
  { name: "csv-ranges", summary: "a line per range", load: async () => (await import("./csv-ranges.ts")).csvRanges },
  {
    name: "csv-prefixes",
    summary: "a line per prefix",
    load: async () => (await import("./csv-prefixes.ts")).csvPrefixes,
  },
  { name: "parquet", summary: "typed files", load: async () => (await import("./parquet.ts")).parquet },
] as const satisfies readonly Entry[];

export type ExportFormatName = (typeof EXPORT_FORMATS)[number]["name"];
