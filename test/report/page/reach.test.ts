import { writeFileSync } from "node:fs";
import { join } from "node:path";
import axe from "axe-core";
import { describe, expect, it } from "vitest";
import { body, exportFolder } from "../../commands/snapshot-fixture.ts";
import { temporaryDirectory } from "../../store/temporary-directory.ts";
import { browserForTests, hasBrowser, keepPicture, pageOf } from "../browser.ts";

const { show } = browserForTests();

const scratch = temporaryDirectory();
const APPLIANCES = "0.0.0.0/0 VirtualAppliance 10.0.1.4,10.0.1.5 to-nva";
const spoke = (own: string) => body(`${own} VnetLocal`, "10.0.0.0/16 VNetPeering", APPLIANCES);
const nva = body("10.0.0.0/16 VnetLocal", "10.1.0.0/16 VNetPeering", "10.2.0.0/16 VNetPeering");
const exports = exportFolder(join(scratch, "exports"), {
  "web.json": spoke("10.1.0.0/16"),
  "direct.json": body("10.1.0.0/16 VnetLocal", "10.2.0.0/16 VNetPeering"),
  "nva.json": nva,
  "nva2.json": nva,
  "db.json": spoke("10.2.0.0/16"),
});
const map = join(scratch, "map.csv");
writeFileSync(map, "address,name\n10.1.0.4,web\n10.1.0.5,direct\n10.0.1.4,nva\n10.0.1.5,nva2\n10.2.0.4,db\n");
const policy = join(scratch, "policy.yaml");
writeFileSync(
  policy,
  `name: Paths between the spokes
rules:
  - id: by-nva
    reach: {from: [web, direct], to: 10.2.0.0/30, through: nva, symmetric: true}
  - id: between-networks
    description: Everything between networks passes an appliance.
    reach: {from: "*", to: private, through: [nva, nva2]}
  - id: delivered
    reach: {from: web, to: 10.2.0.4}
`,
);
const args = ["check", policy, exports, "--addresses", map, "-o", "html"];

const LOOKS = [
  { name: "light", colorScheme: "light", width: 1400 },
  { name: "dark", colorScheme: "dark", width: 1400 },
  { name: "narrow", colorScheme: "light", width: 400 },
] as const;

describe.skipIf(!hasBrowser)("the page of reach rules", () => {
  it("axe finds nothing in any look, and nothing is wider than the window", async () => {
    const { page, requests, complaints } = await show(await pageOf(args, 3), { bypassCSP: true });
    await page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })");
    await page.evaluate(axe.source);
    for (const { name, colorScheme, width } of LOOKS) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      await keepPicture(page, `reach-${name}`);
      const found = await page.evaluate<{ id: string; nodes: { html: string }[] }[]>(
        "axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations)",
      );
      expect(found.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)])).toEqual([]);
      expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBe(0);
    }
    expect([requests, complaints]).toEqual([[], []]);
  });

  it("a violated result links to its addresses, the violation, and the hops of one path", async () => {
    const { page } = await show(await pageOf(args, 3));
    const violated = page.getByRole("link", { name: "violated" });
    expect(await violated.count()).toBeGreaterThan(2);
    await violated.last().click();
    const opened = page.locator("details:target");
    expect(await opened.locator("summary").textContent()).toContain("between-networks");
    expect(await opened.getAttribute("open")).not.toBeNull();
    const finding = opened.locator("li.problem").first();
    expect(await finding.isVisible()).toBe(true);
    // Branches are not a chain: an arrow between two of them would show a hop that does not exist.
    expect(await finding.textContent()).toMatch(/expected: through nva or nva2; actual: .*; by [\w.]+, [\w.]+/);
  });

  it("without script each finding and what was left out can be read", async () => {
    const { page } = await show(await pageOf(args, 3), { javaScriptEnabled: false });
    expect(await page.locator("details li.problem").first().isVisible()).toBe(true);
    expect(await page.getByText("leaves out the sender's own network").isVisible()).toBe(true);
  });
});
