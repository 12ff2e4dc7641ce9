import { execFile } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { rolldown } from "rolldown";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { liveSession, rejection, SUBSCRIPTION, TOKEN } from "./live.ts";
import { type LoopbackArm, startLoopbackArm } from "./loopback-arm.ts";
import { throwAwayCertificate } from "./throw-away-certificate.ts";

const certificate = throwAwayCertificate();

describe.skipIf(certificate === null)("over TLS", () => {
  let arm: LoopbackArm;
  beforeAll(async () => {
    if (certificate === null) return;
    arm = await startLoopbackArm({ token: TOKEN, tls: certificate.tls });
    const row = { source: "Default", state: "Active", addressPrefix: ["10.0.0.0/16"], nextHopType: "VnetLocal" };
    arm.script("effectiveRouteTable", { body: { value: [row] } });
  });
  afterAll(() => arm?.close());

  test("an untrusted certificate is refused, and the token is not sent", async () => {
    const session = liveSession(arm);
    const error = await rejection(session.effectiveRoutes(await session.findNic()));
    expect(error).toMatchObject({
      exit: "failed",
      code: "network-tls",
      hint: expect.stringContaining("NODE_EXTRA_CA_CERTS"),
    });
    expect(arm.seen).toEqual([]);
  });

  test("NODE_EXTRA_CA_CERTS makes it trusted, and HTTPS_PROXY is ignored for this machine", {
    tags: ["slow"],
  }, async () => {
    const program = await bundle(`
      import { AzureSession } from ${JSON.stringify(fileURLToPath(new URL("../../src/azure/session.ts", import.meta.url)))};
      const session = new AzureSession({
        cloud: "public", armEndpoint: process.argv[2], auth: null,
        subscription: "${SUBSCRIPTION}", timeoutMs: 20000,
      });
      const target = await session.findNic({ nic: "vm-app197", resourceGroup: "rg-demo" });
      console.log((await session.effectiveRoutes(target)).table.routes[0].nextHopType);
    `);
    const { stdout } = await promisify(execFile)(process.execPath, [program, arm.url], {
      env: {
        PATH: process.env.PATH,
        AZURE_ACCESS_TOKEN: TOKEN,
        NODE_EXTRA_CA_CERTS: certificate?.authority,
        HTTPS_PROXY: "http://127.0.0.1:9",
      },
    });
    expect(stdout.trim()).toBe("VnetLocal");
  });
});

/** The variable is read when node starts, so the program must be one of its own. */
async function bundle(code: string): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), "vnet-explain-tls-"));
  const input = join(directory, "entry.ts");
  writeFileSync(input, code);
  const build = await rolldown({ input, platform: "node", logLevel: "silent" });
  const { output } = await build.write({
    dir: join(directory, "out"),
    format: "esm",
    entryFileNames: "[name].mjs",
    chunkFileNames: "[name]-[hash].mjs",
  });
  await build.close();
  return join(directory, "out", output[0].fileName);
}
