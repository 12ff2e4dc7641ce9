import { createRequire } from "node:module";
import { type EngineKind, ownCpu } from "./engine.ts";

/** By `require`, since the benchmarks are bundled and a binary is not. */
const sqlite = createRequire(import.meta.url)("node-sqlite3-wasm") as typeof import("node-sqlite3-wasm");

export const sqliteEngine: EngineKind = {
  name: "SQLite",
  dialect: "sqlite",
  prefix: "",
  absent: null,
  async open() {
    const database = new sqlite.Database();
    return {
      run: async (script) => database.exec(script),
      rows: async (query) => database.all(query),
      cpu: ownCpu,
      close: async () => database.close(),
    };
  },
};
