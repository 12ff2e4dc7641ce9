import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { EngineKind } from "./engine.ts";

/** The folder where `npm install chdb` ran: the package has half a gigabyte, so it is not among our own. */
const folder = process.env.VNET_EXPLAIN_CHDB ?? "";
const chdb = join(folder, "node_modules", "chdb");
const found = folder !== "" && existsSync(chdb) && existsSync(join(folder, "node_modules", "@chdb"));

/** ClickHouse runs in a process of its own: it does not share one with other libraries. */
const SERVER = `
const { Session } = require(${JSON.stringify(chdb)});
const session = new Session(process.argv[1]);
require("node:readline").createInterface({ input: process.stdin }).on("line", (line) => {
  let answer;
  try {
    answer = { text: session.query(JSON.parse(line), "JSONEachRow") };
  } catch (error) {
    answer = { error: String(error.message) };
  }
  process.stdout.write(JSON.stringify(answer) + "\\n");
});
`;

/**
 * The processor time of a process on Linux, in milliseconds: fields 14 and 15 are user and system time, 100 a second.
 */
function cpuOf(pid: number | undefined): number | null {
  const path = `/proc/${pid}/stat`;
  if (!existsSync(path)) return null;
  const fields = readFileSync(path, "utf8").split(") ")[1]?.split(" ") ?? [];
  return 10 * (Number(fields[11]) + Number(fields[12]));
}

export const clickhouseEngine: EngineKind = {
  name: "ClickHouse",
  dialect: "clickhouse",
  prefix: "vnet_explain.",
  absent: found ? null : "the package chdb is not installed (VNET_EXPLAIN_CHDB names the folder)",
  async open() {
    const data = mkdtempSync(join(tmpdir(), "clickhouse-"));
    const server = spawn(process.execPath, ["-e", SERVER, data], { stdio: ["pipe", "pipe", "ignore"] });
    const answers = createInterface({ input: server.stdout })[Symbol.asyncIterator]();
    const ask = async (sql: string): Promise<string> => {
      server.stdin.write(`${JSON.stringify(sql)}\n`);
      const { value, done } = await answers.next();
      if (done === true) throw new Error("ClickHouse ended");
      const answer = JSON.parse(value) as { readonly text?: string; readonly error?: string };
      if (answer.error !== undefined) throw new Error(answer.error);
      return answer.text ?? "";
    };
    return {
      run: async (script) => void (await ask(script)),
      rows: async (query) =>
        (await ask(query))
          .split("\n")
          .filter((line) => line !== "")
          .map((line) => JSON.parse(line)),
      cpu: () => cpuOf(server.pid),
      close: async () => {
        server.kill("SIGKILL");
        rmSync(data, { recursive: true, force: true });
      },
    };
  },
};
