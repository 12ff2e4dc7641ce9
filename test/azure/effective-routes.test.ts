import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { API_VERSION } from "../../src/azure/arm/api-version.ts";
import { hasSharedData, readShared } from "../shared-data.ts";
import { fakePace, liveSession, rejection, SUBSCRIPTION, TOKEN } from "./live.ts";
import { armError, type LoopbackArm, type Reply, startLoopbackArm } from "./loopback-arm.ts";

let arm: LoopbackArm;
beforeEach(async () => {
  arm = await startLoopbackArm({ token: TOKEN });
});
afterEach(() => arm.close());

const ROW = {
  source: "Default",
  state: "Active",
  addressPrefix: ["10.0.0.0/16"],
  nextHopType: "VnetLocal",
  nextHopIpAddress: [],
  tagMap: {},
};
const NIC = {
  id: "/subscriptions/s/resourceGroups/rg-demo/providers/Microsoft.Network/networkInterfaces/vm-app197",
  properties: {
    ipConfigurations: [
      {
        properties: {
          subnet: {
            id: "/subscriptions/s/resourceGroups/rg-demo/providers/Microsoft.Network/virtualNetworks/vnet/subnets/app",
          },
        },
      },
    ],
  },
};
const ROUTES = { status: 200, body: { value: [ROW] } };
const ACCEPTED = { status: 202, headers: { location: "{url}/subscriptions/s/operationResults/1" }, body: "null" };

async function fetchRoutes(pace = fakePace()) {
  const session = liveSession(arm, { pace });
  const answer = await session.effectiveRoutes(await session.findNic());
  return { answer, pace };
}

describe("effective routes", () => {
  test("a direct 200 is the answer; its Location is not asked again", async () => {
    arm.script("effectiveRouteTable", { ...ROUTES, headers: { location: "{url}/subscriptions/s/operationResults/1" } });
    const { answer } = await fetchRoutes();
    expect(answer.table.routes.map((route) => route.nextHopType)).toEqual(["VnetLocal"]);
    expect(arm.seen.map(({ operation }) => operation)).toEqual(["effectiveRouteTable"]);
  });

  test("the body is what Azure sent, unknown fields included", async () => {
    arm.script("effectiveRouteTable", { body: { value: [{ ...ROW, future: { a: 1 } }] } });
    const { answer } = await fetchRoutes();
    expect(JSON.parse(answer.body)).toEqual({ value: [{ ...ROW, future: { a: 1 } }] });
    expect(answer.table.routes[0]?.fields.future).toEqual({ a: 1 });
  });

  test("the table says which NIC it is of, and when", async () => {
    arm.script("effectiveRouteTable", ROUTES);
    const { answer } = await fetchRoutes();
    const name = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-demo/providers/Microsoft.Network/networkInterfaces/vm-app197`;
    expect(answer.table.origin).toMatchObject({ kind: "azure", name, fetchedAt: "2026-11-23T00:00:00.000Z" });
  });

  test("an answer packed with gzip is asked for, and read", async () => {
    arm.script("effectiveRouteTable", { ...ROUTES, gzip: true });
    expect(JSON.parse((await fetchRoutes()).answer.body)).toEqual(ROUTES.body);
    expect(arm.seen[0]?.acceptEncoding).toBe("gzip");
  });

  test("no routes is an answer", async () => {
    arm.script("effectiveRouteTable", { body: { value: [] } });
    expect((await fetchRoutes()).answer.table.routes).toEqual([]);
  });

  test("202 with null, 202 again, 200: polled without waiting for a ready answer", async () => {
    arm.script("effectiveRouteTable", ACCEPTED);
    arm.script("operationResults", ACCEPTED, ROUTES);
    const { answer, pace } = await fetchRoutes();
    expect(answer.table.routes).toHaveLength(1);
    expect(arm.seen.map(({ method }) => method)).toEqual(["POST", "GET", "GET"]);
    expect(pace.waits).toEqual([500]);
  });

  test("Retry-After is obeyed, on the first 202 and on polls", async () => {
    const waiting = (value: string) => ({ ...ACCEPTED, headers: { ...ACCEPTED.headers, "retry-after": value } });
    arm.script("effectiveRouteTable", waiting("7"));
    arm.script("operationResults", waiting("3"), ROUTES);
    expect((await fetchRoutes()).pace.waits).toEqual([7000, 3000]);
  });

  test("Retry-After: 0 still leaves a pause between requests", async () => {
    const again = { ...ACCEPTED, headers: { ...ACCEPTED.headers, "retry-after": "0" } };
    arm.script("effectiveRouteTable", again);
    arm.script("operationResults", again, again, again, ROUTES);
    expect((await fetchRoutes()).pace.waits).toEqual([500, 1000, 1000]);
  });

  test("Retry-After may be a date", async () => {
    const headers = { ...ACCEPTED.headers, "retry-after": "Mon, 23 Nov 2026 00:00:09 GMT" };
    arm.script("effectiveRouteTable", { ...ACCEPTED, headers });
    arm.script("operationResults", ROUTES);
    expect((await fetchRoutes()).pace.waits).toEqual([9000]);
  });

  test("each poll may name another Location", async () => {
    arm.script("effectiveRouteTable", ACCEPTED);
    arm.script(
      "operationResults",
      { ...ACCEPTED, headers: { location: "{url}/subscriptions/s/operationResults/2" } },
      ROUTES,
    );
    await fetchRoutes();
    expect(arm.seen.map(({ path }) => path.at(-1))).toEqual(["e", "1", "2"]);
  });

  for (const fault of [
    { status: 500 },
    { status: 503 },
    { fault: "reset" },
    { fault: "reset-mid-body", body: "{}" },
    { fault: "reset-mid-body", body: { value: [ROW] }, gzip: true },
  ] as const) {
    test(`${JSON.stringify(fault)} is transient: requested again after a back-off`, async () => {
      arm.script("effectiveRouteTable", fault, fault, ROUTES);
      const { answer, pace } = await fetchRoutes();
      expect(answer.table.routes).toHaveLength(1);
      expect(pace.waits).toHaveLength(2);
      expect(pace.waits[0]).toBeGreaterThanOrEqual(800);
      expect(pace.waits[1]).toBeGreaterThan(pace.waits[0] ?? 0);
    });
  }

  for (const [rule, body, told] of [
    ["with a body", { value: [ROW] }, "is empty"],
    ["without one", "", "has an unexpected form"],
  ] as const) {
    test(`a call that ends on 202 ${rule} has no answer`, async () => {
      arm.script("effectiveRouteTable", { status: 202, body });
      const error = await rejection(fetchRoutes());
      expect(error).toMatchObject({ code: "answer-unreadable", message: expect.stringContaining(told) });
      expect(arm.seen).toHaveLength(1);
    });
  }

  /** The longest and the shortest wait before each attempt after the first: 1, 2, 4, 8 s, give or take a fifth. */
  const BACK_OFF = [1000, 2000, 4000, 8000].map((ms) => [0.8 * ms, 1.2 * ms] as const);
  const exactly = (ms: number) => [ms, ms] as const;

  for (const [status, code, message = "wait"] of [
    [409, "AnotherOperationInProgress"],
    [409, "RetryableError"],
    [409, "RetryableErrorDueToAnotherOperation"],
    [409, "CanceledAndSupersededDueToAnotherOperation"],
    [409, "Conflict", "Another operation on this or dependent resource is in progress. To retrieve status ..."],
    [400, "RetryableError"],
    [500, "RetryableError"],
  ] as const) {
    test(`${status} ${code} is repeated until the time limit`, async () => {
      const busy = { status, body: armError(code, message) };
      arm.script("effectiveRouteTable", ...Array<Reply>(6).fill(busy), ROUTES);
      const { answer, pace } = await fetchRoutes();
      expect(answer.table.routes).toHaveLength(1);
      expect(pace.waits).toHaveLength(6);
      arm.script("effectiveRouteTable", busy);
      const later = fakePace();
      const start = later.now();
      expect(await rejection(fetchRoutes(later))).toMatchObject({ code: "busy" });
      expect(later.now() - start).toBeGreaterThan(45_000);
      expect(later.now() - start).toBeLessThanOrEqual(60_000);
    });
  }

  for (const [rule, reply, waits] of [
    ["another 409", { status: 409, body: armError("Conflict", "no") }, []],
    ["500", { status: 500 }, BACK_OFF],
    ["503", { status: 503 }, BACK_OFF],
    ["408", { status: 408 }, BACK_OFF],
    ["429 without a time", { status: 429 }, BACK_OFF],
    ["429 with a time", { status: 429, headers: { "retry-after": "2" } }, Array(4).fill(exactly(2000))],
    ["503 with a time", { status: 503, headers: { "retry-after": "3" } }, Array(4).fill(exactly(3000))],
    ["a cut connection", { fault: "reset" }, BACK_OFF],
    ["a cut answer", { fault: "reset-mid-body", body: "{}" }, BACK_OFF],
    ["501", { status: 501 }, []],
    ["505", { status: 505 }, []],
    ["400", { status: 400 }, []],
    ["a time beyond the time limit", { status: 503, headers: { "retry-after": "61" } }, []],
  ] satisfies readonly [string, Reply, readonly (readonly [number, number])[]][]) {
    for (const operation of ["effectiveRouteTable", "operationResults"] as const) {
      test(`attempts and waits of ${operation} after ${rule}`, async () => {
        arm.script("effectiveRouteTable", ACCEPTED);
        arm.script(operation, reply);
        const pace = fakePace();
        await rejection(fetchRoutes(pace));
        expect(arm.seen.filter((each) => each.operation === operation)).toHaveLength(waits.length + 1);
        expect(pace.waits).toHaveLength(waits.length);
        waits.forEach(([least, most], index) => {
          expect(pace.waits[index]).toBeGreaterThanOrEqual(least);
          expect(pace.waits[index]).toBeLessThanOrEqual(most);
        });
      });
    }
  }

  test("polls wait 0, 500, 1000, 1000, 1000 and then 2000 ms", async () => {
    arm.script("effectiveRouteTable", ACCEPTED);
    arm.script("operationResults", ...Array<Reply>(8).fill(ACCEPTED), ROUTES);
    expect((await fetchRoutes()).pace.waits).toEqual([500, 1000, 1000, 1000, 2000, 2000, 2000, 2000]);
  });

  for (const header of ["azure-asyncoperation", "operation-location"]) {
    const STATE = "{url}/subscriptions/s/operations/1";
    const state = (status: string, headers = {}): Reply => ({ body: { id: "x", status }, headers });
    const started = { ...ACCEPTED, headers: { ...ACCEPTED.headers, [header]: STATE } };

    test(`${header} without Retry-After is polled at the same pace, and its result is asked for at once`, async () => {
      arm.script("effectiveRouteTable", started);
      arm.script("other", ...Array<Reply>(6).fill(state("InProgress")), state("Succeeded"));
      arm.script("operationResults", ROUTES);
      const { answer, pace } = await fetchRoutes();
      expect(answer.table.routes).toHaveLength(1);
      expect(pace.waits).toEqual([500, 1000, 1000, 1000, 2000, 2000]);
      expect(arm.seen.map(({ operation }) => operation)).toEqual([
        "effectiveRouteTable",
        ...Array<string>(7).fill("other"),
        "operationResults",
      ]);
    });

    test(`${header}: an operation that another one kept from its end is begun again, until the time limit`, async () => {
      const failed = {
        body: { status: "Failed", error: { code: "RetryableErrorDueToAnotherOperation", message: "x" } },
      };
      const superseded = {
        body: { status: "Failed", error: { code: "CanceledAndSupersededDueToAnotherOperation", message: "x" } },
      };
      arm.script("effectiveRouteTable", started);
      arm.script("other", failed, superseded, state("Succeeded"));
      arm.script("operationResults", ROUTES);
      const { answer, pace } = await fetchRoutes();
      expect(answer.table.routes).toHaveLength(1);
      expect(arm.seen.filter(({ operation }) => operation === "effectiveRouteTable")).toHaveLength(3);
      expect(pace.waits).toHaveLength(2);
      arm.script("other", failed);
      const later = fakePace();
      const start = later.now();
      expect(await rejection(fetchRoutes(later))).toMatchObject({ code: "busy" });
      expect(later.now() - start).toBeGreaterThan(45_000);
      expect(later.now() - start).toBeLessThanOrEqual(60_000);
    });

    test(`${header} with Retry-After is obeyed`, async () => {
      arm.script("effectiveRouteTable", { ...started, headers: { ...started.headers, "retry-after": "7" } });
      arm.script("other", state("Running", { "retry-after": "3" }), state("Succeeded"));
      arm.script("operationResults", ROUTES);
      expect((await fetchRoutes()).pace.waits).toEqual([7000, 3000]);
    });

    test(`${header} whose address changes with every poll is one operation`, async () => {
      const moved = (at: number) => state("Running", { [header]: `${STATE}${at}` });
      arm.script("effectiveRouteTable", started);
      arm.script("other", moved(1), moved(2), moved(3), state("Succeeded"));
      arm.script("operationResults", ROUTES);
      expect((await fetchRoutes()).pace.waits).toEqual([500, 1000, 1000]);
    });
  }

  test("concurrent calls have their own deadlines: the short one gives up, the long one continues", async () => {
    arm.script("effectiveRouteTable", { status: 503, headers: { "retry-after": "10" } });
    const session = liveSession(arm);
    const target = await session.findNic();
    const calls = [60_000, 5000].map((withinMs) => session.effectiveRoutes(target, withinMs));
    for (const { status } of await Promise.allSettled(calls)) expect(status).toBe("rejected");
    expect(arm.seen).toHaveLength(5 + 1);
  });

  test("after 429 it waits as long as Azure asks, and says so", async () => {
    arm.script("effectiveRouteTable", { status: 429, headers: { "retry-after": "17" } }, ROUTES);
    const { pace } = await fetchRoutes();
    expect(pace.waits).toEqual([17_000]);
    expect(pace.progressed).toContain("Azure throttles requests, next attempt in 17 s");
  });

  test("every request carries the token", async () => {
    arm.script("effectiveRouteTable", ACCEPTED);
    arm.script("operationResults", ROUTES);
    await fetchRoutes();
    expect(arm.seen.map(({ authorization }) => authorization)).toEqual([`Bearer ${TOKEN}`, `Bearer ${TOKEN}`]);
  });

  for (const [rule, asked, location, versions] of [
    ["the program's own without an option", null, "/1", [API_VERSION, API_VERSION]],
    ["what --api-version says", "2020-11-01", "/1", ["2020-11-01", "2020-11-01"]],
    ["a preview", "2027-01-01-preview", "/1", ["2027-01-01-preview", "2027-01-01-preview"]],
    [
      "that of an address that Azure names, kept",
      "2020-11-01",
      "/1?api-version=2025-05-01",
      ["2020-11-01", "2025-05-01"],
    ],
  ] as const) {
    test(`the API version of a request: ${rule}`, async () => {
      const headers = { location: `{url}/subscriptions/s/operationResults${location}` };
      arm.script("effectiveRouteTable", { ...ACCEPTED, headers });
      arm.script("operationResults", ROUTES);
      const session = liveSession(arm, { apiVersion: asked });
      await session.effectiveRoutes(await session.findNic());
      expect(arm.seen.map(({ apiVersion }) => apiVersion)).toEqual(versions);
    });
  }

  test("no request carries the SDK's own API version", async () => {
    for (const operation of [
      "networkInterfaces",
      "networkInterface",
      "subnet",
      "networkWatchers",
      "serviceTags",
    ] as const)
      arm.script(operation, { body: { value: [], ...NIC } });
    arm.script("effectiveRouteTable", ROUTES);
    arm.script("nextHop", { body: { nextHopType: "Internet" } });
    const session = liveSession(arm);
    const target = await session.findNic();
    await session.routesAndFacts(target);
    await rejection(liveSession(arm, { target: { vm: "vm" } }).findNic());
    await rejection(session.nextHops(target, ["8.8.8.8"]));
    await rejection(session.serviceTags());
    // Scale sets are another provider's, with versions of its own.
    const ofNetwork = arm.seen.filter(({ operation }) => operation !== "scaleSets");
    expect(new Set(ofNetwork.map(({ operation }) => operation)).size).toBe(6);
    expect(new Set(ofNetwork.map(({ apiVersion }) => apiVersion))).toEqual(new Set([API_VERSION]));
  });
});

interface Interaction {
  readonly request: { readonly method: string; readonly uri: string };
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  };
}

describe.skipIf(!hasSharedData)("recorded conversations", () => {
  test("the recorded 202, Location, 200 is read to the end, every field kept", async () => {
    const { interactions } = JSON.parse(readShared("data/recordings/sdk-python.effectiveRouteTable.lro.json"));
    const [accepted, result]: Interaction[] = interactions;
    if (accepted === undefined || result === undefined) throw new Error("the recording has no two interactions");
    const reply = ({ response }: Interaction) => ({
      status: response.status,
      body: response.body,
      headers: { location: response.headers.location?.replace("https://management.azure.com", "{url}") ?? "" },
    });
    arm.script("effectiveRouteTable", reply(accepted));
    arm.script("operationResults", reply(result));
    const { answer } = await fetchRoutes();
    expect(answer.body).toBe(result.response.body);
    expect(answer.table.routes.map((route) => route.fields)).toEqual(JSON.parse(result.response.body).value);
  });

  test("the recorded direct 200, which has a Location too, is read", async () => {
    const recorded: Interaction[] = JSON.parse(readShared("data/recordings/xplat.effectiveRouteTable.200.json"));
    const found = recorded.find(
      ({ request, response }) => /effectiveRouteTable/.test(request.uri) && response.status === 200,
    );
    if (found === undefined) throw new Error("the recording has no 200");
    const location = found.response.headers.location ?? "";
    arm.script("effectiveRouteTable", { body: found.response.body, headers: { location } });
    expect((await fetchRoutes()).answer.body).toBe(found.response.body);
  });
});
