import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { AzureConnection } from "../../../src/azure/connection.ts";
import { type AzureErrorCode, azureError } from "../../../src/azure/failure/azure-error.ts";
import { fetchTable } from "../../../src/azure/fleet/fetch-table.ts";
import { fakePace, rejection, SUBSCRIPTION, TOKEN } from "../live.ts";
import { armError, type LoopbackArm, type Reply, startLoopbackArm } from "../loopback-arm.ts";

let arm: LoopbackArm;
beforeEach(async () => {
  arm = await startLoopbackArm({ token: TOKEN });
});
afterEach(() => arm.close());

const GROUP = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg/providers`;
const NIC = `${GROUP}/Microsoft.Network/networkInterfaces/vm1`;
const TABLE =
  '{"value":[{"source":"Default","state":"Active","addressPrefix":["10.0.0.0/16"],"nextHopType":"VnetLocal"}]}';

function fetched(nicId = NIC, isKnown = false) {
  const connection = new AzureConnection({
    ...{ cloud: "public", armEndpoint: arm.url, auth: null, subscription: null, timeoutMs: 60_000 },
    environment: { AZURE_ACCESS_TOKEN: TOKEN, AZURE_CONFIG_DIR: "/dev/null/none" },
    pace: fakePace(),
    identityEndpointAnswers: async () => false,
  });
  return fetchTable(connection, nicId, () => isKnown);
}
const refused = (status: number, code: string): Reply => ({ status, body: armError(code, "no") });

describe("the table of one NIC of many", () => {
  test("is the answer's body, byte for byte", async () => {
    arm.script("effectiveRouteTable", { body: TABLE });
    expect(await fetched()).toEqual({ outcome: "ok", body: TABLE });
  });

  test.each<[outcome: string, code: string, reply: Reply]>([
    ["stopped", "vm-not-running", refused(400, "NicMustBeAttachedToRunningVmToGetEffectiveRoutes")],
    ["denied", "not-allowed", refused(403, "AuthorizationFailed")],
    ["denied", "locked", refused(409, "ScopeLocked")],
    ["denied", "wrong-tenant", refused(401, "InvalidAuthenticationTokenTenant")],
    ["denied", "subscription-not-found", refused(404, "SubscriptionNotFound")],
    ["failed", "azure-refused", refused(400, "BadThing")],
    ["failed", "azure-trouble", refused(500, "InternalServerError")],
    ["failed", "answer-without-routes", { body: "{}" }],
  ])("is missing: %s by %s", async (outcome, code, reply) => {
    arm.script("effectiveRouteTable", reply);
    expect(await fetched()).toMatchObject({ outcome, error: { code } });
  });

  test("is not read again where its body is known", async () => {
    arm.script("effectiveRouteTable", { body: '{"value":[7]}' });
    expect(await fetched(NIC, true)).toEqual({ outcome: "ok", body: '{"value":[7]}' });
    expect(await fetched(NIC, false)).toMatchObject({ outcome: "failed" });
  });

  test.each<[code: string, reply: Reply]>([
    ["token-rejected", refused(401, "InvalidAuthenticationToken")],
    ["sign-in-expired", refused(401, "ExpiredAuthenticationToken")],
    ["api-version", refused(400, "NoRegisteredProviderFound")],
    ["answer-elsewhere", { status: 307, headers: { location: "{url}/x" } }],
  ])("ends the run where every other call would fail too: %s", async (code, reply) => {
    arm.script("effectiveRouteTable", reply);
    expect(await rejection(fetched())).toMatchObject({ code });
  });

  test.each<[code: AzureErrorCode, outcome: "stopped" | "denied" | "failed" | null]>([
    ["no-credential", null],
    ["credential-refused", null],
    ["sign-in-expired", null],
    ["sign-in-unreachable", null],
    ["token-missing", null],
    ["token-unusable", null],
    ["token-rejected", null],
    ["token-credentials", null],
    ["api-version", null],
    ["answer-elsewhere", null],
    ["vm-not-running", "stopped"],
    ["not-allowed", "denied"],
    ["locked", "denied"],
    ["wrong-tenant", "denied"],
    ["subscription-not-found", "denied"],
    ["not-found", "failed"],
    ["throttled", "failed"],
    ["timeout", "failed"],
    ["network-failed", "failed"],
  ])("by the error %s is missing alone, or ends the run (null): %s", async (code, outcome) => {
    const error = azureError(code, "no", "none");
    const connection = { calls: () => ({ run: () => Promise.reject(error) }) } as unknown as AzureConnection;
    const table = fetchTable(connection, NIC, () => false);
    if (outcome === null) expect(await rejection(table)).toBe(error);
    else expect(await table).toEqual({ outcome, error });
  });

  test("ends the run where the program fails", async () => {
    const fault = new TypeError("a fault");
    const connection = { calls: () => ({ run: () => Promise.reject(fault) }) } as unknown as AzureConnection;
    expect(await rejection(fetchTable(connection, NIC, () => false))).toBe(fault);
  });

  test("is missing for the id of another resource, without a request", async () => {
    const id = `${GROUP}/Microsoft.Compute/virtualMachines/vm1`;
    expect(await fetched(id)).toMatchObject({
      outcome: "failed",
      error: { code: "resource-id", message: "its resource id does not name a NIC", hint: "report this" },
    });
    expect(arm.seen).toEqual([]);
  });
});
