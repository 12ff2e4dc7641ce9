import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { scratchDirectory } from "../../built-program.ts";
import { expectValid } from "../../output/results/schemas.ts";
import { run } from "../run-in-process.ts";

const scratch = scratchDirectory();
afterAll(() => scratch.remove());

const row = (prefix: string, nextHopType: string, more: object = {}) => ({
  source: "Default",
  state: "Active",
  addressPrefix: [prefix],
  nextHopType,
  nextHopIpAddress: [],
  ...more,
});
const LOCAL = row("10.0.0.0/16", "VnetLocal");
const INTERNET = row("0.0.0.0/0", "Internet");
const nva = (more: object = {}) =>
  row("0.0.0.0/0", "VirtualAppliance", { source: "User", name: "to-nva", nextHopIpAddress: ["10.0.1.4"], ...more });

let files = 0;
function file(...rows: readonly object[]): string {
  const path = join(scratch.path, `table-${files++}.json`);
  writeFileSync(path, JSON.stringify({ value: rows }));
  return path;
}

/** Both tables as files. An empty one would be rejected, so both then have one more row. */
function notEmpty(before: readonly object[], after: readonly object[]): readonly [string, string] {
  const common = before.length === 0 || after.length === 0 ? [row("2001:db8::/32", "VNetPeering")] : [];
  return [file(...common, ...before), file(...common, ...after)];
}

/** What the table says, without where the tables came from. */
async function told(before: readonly object[], after: readonly object[]): Promise<string> {
  const { out } = await run(["diff", ...notEmpty(before, after)]);
  return out.trimEnd();
}

describe("diff prints", () => {
  it.each<[string, readonly object[], readonly object[], readonly (string | RegExp)[]]>([
    ["that nothing differs", [LOCAL, nva()], [nva(), LOCAL], ["no address changes next hop, and no row differs"]],
    [
      "from where to where, by which routes, and the rows that do it",
      [LOCAL, INTERNET],
      [LOCAL, { ...INTERNET, state: "Invalid" }, nva()],
      [
        /^4,294,901,758 IPv4 addresses change next hop$/m,
        /^ {2}ok 4,294,901,758 IPv4 {2}Internet -> appliance 10\.0\.1\.4 \(to-nva\) {2}0\.0\.0\.0\/0 except 10\.0\.0\.0\/16$/m,
        /^ {2}~ Default {6}0\.0\.0\.0\/0 {2}Internet {2}Invalid {2}\(state Active -> Invalid\)$/m,
        /^ {2}\+ User to-nva {2}0\.0\.0\.0\/0 {2}VirtualAppliance 10\.0\.1\.4 {2}Active$/m,
      ],
    ],
    [
      "rows apart that differ without moving any address",
      [nva(), LOCAL],
      [nva({ name: "to-fw" }), LOCAL],
      [
        "no address changes next hop\n",
        /^rows that differ without changing any next hop$/m,
        /\(name to-nva -> to-fw\)/,
      ],
    ],
    [
      "another next hop of a row",
      [nva()],
      [nva({ nextHopIpAddress: ["10.0.1.5"] })],
      [/\(nextHopIpAddress 10\.0\.1\.4 -> 10\.0\.1\.5\)/],
    ],
    [
      "a next hop that is gone",
      [nva()],
      [nva({ nextHopIpAddress: [], nextHopType: "Internet" })],
      [/\(nextHopType VirtualAppliance -> Internet; nextHopIpAddress 10\.0\.1\.4 -> none\)/],
    ],
    [
      "which prefixes a row gained and lost",
      [row("10.1.0.0/24", "VNetPeering", { addressPrefix: ["10.1.0.0/24", "10.2.0.0/24"], name: "peer" })],
      [row("10.1.0.0/24", "VNetPeering", { addressPrefix: ["10.1.0.0/24", "10.3.0.0/24"], name: "peer" })],
      [/\(addressPrefix\)\n {6}gained 10\.3\.0\.0\/24\n {6}lost 10\.2\.0\.0\/24$/m],
    ],
    [
      "equal-cost next hops under one type",
      [row("0.0.0.0/0", "VirtualNetworkGateway", { nextHopIpAddress: ["10.0.0.4", "10.0.0.5"] })],
      [],
      [/^ {2}x 4,294,967,294 IPv4 {2}gateway 10\.0\.0\.4, 10\.0\.0\.5 -> NO ROUTE \(inferred\) {2}0\.0\.0\.0\/0$/m],
    ],
    [
      "Azure's default None rows folded",
      [],
      [row("10.0.0.0/8", "None"), row("172.16.0.0/12", "None"), row("192.168.0.0/16", "None")],
      [
        /^ {2}\+ Default {2}3 default prefixes: 10\.0\.0\.0\/8, 172\.16\.0\.0\/12, 192\.168\.0\.0\/16 {2}None {2}Active$/m,
      ],
    ],
    ["IPv6, in powers of two", [], [row("fd00::/48", "VNetPeering")], [/^2\^80 IPv6 addresses change next hop$/m]],
    [
      "how sure it is where sources disagree",
      [nva({ addressPrefix: ["20.0.0.0/8"] })],
      [
        nva({ addressPrefix: ["20.0.0.0/8"], nextHopType: "Internet" }),
        row("20.0.0.0/8", "VirtualNetworkServiceEndpoint"),
      ],
      [/-> service endpoint \(contested\) {2}20\.0\.0\.0\/8$/m],
    ],
  ])("%s", async (_, before, after, expected) => {
    const text = await told(before, after);
    for (const each of expected) {
      if (typeof each === "string") expect(`${text}\n`).toContain(each);
      else expect(text).toMatch(each);
    }
  });

  it("the service tags that hold a group, most specific first, and how many more", async () => {
    const { out } = await run(["diff", "sample:udr", "sample:udr-and-endpoint"]);
    expect(out).toMatch(/ 191\.239\.203\.0\/28; service tags Storage\.WestEurope, Storage and 2 more$/m);
  });
});

describe("diff reads", () => {
  const table = JSON.stringify({ value: [LOCAL, nva()] });

  it.each([
    ["-", "sample:udr"],
    ["sample:udr", "-"],
    ["SAMPLE:no-udr", "sample:UDR"],
  ])("%s and %s", async (before, after) => {
    const { code, out } = await run(["diff", before, after, "-o", "json"], { stdin: table });
    expect(code).toBe(0);
    const report = JSON.parse(out);
    expectValid("diff", report);
    const kinds = [before, after].map((word) => (word === "-" ? "stdin" : "sample"));
    expect([report.before.kind, report.after.kind]).toEqual(kinds);
  });

  it.each([
    [["-", "-"], /stdin cannot be both/],
    [["none.json", "sample:udr"], /none\.json: no such file/],
    [["sample:udr", "sample:fantasy"], /unknown sample 'fantasy'/],
    [["sample:udr", "nic:"], /a name is missing after 'nic:'/],
    [["sample:udr", "last"], /no route table was fetched before/],
    [["sample:udr"], /missing required argument 'after'/],
    [["sample:udr", "sample:udr", "sample:udr"], /too many arguments/],
  ])("%j is refused: exit 2, nothing on stdout", async (words, reason) => {
    const { code, out, err } = await run(["diff", ...words]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(reason);
  });

  it("refuses a broken export on either side", async () => {
    const broken = file();
    writeFileSync(broken, '{"value":[{"source":"User"}]}');
    for (const words of [
      [broken, "sample:udr"],
      ["sample:udr", broken],
    ]) {
      expect(await run(["diff", ...words])).toMatchObject({ code: 2, out: "" });
    }
  });
});

describe("diff --exit-code", () => {
  it.each([
    [["sample:udr", "sample:udr"], 0],
    [["sample:no-udr", "sample:udr"], 3],
    [[file(nva()), file(nva({ name: "to-fw" }))], 0],
  ])("%j: %i", async (words, code) => {
    const plain = await run(["diff", ...words]);
    const judged = await run(["diff", ...words, "--exit-code"]);
    expect([plain.code, judged.code]).toEqual([0, code]);
    expect(judged.out).toBe(plain.out);
    expect(judged.err).not.toMatch(/error:|change next hop/);
    const flat = await run(["diff", ...words, "--exit-code", "-o", "tsv"]);
    expect(/^\d[\d,]* IPv4 addresses change next hop$/m.test(flat.err)).toBe(code === 3);
    expect(flat.err).not.toContain("error:");
  });
});

it("the rows that csv and tsv print name the tags, both next hops and the routes", async () => {
  const query = ["diff", "sample:no-udr", "sample:udr-and-endpoint", "-o", "tsv"];
  const lines = (await run(query)).out.trimEnd().split("\n");
  expect(lines.map((line) => line.split("\t")).find(([prefix]) => prefix === "191.239.203.0/28")).toEqual([
    "191.239.203.0/28",
    "Internet",
    "VirtualNetworkServiceEndpoint (Storage.WestEurope)",
    "Storage.WestEurope,Storage,AzureCloud,AzureCloud.westeurope",
    "forward",
    "Internet",
    "-",
    "Default",
    "documented",
    "forward",
    "VirtualNetworkServiceEndpoint",
    "-",
    "Default",
    "documented",
  ]);
});
