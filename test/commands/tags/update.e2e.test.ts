import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startLoopbackArm } from "../../azure/loopback-arm.ts";
import { runBuilt, scratchDirectory } from "../../built-program.ts";
import { ANSWERS, LoopbackDownloadCenter } from "../../store/download/loopback-download-center.ts";

let center: LoopbackDownloadCenter;
let scratch: ReturnType<typeof scratchDirectory>;

const tagFile = (changeNumber: number, name = "Public") =>
  JSON.stringify({
    changeNumber,
    cloud: name,
    values: [
      {
        name: "Storage.WestEurope",
        id: "Storage.WestEurope",
        properties: {
          changeNumber,
          region: "westeurope",
          systemService: "AzureStorage",
          addressPrefixes: Array.from({ length: 200 }, (_, i) => `20.1.${i}.0/24`),
        },
      },
    ],
  });

beforeEach(async () => {
  center = await LoopbackDownloadCenter.start();
  center.files.set("Public", tagFile(7));
  scratch = scratchDirectory();
});

afterEach(async () => {
  await center.stop();
  scratch.remove();
});

const tags = (...args: string[]) =>
  runBuilt(["tags", ...args], {
    env: { VNET_EXPLAIN_CACHE: scratch.path, VNET_EXPLAIN_DOWNLOAD_CENTER: center.origin },
  });

describe("the built program caches service tags", () => {
  it("update, status, lookup, list and show", async () => {
    const update = await tags("update", "-o", "json");
    expect(update).toMatchObject({ code: 0 });
    expect(JSON.parse(update.stdout).update).toMatchObject({ changeNumber: "7", changed: true, prefixes: 200 });
    const status = await tags("status", "-o", "json");
    expect(JSON.parse(status.stdout).status).toMatchObject({
      ageDays: 0,
      stale: false,
      current: { changeNumber: "7" },
    });
    expect((await tags("lookup", "20.1.7.9")).stdout).toMatch(/Storage\.WestEurope +20\.1\.7\.0\/24/);
    expect((await tags("list")).stdout).toMatch(/Storage\.WestEurope +westeurope +AzureStorage +200 +0/);
    expect((await tags("show", "storage.westeurope")).stdout).toMatch(/^20\.1\.199\.0\/24$/m);
  });

  it("an older file is refused, and the newer one stays", async () => {
    await tags("update");
    center.files.set("Public", tagFile(6));
    const run = await tags("update");
    expect(run).toMatchObject({ code: 1, stdout: "" });
    expect(run.stderr).toMatch(/older/);
    expect(JSON.parse((await tags("status", "-o", "json")).stdout).status.current.changeNumber).toBe("7");
    expect((await tags("update", "--force")).code).toBe(0);
  });

  it("--from imports a file", async () => {
    const { writeFileSync } = await import("node:fs");
    const path = `${scratch.path}/ServiceTags_Public_20231106.json`;
    writeFileSync(path, tagFile(3));
    expect((await tags("update", "--from", path)).code).toBe(0);
    const status = await tags("status");
    expect(status.stdout).toMatch(/^date +2023-11-06$/m);
    expect(status.stderr).toMatch(/days old/);
  });

  it.each([
    ["silence", ANSWERS.silent()],
    ["a byte now and then", ANSWERS.drip()],
  ])("--timeout ends %s", async (_, answer) => {
    center.answer(center.filePath("Public"), answer);
    const run = await tags("update", "--timeout", "0.3");
    expect(run).toMatchObject({ code: 1, stdout: "" });
    expect(run.stderr).toMatch(/no complete answer within 300 ms/);
  });

  it("the Discovery API is called with the signed-in credential; its lower number after a file's needs no --force", async () => {
    expect(JSON.parse((await tags("update", "-o", "json")).stdout).update.changeNumber).toBe("7");
    const arm = await startLoopbackArm({ token: "a-token-of-some-length" });
    arm.script("serviceTags", {
      body: { ...JSON.parse(tagFile(5)), name: "Public", type: "Microsoft.Network/serviceTags", id: "/x/Public" },
    });
    const run = await runBuilt(["tags", "update", "--from", "arm", "--arm-endpoint", arm.url, "-o", "json"], {
      env: {
        VNET_EXPLAIN_CACHE: scratch.path,
        AZURE_ACCESS_TOKEN: "a-token-of-some-length",
        AZURE_SUBSCRIPTION_ID: "00000000-0000-0000-0000-000000000001",
      },
    });
    await arm.close();
    expect(run).toMatchObject({ code: 0, stderr: expect.not.stringContaining("error") });
    expect(JSON.parse(run.stdout).update.changeNumber).toBe("5");
  });

  it.each([
    ["a web page instead of the file", ANSWERS.html("<html>hello</html>")],
    ["a redirect to another host", ANSWERS.redirect("https://example.com/tags.json")],
    ["a redirect to a file", ANSWERS.redirect("file:///etc/passwd")],
    ["a server that says no", ANSWERS.status(500)],
  ])("%s leaves nothing behind", async (_, answer) => {
    center.answer(center.filePath("Public"), answer);
    const run = await tags("update");
    expect(run).toMatchObject({ code: expect.toSatisfy((code) => code === 1 || code === 2), stdout: "" });
    expect(run.stderr).toMatch(/^error: .{1,92}\n {7,9}\S/m);
    expect((await tags("status")).code).toBe(5);
  });
});
