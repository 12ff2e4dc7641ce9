import { execFile } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { azEnvironment, hasAz } from "./debian-az.ts";
import { SUBSCRIPTION, TOKEN } from "./live.ts";
import { type LoopbackArm, startLoopbackArm } from "./loopback-arm.ts";
import { type LoopbackAuthority, startLoopbackAuthority } from "./loopback-authority.ts";
import { throwAwayCertificate } from "./throw-away-certificate.ts";

const certificate = hasAz ? throwAwayCertificate() : null;

const ROW = {
  disableBgpRoutePropagation: false,
  source: "Default",
  state: "Active",
  hasBgpOverride: false,
  addressPrefix: ["10.0.0.0/16"],
  nextHopType: "VnetLocal",
  nextHopIpAddress: [],
};

describe.skipIf(certificate === null)("the Azure CLI against the loopback server (needs az and openssl)", () => {
  let arm: LoopbackArm;
  let authority: LoopbackAuthority;
  const directory = mkdtempSync(join(tmpdir(), "vnet-explain-az-"));

  const env = azEnvironment(directory, certificate?.authority ?? "");

  async function az(...args: string[]): Promise<string> {
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
    await az("cloud", "register", "--name", "loopback", "--endpoint-resource-manager", arm.url, "--profile", "latest");
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
      "metadata",
      "subscriptions",
      "effectiveRouteTable",
      "operationResults",
    ]);
  });
});
