import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fetchPlan } from "../../src/analysis/snapshot/fetch-plan.ts";
import type { Pace } from "../../src/azure/arm/pace.ts";
import { AzureConnection } from "../../src/azure/connection.ts";
import { fetchTable } from "../../src/azure/fleet/fetch-table.ts";
import { fetchTables } from "../../src/commands/snapshot/fetch-tables.ts";
import { readTopology } from "../../src/topology/read/read-topology.ts";
import { SyntheticAzure } from "../azure/fleet/synthetic-azure.ts";
import { type FleetResource, syntheticFleet } from "../azure/fleet/synthetic-fleet.ts";
import { SyntheticTables, type TableOptions } from "../azure/fleet/synthetic-tables.ts";
import { SUBSCRIPTION, TOKEN } from "../azure/live.ts";
import { type LoopbackArm, startLoopbackArm } from "../azure/loopback-arm.ts";
import { mostMemory, tellsMemory } from "./memory.ts";
import { program } from "./program.ts";
import { usualTable } from "./routes-for-bench.ts";
import type { Row, Workbench } from "./row.ts";

/** The usual time that Azure takes for a table. */
const OPERATION_MS = 10_000;

const OURS = "vnet-explain";

/** The clock of the server and of the calls in one process, ten times as fast as real time. */
class FastTime implements Pace {
  readonly #scale = 10;
  readonly #start = performance.now();
  readonly progress = () => {};
  readonly now = () => (performance.now() - this.#start) * this.#scale;
  readonly delay = (ms: number, signal: AbortSignal | undefined) =>
    new Promise<void>((resolve, reject) => {
      const timer = setTimeout(resolve, ms / this.#scale);
      signal?.addEventListener("abort", () => {
        clearTimeout(timer);
        reject(signal.reason);
      });
    });
}

/** A fleet of a hub and spokes, with NICs in six subnets per network. */
const fleet = (networks: number, nics: number) =>
  syntheticFleet({ subscription: SUBSCRIPTION, networks, subnets: 6, nics });

async function serve(resources: readonly FleetResource[], options: Omit<TableOptions, "resources">) {
  const arm = await startLoopbackArm({ token: TOKEN });
  const azure = new SyntheticAzure({ subscriptions: [{ id: SUBSCRIPTION, name: "prod" }], resources });
  const tables = new SyntheticTables({ resources, ...options });
  arm.serve((request) => tables.respond(request) ?? azure.respond(request));
  return { arm, tables };
}

const env = ({ scratch, cache }: Workbench) => ({
  AZURE_ACCESS_TOKEN: TOKEN,
  AZURE_CONFIG_DIR: scratch,
  VNET_EXPLAIN_CACHE: cache,
});

/** Takes a new snapshot each time. */
function snapshotWords({ scratch }: Workbench, arm: LoopbackArm) {
  const directory = join(mkdtempSync(join(scratch, "fleet-")), "snapshot");
  const before = () => rmSync(directory, { recursive: true, force: true });
  return { words: ["snapshot", directory, "--arm-endpoint", arm.url], before };
}

const bySubnet: Row = {
  id: "fleet-subnets",
  what: "snapshot of 1,000 NICs in 60 subnets, one of each asked; Azure's limits, 10 s an operation",
  unit: "ms",
  rounds: 1,
  limits: [{ of: null, reach: 15_000, bound: 30_000 }],
  open: async (bench) => {
    const { arm } = await serve(fleet(10, 1000), { operationMs: OPERATION_MS, limited: true });
    const { words, before } = snapshotWords(bench, arm);
    const ours = program(bench, words, { before, env: env(bench), expect: "60 of 60 have a route table" });
    return { contenders: [ours], close: () => arm.close() };
  },
};

const allNics: Row = {
  id: "fleet-all",
  what: "tables of 1,000 NICs, 64 at once; the same limits, in time that passes ten times as fast",
  unit: "ms",
  rounds: 1,
  limits: [{ of: null, reach: 180_000, bound: 240_000 }],
  open: async () => ({ contenders: [{ name: OURS, sample: fetchAll }] }),
};

async function fetchAll() {
  const pace = new FastTime();
  const resources = fleet(10, 1000);
  const { arm, tables } = await serve(resources, { operationMs: OPERATION_MS, limited: true, now: pace.now });
  try {
    const connection = new AzureConnection({
      ...{ cloud: "public", armEndpoint: arm.url, auth: null, subscription: null, timeoutMs: 600_000, pace },
      environment: { AZURE_ACCESS_TOKEN: TOKEN, AZURE_CONFIG_DIR: "/dev/null/none" },
    });
    // Each NIC counts, also the 5 % that are stopped.
    const topology = { ...readTopology(resources).topology, virtualMachines: [] };
    const began = pace.now();
    const answers = await fetchTables({
      ...{ groups: fetchPlan(topology), allNics: true, concurrency: 64, known: new Map() },
      fetch: (nicId, isKnown) => fetchTable(connection, nicId, isKnown),
      ...{ keep: () => {}, onAnswer: () => {}, now: pace.now },
    });
    const took = pace.now() - began;
    const answered = [...answers.values()].filter(({ outcome }) => outcome === "ok").length;
    const requests = arm.seen.length;
    if (answered < 1000 || tables.throttled > 0 || requests > 4 * answered) {
      throw new Error(`${answered} tables, ${requests} requests, ${tables.throttled} of them throttled`);
    }
    return { value: took, cpu: null };
  } finally {
    await arm.close();
  }
}

const memory: Row = {
  id: "fleet-memory",
  what: "snapshot --all-nics of 10,000 NICs, 300 different tables; the most memory that it has",
  unit: "MB",
  rounds: 1,
  limits: [{ of: null, reach: 150, bound: 220 }],
  open: async (bench) => {
    if (!tellsMemory) return { contenders: [{ name: OURS, absent: "this system does not tell it" }] };
    const resources = fleet(50, 10_000);
    const { value: rows } = usualTable(bench.tagFile) as { readonly value: readonly object[] };
    const bodies = new Map<string, string>();
    const bodyOf = (subnetId: string) => {
      const body =
        bodies.get(subnetId) ?? JSON.stringify({ value: [...rows, { ...rows[0], name: subnetId.slice(-40) }] });
      bodies.set(subnetId, body);
      return body;
    };
    // Azure answers at once here, with the same number of NICs and the same concurrency as at its own pace.
    const instead = (_: string, __: number, ___: unknown, subnetId: string) => ({ body: bodyOf(subnetId), gzip: true });
    const { arm } = await serve(resources, { instead });
    const { words, before } = snapshotWords(bench, arm);
    const sample = async () => {
      before();
      return { value: await mostMemory([bench.program, ...words, "--all-nics"], env(bench)), cpu: null };
    };
    return { contenders: [{ name: OURS, sample }], close: () => arm.close() };
  },
};

/** Snapshots of many NICs. */
export const fleetRows: readonly Row[] = [bySubnet, allNics, memory];
