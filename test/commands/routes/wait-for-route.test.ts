import { describe, expect, it } from "vitest";
import { type AzureErrorCode, azureError } from "../../../src/azure/failure/azure-error.ts";
import { firstTable, waitForRoute, wantedRoute } from "../../../src/commands/routes/wait-for-route.ts";
import type { LiveRoutes } from "../../../src/commands/shared/live-routes.ts";
import { sampleRouteTable } from "../../../src/routes/samples.ts";
import { openTerminal } from "../../../src/terminal/terminal.ts";
import { Capture } from "../../terminal/capture-terminal.ts";

const table = sampleRouteTable("udr");
const without = { ...table, routes: [] };
const terminal = await openTerminal(new Capture());
const QUICK = { interval: 0.001, timeout: 30 };

/** The outcomes of successive reads: an error code, or a table. */
type Step = AzureErrorCode | typeof table;

function reader(...steps: readonly Step[]) {
  const limits: number[] = [];
  const read = async (withinMs: number) => {
    const step = steps[limits.push(withinMs) - 1];
    if (typeof step === "object") return step;
    throw azureError(step ?? "api-version", "it failed", "do something");
  };
  return { read, limits };
}

const first = (...steps: readonly Step[]) => {
  const { read, limits } = reader(...steps);
  const load = async (withinMs: number) => ({ table: await read(withinMs), live: null });
  return { limits, done: firstTable(load, QUICK, Date.now(), terminal) };
};

/** Waits for a default route after a table without one. */
const later = (...steps: readonly Step[]) => {
  const { read, limits } = reader(...steps);
  const wanted = wantedRoute({ waitFor: "0.0.0.0/0" });
  if (wanted === null) throw new Error("nothing is wanted");
  const live = { again: read } as Partial<LiveRoutes["live"]> as LiveRoutes["live"];
  return { limits, done: waitForRoute(wanted, { table: without, live }, QUICK, Date.now(), terminal) };
};

const EVER: readonly AzureErrorCode[] = [
  "busy",
  "throttled",
  "azure-trouble",
  "operation-failed",
  "network-cut",
  "vm-not-running",
];
const AFTER_A_TABLE: readonly AzureErrorCode[] = [
  "network-dns",
  "network-refused",
  "network-failed",
  "sign-in-unreachable",
];
const NEVER: readonly AzureErrorCode[] = [
  "not-allowed",
  "not-found",
  "private-endpoint-nic",
  "sign-in-expired",
  "wrong-tenant",
  "network-tls",
];

describe("--wait-for", () => {
  for (const code of EVER) {
    it(`${code} does not end the wait, before or after the first table`, async () => {
      expect(await first(code, code, table).done).toMatchObject({ table });
      expect(await later(code, without, code, table).done).toBe(table);
    });
  }

  for (const code of AFTER_A_TABLE) {
    it(`${code} does not end the wait after a table, which shows that the NIC can be read`, async () => {
      await expect(first(code, table).done).rejects.toMatchObject({ code });
      expect(await later(code, without, code, table).done).toBe(table);
    });
  }

  for (const code of NEVER) {
    it(`${code} ends the wait`, async () => {
      await expect(first(code, table).done).rejects.toMatchObject({ code });
      await expect(later(code, table).done).rejects.toMatchObject({ code });
    });
  }

  it("an attempt gets the time that is left, not the whole time limit", async () => {
    const load = async (withinMs: number) => Promise.reject(azureError("busy", String(withinMs), ""));
    const started = Date.now() - 25_000;
    const options = { interval: 10, timeout: 30 };
    const error = await firstTable(load, options, started, terminal).catch((thrown: unknown) => thrown);
    expect(Number((error as Error).message)).toBeGreaterThan(4000);
    expect(Number((error as Error).message)).toBeLessThanOrEqual(5000);
  });
});
