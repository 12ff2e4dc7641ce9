import { createRequire } from "node:module";
import { type EngineKind, ownCpu } from "./engine.ts";

type Api = typeof import("@duckdb/node-api");

/** By `require`, since the benchmarks are bundled and a binary is not. */
function loadApi(): Api | null {
  try {
    return createRequire(import.meta.url)("@duckdb/node-api") as Api;
  } catch {
    return null;
  }
}

const api = loadApi();

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
      cpu: ownCpu,
      close: async () => {
        connection.closeSync();
        instance.closeSync();
      },
    };
  },
};
