import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { AzureCalls } from "../../../src/azure/arm/calls.ts";
import { armEndpoint } from "../../../src/azure/arm/endpoint.ts";
import { SERVICE_TAGS } from "../../../src/azure/arm/reads.ts";
import { AZURE_CLOUDS } from "../../../src/azure/clouds.ts";
import { Scrubber } from "../../../src/azure/failure/scrubber.ts";
import type { AuthMethod } from "../../../src/azure/sign-in/auth-methods.ts";
import type { SignIn } from "../../../src/azure/sign-in/sign-in.ts";
import { fakePace, liveSession, rejection, TOKEN } from "../live.ts";
import { armError, type LoopbackArm, type Reply, startLoopbackArm } from "../loopback-arm.ts";

/** Calls by a sign-in that has what is given of it. */
function callsBy(signIn: Partial<SignIn>, more: Partial<ConstructorParameters<typeof AzureCalls>[0]> = {}): AzureCalls {
  return new AzureCalls({
    endpoint: armEndpoint(AZURE_CLOUDS.public, null),
    apiVersion: "2024-05-01",
    subscription: null,
    signIn: signIn as SignIn,
    credential: { getToken: async () => null },
    scrubber: new Scrubber(),
    pace: fakePace(),
    timeoutMs: 60_000,
    secureContext: undefined,
    ...more,
  });
}

/** Calls whose sign-in never gets a credential. */
function callsThatWait(pending: AuthMethod | null, timeoutMs: number): AzureCalls {
  return callsBy({ pending, begun: new Promise<never>(() => {}) }, { timeoutMs });
}

const SIGNED_IN: Partial<SignIn> = { pending: null, begun: Promise.resolve(), servedBy: async () => "env" };

describe("a call that takes too long says what it waited for", () => {
  const LONGER = "or give a longer --timeout";
  test.each<[pending: AuthMethod | null, message: string, hint: string]>([
    [null, "timed out after 1 s reading the service tags", "run again with a longer --timeout"],
    [
      "cli",
      "timed out after 1 s signing in with cli, before reading the service tags",
      `check that az answers: az account get-access-token; ${LONGER}`,
    ],
    [
      "powershell",
      "timed out after 1 s signing in with powershell, before reading the service tags",
      `check that PowerShell answers: Get-AzAccessToken; ${LONGER}`,
    ],
    [
      "azd",
      "timed out after 1 s signing in with azd, before reading the service tags",
      `check that azd answers: azd auth token; ${LONGER}`,
    ],
    [
      "device-code",
      "timed out after 1 s signing in with device-code, before reading the service tags",
      `type the code in time, ${LONGER}`,
    ],
    [
      "env",
      "timed out after 1 s signing in with env, before reading the service tags",
      `check the network and HTTPS_PROXY; ${LONGER}`,
    ],
  ])("%s", async (pending, message, hint) => {
    const read = callsThatWait(pending, 20).run(SERVICE_TAGS, async () => null);
    expect(await rejection(read)).toMatchObject({ code: "timeout", exit: "failed", message, hint });
  });

  test("it may have a time limit of its own", async () => {
    const read = callsThatWait(null, 600_000).run(SERVICE_TAGS, async () => null, { withinMs: 5 });
    expect(await rejection(read)).toMatchObject({ message: "timed out after 1 s reading the service tags" });
  });

  test("a cancelled call ends with the reason of the cancellation", async () => {
    const reason = new Error("not wanted");
    const ended = new AbortController();
    const read = callsThatWait(null, 600_000).run(SERVICE_TAGS, async () => null, { until: ended.signal });
    ended.abort(reason);
    expect(await rejection(read)).toBe(reason);
    const late = callsThatWait(null, 600_000).run(SERVICE_TAGS, async () => null, { until: ended.signal });
    expect(await rejection(late)).toBe(reason);
  });
});

describe("an operation that another one kept from its end", () => {
  const KEPT_OFF = "The long-running operation has failed. RetryableError. wait";

  test.each([
    [2999, [1000]],
    [3000, [1000, 2000]],
    [30_999, [1000, 2000, 4000, 8000, 8000]],
  ])("is begun again where the wait ends within the limit of %i ms", async (timeoutMs, waits) => {
    const chance = vi.spyOn(Math, "random").mockReturnValue(0.5);
    const pace = fakePace();
    const read = callsBy(SIGNED_IN, { pace, timeoutMs }).run(SERVICE_TAGS, async () => {
      throw new Error(KEPT_OFF);
    });
    expect(await rejection(read).finally(() => chance.mockRestore())).toMatchObject({ code: "busy" });
    expect(pace.waits).toEqual(waits);
    expect(pace.progressed).toEqual(waits.map((ms) => `another operation is running, next attempt in ${ms / 1000} s`));
  });

  test.each([
    ["another failure of an operation", new Error(KEPT_OFF.replace("RetryableError", "Conflict"))],
    ["another text", new Error("RetryableError")],
    ["what is no error", KEPT_OFF],
  ])("is not that: %s", async (_, thrown) => {
    const pace = fakePace();
    await rejection(callsBy(SIGNED_IN, { pace }).run(SERVICE_TAGS, () => Promise.reject(thrown)));
    expect(pace.waits).toEqual([]);
  });
});

test.each<[rule: string, servedBy: () => Promise<AuthMethod>, message: string]>([
  ["names the credential in use", async () => "env", "not allowed to read the service tags (--auth env)"],
  [
    "names none where the sign-in failed",
    () => Promise.reject(new Error("no")),
    "not allowed to read the service tags",
  ],
])("a refusal %s", async (_, servedBy, message) => {
  const refusal = Object.assign(new Error("no"), { statusCode: 403, code: "AuthorizationFailed" });
  const read = callsBy({ ...SIGNED_IN, servedBy }).run(SERVICE_TAGS, () => Promise.reject(refusal));
  const error = await rejection(read);
  expect((error as Error).message.split("\n")[0]).toBe(message);
});

describe("what Azure answers", () => {
  let arm: LoopbackArm;
  beforeEach(async () => {
    arm = await startLoopbackArm({ token: TOKEN });
  });
  afterEach(() => arm.close());

  const PROXY = "a proxy or --arm-endpoint may answer in its place";
  const INSTEAD = "a proxy or --arm-endpoint may have answered instead; --debug shows more";
  const CHECK = "check --arm-endpoint, and HTTPS_PROXY: a proxy may answer in Azure's place";
  test.each<[rule: string, reply: Reply, code: string, message: string, hint: string]>([
    [
      "too large",
      { gzip: true, body: " ".repeat(32 * 2 ** 20 + 1) },
      "answer-too-large",
      "Azure's answer is larger than 32 MiB",
      `${PROXY}: check the network between this machine and Azure`,
    ],
    [
      "too many values",
      { gzip: true, body: "[".repeat(9 * 2 ** 20) },
      "answer-too-large",
      "Azure's answer holds more than 2,000,000 values",
      `${PROXY}: check the network between this machine and Azure`,
    ],
    [
      "says gzip and is none",
      { headers: { "content-encoding": "X-GZIP" }, body: "{}" },
      "answer-unreadable",
      "Azure's answer cannot be read: it cannot be unpacked",
      `${PROXY}; run again; --debug shows more`,
    ],
    [
      "packed in another way",
      { headers: { "content-encoding": "br" }, body: "{}" },
      "answer-unreadable",
      "Azure's answer cannot be read: it uses an encoding that was not requested",
      `${PROXY}; run again; --debug shows more`,
    ],
    [
      "no JSON",
      { headers: { "content-type": "text/html" }, body: "<html>" },
      "answer-unreadable",
      "Azure's answer is not JSON",
      INSTEAD,
    ],
    [
      "empty",
      { body: "" },
      "answer-unreadable",
      "Azure's answer is empty",
      "run again; if that does not help, use --debug",
    ],
    [
      "no list",
      { body: {} },
      "answer-without-routes",
      "Azure's answer holds no list of routes",
      "run again; if that does not help, compare with: az network nic show-effective-route-table",
    ],
    [
      "a page",
      { body: { value: [], nextLink: "https://management.azure.com/next" } },
      "answer-in-pages",
      "Azure's answer is one page of several, so routes are missing",
      "report this: Azure is not known to page effective routes",
    ],
    [
      "an address that is none",
      { status: 202, headers: { location: "https://:443/x" }, body: "null" },
      "answer-unreadable",
      "Azure's answer names an address that cannot be read",
      CHECK,
    ],
    [
      "an address elsewhere",
      { status: 202, headers: { location: "http://127.0.0.1:1/x" }, body: "null" },
      "answer-elsewhere",
      "Azure's answer points to another host, where the token must not go",
      CHECK,
    ],
    [
      "given up",
      { body: `${" ".repeat(1960)}{"status" : "Canceled", "value": []}` },
      "operation-failed",
      "Azure cancelled its computation of the effective routes of vm-app197",
      "run again",
    ],
    [
      "a code that says more than its status",
      { status: 409, body: armError("SubscriptionNotFound", "no") },
      "subscription-not-found",
      "the subscription from --subscription was not found",
      "check --subscription and --cloud; the account may not see it: az account list -o table; -v shows its id",
    ],
  ])("%s", async (_, reply, code, message, hint) => {
    arm.script("effectiveRouteTable", reply);
    const session = liveSession(arm);
    const error = await rejection(session.effectiveRoutes(await session.findNic()));
    expect(error).toMatchObject({ code, message, hint });
    if (code === "answer-elsewhere")
      expect(error).toMatchObject({ detail: `${arm.url} pointed to http://127.0.0.1:1` });
  });

  test("cut off again and again: the detail says so too", async () => {
    arm.script("effectiveRouteTable", { fault: "reset-mid-body", body: { value: [] } });
    const session = liveSession(arm);
    const error = await rejection(session.effectiveRoutes(await session.findNic()));
    expect(error).toMatchObject({ code: "network-cut", detail: "ANSWER_CUT\nthe answer was cut off" });
    expect(arm.seen).toHaveLength(5);
  });

  test("an answer of exactly 32 MiB is read", { tags: ["slow"] }, async () => {
    const body = '{"value":[]}';
    arm.script("effectiveRouteTable", { gzip: true, body: body.padEnd(32 * 2 ** 20) });
    const session = liveSession(arm);
    expect((await session.effectiveRoutes(await session.findNic())).table.routes).toEqual([]);
  });

  test("a route may hold the word of an end: only the start of the answer counts", async () => {
    const body = { value: [], padding: "x".repeat(2000), status: "Canceled" };
    arm.script("effectiveRouteTable", { body });
    const session = liveSession(arm);
    expect((await session.effectiveRoutes(await session.findNic())).table.routes).toEqual([]);
  });

  test("a list that is too long says which options need none", async () => {
    arm.script("networkInterfaces", {
      body: { value: [], nextLink: `${arm.url}/subscriptions/s/providers/Microsoft.Network/networkInterfaces` },
    });
    const error = await rejection(liveSession(arm, { target: { nic: "x" } }).findNic());
    expect(error).toMatchObject({
      message: "Azure's list never ends: a page links to itself",
      hint: "name the NIC and its group (--nic NAME -g GROUP), which needs no list; check --arm-endpoint and HTTPS_PROXY",
    });
  });

  test("the sign-in is asked for a token once for a request and its repetitions", async () => {
    let asked = 0;
    const calls = callsBy(SIGNED_IN, {
      endpoint: armEndpoint(AZURE_CLOUDS.public, arm.url),
      credential: {
        getToken: async () => {
          asked++;
          return { token: TOKEN, expiresOnTimestamp: Date.now() + 3_600_000 };
        },
      },
    });
    arm.script("serviceTags", { status: 503 }, { status: 503 }, { status: 404, body: armError("X", "x") });
    const error = await rejection(
      calls.run(SERVICE_TAGS, ({ context, operations }) => operations.listServiceTags(context, "westeurope")),
    );
    expect(error).toMatchObject({ code: "not-found" });
    expect(arm.seen).toHaveLength(3);
    expect(asked).toBe(1);
  });
});
