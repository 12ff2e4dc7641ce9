import { describe, expect, it } from "vitest";
import type { NicResult } from "../../../src/analysis/snapshot/answers.ts";
import { fetchPlan } from "../../../src/analysis/snapshot/fetch-plan.ts";
import { azureError } from "../../../src/azure/failure/azure-error.ts";
import type { FetchedTable } from "../../../src/azure/fleet/fetch-table.ts";
import { fetchTables } from "../../../src/commands/snapshot/fetch-tables.ts";
import { nameOf } from "../../../src/topology/resource-id.ts";
import { topologyOf } from "../../analysis/snapshot/topology-for-tests.ts";

const group = (subscription: string) => `/subscriptions/${subscription}/resourceGroups/g`;

/** NICs of running VMs, each in a subnet of its own. */
const nics = (count: number, subscription: string) =>
  Array.from({ length: count }, (_, k) => {
    const name = `${subscription}-${k}`;
    return { name, power: "running", group: group(subscription), subnet: name };
  });

const OK: FetchedTable = { outcome: "ok", body: "{}" };
const failed = (code: "network-cut" | "busy"): FetchedTable => ({
  outcome: "failed",
  error: azureError(code, "m", "h"),
});

/** The requests in order, and the results that were kept. */
async function run(
  given: Parameters<typeof topologyOf>[0],
  answer: (name: string, nth: number) => FetchedTable | Promise<FetchedTable>,
  options: Partial<Parameters<typeof fetchTables>[0]> = {},
) {
  const asked: string[] = [];
  const kept: NicResult[] = [];
  const fetch = async (nicId: string) => {
    asked.push(nameOf(nicId));
    return answer(nameOf(nicId), asked.length);
  };
  const outcome = await fetchTables({
    ...{ groups: fetchPlan(topologyOf(given)), allNics: false, concurrency: 1, known: new Map(), fetch },
    ...{ keep: (result) => kept.push(result), onAnswer: () => {}, now: () => 0 },
    ...options,
  }).then(
    () => "done",
    (error: unknown) => error,
  );
  return { asked, kept, outcome };
}

describe("fetching the tables of many NICs", () => {
  it("subscriptions take turns: each has an allowance of its own", async () => {
    const { asked } = await run([...nics(3, "a"), ...nics(2, "b")], () => OK);
    expect(asked).toEqual(["a-0", "b-0", "a-1", "b-1", "a-2"]);
  });

  it("the concurrency limits the number of requests at once", async () => {
    let running = 0;
    let most = 0;
    const slow = async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      running--;
      return OK;
    };
    await run(nics(10, "a"), slow, { concurrency: 3 });
    expect(most).toBe(3);
  });

  it("after twenty unreachable NICs in a row the connection counts as lost, and the rest are not asked", async () => {
    const { asked, outcome, kept } = await run(nics(40, "a"), (_, nth) => (nth > 5 ? failed("network-cut") : OK));
    expect(outcome).toMatchObject({ code: "snapshot-connection-lost", exit: "failed" });
    expect(asked).toHaveLength(25);
    expect(kept.filter((result) => result.outcome === "ok")).toHaveLength(5);
  });

  it("one answer in between shows that the connection is not lost", async () => {
    const { asked, outcome } = await run(nics(60, "a"), (_, nth) => (nth % 20 === 0 ? OK : failed("network-cut")));
    expect([asked.length, outcome]).toEqual([60, "done"]);
  });

  it("other failures do not count as a lost connection", async () => {
    expect((await run(nics(30, "a"), () => failed("busy"))).outcome).toBe("done");
  });

  it("after a result that cannot be kept, the rest are neither asked nor kept", async () => {
    const full = new Error("the disk is full");
    const kept: NicResult[] = [];
    const keep = (result: NicResult) => {
      if (kept.length === 4) throw full;
      kept.push(result);
    };
    const { asked, outcome } = await run(nics(10, "a"), () => OK, { keep });
    expect([asked.length, outcome]).toEqual([5, full]);
    expect(kept).toHaveLength(4);
  });

  it("a table is kept as soon as it arrives, and then the NICs that it stands in for", async () => {
    const subnet = ["x", "y", "z"].map((name) => ({ name, power: name === "z" ? "deallocated" : "running" }));
    const { kept } = await run(subnet, () => OK);
    expect(
      kept.map(({ nicId, outcome, standInId }) => [nameOf(nicId), outcome, standInId && nameOf(standInId)]),
    ).toEqual([
      ["x", "ok", null],
      ["y", "ok", "x"],
      ["z", "stopped", "x"],
    ]);
  });
});
