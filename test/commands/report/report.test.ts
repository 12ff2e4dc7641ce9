import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { openInBrowser } from "../../../src/commands/report/open-in-browser.ts";
import { pageName } from "../../../src/commands/report/report.ts";
import { scratchDirectory } from "../../built-program.ts";
import { run } from "../run-in-process.ts";

const scratch = scratchDirectory();
const before = process.cwd();
let folder = scratch.path;
let count = 0;
beforeEach(() => {
  folder = join(scratch.path, String(count++));
  mkdirSync(folder);
  process.chdir(folder);
});
afterAll(() => {
  process.chdir(before);
  scratch.remove();
});

const SAMPLE = ["report", "--sample", "udr-and-endpoint"];

describe("the default name of a page", () => {
  const ID = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/networkInterfaces/";
  it.each([
    ["azure", `${ID}web01`, "web01-routes.html"],
    ["cache", `${ID}web_01.prod`, "web_01.prod-routes.html"],
    ["file", "/home/me/web01.json", "web01-routes.html"],
    ["file", "C:\\exports\\web01-routes.json", "web01-routes.html"],
    ["file", "routes.json", "routes.html"],
    ["file", "-rf ..\u202e$(x);.json", "rf-..-x-routes.html"],
    ["file", "...", "routes.html"],
    ["file", "ü", "routes.html"],
    ["file", "n".repeat(300), `${"n".repeat(80)}-routes.html`],
    ["sample", "udr", "udr-routes.html"],
    ["stdin", "stdin", "routes.html"],
  ] as const)("%s %s: %s", (kind, name, expected) => {
    expect(pageName({ kind, name })).toBe(expected);
  });
});

describe("report", () => {
  it("writes a page under the source's name, says so, and replaces it the next time", async () => {
    const first = await run(SAMPLE);
    expect(first).toMatchObject({ code: 0, out: "" });
    expect(first.err).toMatch(/^wrote udr-and-endpoint-routes\.html \(\d+ KB\)\n$/);
    expect(readFileSync("udr-and-endpoint-routes.html", "utf8")).toMatch(/^<!doctype html>/);
    expect((await run([...SAMPLE, "8.8.8.8"])).code).toBe(0);
    expect(readFileSync("udr-and-endpoint-routes.html", "utf8")).toContain("8.8.8.8</span>");
    expect(readdirSync(".")).toEqual(["udr-and-endpoint-routes.html"]);
  });

  it.each([
    [["sample:udr"], "udr-routes.html", "sample udr"],
    [["sample:udr", "8.8.8.8"], "udr-routes.html", "8.8.8.8</span>"],
    [["8.8.8.8", "sample:udr"], "udr-routes.html", "8.8.8.8</span>"],
    [["web01.json", "10.0.0.0/8"], "web01-routes.html", "10.0.0.0/8</span>"],
    [["web01.json"], "web01-routes.html", "web01.json"],
    [["-", "8.8.8.8"], "routes.html", "8.8.8.8</span>"],
    [["-"], "routes.html", "standard input"],
  ])("takes a table and destinations as words: %s", async (words, page, text) => {
    const value = [{ source: "Default", state: "Active", addressPrefix: ["0.0.0.0/0"], nextHopType: "Internet" }];
    writeFileSync("web01.json", JSON.stringify({ value }));
    expect(await run(["report", ...words], { stdin: JSON.stringify({ value }) })).toMatchObject({ code: 0, out: "" });
    expect(readFileSync(page, "utf8")).toContain(text);
  });

  it("never replaces another file under a default name; --out does", async () => {
    writeFileSync("udr-and-endpoint-routes.html", "my notes");
    const refused = await run(SAMPLE);
    expect(refused.code).toBe(2);
    expect(refused.err).toContain("udr-and-endpoint-routes.html exists and is not a page of vnet-explain");
    expect(readFileSync("udr-and-endpoint-routes.html", "utf8")).toBe("my notes");
    expect((await run([...SAMPLE, "--out", "udr-and-endpoint-routes.html"])).code).toBe(0);
    expect(readFileSync("udr-and-endpoint-routes.html", "utf8")).toMatch(/^<!doctype html>/);
  });

  it("--out - prints the page; -o html of routes and whichroute does the same", async () => {
    for (const args of [
      [...SAMPLE, "--out", "-"],
      ["routes", "--sample", "udr-and-endpoint", "-o", "html"],
      ["whichroute", "--ip", "8.8.8.8", "--sample", "udr-and-endpoint", "-o", "html"],
    ]) {
      const { code, out } = await run(args);
      expect({ code, start: out.slice(0, 15) }).toEqual({ code: 0, start: "<!doctype html>" });
    }
    expect(readdirSync(".")).toEqual([]);
  });

  it.each([
    ["an address that is none", [...SAMPLE, "010.1.1.1"], 2, "'010.1.1.1' has a leading zero"],
    ["--open without a file", [...SAMPLE, "--out", "-", "--open"], 2, "--open needs a file"],
    ["a folder that is missing", [...SAMPLE, "--out", "no/such/page.html"], 1, "cannot write the page"],
    ["another format", [...SAMPLE, "-o", "csv"], 2, "report writes HTML, so -o csv does not work with it"],
    ["--query", [...SAMPLE, "--query", "routes"], 2, "report writes HTML, so --query does not work with it"],
    ["-o html of tags", ["tags", "list", "-o", "html"], 2, "-o html is only available for routes, whichroute"],
    [
      "-o html of a stream",
      ["whichroute", "--ip", "-", "--sample", "udr", "-o", "html"],
      2,
      "-o html is only available for",
    ],
  ])("refuses %s", async (_, args, code, message) => {
    const refused = await run([...args], { stdin: "8.8.8.8\n" });
    expect({ code: refused.code, out: refused.out }).toEqual({ code, out: "" });
    expect(refused.err).toContain(`error: ${message}`);
    expect(readdirSync(".")).toEqual([]);
  });
});

describe.skipIf(process.platform === "win32")("--open", () => {
  it("starts the platform's opener with the page's absolute path as one argument, however hostile its name", async () => {
    const bin = join(folder, "bin");
    mkdirSync(bin);
    writeFileSync(join(bin, "xdg-open"), `#!/bin/sh\nprintf '%s\\n' "$#" "$1" > "${folder}/opened"\n`);
    chmodSync(join(bin, "xdg-open"), 0o755);
    const name = "$(touch pwned);'&--x.html";
    const { code } = await run([...SAMPLE, "--out", name, "--open"], { env: { PATH: `${bin}:/usr/bin:/bin` } });
    expect(code).toBe(0);
    await expect
      .poll(() => readdirSync(".").includes("opened") && readFileSync("opened", "utf8"))
      .toBe(`1\n${join(process.cwd(), name)}\n`);
    expect(readdirSync(".").sort()).toEqual([name, "bin", "opened"].sort());
  });

  it("reports a missing opener, and keeps the page", async () => {
    const { code, err } = await run([...SAMPLE, "--open"], { env: { PATH: folder } });
    expect(code).toBe(0);
    expect(err).toMatch(
      /cannot open a browser here \(xdg-open is missing\); open .*udr-and-endpoint-routes\.html yourself/,
    );
  });

  it.each([
    ["darwin", "open is missing"],
    ["win32", "rundll32 is missing"],
    ["linux", "xdg-open is missing"],
  ] as const)("on %s", async (platform, failure) => {
    expect(await openInBrowser("/page.html", { PATH: folder }, platform)).toBe(failure);
  });
});
