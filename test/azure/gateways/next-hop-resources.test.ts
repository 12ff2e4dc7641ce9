import { setImmediate } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { InventorySearch } from "../../../src/azure/inventory/inventory-search.ts";
import { liveSession, rejection, SUBSCRIPTION, TOKEN } from "../live.ts";
import { armError, type LoopbackArm, startLoopbackArm } from "../loopback-arm.ts";

const NETWORK = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg/providers/Microsoft.Network`;

let arm: LoopbackArm;
beforeEach(async () => {
  arm = await startLoopbackArm({ token: TOKEN });
});
afterEach(() => arm.close());
afterEach(() => void vi.useRealTimers());

const rows = (...ids: readonly string[]) => ({
  totalRecords: ids.length,
  count: ids.length,
  resultTruncated: "false",
  data: ids.map((id) => ({ id, name: "x", type: id.split("/").slice(-3, -1).join("/"), location: "westeurope" })),
});
const find = (...addresses: readonly string[]) => liveSession(arm).nextHopResources(SUBSCRIPTION, addresses);

describe("the resources that can name next hops", () => {
  it("are found by one query in the router's subscription: the NICs with these addresses, and what routes", async () => {
    const ids = [`${NETWORK}/networkInterfaces/nva`, `${NETWORK}/virtualNetworks/vnet`];
    arm.script("resourceGraph", { body: rows(...ids) });
    expect((await find("10.0.0.4", "10.0.0.5")).map(({ id }) => id)).toEqual(ids);
    const asked = arm.seen.map(({ body }) => JSON.parse(body));
    expect(asked).toMatchObject([{ subscriptions: [SUBSCRIPTION] }]);
    const [condition = ""] = /\| where [^|]*/.exec(asked[0].query) ?? [];
    expect(condition).toContain("'microsoft.network/virtualnetworks'");
    const contained = [...condition.matchAll(/contains ("(?:[^"\\]|\\.)*")/g)].map(([, text = ""]) => JSON.parse(text));
    expect(contained).toEqual(['"10.0.0.4"', '"10.0.0.5"', "/virtualNetworkGateways/"]);
    expect(condition).not.toMatch(/ (name|id) in~/);
  });

  it("are looked for by at most a hundred addresses", async () => {
    arm.script("resourceGraph", { body: rows() });
    await find(...Array.from({ length: 101 }, (_, index) => `10.0.0.${index}`));
    const { query } = JSON.parse(arm.seen[0]?.body ?? "");
    expect([query.includes("10.0.0.99"), query.includes("10.0.0.100")]).toEqual([true, false]);
  });

  it("are not listed where Resource Graph refuses", async () => {
    arm.script("resourceGraph", { status: 403, body: armError("AuthorizationFailed", "no") });
    expect(await rejection(find("10.0.0.4"))).toMatchObject({ code: "not-allowed" });
    expect(arm.seen.map(({ operation }) => operation)).toEqual(["resourceGraph"]);
  });

  it("are not waited for longer than five seconds", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const graph = vi.spyOn(InventorySearch.prototype, "byGraph").mockReturnValue(new Promise(() => {}));
    onTestFinished(() => graph.mockRestore());
    let error: unknown = null;
    const late = rejection(find("10.0.0.4")).then((thrown) => {
      error = thrown;
    });
    while (graph.mock.calls.length === 0) await setImmediate();
    await vi.advanceTimersByTimeAsync(4999);
    expect(error).toBeNull();
    await vi.advanceTimersByTimeAsync(1);
    await late;
    expect(error).toMatchObject({
      code: "timeout",
      message: "Resource Graph did not answer within 5 s",
      hint: "the table is complete without the names",
    });
  });

  it("leave no clock running once they are found", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const graph = vi.spyOn(InventorySearch.prototype, "byGraph").mockResolvedValue([]);
    onTestFinished(() => graph.mockRestore());
    expect(await find("10.0.0.4")).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
