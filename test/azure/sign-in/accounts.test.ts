import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { FreshToken } from "../../../src/azure/sign-in/fresh-token.ts";
import { liveSession, rejection, TOKEN } from "../live.ts";
import { type LoopbackArm, startLoopbackArm } from "../loopback-arm.ts";

const id = (letter: string) => `${letter.repeat(8)}-0000-0000-0000-000000000000`;
const [HOME, BESIDE, GUEST, UNKNOWN, GONE] = [id("a"), id("b"), id("c"), id("d"), id("e")];

describe.skipIf(process.platform === "win32")("the Azure CLI's tenants and users", () => {
  let arm: LoopbackArm;
  let directory: string;
  beforeEach(async () => {
    arm = await startLoopbackArm({ token: TOKEN });
    arm.script("effectiveRouteTable", { body: { value: [] } });
    directory = mkdtempSync(join(tmpdir(), "vnet-explain-accounts-"));
    const entry = (subscription: string, tenantId: string, isDefault = false) => ({
      ...{ id: subscription, name: subscription[0], tenantId, isDefault },
      ...{ environmentName: "AzureCloud", user: { name: "me@example.com" } },
    });
    const subscriptions = [entry(HOME, "T1", true), entry(BESIDE, "T1"), entry(GUEST, "T2"), entry(GONE, "T1")];
    writeFileSync(join(directory, "azureProfile.json"), JSON.stringify({ subscriptions }));
    const answer = `{"accessToken": "${TOKEN}", "expires_on": 4102444800}`;
    const script = `#!/bin/sh\necho "$*" >> ${directory}/starts\n[ -e ${directory}/refuse-$8 ] && exit 1\necho '${answer}'\n`;
    writeFileSync(join(directory, "az"), script, { mode: 0o755 });
    writeFileSync(join(directory, "starts"), "");
    vi.stubEnv("PATH", `${directory}:/bin:/usr/bin`);
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await arm.close();
  });

  const session = (environment: Readonly<Record<string, string>> = {}) =>
    liveSession(arm, { subscription: null, environment: { AZURE_CONFIG_DIR: directory, ...environment } });
  const nicIn = (subscription: string) => ({
    nic: `/subscriptions/${subscription}/resourceGroups/rg/providers/Microsoft.Network/networkInterfaces/n`,
  });
  const starts = () =>
    readFileSync(join(directory, "starts"), "utf8")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => line.split("--subscription ")[1] ?? null);

  for (const [rule, subscriptions, asked] of [
    ["subscriptions of one tenant and user share a token", [HOME, BESIDE, HOME], [HOME]],
    ["another tenant has a token of its own", [HOME, GUEST, BESIDE, GUEST], [HOME, GUEST]],
    ["a subscription that az does not know gets the default's token", [UNKNOWN, BESIDE], [null]],
  ] satisfies readonly [string, string[], (string | null)[]][]) {
    test(rule, async () => {
      const one = session();
      for (const subscription of subscriptions) await one.effectiveRoutes(await one.findNic(nicIn(subscription)));
      expect(starts()).toEqual(asked);
    });
  }

  test("many calls at once start az once for each", async () => {
    const one = session();
    const nics = Array.from({ length: 12 }, (_, at) => nicIn(at % 2 === 0 ? HOME : GUEST));
    await Promise.all(nics.map(async (nic) => one.effectiveRoutes(await one.findNic(nic))));
    expect(starts().sort()).toEqual([HOME, GUEST]);
  });

  test("a search in all subscriptions goes through the other tenants too, and names those that refuse", async () => {
    arm.script("subscriptions", { body: { value: [HOME, BESIDE].map((each) => ({ subscriptionId: each })) } });
    arm.answer("networkInterfaces", (path) => ({ body: { value: path.includes(GUEST) ? [nicBody(GUEST)] : [] } }));
    const found = await session().findNic({ privateIp: "10.0.0.4" });
    expect(found.subscription.id).toBe(GUEST);
    const searched = arm.seen.filter(({ operation }) => operation === "networkInterfaces").map(({ path }) => path);
    expect(searched.map((path) => path.split("/")[2]).sort()).toEqual([HOME, BESIDE, GUEST]); // Azure knows what is gone
    writeFileSync(join(directory, `refuse-${GUEST}`), "");
    const error = await rejection(session().findNic({ privateIp: "10.0.0.4" }));
    expect((error as Error).message).toMatch(
      / in the 2 subscriptions searched\n {2}not searched: c \(az returned no token\)$/,
    );
  });

  test("a subscription of another tenant that Azure lists too is searched once", async () => {
    arm.script("subscriptions", { body: { value: [HOME, GUEST].map((each) => ({ subscriptionId: each })) } });
    arm.script("networkInterfaces", { body: { value: [] } });
    const error = await rejection(session().findNic({ privateIp: "10.0.0.4" }));
    expect(error).toMatchObject({ message: "no NIC has the address 10.0.0.4 in the 2 visible subscriptions" });
  });

  test("no other credential is asked twice, for any tenants", async () => {
    const one = session({ AZURE_ACCESS_TOKEN: TOKEN });
    for (const each of [HOME, GUEST]) await one.effectiveRoutes(await one.findNic(nicIn(each)));
    expect(starts()).toEqual([]);
  });
});

function nicBody(subscription: string): object {
  return {
    id: nicId(subscription),
    properties: { ipConfigurations: [{ properties: { privateIPAddress: "10.0.0.4" } }] },
  };
}

function nicId(subscription: string): string {
  return `/subscriptions/${subscription}/resourceGroups/rg/providers/Microsoft.Network/networkInterfaces/n`;
}

describe("a token near its end", () => {
  const token = (name: string, minutes: number) => ({ token: name, expiresOnTimestamp: minutes * 60_000 });

  test("is renewed once for all who wait, and the new one is kept", async () => {
    let given = 0;
    const credential = { getToken: async () => token(`renewed ${++given}`, 60) };
    const fresh = new FreshToken(credential, token("first", 1), () => 0);
    const all = await Promise.all(Array.from({ length: 64 }, () => fresh.get("scope", {})));
    expect(new Set(all.map((each) => each?.token))).toEqual(new Set(["renewed 1"]));
    expect((await fresh.get("scope", {}))?.token).toBe("renewed 1");
  });

  test.each([
    [120_000, "renewed"],
    [120_001, "first"],
  ])("that has %i ms left is the %s", async (left, name) => {
    const first = { token: "first", expiresOnTimestamp: 5000 + left };
    const fresh = new FreshToken({ getToken: async () => token("renewed", 60) }, first, () => 5000);
    expect((await fresh.get("scope", {}))?.token).toBe(name);
  });

  test("with claims that Azure wants is asked for each time, and not kept", async () => {
    const asked: unknown[] = [];
    const credential = {
      getToken: async (...given: readonly unknown[]) => {
        asked.push(given);
        return token("with claims", 60);
      },
    };
    const fresh = new FreshToken(credential, token("first", 60), () => 0);
    for (let time = 0; time < 2; time++) {
      expect((await fresh.get(["scope"], { claims: "{}" }))?.token).toBe("with claims");
    }
    expect(asked).toEqual(Array(2).fill([["scope"], { claims: "{}" }]));
    expect((await fresh.get("scope", {}))?.token).toBe("first");
  });

  test("that cannot be renewed is asked for again by the next", async () => {
    const answers = [Promise.reject(new Error("busy")), Promise.resolve(token("renewed", 60))];
    const fresh = new FreshToken({ getToken: () => answers.shift() ?? Promise.resolve(null) }, null, () => 0);
    await expect(fresh.get("scope", {})).rejects.toThrow("busy");
    expect((await fresh.get("scope", {}))?.token).toBe("renewed");
  });
});
