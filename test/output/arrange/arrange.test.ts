import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse as parseCsv } from "csv-parse/sync";
import { afterAll, describe, expect, it } from "vitest";
import { scratchDirectory } from "../../built-program.ts";
import { run } from "../../commands/run-in-process.ts";

const ROUTES = JSON.stringify({
  value: [
    row("Default", "Active", ["10.0.0.0/16", "9.0.0.0/8"], "VnetLocal"),
    row("User", "Active", ["0.0.0.0/0"], "VirtualAppliance", ["10.0.10.4"], "route-10"),
    row("User", "Active", ["10.0.0.0/8"], "VirtualAppliance", ["10.0.9.4"], "route-9"),
    row("VirtualNetworkGateway", "Active", ["2001:db8::/32"], "VirtualNetworkGateway", ["10.0.9.4", "10.0.9.5"]),
    row("Default", "Invalid", ["0.0.0.0/0"], "Internet"),
  ],
});

function row(
  source: string,
  state: string,
  addressPrefix: readonly string[],
  nextHopType: string,
  nextHopIpAddress: readonly string[] = [],
  name: string | null = null,
) {
  return { source, state, addressPrefix, nextHopType, nextHopIpAddress, name };
}

const scratch = scratchDirectory();
afterAll(() => scratch.remove());

const routes = (...args: readonly string[]) => run(["routes", "-f", "-", ...args], { stdin: ROUTES });
const lines = (text: string) => text.trimEnd().split(/\r?\n/);

describe("--columns chooses columns and their order", () => {
  it.each<[string, string, readonly string[]]>([
    ["csv", "source,addressPrefix", ["source,addressPrefix", "User,0.0.0.0/0", "Default,0.0.0.0/0"]],
    ["csv", "PREFIX,Next Hop Type", ["addressPrefix,nextHopType", "0.0.0.0/0,VirtualAppliance", "0.0.0.0/0,Internet"]],
    ["tsv", "name,state", ["route-10\tActive", "-\tInvalid", "-\tActive"]],
    ["markdown", "state", ["| state |", "| --- |", "| Active |"]],
    [
      "wide",
      "nextHopIpAddress,name",
      ["NEXT HOP IP ADDRESS  NAME", "10.0.10.4            route-10", "-                    -"],
    ],
    [
      "table",
      "next-hop-ip,prefix",
      ["NEXT HOP IP         PREFIX", "10.0.10.4           0.0.0.0/0", "-                   0.0.0.0/0"],
    ],
    ["table", "hasBgpOverride", ["HAS BGP OVERRIDE", "-", "-"]],
  ])("-o %s --columns %s", async (format, columns, expected) => {
    const { code, out } = await routes("-o", format, "--columns", columns);
    expect(code).toBe(0);
    expect(lines(out).slice(0, expected.length)).toEqual(expected);
  });

  it("a command that prints text instead of a table prints its rows", async () => {
    const args = ["whichroute", "--ip", "10.0.0.4", "--sample", "udr", "--columns", "destination,verdict"];
    expect(lines((await run(args)).out)).toEqual(["DESTINATION  VERDICT", "10.0.0.4     forward"]);
  });

  it.each(["csv", "table"])("the result of a query has columns too: %s", async (format) => {
    const query = "routes[].{type: nextHopType, source: source}";
    const { out } = await routes("-o", format, "--query", query, "--columns", "source", "--sort", "-type");
    expect(lines(out).slice(1, 4)).toEqual(["Default", "VirtualNetworkGateway", "User"]);
  });
});

describe("--sort orders rows", () => {
  it.each<[string, readonly string[]]>([
    ["prefix", ["0.0.0.0/0", "0.0.0.0/0", "9.0.0.0/8", "10.0.0.0/8", "10.0.0.0/16", "2001:db8::/32"]],
    ["-prefix", ["2001:db8::/32", "10.0.0.0/16", "10.0.0.0/8", "9.0.0.0/8", "0.0.0.0/0", "0.0.0.0/0"]],
    ["source,-prefix", ["10.0.0.0/16", "9.0.0.0/8", "0.0.0.0/0", "10.0.0.0/8", "0.0.0.0/0", "2001:db8::/32"]],
    ["name,state,prefix", ["10.0.0.0/8", "0.0.0.0/0", "9.0.0.0/8", "10.0.0.0/16", "2001:db8::/32", "0.0.0.0/0"]],
    ["-name,state,prefix", ["0.0.0.0/0", "10.0.0.0/8", "9.0.0.0/8", "10.0.0.0/16", "2001:db8::/32", "0.0.0.0/0"]],
    ["nextHopIp,state,prefix", ["10.0.0.0/8", "2001:db8::/32", "0.0.0.0/0", "9.0.0.0/8", "10.0.0.0/16", "0.0.0.0/0"]],
  ])("--sort %s: numbers and addresses by value, empty cells last", async (sort, expected) => {
    const { out } = await routes("-o", "csv", "--sort", sort);
    const [header = [], ...records] = parseCsv(out, { record_delimiter: "\r\n" }) as string[][];
    expect(records.map((record) => record[header.indexOf("addressPrefix")])).toEqual(expected);
  });

  it("the table is sorted in its folded rows", async () => {
    const { out } = await routes("--sort", "-prefix", "--columns", "prefix,source");
    expect(lines(out).map((line) => line.split("  ")[0])).toEqual([
      "PREFIX",
      "2001:db8::/32",
      "10.0.0.0/8",
      "9.0.0.0/8 +1",
      "0.0.0.0/0",
      "0.0.0.0/0",
    ]);
  });

  it("a column to sort by need not be shown", async () => {
    const { out } = await run(["routes", "-f", "-", "--sort", "hasBgpOverride,-source"], { stdin: ROUTES });
    expect(lines(out)[0]).not.toContain("BGP");
    expect(lines(out)[1]).toMatch(/^VirtualNetworkGateway/);
  });

  it("numbers are sorted by value", async () => {
    const prefixes = (count: number) => Array.from({ length: count }, (_, at) => `10.0.${at}.0/24`);
    const values = [9, 100, 20].map((count) => ({
      name: `Tag${count}`,
      id: `Tag${count}`,
      properties: { addressPrefixes: prefixes(count) },
    }));
    const file = join(scratch.path, "tags.json");
    writeFileSync(file, JSON.stringify({ changeNumber: 1, cloud: "Public", values }));
    const args = ["tags", "list", "--tags", file, "-q", "--columns", "ipv4Prefixes", "--no-headers"];
    expect((await run([...args, "--sort", "ipv4Prefixes"])).out).toBe("9\n20\n100\n");
    expect((await run([...args, "--sort", "-ipv4Prefixes", "-o", "tsv"])).out).toBe("100\n20\n9\n");
  });
});

describe("--no-headers", () => {
  it.each(["table", "wide", "csv", "markdown"])("-o %s prints only the rows", async (format) => {
    const [whole, rows] = [await routes("-o", format), await routes("-o", format, "--no-headers")];
    const cells = (text: string) => lines(text).map((line) => line.split(/ {2,}/));
    expect(cells(rows.out)).toEqual(cells(whole.out).slice(format === "markdown" ? 2 : 1));
  });
});

describe("streams", () => {
  const stream = (...args: readonly string[]) =>
    run(["whichroute", "--ip", "-", "--sample", "udr", "-q", ...args], { stdin: "10.0.0.4\n8.8.8.8\nx\n" });

  it.each<[readonly string[], string]>([
    [
      ["-o", "csv", "--columns", "verdict,destination"],
      "verdict,destination\r\nforward,10.0.0.4\r\ndrop,8.8.8.8\r\n,x\r\n",
    ],
    [["-o", "tsv", "--columns", "destination,error"], "10.0.0.4\t-\n8.8.8.8\t-\nx\tdestination-unknown\n"],
    [["-o", "csv", "--columns", "destination", "--no-headers"], "10.0.0.4\r\n8.8.8.8\r\nx\r\n"],
    [["--columns", "verdict", "--no-headers"], "forward\ndrop\n-\n"],
  ])("%j", async (args, expected) => {
    expect((await stream(...args)).out).toBe(expected);
  });

  it("--sort is refused, with the reason", async () => {
    const { code, out, err } = await stream("--sort", "verdict");
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain("--sort does not work with a stream, which is printed as it arrives");
  });
});

describe("a mistake is an error before any work", () => {
  it.each<[readonly string[], RegExp]>([
    [["--columns", "prefxi"], /unknown column 'prefxi'\n.*did you mean PREFIX\?/],
    [["--columns", "nextHopTyp"], /did you mean nextHopType.*columns: source, state, addressPrefix/],
    [["--sort", "prefix,nam"], /did you mean name/],
    [["--columns", "source,SOURCE"], /column source is given twice/],
    [["--columns", "source,,state"], /--columns 'source,,state' has an empty name/],
    [["-o", "json", "--columns", "source"], /--columns does not work with -o json\n.*--query/],
    [["-o", "yaml", "--sort", "source"], /--sort does not work with -o yaml\n.*--query/],
    [["-o", "ndjson", "--no-headers"], /--no-headers does not work with -o ndjson\n.*--query/],
    [["-o", "none", "--columns", "source"], /works with table, wide, csv, tsv, markdown/],
    [["--export", "kql", "--no-headers"], /--export kql cannot be combined with --no-headers/],
  ])("%j", async (args, message) => {
    // The file does not exist: columns are checked before it is read.
    const { code, out, err } = await run(["routes", "-f", "/nonexistent/routes.json", ...args]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(message);
  });

  it("a flow log has columns of its own", async () => {
    const { err } = await run([
      "whichroute",
      "--flow-log",
      "/nonexistent",
      "--sample",
      "udr",
      "--columns",
      "macAddress",
    ]);
    expect(err).toMatch(/no such file/);
  });
});

describe("-o takes a format in any case and by its aliases", () => {
  it.each([
    ["JSON", "json"],
    ["jsonl", "ndjson"],
    ["YML", "yaml"],
    ["md", "markdown"],
    ["Table", "table"],
  ])("%s is %s", async (typed, name) => {
    expect((await routes("-o", typed)).out).toBe((await routes("-o", name)).out);
  });

  it("an unknown one suggests a near one, and lists all", async () => {
    const { code, err } = await routes("-o", "jsn");
    expect(code).toBe(2);
    expect(err).toMatch(/^error: invalid value 'jsn' for --output\n +one of: table, wide, short, json/);
    expect(err).toMatch(/did you mean: vnet-explain routes -f - -o json/);
  });
});
