import type { ExportFormat } from "./format.ts";

interface Entry {
  readonly name: string;
  readonly load: () => Promise<ExportFormat>;
}

/** The formats of `--export`. To add one, add a file and a line. */
export const EXPORT_FORMATS = [
  { name: "sqlite", load: async () => (await import("./sql/sqlite.ts")).sqlite },
  { name: "postgres", load: async () => (await import("./sql/postgres.ts")).postgres },
  { name: "duckdb", load: async () => (await import("./sql/duckdb.ts")).duckdb },
  { name: "clickhouse", load: async () => (await import("./sql/clickhouse.ts")).clickhouse },
  { name: "ansi", load: async () => (await import("./sql/ansi.ts")).ansi },
  { name: "kql", load: async () => (await import("./kql.ts")).kql },
  { name: "csv-ranges", load: async () => (await import("./csv/ranges.ts")).csvRanges },
  {
    name: "csv-prefixes",
    load: async () => (await import("./csv/prefixes.ts")).csvPrefixes,
  },
  { name: "parquet", load: async () => (await import("./parquet.ts")).parquet },
] as const satisfies readonly Entry[];

export type ExportFormatName = (typeof EXPORT_FORMATS)[number]["name"];
