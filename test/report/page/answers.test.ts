import { describe, expect, it } from "vitest";
import { browserForTests, hasBrowser, pageOf } from "../browser.ts";

const { show } = browserForTests();

const SAMPLE = ["report", "191.239.203.0", "--sample", "udr-and-endpoint", "--out", "-"];

describe.skipIf(!hasBrowser)("a page in a browser", () => {
  it("answers while an address is typed, sends nothing, and respects its own policy", async () => {
    const { page, requests, complaints } = await show(await pageOf(SAMPLE));
    await page.getByRole("textbox", { name: "Address" }).pressSequentially("8.8.8.8");
    const card = page.locator("#typed .card");
    await expect.poll(() => card.locator("h3").textContent()).toContain("8.8.8.8");
    expect(await card.textContent()).toContain("10.10.10.10");
    await page.getByRole("textbox", { name: "Address" }).fill("191.239.203.15");
    expect(await card.locator("tr.won").textContent()).toContain("191.239.203.0/28");
    expect({ requests, complaints }).toEqual({ requests: [], complaints: [] });
  });

  it.each([
    ["010.1.1.1", "'010.1.1.1' has a leading zero, which some programs read as octal: write 10.1.1.1"],
    ["1.2.3", "'1.2.3' is not a whole IPv4 address: write all four parts, like 10.0.0.4"],
    ["10.0.0.1/8", "'10.0.0.1/8' has host bits set after /8: write 10.0.0.0/8, or 10.0.0.1 for the one address"],
    ["http://10.1.2.3/x", "'http://10.1.2.3/x' is a URL, not an address: write 10.1.2.3"],
    ["10.1.2.3:443", "'10.1.2.3:443' has a port or brackets: write 10.1.2.3"],
    ["10.0.0.0/255.0.0.0", "'10.0.0.0/255.0.0.0' has a netmask instead of a prefix length: write 10.0.0.0/8"],
    ["internat", "'internat' is not a valid destination: did you mean: internet"],
    ["tag:Storage", "this page carries no service tags: write it with report --with-tags"],
    ["fe80::1%eth0", "'fe80::1%eth0' has a zone, which names an interface of one machine: write it without: fe80::1"],
    ["<b>", "'<b>' is not an IPv4 or IPv6 address: write one like 10.0.0.4 or 2001:db8::1"],
  ])("refuses %s as the command line does", async (typed, refusal) => {
    const { page } = await show(await pageOf(SAMPLE));
    await page.getByRole("textbox", { name: "Address" }).fill(typed);
    expect(await page.locator("#refusal").textContent()).toBe(refusal);
    expect(await page.locator("#typed").isVisible()).toBe(false);
    expect(await page.getByRole("textbox", { name: "Address" }).getAttribute("aria-invalid")).toBe("true");
  });

  it.each([
    ["10.0.0.0/8", "10.0.0.0/8 16,777,216 IPv4 addresses", ["16,711,680 IPv4", "65,536 IPv4"]],
    ["internet", "internet", ["3,702,258,609 IPv4", "64 IPv4", "16 IPv4"]],
    ["191.239.203.0/28", "191.239.203.0/28 16 IPv4 addresses", ["16 IPv4"]],
    ["10.0.255.254-10.1.0.0", "10.0.255.254-10.1.0.0 3 IPv4 addresses", ["2 IPv4", "1 IPv4"]],
    ["8.8.8.8, 10.0.0.4 191.239.203.0/28", "18 IPv4 addresses", ["16 IPv4", "1 IPv4", "1 IPv4"]],
  ])("splits %s by outcome, as the command line does", async (typed, head, parts) => {
    const { page } = await show(await pageOf(SAMPLE));
    await page.getByRole("textbox", { name: "Address" }).fill(typed);
    expect(await page.locator("#typed h3").textContent()).toContain(head);
    const counts = await page.locator("#typed tbody td:first-child").allTextContents();
    expect(counts.filter((text) => text.includes("IPv4")).map((text) => text.replace(/ address.*/, ""))).toEqual(parts);
  });

  it("splits a service tag where it carries the tags, and refuses a tag that they lack", async () => {
    const { page } = await show(await pageOf([...SAMPLE, "--with-tags"]));
    const field = page.getByRole("textbox", { name: "Address" });
    await field.fill("tag:storage");
    expect(await page.locator("#typed h3").textContent()).toContain("80 IPv4 addresses");
    await field.fill("tag:Storag");
    expect(await page.locator("#refusal").textContent()).toBe(
      "unknown service tag 'Storag': the page's tags have none of this name",
    );
    await field.fill("191.239.203.0");
    expect(await page.locator("#typed .tags").textContent()).toContain("Storage.WestEurope, Storage");
  });

  it("opens at the answer that its link names, and keeps what is typed in its address", async () => {
    const { page } = await show(await pageOf(SAMPLE), { hash: "#ip=10.0.0.4" });
    expect(await page.locator("#typed h3").textContent()).toContain("10.0.0.4");
    await page.locator("#who-wins a").first().click();
    await expect.poll(() => page.getByRole("textbox", { name: "Address" }).inputValue()).not.toBe("10.0.0.4");
    await page.getByRole("textbox", { name: "Address" }).fill("191.239.203.1");
    await expect.poll(() => page.url()).toContain("#ip=191.239.203.1");
  });

  it.each([
    ["report", ["report", "191.239.203.0", "8.8.8.8", "sample:udr-and-endpoint", "--out", "-"], "8.8.8.8", [1, 1]],
    ["diff", ["diff", "sample:no-udr", "sample:udr-and-endpoint", "-o", "html"], "8.8.8.8", [2, 0]],
  ] as const)(
    "shows an answer of %s once when it is typed too, and again where it stood when the field is empty",
    async (_, args, address, counts) => {
      const { page } = await show(await pageOf(args), { hash: `#ip=${address}` });
      const [typed, given] = [page.locator("#typed .card:visible"), page.locator("#answer .card:visible")];
      expect(await typed.count()).toBe(counts[0]);
      expect(await typed.first().locator(".address").textContent()).toBe(address);
      expect(await given.count()).toBe(counts[0] + counts[1]);
      const field = page.getByRole("textbox", { name: "Address" });
      await field.fill("10.0.0.4");
      await field.fill(address);
      expect(await typed.count()).toBe(counts[0]);
      await field.fill("");
      expect(await given.count()).toBe(counts[0] + counts[1]);
      expect(await typed.count()).toBe(0);
    },
  );

  it("a typed destination that the page already answers keeps the details of that answer, such as its service tags", async () => {
    const { page } = await show(await pageOf(SAMPLE), { hash: "#ip=191.239.203.0" });
    expect(await page.locator("#typed .tags").textContent()).toContain("AzureCloud.westeurope");
  });

  it("colours winners and losers differently", async () => {
    const { page } = await show(await pageOf(SAMPLE));
    const colourOf = (row: string) =>
      page.evaluate(`getComputedStyle(document.querySelector("tr.${row} td.mark")).color`);
    expect(await colourOf("won")).toBe("rgb(23, 102, 58)");
    expect(await colourOf("lost")).toBe("rgb(82, 96, 113)");
  });

  it("is readable without script: the answer, the holes, who wins, the rows and the prefixes; nothing that needs script", async () => {
    const { page, requests } = await show(await pageOf(SAMPLE), { javaScriptEnabled: false });
    for (const title of ["Holes in each route", "Who wins", "Route table", "Service endpoint prefixes"]) {
      expect(await page.getByRole("heading", { name: title }).isVisible()).toBe(true);
    }
    expect(await page.getByRole("heading", { level: 3 }).textContent()).toBe(
      "191.239.203.0 → service endpoint Microsoft.Storage (Storage.WestEurope)",
    );
    expect(await page.locator("input:visible, button:visible, a[href^='#']:visible").count()).toBe(0);
    expect(await page.locator("#who-wins a").first().textContent()).toBe("8.8.8.8");
    await page.locator("#endpoints summary").first().click();
    expect(await page.locator("#endpoints pre").first().textContent()).toContain("191.235.255.192/26");
    expect(requests).toEqual([]);
  });
});
