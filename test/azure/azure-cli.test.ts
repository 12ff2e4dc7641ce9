import { execFile } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SUBSCRIPTION, TOKEN } from "./live.ts";
import { type LoopbackArm, startLoopbackArm } from "./loopback-arm.ts";
import { type LoopbackAuthority, startLoopbackAuthority } from "./loopback-authority.ts";
import { throwAwayCertificate } from "./throw-away-certificate.ts";

/** Each call of az takes a second or more, so this runs only when asked for: docs/loopback-arm.md. */
const asked = process.env.VNET_EXPLAIN_TEST_AZ === "1";
const certificate = asked ? throwAwayCertificate() : null;

const ROW = {
  disableBgpRoutePropagation: false,
  source: "Default",
  state: "Active",
  hasBgpOverride: false,
  addressPrefix: ["10.0.0.0/16"],
  nextHopType: "VnetLocal",
  nextHopIpAddress: [],
};

describe.skipIf(certificate === null)("the Azure CLI against the loopback server", () => {
  let arm: LoopbackArm;
  let authority: LoopbackAuthority;
  const directory = mkdtempSync(join(tmpdir(), "vnet-explain-az-"));

  async function az(...args: string[]): Promise<string> {
    const env = {
      PATH: process.env.PATH,
      HOME: directory,
      AZURE_CONFIG_DIR: join(directory, "azure"),
      AZURE_CORE_COLLECT_TELEMETRY: "no",
      REQUESTS_CA_BUNDLE: certificate?.authority,
    };
    return (await promisify(execFile)("az", args, { env })).stdout;
  }

  beforeAll(async () => {
    if (certificate === null) return;
    arm = await startLoopbackArm({ token: TOKEN, tls: certificate.tls });
    authority = await startLoopbackAuthority(TOKEN, certificate.tls);
    const subscription = {
      id: `/subscriptions/${SUBSCRIPTION}`,
      subscriptionId: SUBSCRIPTION,
      displayName: "Loopback",
      state: "Enabled",
    };
    arm.script("subscriptions", { body: { value: [{ ...subscription, tenantId: "adfs" }] } });
    arm.script("effectiveRouteTable", {
      status: 202,
      body: "null",
      headers: { location: arm.location(), "retry-after": "1" },
    });
    arm.script("operationResults", { body: { value: [ROW] } });
    const authentication = { loginEndpoint: authority.url, audiences: [arm.url] };
    arm.script("metadata", { body: { authentication, galleryEndpoint: "", graphEndpoint: "", portalEndpoint: "" } });
    await az(
      "cloud",
      "register",
      "--name",
      "loopback",
      "--endpoint-resource-manager",
      arm.url,
      "--profile",
      "2020-09-01-hybrid",
    );
    await az("cloud", "set", "--name", "loopback");
    await az("login", "--service-principal", "--username", "app", "--password", "secret", "--tenant", "adfs");
  }, 120_000);
  afterAll(async () => {
    await arm?.close();
    await authority?.close();
  });

  test("show-effective-route-table prints what the server sent", { timeout: 120_000 }, async () => {
    const output = await az(
      "network",
      "nic",
      "show-effective-route-table",
      "-g",
      "rg-demo",
      "-n",
      "vm-app197",
      "-o",
      "json",
    );
    expect(JSON.parse(output).value).toMatchObject([{ addressPrefix: ["10.0.0.0/16"], nextHopType: "VnetLocal" }]);
    expect(arm.seen.map(({ operation }) => operation)).toEqual([
      "subscriptions",
      "effectiveRouteTable",
      "operationResults",
    ]);
  });
});
