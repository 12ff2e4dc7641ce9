import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { EngineKind } from "./engine.ts";

const DEBIAN = "/usr/lib/postgresql";

/** The folder of the newest PostgreSQL that Debian installed. */
function programs(): string | null {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : [];
  const folder = versions.map((version) => join(DEBIAN, version, "bin")).find((bin) => existsSync(join(bin, "initdb")));
  return folder !== undefined && existsSync(join(folder, "psql")) ? folder : null;
}

const bin = programs();

/** PostgreSQL refuses to run as root. */
const NOBODY = 65_534;
const user = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};

/** A server on a socket in a directory of its own. The path of a socket has at most 107 characters. */
async function start(programsOf: string, directory: string): Promise<ChildProcess> {
  if ("uid" in user) chownSync(directory, NOBODY, NOBODY);
  const data = join(directory, "data");
  const made = spawnSync(
    join(programsOf, "initdb"),
    ["-D", data, "-A", "trust", "-U", "test", "-N", "--locale=C.UTF-8"],
    {
      ...user,
      cwd: directory,
      encoding: "utf8",
    },
  );
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr}`);
  const options = ["-D", data, "-k", directory, "-c", "listen_addresses=", "-c", "fsync=off", "-c", "work_mem=256MB"];
  const server = spawn(join(programsOf, "postgres"), options, {
    ...user,
    cwd: directory,
    stdio: ["ignore", "ignore", "pipe"],
  });
  for await (const text of server.stderr.setEncoding("utf8").iterator({ destroyOnReturn: false })) {
    if (String(text).includes("ready to accept connections")) break;
  }
  server.stderr.resume();
  return server;
}

export const postgresEngine: EngineKind = {
  name: "PostgreSQL",
  dialect: "postgres",
  prefix: "vnet_explain.",
  absent: bin === null ? "PostgreSQL is not installed (apt-get install postgresql)" : null,
  async open() {
    if (bin === null) throw new Error("absent");
    const directory = mkdtempSync("/tmp/vnet-explain-postgres-");
    const server = await start(bin, directory);
    const stop = () => server.kill("SIGINT");
    process.once("exit", stop);
    const psql = (script: string): string => {
      const words = ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", directory, "-U", "test", "-d", "postgres"];
      const ended = spawnSync(join(bin, "psql"), words, {
        input: script,
        encoding: "utf8",
        maxBuffer: 1 << 30,
        env: { PGOPTIONS: "-c client_min_messages=warning", PGCLIENTENCODING: "UTF8" },
      });
      if (ended.status !== 0) throw new Error(`psql: ${ended.stderr}`);
      return ended.stdout;
    };
    return {
      run: async (script) => void psql(script),
      rows: async (query) =>
        JSON.parse(psql(`SELECT coalesce(json_agg(q), '[]') FROM (${query.replace(/;\s*$/, "")}) AS q;`)),
      cpu: () => null,
      close: async () => {
        const ended = once(server, "exit");
        stop();
        await ended;
        process.off("exit", stop);
        rmSync(directory, { recursive: true, force: true });
      },
    };
  },
};
