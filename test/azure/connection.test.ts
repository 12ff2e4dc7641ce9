import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { API_VERSION } from "../../src/azure/arm/api-version.ts";
import { SUBSCRIPTION_LIST } from "../../src/azure/arm/reads.ts";
import type { AzureOptions } from "../../src/azure/azure-options.ts";
import { AzureConnection } from "../../src/azure/connection.ts";
import { AzureSession } from "../../src/azure/session.ts";
import type { Subscription } from "../../src/azure/sign-in/subscription.ts";
import { listedSubscriptions } from "../../src/azure/subscription-list.ts";
import { fakePace, rejection, SUBSCRIPTION, TOKEN } from "./live.ts";
import { armError, type LoopbackArm, startLoopbackArm } from "./loopback-arm.ts";

const OTHER = "0000000b-0000-0000-0000-000000000002";
const LISTED = { subscriptionId: OTHER, displayName: "Listed", tenantId: "t", state: "Enabled" };

let arm: LoopbackArm;
beforeEach(async () => {
  arm = await startLoopbackArm({ token: TOKEN });
  arm.script("subscriptions", { body: { value: [LISTED] } });
});
afterEach(() => arm.close());

/** Where the Azure CLI keeps these subscriptions. */
function profile(...subscriptions: readonly object[]): string {
  const directory = mkdtempSync(join(tmpdir(), "vnet-explain-profile-"));
  const entries = subscriptions.map((each) => ({ environmentName: "AzureCloud", tenantId: "T", ...each }));
  writeFileSync(join(directory, "azureProfile.json"), JSON.stringify({ subscriptions: entries }));
  return directory;
}

const PROD = { id: SUBSCRIPTION, name: "Prod", isDefault: true };

const options = (ofCli: readonly object[] = [PROD]): AzureOptions => ({
  cloud: "public",
  armEndpoint: arm.url,
  auth: null,
  subscription: null,
  timeoutMs: 60_000,
  environment: { AZURE_ACCESS_TOKEN: TOKEN, AZURE_CONFIG_DIR: profile(...ofCli) },
  pace: fakePace(),
  identityEndpointAnswers: async () => false,
});

function connection(more: Partial<AzureOptions> = {}, ofCli?: readonly object[]) {
  const told: (Subscription | string)[] = [];
  const made = new AzureConnection({
    ...options(ofCli),
    onSubscription: (subscription) => told.push(subscription),
    onNote: (text) => told.push(text),
    ...more,
  });
  return { made, told };
}

const ofCli = { id: SUBSCRIPTION, name: "Prod", tenantId: "T", from: "the Azure CLI's default" };
const given = { ...ofCli, from: "--subscription" };
const listed = { id: OTHER, name: "Listed", tenantId: "t", from: "--subscription" };

test("whether the machine has an identity is asked as the options say", async () => {
  let asked = 0;
  const { made } = connection({
    auth: "managed-identity",
    environment: { AZURE_CONFIG_DIR: profile() },
    identityEndpointAnswers: async () => {
      asked++;
      return false;
    },
  });
  const error = await rejection(made.visible());
  expect(error).toMatchObject({
    code: "no-credential",
    message: "not signed in to Azure: this machine has no managed identity endpoint",
  });
  expect(asked).toBe(1);
});

describe("the subscription of a run", () => {
  test("is the Azure CLI's default only where that may be, and costs no request", async () => {
    const { made, told } = connection();
    expect([await made.subscription(null, false), told]).toEqual([null, []]);
    expect([await made.subscription(null, true), told, arm.seen]).toEqual([ofCli, [ofCli], []]);
  });

  test("is none where nothing names one", async () => {
    const { made, told } = connection({}, []);
    expect([await made.subscription(null, true), told, arm.seen]).toEqual([null, [], []]);
  });

  test.each([
    ["that the Azure CLI knows: no request", "prod", given, 0],
    ["that Azure lists: one request", "listed", listed, 1],
  ])("is the one of the name %s", async (_, name, expected, requests) => {
    const { made, told } = connection({ subscription: name });
    for (let time = 0; time < 2; time++) expect(await made.subscription(null, true)).toEqual(expected);
    expect([told, arm.seen.length]).toEqual([[expected], requests]);
  });

  test.each([
    ["PROD", given, 0],
    ["listed", listed, 1],
    [OTHER, { id: OTHER, name: null, tenantId: null, from: "--subscription" }, 0],
  ])("that is named on its own, as %s, is told once", async (name, expected, requests) => {
    const { made, told } = connection();
    for (let time = 0; time < 2; time++) expect(await made.named(name)).toEqual(expected);
    expect([told, arm.seen.length]).toEqual([[expected], requests]);
  });

  test.each([
    ["prodd", "did you mean: Prod"],
    ["listd", "did you mean: Listed"],
    ["nowhere", "give the id, or see the names with: az account list -o table"],
  ])("that nobody knows is refused with what is near: %s", async (name, hint) => {
    const { made, told } = connection({ subscription: name });
    for (const asked of [made.named(name), made.subscription(null, true)]) {
      expect(await rejection(asked)).toMatchObject({
        exit: "usage",
        code: "subscription-name",
        message: "--subscription is neither a subscription id nor the name of one that you can see",
        hint,
      });
    }
    expect(told).toEqual([]);
  });
});

describe("what the calls of a run share", () => {
  test("the subscriptions that are visible are listed once", async () => {
    const { made } = connection();
    const [one, other] = await Promise.all([made.visible(), made.visible()]);
    expect(one).toEqual([{ id: OTHER, name: "Listed", tenantId: "t" }]);
    expect([other, await made.visible(), arm.seen.length]).toEqual([one, one, 1]);
  });

  test("the calls about a subscription, in any case of its id; those about none are others", () => {
    const { made } = connection();
    const of = (id: string) => made.calls({ ...given, from: "--subscription", id });
    expect(of(OTHER.toUpperCase())).toBe(of(OTHER));
    expect(made.calls(null)).toBe(made.calls(null));
    expect(new Set([of(OTHER), of(SUBSCRIPTION), made.calls(null)]).size).toBe(3);
  });

  const CHOSEN = "0000000c-0000-0000-0000-000000000003";
  test.each([
    ["of the Azure CLI", SUBSCRIPTION, true],
    ["that Azure lists", OTHER, true],
    ["that was chosen", CHOSEN, true],
    ["that nobody knows", "0000000d-0000-0000-0000-000000000004", false],
  ])("the id of a subscription %s is hidden in every error", async (_, id, isHidden) => {
    const { made } = connection();
    await made.visible();
    await made.named(CHOSEN);
    arm.script("subscriptions", { status: 400, body: armError("Odd", `this is ${id}`) });
    const error = await rejection(made.calls(null).run(SUBSCRIPTION_LIST, listedSubscriptions));
    expect(String(error)).toContain(`this is ${isHidden ? "[subscription]" : id}`);
  });

  test("notes go to the one who asked for them; without one, they and the choice go nowhere", async () => {
    const { made, told } = connection();
    made.note("a note");
    expect(told).toEqual(["a note"]);
    const quiet = new AzureConnection(options());
    quiet.note("a note");
    expect(await quiet.named("prod")).toEqual(given);
  });

  test.each([
    [{}, false],
    [{ showSubscriptions: false }, false],
    [{ showSubscriptions: true }, true],
  ])("ids of subscriptions are shown where that was asked for: %j", (asked, expected) => {
    expect(connection(asked).made.showsSubscriptions).toBe(expected);
  });

  test("the version of the interface is the program's, or the one that is given", () => {
    expect(connection().made.apiVersion).toBe(API_VERSION);
    expect(connection({ apiVersion: "2020-01-01" }).made.apiVersion).toBe("2020-01-01");
  });

  test.each([
    ["the Azure CLI's default, without a list", [PROD], SUBSCRIPTION, ["serviceTags"]],
    ["the first that Azure lists, where there is no default", [], OTHER, ["subscriptions", "serviceTags"]],
  ])("service tags are asked for in %s", async (_, ofCli, subscription, asked) => {
    arm.script("serviceTags", { body: { values: [] } });
    await new AzureSession(connection({}, ofCli).made).serviceTags();
    expect(arm.seen.map(({ operation }) => operation)).toEqual(asked);
    expect(arm.seen.at(-1)?.path).toMatch(`/subscriptions/${subscription}/`);
  });

  test("who signed in is told, and a failure to sign in is left to the call that needs it", async () => {
    const served: string[] = [];
    await connection({ onServed: (by) => served.push(by) }).made.visible();
    expect(served).toEqual(["token"]);
    const { made } = connection({ environment: { AZURE_CONFIG_DIR: profile() }, auth: "token" });
    expect(await rejection(made.visible())).toMatchObject({ exit: "notAllowed" });
  });
});
