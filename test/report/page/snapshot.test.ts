import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { run } from "../../commands/run-in-process.ts";
import { DIRECT, type FixtureNic, NVA, snapshotDirectory } from "../../commands/snapshot-fixture.ts";
import { temporaryDirectory } from "../../store/temporary-directory.ts";
import { browserForTests, hasBrowser } from "../browser.ts";

const HOSTILE = "<img src=x onerror=alert(1)>";
const scratch = temporaryDirectory();
const row = (more: object) => ({ source: "Default", state: "Active", nextHopIpAddress: [], ...more });
/** An appliance, and a service endpoint that bypasses it. */
const BYPASSED = JSON.stringify({
  value: [
    ...JSON.parse(NVA).value,
    row({ addressPrefix: ["191.239.203.0/28"], nextHopType: "VirtualNetworkServiceEndpoint" }),
  ],
});
const FLEET: readonly FixtureNic[] = [
  ...Array.from({ length: 9 }, (_, at): FixtureNic => [`web${at}`, `spoke${at}/web`, NVA]),
  ["store", "hub/store", BYPASSED],
  ["mgmt", `hub/${HOSTILE.replaceAll("/", "")}`, DIRECT],
  ["off", "hub/off", null],
];
const before = snapshotDirectory(join(scratch, "before"), FLEET);
const after = snapshotDirectory(
  join(scratch, "after"),
  FLEET.slice(1).map(([nic, subnet, body]) => [nic, subnet, body === NVA ? DIRECT : body]),
);

const page = async (...args: readonly string[]) => (await run(args)).out;

it("counts only subnets with a table where all are of one class", async () => {
  const one = snapshotDirectory(
    join(scratch, "one"),
    FLEET.filter(([, , body]) => body === NVA || body === null),
  );
  const html = await page("report", one, "--out", "-");
  expect(html).toContain("All subnets with a table are of one class: each address goes to the same place");
});

describe.runIf(hasBrowser)("the page of a snapshot", () => {
  const { show } = browserForTests();
  const sizes = [
    { viewport: { width: 1400, height: 900 }, colorScheme: "light" },
    { viewport: { width: 400, height: 800 }, colorScheme: "dark" },
  ] as const;

  it.each([
    ["report", ["report", before, "8.8.8.8", "10.0.0.0/8", "--out", "-"]],
    ["whichroute", ["whichroute", "8.8.8.8", before, "-o", "html"]],
    ["routes", ["routes", before, "-o", "html"]],
    ["diff", ["diff", before, after, "-o", "html"]],
  ])("of %s fits any width, loads nothing, and runs nothing from outside", async (name, args) => {
    const html = await page(...args);
    for (const options of sizes) {
      const shown = await show(html, options);
      expect({ requests: shown.requests, complaints: shown.complaints }).toEqual({ requests: [], complaints: [] });
      const width = await shown.page.evaluate<number>("document.documentElement.scrollWidth");
      expect(width, name).toBeLessThanOrEqual(options.viewport.width);
      expect(await shown.page.locator("img").count()).toBe(0);
      await shown.page.context().close();
    }
  });

  it("keeps the column of class numbers narrow in a narrow window", async () => {
    const { page: shown } = await show(await page("report", before, "--out", "-"), {
      viewport: { width: 400, height: 900 },
    });
    const width = await shown.evaluate("document.querySelector('#classes td').getBoundingClientRect().width");
    expect(width).toBeLessThan(100);
    expect(await shown.locator("#classes .lead").textContent()).toMatch(/^\d+ classes\. Subnets of one class/);
  });

  it("shows the classes of subnets that forward alike, and where each kind of destination goes", async () => {
    const { page: shown } = await show(await page("report", before, "--out", "-"), {});
    const rows = await shown.locator("#classes tbody tr").allInnerTexts();
    expect(rows.map((text) => text.split("\t").map((cell) => cell.trim().split("\n")[0]))).toEqual([
      [
        "1",
        "spoke0/web, spoke1/web, spoke2/web and 6 others",
        "VirtualAppliance 10.0.1.4",
        expect.any(String),
        expect.any(String),
      ],
      ["2", expect.stringContaining("hub/<img"), "Internet", expect.any(String), "Internet"],
      ["3", "hub/store", expect.any(String), expect.any(String), "service endpoint unnamed service"],
    ]);
  });

  it("says what bypasses an appliance, and in which subnets", async () => {
    const { page: shown } = await show(await page("report", before, "--out", "-"), {});
    const rows = await shown.locator("#bypasses tbody tr").allInnerTexts();
    expect(rows.map((text) => text.replaceAll(/\s+/g, " ").trim())).toEqual([
      "10.0.1.4 (to-nva) 16 IPv4 addresses service endpoint unnamed service hub/store",
    ]);
  });

  it("opens an answer in full", async () => {
    const { page: shown } = await show(await page("report", before, "8.8.8.8", "--out", "-"), {});
    const first = shown.locator("#answers details.answer").first();
    expect(await first.locator("article").isVisible()).toBe(false);
    await first.locator("summary").first().click();
    expect(await first.locator("article").isVisible()).toBe(true);
    expect(await first.textContent()).toContain("only active route");
  });

  it("shows moves with their subnets, and what was added and removed", async () => {
    const { page: shown } = await show(await page("diff", before, after, "-o", "html"), {});
    expect(await shown.locator("#drift details.route > summary").first().textContent()).toContain("in 8");
    expect(await shown.locator("#drift").textContent()).toContain("spoke0/web");
  });

  it("is printed on paper", async () => {
    const { page: shown } = await show(await page("report", before, "8.8.8.8", "--out", "-"), {});
    await shown.emulateMedia({ media: "print" });
    expect(await shown.locator("#classes").isVisible()).toBe(true);
  });
});

describe("the page of a checked snapshot", () => {
  it("has a row for each rule and result, with its subnets", async () => {
    const policy = join(scratch, "p.yaml");
    const { writeFileSync } = await import("node:fs");
    writeFileSync(policy, "rules: [{id: nva, to: 8.8.8.8, expect: {via: 10.0.1.4}}]\n");
    const html = await page("check", policy, before, "-o", "html");
    expect(html).toContain("The policy");
    expect(html.match(/<span class="rule-id">nva<\/span>/g)).toHaveLength(2);
    expect(html).toContain("hub/store, spoke0/web, spoke1/web and 7 others");
  });

  it("leads from each violated result to its violation, and names the subnets that a symmetric rule lacks", async () => {
    const policy = join(scratch, "pairs.yaml");
    const { writeFileSync } = await import("node:fs");
    const pair = "{id: pair, symmetric: {spoke0/web: 8.8.8.8, hub/plain: 9.9.9.9}}";
    writeFileSync(policy, `rules:\n- {id: nva, to: 8.8.8.8, expect: {via: 10.0.1.4}}\n- ${pair}\n`);
    const lacking = snapshotDirectory(
      join(scratch, "lacking"),
      [
        ["web0", "spoke0/web", NVA],
        ["plain", "hub/plain", DIRECT],
        ["lost", "hub/lost", null, { outcome: "failed", error: { code: "timeout", message: "slow" } }],
      ],
      { manifest: { complete: false } },
    );
    const html = await page("check", policy, lacking, "-o", "html");
    const links = [...html.matchAll(/href="#(violation-\d+)"/g)].map(([, id]) => id);
    const violations = [...html.matchAll(/id="(violation-\d+)".*?<strong>(.*?)<\/strong>/gs)];
    expect(links).toEqual(violations.map(([, id]) => id));
    expect(violations.map(([, , rule]) => rule)).toEqual(["nva", "pair"]);
    const rows = [...html.matchAll(/<tr>(?:(?!<\/tr>).)*not judged.*?<\/tr>/gs)].map(([own]) => own);
    expect(rows.map((own) => [/rule-id">(\w+)/.exec(own)?.[1], own.includes("hub/lost")])).toEqual([
      ["nva", true],
      ["pair", true],
    ]);
  });
});
