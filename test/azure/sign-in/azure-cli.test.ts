import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AzOnLoopback, signInAz } from "../az-on-loopback.ts";
import { hasAz } from "../debian-az.ts";
import { throwAwayCertificate } from "../throw-away-certificate.ts";

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
  let loopback: AzOnLoopback;

  beforeAll(async () => {
    if (certificate === null) return;
    loopback = await signInAz(mkdtempSync(join(tmpdir(), "vnet-explain-az-")), certificate);
    const { arm } = loopback;
    const headers = { location: arm.location(), "retry-after": "1" };
    arm.script("effectiveRouteTable", { status: 202, body: "null", headers });
    arm.script("operationResults", { body: { value: [ROW] } });
  }, 120_000);
  afterAll(() => loopback?.close());

  test("show-effective-route-table prints what the server sent", { timeout: 120_000 }, async () => {
    const { az, arm } = loopback;
    const nic = ["-g", "rg-demo", "-n", "vm-app197"];
    const output = await az("network", "nic", "show-effective-route-table", ...nic, "-o", "json");
    expect(JSON.parse(output).value).toMatchObject([{ addressPrefix: ["10.0.0.0/16"], nextHopType: "VnetLocal" }]);
    expect(arm.seen.map(({ operation }) => operation)).toEqual([
      "metadata",
      "subscriptions",
      "effectiveRouteTable",
      "operationResults",
    ]);
  });
});
