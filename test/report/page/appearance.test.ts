import { fileURLToPath } from "node:url";
import axe from "axe-core";
import { describe, expect, it } from "vitest";
import { browserForTests, hasBrowser, keepPicture, pageOf } from "../browser.ts";

const { show } = browserForTests();

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** The package's own. */
const POLICY = fileURLToPath(new URL("../../../docs/policies/no-bypass.yaml", import.meta.url));

const PAGES: readonly {
  readonly name: string;
  readonly args: readonly string[];
  readonly code?: number;
  readonly sheets?: number;
}[] = [
  {
    name: "sample",
    args: ["report", "191.239.203.0", "10.0.0.0/8", "--sample", "udr-and-endpoint", "--out", "-"],
  },
  { name: "diff", args: ["diff", "sample:no-udr", "sample:udr-and-endpoint", "-o", "html"] },
  {
    name: "whatif",
    args: [
      ...["whatif", "--sample", "no-udr", "--add-route", "0.0.0.0/0=VirtualAppliance:10.10.10.10", "--name", "to-nva"],
      ...["--add-endpoint", "Microsoft.Storage", "--region", "westeurope", "-o", "html"],
    ],
    sheets: 2,
  },
  {
    name: "check",
    args: ["check", POLICY, "sample:udr-and-endpoint", "sample:no-udr", "-o", "html"],
    code: 3,
    sheets: 2,
  },
  { name: "table", args: ["routes", "--sample", "no-udr", "-o", "html"] },
];

const LOOKS = [
  { name: "light", colorScheme: "light", width: 1400 },
  { name: "dark", colorScheme: "dark", width: 1400 },
  { name: "narrow", colorScheme: "light", width: 400 },
  { name: "narrow-dark", colorScheme: "dark", width: 400 },
] as const;

describe.skipIf(!hasBrowser).each(PAGES)("the page of $name", ({ name, args, code = 0, sheets = 1 }) => {
  it("axe finds nothing in light and dark, wide and narrow; nothing is wider than the window; it fits its sheets of paper", async () => {
    // The page's policy keeps axe out, so this browser does not enforce it; other tests do.
    const { page } = await show(await pageOf(args, code), { bypassCSP: true });
    const printed = await page.pdf({ format: "A4" });
    await page.getByRole("textbox", { name: "Address" }).fill("191.239.203.0");
    await page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })");
    await page.evaluate(axe.source);
    for (const { name: look, colorScheme, width } of LOOKS) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      await keepPicture(page, `${name}-${look}`);
      const { violations } = await page.evaluate<{ violations: readonly Violation[] }>("axe.run(document)");
      const found = violations.map(
        ({ id, impact, nodes }) => `${look} ${impact} ${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`,
      );
      expect(found).toEqual([]);
      expect(await page.evaluate("document.documentElement.scrollWidth"), look).toBe(width);
    }
    await page.emulateMedia({ media: "print" });
    await keepPicture(page, `${name}-print`);
    expect(printed.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g)?.length).toBeLessThanOrEqual(sheets);
  });
});

describe.skipIf(!hasBrowser)("the keyboard", () => {
  it("reaches the field first, then all that opens or scrolls; Enter neither reloads the page nor loses the answer", async () => {
    const { page } = await show(await pageOf(["report", "sample:udr-and-endpoint", "--out", "-"]));
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.id")).toBe("ip");
    await page.keyboard.type("191.239.203.0");
    await page.keyboard.press("Enter");
    expect(await page.locator("#typed h3").textContent()).toContain("191.239.203.0 → service endpoint");
    expect(page.url()).toContain("#ip=191.239.203.0");
    const reached = new Set<string>();
    for (let presses = 0; presses < 60; presses++) {
      await page.keyboard.press("Tab");
      const what = await page.evaluate<string>("document.activeElement.id || document.activeElement.tagName");
      reached.add(what);
      if (what === "SUMMARY") await page.keyboard.press("Space");
      if (what === "list") break;
    }
    for (const what of ["copy-link", "A", "SUMMARY", "filter-text", "copy-csv", "list"])
      expect(reached).toContain(what);
    expect(await page.locator("#endpoints details[open]").count()).toBe(2);
  });
});
