import type { EngineKind } from "./engine.ts";

const api = await import("@duckdb/node-api").catch(() => null);

export const duckdbEngine: EngineKind = {
  name: "DuckDB",
  dialect: "duckdb",
  prefix: "vnet_explain.",
  absent: api === null ? "the package @duckdb/node-api has no binary for this system" : null,
  async open() {
    if (api === null) throw new Error("absent");
    const instance = await api.DuckDBInstance.create();
    const connection = await instance.connect();
    return {
      run: async (script) => {
        await connection.run(script);
      },
      rows: async (query) => (await connection.runAndReadAll(query)).getRowObjectsJS(),
      close: async () => {
        connection.closeSync();
        instance.closeSync();
      },
    };
  },
};
