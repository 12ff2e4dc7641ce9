import sqlite from "node-sqlite3-wasm";
import type { EngineKind } from "./engine.ts";

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
      close: async () => database.close(),
    };
  },
};
