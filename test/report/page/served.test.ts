import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { browserForTests, hasBrowser, pageOf } from "../browser.ts";

const { browser } = browserForTests();

/** What Jenkins sends with artifacts. https://www.jenkins.io/doc/book/security/configuring-content-security-policy/ */
const JENKINS = "sandbox; default-src 'none'; img-src 'self'; style-src 'self';";

let close: () => void = () => undefined;
afterEach(() => close());

/** Serves the page, and counts the requests. */
async function serve(html: string, policy: string | null) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    const headers = {
      "content-type": "text/html; charset=utf-8",
      ...(policy && { "content-security-policy": policy }),
    };
    response.writeHead(request.url === "/page.html" ? 200 : 404, headers);
    response.end(request.url === "/page.html" ? html : "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  close = () => server.close();
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/page.html`, asked };
}

describe.skipIf(!hasBrowser)("a page from a server", () => {
  it("makes no request, whatever is clicked and typed", async () => {
    const { url, asked } = await serve(
      await pageOf(["report", "8.8.8.8", "--sample", "udr-and-endpoint", "--out", "-"]),
      null,
    );
    const page = await browser().newPage();
    await page.goto(url);
    await page.waitForSelector("html[data-ready]", { state: "attached" });
    await page.getByRole("textbox", { name: "Address" }).fill("10.0.0.4");
    await page.getByLabel("Filter").fill("Storage");
    await page.locator("#holes a").first().click();
    await page.waitForTimeout(500);
    expect(asked.filter((path) => path !== "/favicon.ico")).toEqual(["/page.html"]);
    await page.close();
  });

  it("is readable where the server forbids scripts and styles, as Jenkins does", async () => {
    const args = ["report", "191.239.203.0", "--sample", "udr-and-endpoint", "--out", "-"];
    const { url, asked } = await serve(await pageOf(args), JENKINS);
    const page = await browser().newPage();
    await page.goto(url);
    for (const title of ["Holes in each route", "Who wins", "Route table", "Service endpoint prefixes"]) {
      expect(await page.getByRole("heading", { name: title }).isVisible()).toBe(true);
    }
    expect(await page.getByText("service endpoint Microsoft.Storage (Storage.WestEurope)").isVisible()).toBe(true);
    expect(await page.locator("input:visible, button:visible").count()).toBe(0);
    expect(await page.locator("html[data-ready]").count()).toBe(0);
    const weight = await page.evaluate("getComputedStyle(document.querySelector('h1')).fontWeight");
    expect(weight).toBe("700"); // the browser's own style: the page's is forbidden
    expect(asked.filter((path) => path !== "/favicon.ico")).toEqual(["/page.html"]);
    await page.close();
  });
});
