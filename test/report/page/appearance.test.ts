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

const PAGES: readonly { readonly name: string; readonly args: readonly string[]; readonly code?: number }[] = [
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
  },
  { name: "check", args: ["check", POLICY, "sample:udr-and-endpoint", "sample:no-udr", "-o", "html"], code: 3 },
  { name: "table", args: ["routes", "--sample", "no-udr", "-o", "html"] },
];

const LOOKS = [
  { name: "light", colorScheme: "light", viewport: { width: 1400, height: 900 } },
  { name: "dark", colorScheme: "dark", viewport: { width: 1400, height: 900 } },
  { name: "narrow", colorScheme: "light", viewport: { width: 400, height: 800 } },
  { name: "narrow-dark", colorScheme: "dark", viewport: { width: 400, height: 800 } },
] as const;

describe.skipIf(!hasBrowser).each(PAGES)("the page of $name", ({ name, args, code = 0 }) => {
  it.each(LOOKS)("$name: axe finds nothing, contrast included, and nothing is wider than the window", async (look) => {
    // The page's policy keeps axe out, so this browser does not enforce it; other tests do.
    const { page } = await show(await pageOf(args, code), { ...look, hash: "#ip=191.239.203.0", bypassCSP: true });
    await page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })");
    await keepPicture(page, `${name}-${look.name}`);
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate<{ violations: readonly Violation[] }>("axe.run(document)");
    const found = violations.map(
      ({ id, impact, nodes }) => `${impact} ${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`,
    );
    expect(found).toEqual([]);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(look.viewport.width);
  });

  it("is printed on one page", async () => {
    const { page } = await show(await pageOf(args, code));
    await page.emulateMedia({ media: "print" });
    await keepPicture(page, `${name}-print`);
    const pdf = await page.pdf({ format: "A4" });
    expect(pdf.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g)).toHaveLength(1);
  });
});
