import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { runBuilt, scratchDirectory } from "../built-program.ts";
import { SUBSCRIPTION, TOKEN } from "./live.ts";
import { type LoopbackArm, startLoopbackArm } from "./loopback-arm.ts";
import { type LoopbackAuthority, startLoopbackAuthority } from "./loopback-authority.ts";
import { type LoopbackProxy, startLoopbackProxy } from "./loopback-proxy.ts";
import { throwAwayCertificate } from "./throw-away-certificate.ts";

const GROUP = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-demo/providers`;
const SUBNET_ID = `${GROUP}/Microsoft.Network/virtualNetworks/vnet/subnets/app`;
const NIC = {
  id: `${GROUP}/Microsoft.Network/networkInterfaces/vm-app197`,
  location: "westeurope",
  properties: { ipConfigurations: [{ properties: { privateIPAddress: "10.0.0.4", subnet: { id: SUBNET_ID } } }] },
};
const ROW = { source: "Default", state: "Active", addressPrefix: ["10.0.0.0/16"], nextHopType: "VnetLocal" };
const ROUTES = { body: { value: [ROW] } };
const ASK = ["routes", "--nic", "vm-app197", "-g", "rg-demo", "-o", "csv"];

let scratch: ReturnType<typeof scratchDirectory>;
beforeEach(() => {
  scratch = scratchDirectory();
});
afterEach(() => scratch.remove());

const run = (env: Readonly<Record<string, string | undefined>>, ...more: readonly string[]) =>
  runBuilt([...ASK, ...more], {
    env: {
      AZURE_SUBSCRIPTION_ID: SUBSCRIPTION,
      AZURE_CONFIG_DIR: scratch.path,
      VNET_EXPLAIN_CACHE: join(scratch.path, "cache"),
      ...env,
    },
  });

describe("the endpoint of a managed identity is never asked through a proxy", () => {
  let arm: LoopbackArm;
  let endpoint: Server;
  let proxy: LoopbackProxy;
  let address: string;
  let asked: number;
  beforeEach(async () => {
    asked = 0;
    endpoint = createServer((_, response) => {
      asked++;
      response.setHeader("content-type", "application/json");
      const soon = Math.floor(Date.now() / 1000) + 3600;
      response.end(JSON.stringify({ access_token: TOKEN, expires_on: soon, expires_in: 3600, token_type: "Bearer" }));
    });
    await new Promise<void>((resolve) => endpoint.listen(0, "127.0.0.1", resolve));
    address = `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}/msi/token`;
    proxy = await startLoopbackProxy();
    arm = await startLoopbackArm({ token: TOKEN });
    arm.script("effectiveRouteTable", ROUTES);
  });
  afterEach(async () => {
    endpoint.closeAllConnections();
    endpoint.close();
    await proxy.close();
    await arm.close();
  });

  for (const [rule, variables, name] of [
    ["of App Service", () => ({ IDENTITY_ENDPOINT: address, IDENTITY_HEADER: "x" }), "HTTP_PROXY"],
    ["of Cloud Shell", () => ({ MSI_ENDPOINT: address }), "HTTPS_PROXY"],
    ["of a virtual machine", () => ({ AZURE_POD_IDENTITY_AUTHORITY_HOST: new URL(address).origin }), "ALL_PROXY"],
  ] as const) {
    test(`that ${rule}, with ${name}`, async () => {
      const env = { ...variables(), [name]: proxy.url, NO_PROXY: "example.com" };
      const ended = await run(env, "--auth", "managed-identity", "--arm-endpoint", arm.url);
      expect(ended).toMatchObject({ code: 0, stdout: expect.stringContaining("VnetLocal") });
      expect([asked, proxy.plain, proxy.tunnels]).toEqual([1, [], []]);
    });
  }
});

const ARM_HOST = "management.azure.com";
const ENTRA_HOST = "login.microsoftonline.com";
const TENANT = "11111111-2222-3333-4444-555555555555";
const certificate = throwAwayCertificate(ARM_HOST, ENTRA_HOST);

describe.skipIf(certificate === null)("Azure's own host names, through a proxy", () => {
  let arm: LoopbackArm;
  let authority: LoopbackAuthority;
  let proxy: LoopbackProxy;
  beforeEach(async () => {
    if (certificate === null) return;
    arm = await startLoopbackArm({ token: TOKEN, tls: certificate.tls });
    const issuer = `https://${ENTRA_HOST}/${TENANT}`;
    authority = await startLoopbackAuthority(TOKEN, certificate.tls, () => null, issuer);
    const port = (url: string) => Number(new URL(url).port);
    proxy = await startLoopbackProxy({ [ARM_HOST]: port(arm.url), [ENTRA_HOST]: port(authority.url) });
    const location = `https://${ARM_HOST}/subscriptions/x/operationResults/1?api-version=1`;
    const running = { status: 202, headers: { location, "retry-after": "0" }, body: "null" };
    arm.script("effectiveRouteTable", running);
    arm.script("operationResults", running, running, running, ROUTES);
    arm.script("networkInterface", { body: NIC });
    arm.script("subnet", { body: { id: SUBNET_ID, properties: {} } });
  });
  afterEach(async () => {
    await proxy?.close();
    await arm?.close();
    await authority?.close();
  });
  const signedIn = () => ({ AZURE_ACCESS_TOKEN: TOKEN, HTTPS_PROXY: proxy.url });
  const principal = { AZURE_CLIENT_ID: TENANT, AZURE_TENANT_ID: TENANT, AZURE_CLIENT_SECRET: "hush-hush" };

  test("tunnels are reused: two for seven requests, of which two run at once", async () => {
    const ended = await run({ ...signedIn(), NODE_EXTRA_CA_CERTS: certificate?.authority });
    expect(ended).toMatchObject({ code: 0, stdout: expect.stringContaining("VnetLocal") });
    expect(arm.seen.length).toBe(7);
    expect(proxy.tunnels).toEqual([`${ARM_HOST}:443`, `${ARM_HOST}:443`]);
  });

  test("a service principal signs in through it, in one tunnel", async () => {
    const env = { ...principal, HTTPS_PROXY: proxy.url, NODE_EXTRA_CA_CERTS: certificate?.authority };
    expect(await run(env)).toMatchObject({ code: 0 });
    expect(proxy.tunnels.filter((target) => target === `${ENTRA_HOST}:443`).length).toBe(1);
  });

  for (const name of ["SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"]) {
    test(`${name} adds an authority, for sign-in and for Azure`, async () => {
      const env = { ...principal, HTTPS_PROXY: proxy.url, [name]: certificate?.authority };
      expect(await run(env)).toMatchObject({ code: 0, stderr: "" });
    });
  }

  test("NODE_EXTRA_CA_CERTS counts beside SSL_CERT_FILE", async () => {
    const other = throwAwayCertificate()?.authority;
    const env = { ...signedIn(), SSL_CERT_FILE: other, NODE_EXTRA_CA_CERTS: certificate?.authority };
    expect(await run(env)).toMatchObject({ code: 0, stderr: "" });
  });

  for (const [rule, variables, said] of [
    ["Azure's", signedIn, /reach management\.azure\.com: the certificate is not trusted/],
    [
      "the sign-in service's",
      () => ({ ...principal, HTTPS_PROXY: proxy.url }),
      /sign-in service's certificate is not trusted/,
    ],
  ] as const) {
    test(`without them ${rule} certificate is refused, and the hint names the variables`, async () => {
      const ended = await run(variables());
      expect(ended).toMatchObject({ code: 1, stderr: expect.stringMatching(said) });
      expect(ended.stderr).toMatch(/NODE_EXTRA_CA_CERTS/);
      expect(ended.stderr).toMatch(/SSL_CERT_FILE/);
      expect(arm.seen).toEqual([]);
    });
  }

  test("a file that cannot be used is named, and Node's own authorities count", async () => {
    const ended = await run({ ...signedIn(), SSL_CERT_FILE: join(scratch.path, "missing.pem") });
    expect(ended.stderr).toMatch(/SSL_CERT_FILE is ignored: no such file/);
    expect(ended.stderr).toMatch(/certificate is not trusted/);
  });
});
