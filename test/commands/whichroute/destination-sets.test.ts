import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { scratchDirectory } from "../../built-program.ts";
import { hasSharedData, sharedPath } from "../../shared-data.ts";
import { run } from "../run-in-process.ts";

const scratch = scratchDirectory();
afterAll(() => scratch.remove());

const row = (source: string, addressPrefix: readonly string[], nextHopType: string, more: object = {}) => ({
  source,
  state: "Active",
  addressPrefix,
  nextHopType,
  nextHopIpAddress: [],
  ...more,
});
const LOCAL = row("Default", ["10.0.0.0/16"], "VnetLocal");
const DOWN = row("User", ["0.0.0.0/0"], "None", { name: "to-nva", nextHopIpAddress: ["10.0.1.4"] });
const endpoint = (...prefixes: readonly string[]) => row("Default", prefixes, "VirtualNetworkServiceEndpoint");
const STORAGE = ["20.0.0.0/24", "20.0.2.0/24", "20.0.4.0/24", "20.0.6.0/24"];
const SQL = ["30.0.0.0/24", "30.0.2.0/24"];

function file(name: string, content: string | object): string {
  const path = join(scratch.path, name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

const tags = file("ServiceTags_Public_20990105.json", {
  changeNumber: 1,
  cloud: "Public",
  values: Object.entries({ Storage: STORAGE, Sql: SQL, Empty: [] }).map(([name, addressPrefixes]) => ({
    name,
    id: name,
    properties: { changeNumber: 1, region: "", systemService: `Azure${name}`, addressPrefixes },
  })),
});

const ask = (rows: readonly object[], ...args: readonly string[]) =>
  run(["whichroute", "--file", file("routes.json", { value: rows }), "--tags", tags, "-q", ...args]);

describe("the first line has the result", () => {
  it.each<[string, readonly object[], string, string]>([
    [
      "most by the endpoint, one to the appliance that is down",
      [DOWN, endpoint(...STORAGE.slice(0, 3))],
      "tag:storage",
      "tag:Storage  ->  3 by service endpoint, 1 by to-nva: DROPPED (4 prefixes)",
    ],
    [
      "all the same way",
      [DOWN, endpoint(...STORAGE)],
      "tag:Storage",
      "tag:Storage  ->  service endpoint Microsoft.Storage (Storage); bypasses an appliance (4 prefixes)",
    ],
    [
      "parts of a prefix",
      [DOWN, endpoint("20.0.0.0/25", ...STORAGE.slice(1))],
      "tag:Storage",
      "tag:Storage  ->  3 and parts of 1 by service endpoint, parts of 1 by to-nva: DROPPED (4 prefixes)",
    ],
    ["no route at all", [LOCAL], "tag:Sql", "tag:Sql  ->  DROPPED: no route covers it (inferred) (2 prefixes)"],
    [
      "a next hop without a name",
      [row("Default", ["30.0.0.0/24"], "VirtualNetworkGateway", { nextHopIpAddress: ["10.0.0.4", "10.0.0.5"] })],
      "tag:Sql",
      "tag:Sql  ->  1 to VirtualNetworkGateway 10.0.0.4, 10.0.0.5, 1 without a route: DROPPED (2 prefixes)",
    ],
    [
      "a prefix, by its addresses",
      [LOCAL],
      "10.0.4.0/24",
      "10.0.4.0/24  ->  this virtual network (10.0.0.0/16) (256 IPv4 addresses)",
    ],
    ["a prefix in parts", [LOCAL], "10.0.0.0/15", "10.0.0.0/15  ->  2 outcomes (131,072 IPv4 addresses)"],
    [
      "the platform's address",
      [DOWN],
      "168.63.129.16/32",
      "168.63.129.16/32  ->  answered by the Azure host, not by a route (1 IPv4 address)",
    ],
    ["both families", [LOCAL], "private", "private  ->  2 outcomes (22,085,632 IPv4 addresses, 2^121 IPv6 addresses)"],
  ])("%s", async (_, rows, destination, expected) => {
    const { code, out } = await ask(rows, "--ip", destination);
    expect(code).toBe(0);
    expect(out.split("\n")[0]).toBe(expected);
  });

  it("names the endpoint if there are two", async () => {
    const lines = file("both.txt", "tag:Storage\ntag:Sql\n");
    const { out } = await ask([endpoint(...STORAGE), endpoint(...SQL)], "--ip", `@${lines}`);
    expect(out.split("\n")[0]).toBe(
      `${lines}  ->  4 by service endpoint Storage, 2 by service endpoint Sql (6 entries)`,
    );
  });
});

describe("the lines after the first", () => {
  it("each outcome has its addresses, its answer and the shortest list of prefixes", async () => {
    const { out } = await ask([LOCAL, DOWN, endpoint("20.0.0.0/24")], "--explain", "--ip", "20.0.0.0/22", "10.0.0.0/8");
    expect(out.slice(0, out.indexOf("\n  data"))).toBe(
      `
20.0.0.0/22  ->  2 outcomes (1,024 IPv4 addresses)

     ADDRESSES  ANSWER                                                                          PREFIXES
  x  768 IPv4   DROPPED: to-nva (0.0.0.0/0) points to appliance 10.0.1.4, which is unreachable  20.0.1.0/24, 20.0.2.0/23
  ok 256 IPv4   service endpoint Microsoft.Storage (Storage); bypasses an appliance             20.0.0.0/24

  next  check that 10.0.1.4 exists, runs, forwards IP, and lies in a reachable network

10.0.0.0/8  ->  2 outcomes (16,777,216 IPv4 addresses)

     ADDRESSES        ANSWER                                                                          PREFIXES
  x  16,711,680 IPv4  DROPPED: to-nva (0.0.0.0/0) points to appliance 10.0.1.4, which is unreachable  10.0.0.0/8 except 10.0.0.0/16
  ok 65,536 IPv4      this virtual network (10.0.0.0/16)                                              10.0.0.0/16

  next  check that 10.0.1.4 exists, runs, forwards IP, and lies in a reachable network
`.trimStart(),
    );
  });

  it("several destinations have one line each", async () => {
    const { out } = await ask([LOCAL, DOWN, endpoint("20.0.0.0/24")], "--ip", "20.0.0.0/22", "10.0.0.4", "8.8.8.8");
    expect(out.slice(0, out.indexOf("\n\n"))).toBe(
      `
20.0.0.0/22  ->  768 IPv4 by to-nva: DROPPED, 256 IPv4 by service endpoint
10.0.0.4     ->  this virtual network (10.0.0.0/16)
8.8.8.8      ->  DROPPED: to-nva (0.0.0.0/0) points to appliance 10.0.1.4, which is unreachable`.trimStart(),
    );
  });

  it("one line names the three largest outcomes, and what is not delivered", async () => {
    const rows = [LOCAL, row("Default", ["0.0.0.0/0"], "Internet"), row("Default", ["172.16.0.0/12"], "None")];
    const more = [
      row("Default", ["192.168.0.0/24"], "VNetPeering"),
      row("Default", ["192.168.1.0/24"], "VNetGlobalPeering"),
    ];
    const { out } = await ask([...rows, ...more], "--ip", "private", "8.8.8.8");
    expect(out.split("\n")[0]).toMatch(
      /^private {2}-> {2}[\d,]+ IPv4 to Internet: NOT DELIVERED, [\d,]+ IPv4 to None: DROPPED, .* and 3 more outcomes$/,
    );
  });

  const NONE = Array.from({ length: 21 }, (_, at) => row("Default", [`10.${2 * at + 2}.0.0/16`], "None"));

  it("equal outcomes are one line with the number of their rows and addresses", async () => {
    const { out } = await ask([LOCAL, ...NONE], "--ip", "10.0.0.0/8");
    const lines = out.split("\n").filter((line) => line.includes("None"));
    expect(lines).toEqual([
      "  x  1,376,256 IPv4   DROPPED: Azure's default None route, 21 rows  10.2.0.0/16, 10.4.0.0/16, 10.6.0.0/16, 10.8.0.0/16, 10.10.0.0/16, 10.12.0.0/16 and 15 more",
    ]);
  });

  it("--expand prints each by itself", async () => {
    const { out } = await ask([LOCAL, ...NONE], "--ip", "10.0.0.0/8", "--expand");
    const lines = out.split("\n").filter((line) => line.includes("default None"));
    expect(lines).toHaveLength(21);
    expect(lines[0]).toMatch(
      /^ {2}x {2}65,536 IPv4 +DROPPED: only Azure's default None route \(10\.2\.0\.0\/16\) covers it +10\.2\.0\.0\/16$/,
    );
  });

  it("in flat rows each prefix names the prefix of the row that it follows", async () => {
    const { out } = await ask([DOWN, endpoint(...STORAGE.slice(0, 3))], "--ip", "tag:Storage", "-o", "tsv");
    expect(
      out
        .trimEnd()
        .split("\n")
        .map((line) => line.split("\t").filter((_, at) => [0, 1, 5, 12].includes(at))),
    ).toEqual([
      ...STORAGE.slice(0, 3).map((prefix) => [prefix, "forward", prefix, "tag:Storage"]),
      ["20.0.6.0/24", "drop", "0.0.0.0/0", "tag:Storage"],
    ]);
  });

  it("a tag without prefixes has no outcome", async () => {
    const { code, out } = await ask([LOCAL], "--ip", "tag:Empty", "-o", "json");
    expect(code).toBe(0);
    expect(JSON.parse(out).explanations[0]).toMatchObject({ outcomes: [], addresses: { v4: "0", v6: "0" } });
    expect((await ask([LOCAL], "--ip", "tag:Empty")).out).toMatch(
      /^tag:Empty {2}-> {2}nothing to route \(no addresses\)\n/,
    );
  });
});

it("marks addresses that are never sent neither as good nor as bad", async () => {
  const { out } = await run(["whichroute", "private", "--sample", "udr"]);
  expect(out).toMatch(/^ {2}\. {2}.*not sent: the subnet has no IPv6/m);
  expect(out).toMatch(/^ {2}ok .*this virtual network/m);
});

describe("--ip @FILE is one set of all destinations in the file", () => {
  const LINES = "# destinations\n10.0.0.4\n8.8.8.8\n\n 8.8.8.8   # twice\n20.0.0.0/24\ntag:Sql\n";
  const rows = [LOCAL, DOWN, endpoint(...STORAGE)];
  const summary = "1 by service endpoint, 4 by to-nva: DROPPED, 1 to VnetLocal";

  it.each([
    ["from a file", "lines.txt", LINES],
    ["with CRLF and a byte order mark", "windows.txt", `\uFEFF${LINES.replaceAll("\n", "\r\n")}`],
  ])("%s", async (_, name, text) => {
    const path = file(name, text);
    const { code, out } = await ask(rows, "--ip", `@${path}`, "10.0.0.5");
    expect(code).toBe(0);
    const [, parts = ""] = /\.txt {2}-> {2}(.*) \(6 entries\)$/.exec(out.split("\n")[0] ?? "") ?? [];
    expect(new Set(parts.split(", "))).toEqual(new Set(summary.split(", ")));
    expect(out).toMatch(/^10\.0\.0\.5 +-> {2}this virtual network \(10\.0\.0\.0\/16\)$/m);
  });

  it("from stdin, a column of CSV", async () => {
    const routes = file("routes.json", { value: rows });
    const csv = "src,dst\na,10.0.0.4\nb,20.0.0.9\nc,20.0.0.8\n";
    const { out } = await run(
      ["whichroute", "--ip", "@-", "--column", "dst", "--file", routes, "--tags", tags, "-o", "json"],
      { stdin: csv },
    );
    const [split] = JSON.parse(out).explanations;
    expect(split).toMatchObject({
      destination: "stdin",
      kind: "file",
      ownPrefixes: 3,
      addresses: { v4: "3", v6: "0" },
    });
    expect(split.outcomes.map(({ prefixes }: { prefixes: string[] }) => prefixes)).toEqual([
      ["20.0.0.8/31"],
      ["10.0.0.4/32"],
    ]);
  });

  it("reading stops after 1,000 invalid lines, since the input may have no end", async () => {
    const { code, err } = await run(["whichroute", "--ip", "@-", "--sample", "udr"], { stdin: "bad\n".repeat(5000) });
    expect(code).toBe(2);
    expect(err).toContain("at least 999 more lines are invalid");
  });

  it.each([
    [
      "bad.txt",
      "10.0.0.4\n010.1.1.1\nnonsense\n10.0.0.1/8\n",
      /^error: .*bad\.txt: line 2: '010\.1\.1\.1' [\s\S]*2 more lines are invalid/,
    ],
    ["empty.txt", "# nothing\n\n", /empty\.txt: no line has a destination/],
    ["unknown.txt", "tag:Storag\n", /(there is no|unknown) service tag 'Storag'\n.*did you mean: Storage/],
  ])("%s: one invalid line refuses the whole file", async (name, text, reason) => {
    const { code, out, err } = await ask(rows, "--ip", `@${file(name, text)}`);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(reason);
  });

  it.each([
    [["@none.txt"], /none\.txt: no such file/],
    [["@"], /the name of a file is empty/],
    [["@-", "@-"], /stdin can be only one input/],
    [["@-", "--file", "-"], /stdin can be only one input/],
    [["10.0.0.4", "--column", "dst"], /--column, --field and --delimiter work only with/],
    [["10.0.0.0/8", "--expect", "via=10.0.0.4"], /works only with single addresses/],
    [["10.0.0.0/8", "--verify"], /works only with single addresses/],
    [["-", "10.0.0.4"], /--ip - cannot be combined/],
  ])("--ip %j is refused", async (args, reason) => {
    const source = args.includes("--file") ? [] : ["--sample", "udr"];
    const { code, out, err } = await run(["whichroute", "--ip", ...args, ...source], { stdin: "10.0.0.4\n" });
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(reason);
  });
});

it("a stream with --expect refuses a prefix or tag in its place", async () => {
  const { code, out } = await run(
    ["whichroute", "--ip", "-", "--sample", "udr", "--expect", "next-hop=VnetLocal", "-o", "ndjson"],
    { stdin: "10.0.0.4\n10.0.0.0/24\n" },
  );
  expect(code).toBe(2);
  const [first, second] = out
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(first.verdict).toBe("forward");
  expect(second.error.code).toBe("destination-not-address");
});

describe.skipIf(!hasSharedData)("the article's endpoint row, with one prefix fewer than its tag", () => {
  it("79 prefixes of Storage.WestEurope by the endpoint, one dropped by to-nva", async () => {
    const real = sharedPath("data/service-tags/ServiceTags_Public_20231106.json");
    const shown = await run(["tags", "show", "Storage.WestEurope", "--tags", real, "-o", "json"]);
    const own: string[] = JSON.parse(shown.out).tag.addressPrefixes.filter((prefix: string) => !prefix.includes(":"));
    const [missing, ...held] = own;
    const lines = file("v4.txt", own.join("\n"));
    const routes = file("article.json", { value: [LOCAL, DOWN, endpoint(...held)] });
    const { out } = await run(["whichroute", "--ip", `@${lines}`, "--file", routes, "--tags", real, "-q"]);
    expect(out.split("\n")[0]).toBe(
      `${lines}  ->  ${held.length} by service endpoint, 1 by to-nva: DROPPED (${own.length} entries)`,
    );
    expect(out).toMatch(new RegExp(`^  x  1 entry .* ${missing?.replaceAll(".", "\\.")}$`, "m"));
  });
});
