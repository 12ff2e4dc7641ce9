import { describe, expect, it } from "vitest";
import { htmlPage } from "../../../src/output/formats/html.ts";
import { annotateTable } from "../../../src/routes/annotate-table.ts";
import type { EffectiveRoute } from "../../../src/routes/effective-route.ts";
import { row } from "../../selection/routes-for-tests.ts";
import { browserForTests, hasBrowser } from "../browser.ts";

const { show } = browserForTests();

function pageFor(routes: readonly EffectiveRoute[]): Promise<string> {
  const origin = { kind: "file", name: "web01.json", format: "arm", fetchedAt: null, note: null } as const;
  const annotated = annotateTable({ routes, origin }, null);
  return htmlPage({
    kind: "whichroute",
    report: { schemaVersion: "1.0", explanations: [], routeTable: origin, serviceTagFile: null },
    view: { explain: false, expand: false, verbose: false },
    page: { tables: [{ label: "", annotated }], carriedTags: null },
  });
}

const ROWS = [
  "User 0.0.0.0/0 VirtualAppliance 10.0.1.4 #to-nva",
  "User 10.2.0.0/16,10.1.0.0/16 VirtualAppliance 10.0.1.5 #=cmd|'/c'!A1",
  "Default! 0.0.0.0/0 Internet",
  "Default fd00::/48 VnetLocal",
].map(row);

/** A table of this many prefixes, learnt from a gateway, in mixed order. */
const gatewayRows = (count: number) =>
  Array.from({ length: count }, (_, at) => {
    const value = (at * 2_654_435_761) % 2 ** 24;
    const hop = `10.0.255.${4 + (at % 9)}`;
    return row(
      `VirtualNetworkGateway ${value >>> 16}.${(value >>> 8) & 255}.${value & 255}.0/24 VirtualNetworkGateway ${hop}`,
    );
  });

describe.skipIf(!hasBrowser)("the list of all prefixes", () => {
  it.each([
    ["", ["0.0.0.0/0", "0.0.0.0/0", "10.1.0.0/16", "10.2.0.0/16", "fd00::/48"]],
    ["to-NVA", ["0.0.0.0/0"]],
    ["10.0.1.5", ["0.0.0.0/0", "0.0.0.0/0"]],
    ["vnetlocal", ["fd00::/48"]],
    ["invalid", ["0.0.0.0/0"]],
    ["10.2.3.4", ["0.0.0.0/0", "0.0.0.0/0", "10.2.0.0/16"]],
    ["10.1.0.0/24", ["0.0.0.0/0", "0.0.0.0/0", "10.1.0.0/16"]],
    ["10.0.0.0/8", ["0.0.0.0/0", "0.0.0.0/0", "10.1.0.0/16", "10.2.0.0/16"]],
    ["fd00::1", ["fd00::/48"]],
    ["nothing has this", []],
  ])("filters by '%s'", async (text, prefixes) => {
    const { page } = await show(await pageFor(ROWS));
    await page.getByLabel("Filter").fill(text);
    expect(await page.locator("#list td.prefix").allTextContents()).toEqual(prefixes);
    const count = text === "" ? "5 prefixes" : `${prefixes.length} of 5 prefixes`;
    expect(await page.locator("#filter-count").textContent()).toBe(count);
  });

  it("copies the shown rows as CSV, with formulas made harmless", async () => {
    const { page } = await show(await pageFor(ROWS), { permissions: ["clipboard-read", "clipboard-write"] });
    await page.getByLabel("Filter").fill("10.1.0.0/24");
    await page.getByRole("button", { name: "Copy as CSV" }).click();
    await expect.poll(() => page.locator("#copy-csv").textContent()).toBe("Copied");
    expect(await page.evaluate("navigator.clipboard.readText()")).toBe(
      [
        "addressPrefix,nextHopType,nextHopIpAddress,route,state,serviceTag",
        "0.0.0.0/0,VirtualAppliance,10.0.1.4,User to-nva,Active,",
        "0.0.0.0/0,Internet,,Default,Invalid,",
        "10.1.0.0/16,VirtualAppliance,10.0.1.5,User =cmd|'/c'!A1,Active,",
        "",
      ].join("\r\n"),
    );
  });

  it("has only the visible rows in the document, at any scroll position", async () => {
    const { page } = await show(await pageFor(gatewayRows(5000)));
    const rows = page.locator("#list tr:not(.space)");
    expect(await rows.count()).toBeLessThan(100);
    const first = await page.locator("#list td.prefix").first().textContent();
    await page.evaluate("document.getElementById('list').scrollTop = 1e6");
    await expect.poll(() => page.locator("#list td.prefix").first().textContent()).not.toBe(first);
    expect(await rows.count()).toBeLessThan(100);
    expect(await page.locator("#list tr[aria-rowindex='5001']").isVisible()).toBe(true);
    await page.getByLabel("Filter").fill("10.0.255.7");
    expect(await page.evaluate("document.getElementById('list').scrollTop")).toBe(0);
  });
});

it("a page of 20,000 prefixes has at most 1 MB", async () => {
  expect((await pageFor(gatewayRows(20_000))).length).toBeLessThan(1_000_000);
});

describe("the parts of a page that do not depend on its table", () => {
  it("have at most 100 KB", async () => {
    const html = await pageFor(ROWS);
    const own = html.replace(/<main>.*<\/main>/s, "").replace(/<script type="application\/json".*?<\/script>/s, "");
    expect(own.length).toBeLessThan(100 * 1024);
    expect(own.length).toBeGreaterThan(50_000);
  });

  it("leave out the styles of a path", async () => {
    const html = await pageFor(ROWS);
    expect(html).toContain(".card{");
    expect(html).not.toContain(".drawing");
  });
});
