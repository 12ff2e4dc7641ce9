import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runBuilt, scratchDirectory } from "../../built-program.ts";
import { hasSharedData, readShared, sharedPath } from "../../shared-data.ts";
import { ANSWERS, LoopbackDownloadCenter, PAGE_PATH } from "../../store/download/loopback-download-center.ts";
import { tagText } from "../../store/tags/tag-text.ts";

let center: LoopbackDownloadCenter;
let scratch: ReturnType<typeof scratchDirectory>;

beforeEach(async () => {
  center = await LoopbackDownloadCenter.start();
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

describe.runIf(hasSharedData)("the built program updates the service tags", () => {
  it("from the older of two links where the newer answers 404", async () => {
    const page = readShared("data/cases/tags/center-two-links.html");
    center.answer(PAGE_PATH, ANSWERS.html(page.replaceAll("http://127.0.0.1:PORT", center.origin)));
    center.answer("/download/x/ServiceTags_Public_20221114.json", ANSWERS.json(tagText()));
    const { code, stdout, stderr } = await tags("update");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^date +2022-11-14$/m);
    expect(stderr).toMatch(/names a file that is missing: .*20221121/);
  });

  it.each([
    ["AzureGermany_20220307", ["--tags"]],
    ["China_20231106", ["--cloud", "china"]],
    ["AzureGovernment_20231106", ["--cloud", "usgov"]],
  ])("%s for the public cloud is refused with a hint that can be followed: %j", async (name, hinted) => {
    const file = sharedPath(`data/service-tags/ServiceTags_${name}.json`);
    const { code, stderr } = await tags("update", "--from", file);
    expect(code).toBe(1);
    expect(stderr).toContain(hinted.join(" "));
    const followed = hinted.length === 1 ? ["list", ...hinted, file] : ["update", "--from", file, ...hinted];
    expect((await tags(...followed)).code).toBe(0);
  });
});
