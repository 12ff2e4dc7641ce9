import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { scratchDirectory } from "../built-program.ts";
import { run } from "../commands/run-in-process.ts";
import { body, exportFolder } from "../commands/snapshot-fixture.ts";

const html = async (...args: string[]) => (await run([...args, "-q"])).out;

/** The content of a section of a page. */
const section = (page: string, id: string) =>
  new RegExp(`<section id="${id}".*?</section>`, "s").exec(page)?.[0] ?? null;

/** The text of HTML, with a blank between elements. */
const text = (part: string | null) =>
  part
    ?.replace(/<[^>]*>/g, " ")
    .replace(/&#39;/g, "'")
    .replace(/\s+/g, " ")
    .trim() ?? null;

const SECTIONS = [
  "provenance",
  "path",
  "answer",
  "policy",
  "moves",
  "rows",
  "prediction",
  "holes",
  "who-wins",
  "routes",
  "endpoints",
  "all-prefixes",
];
const WHATIF = [
  "whatif",
  "--sample",
  "no-udr",
  "--add-route",
  "0.0.0.0/0=VirtualAppliance:10.10.10.10",
  "--name",
  "to-nva",
];

describe("the sections of a page, from top to bottom", () => {
  it.each([
    [
      "a table",
      ["report", "sample:udr-and-endpoint", "--out", "-"],
      ["provenance", "answer", "holes", "who-wins", "routes", "endpoints", "all-prefixes"],
    ],
    [
      "a table without endpoints",
      ["routes", "sample:udr", "-o", "html"],
      ["provenance", "answer", "holes", "who-wins", "routes", "all-prefixes"],
    ],
    ["a diff", ["diff", "sample:udr", "sample:no-udr", "-o", "html"], ["provenance", "answer", "moves", "rows"]],
    ["a prediction", [...WHATIF, "-o", "html"], ["provenance", "answer", "moves", "rows", "prediction"]],
    [
      "a policy",
      ["check", "docs/policies/no-bypass.yaml", "sample:udr", "-o", "html"],
      ["provenance", "answer", "policy"],
    ],
  ])("of %s", async (_, args, ids) => {
    const page = await html(...args);
    expect(sectionsOf(page)).toEqual(ids);
    expect(ids.filter((id) => !SECTIONS.includes(id))).toEqual([]);
  });
});

const sectionsOf = (page: string) => [...page.matchAll(/<section id="([\w-]+)"/g)].map(([, id]) => id);

describe("the page of a trace", () => {
  const scratch = scratchDirectory();
  afterAll(() => scratch.remove());
  const exports = exportFolder(join(scratch.path, "exports"), {
    "web.json": body("10.1.0.0/16 VnetLocal", "10.0.0.0/16 VNetPeering", "0.0.0.0/0 VirtualAppliance 10.0.1.4 to-nva"),
    "nva.json": body("10.0.0.0/16 VnetLocal", "10.1.0.0/16 VNetPeering", "10.2.0.0/16 VNetPeering"),
    "db.json": body("10.2.0.0/16 VnetLocal", "0.0.0.0/0 VirtualAppliance 10.0.1.5 to-other"),
    "other.json": body("10.0.0.0/16 VnetLocal", "10.1.0.0/16 VNetPeering"),
  });
  const map = join(scratch.path, "map.csv");
  writeFileSync(map, "address,name\n10.1.0.4,web\n10.0.1.4,nva\n10.0.1.5,other\n10.2.0.4,db\n");
  const page = html(
    "trace",
    exports,
    "--addresses",
    map,
    "--from",
    "web",
    "--to",
    "10.2.0.4",
    "--return",
    "-o",
    "html",
  );

  it("has the path in words and in pictures, no script, and no name of a folder", async () => {
    expect(sectionsOf(await page)).toEqual(["provenance", "path"]);
    expect([...(await page).matchAll(/<svg class="path (\w+)"/g)].map(([, which]) => which)).toEqual([
      "wide",
      "narrow",
    ]);
    expect(await page).not.toContain("<script");
    expect(await page).not.toContain(scratch.path);
  });

  it.each([
    ["the answers", "10.1.0.4 → 10.2.0.4 delivered to db"],
    ["the symmetry", "Not symmetric : asymmetric: there through nva, back through other"],
    ["a hop's route", "0.0.0.0/0 User to-nva → VirtualAppliance 10.0.1.4"],
    ["a hop's rule", "10.0.1.4 is nva. Rule next-hop-owner , inferred ."],
    ["what is assumed", "assumed: nva forwards it: its filters, NAT and tunnels are unknown"],
    ["the hops that see one direction", "! stateful, there only"],
    ["the reply", "Hops of its reply 1 · network interface db"],
  ])("%s: %s", async (_, words) => {
    expect(text(section(await page, "path"))).toContain(words);
  });
});

describe("what sections say without script", () => {
  const page = html("report", "sample:udr-and-endpoint", "191.239.203.0", "10.0.0.0/8", "--out", "-");

  it.each([
    ["provenance", "sample udr-and-endpoint, 5 rows (1 not active), 5 prefixes."],
    ["provenance", "embedded sample (Public, change number 279, 2023-11-06)"],
    ["answer", "191.239.203.0 → service endpoint Microsoft.Storage (Storage.WestEurope)"],
    ["answer", "16,711,680 IPv4 addresses None 10.10.10.10 dropped User to-nva 10.0.0.0/8 except 10.0.0.0/16"],
    ["holes", "0.0.0.0/0 User to-nva → None 10.10.10.10 parts go to 3 other next hops; 2 bypass the appliance"],
    ["holes", "It wins 4,294,901,678 of 4,294,967,296 IPv4 addresses (99.9 %)."],
    ["holes", "service endpoint Storage.WestEurope 16 1 bypasses the appliance 191.239.203.0"],
    ["who-wins", "dropped (appliance 10.10.10.10 unreachable) 4,294,901,678 6 8.8.8.8"],
    ["who-wins", "The table has no IPv6 routes."],
    ["routes", "191.239.203.0/28 service endpoint Default Active Microsoft.Storage · Storage.WestEurope"],
    ["endpoints", "Storage.NorthEurope 1 prefix · Microsoft.Storage · Active 191.235.255.192/26"],
  ])("%s: %s", async (id, words) => {
    expect(text(section(await page, id))).toContain(words);
  });

  it.each([
    [
      "diff",
      ["diff", "sample:no-udr", "sample:udr-and-endpoint"],
      "moves",
      "4,294,901,758 IPv4 addresses change next hop.",
    ],
    [
      "diff",
      ["diff", "sample:no-udr", "sample:udr-and-endpoint"],
      "moves",
      "Internet 4,294,901,678 103 prefixes 64 1 prefix 16 1 prefix",
    ],
    ["diff", ["diff", "sample:no-udr", "sample:udr-and-endpoint"], "answer", "before 8.8.8.8 → Internet"],
    [
      "diff",
      ["diff", "sample:no-udr", "sample:udr-and-endpoint"],
      "rows",
      "~ changed: state 0.0.0.0/0 Internet Default Invalid moves addresses",
    ],
    ["diff", ["diff", "sample:udr", "sample:udr"], "moves", "No address changes next hop."],
    [
      "whatif",
      WHATIF,
      "provenance",
      "Prediction, not Azure's answer. What if: add-route 0.0.0.0/0=VirtualAppliance:10.10.10.10 named to-nva",
    ],
    ["whatif", WHATIF, "prediction", "so its appliance is unreachable"],
    [
      "check",
      ["check", "docs/policies/no-bypass.yaml", "sample:udr-and-endpoint", "sample:udr"],
      "policy",
      "✗ violated 80 IPv4 addresses ✓ holds",
    ],
    [
      "routes",
      ["routes", "sample:udr-and-endpoint", "--source", "User"],
      "routes",
      "1 row of 5, as the command's filter chose them.",
    ],
  ])("%s %s", async (_, args, id, words) => {
    expect(text(section(await html(...args, "-o", "html"), id))).toContain(words);
  });
});

describe("a page that is shared", () => {
  const scratch = scratchDirectory();
  afterAll(() => scratch.remove());
  const files = Array.from({ length: 7 }, (_, at) => {
    const row = {
      source: "Default",
      state: "Active",
      addressPrefix: ["0.0.0.0/0"],
      nextHopType: at === 0 ? "Internet" : "None",
    };
    const file = join(scratch.path, `web0${at}.json`);
    writeFileSync(file, JSON.stringify({ value: [row] }));
    return file;
  });

  it("has the names of files, never their folders", async () => {
    const [file = "", other = ""] = files;
    for (const args of [
      ["report", file, "--out", "-"],
      ["diff", file, other, "-o", "html"],
      ["check", "docs/policies/no-bypass.yaml", file, other, "-o", "html"],
    ]) {
      const page = await html(...args);
      expect({ name: page.includes("web00.json"), folder: page.includes(scratch.path) }).toEqual({
        name: true,
        folder: false,
      });
    }
  });

  it("answers for at most six tables, and shows a policy's results for any number", async () => {
    const [six, seven] = [
      await html("check", "docs/policies/no-bypass.yaml", ...files.slice(1), "-o", "html"),
      await html("check", "docs/policies/no-bypass.yaml", ...files, "-o", "html"),
    ];
    expect([six.includes('id="ip"'), seven.includes('id="ip"')]).toEqual([true, false]);
    expect([six.includes("<script>"), seven.includes("<script>")]).toEqual([true, false]);
    expect(text(section(seven, "policy"))).toContain("web06.json");
  });
});
