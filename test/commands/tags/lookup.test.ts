import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { scratchDirectory } from "../../built-program.ts";
import { expectValid } from "../../output/results/schemas.ts";
import { hasSharedData, readShared } from "../../shared-data.ts";
import { run } from "../run-in-process.ts";

const scratch = scratchDirectory();
afterAll(() => scratch.remove());

function file(name: string, text: string): string {
  const path = join(scratch.path, name);
  writeFileSync(path, text);
  return path;
}

const tag = (name: string, region: string, ...addressPrefixes: string[]) => ({
  name,
  id: name,
  properties: { changeNumber: 1, region, systemService: "AzureStorage", addressPrefixes },
});
const tags = file(
  "ServiceTags_Public_20250106.json",
  JSON.stringify({
    changeNumber: 1,
    cloud: "Public",
    values: [
      tag("Storage", "", "20.0.0.0/16", "2603::/32"),
      tag("Storage.WestEurope", "westeurope", "20.0.1.0/24", "52.239.184.180/32", "20.38.116.0/24"),
    ],
  }),
);
const TAGS = ["--tags", tags];

/** `address: tag prefix, ...`, or `address! code: message; hint` of the refusal. */
async function looked(args: readonly string[], stdin?: string) {
  const found = await run(["tags", "lookup", ...args, ...TAGS, "-o", "json"], stdin === undefined ? {} : { stdin });
  const report = found.out === "" ? { lookups: [] } : JSON.parse(found.out);
  const lines = report.lookups.map((each: Record<string, unknown>) => {
    if ("error" in each) {
      const { code, message, hint } = each.error as { code: string; message: string; hint: string };
      return `${each.address}! ${code}: ${message}; ${hint}`;
    }
    const held = each.serviceTags as readonly { name: string; addressPrefix: string }[];
    return `${each.address}: ${held.map(({ name, addressPrefix }) => `${name} ${addressPrefix}`).join(", ")}`;
  });
  return { code: found.code, err: found.err, report, lines };
}

const WEST = "Storage.WestEurope 20.0.1.0/24, Storage 20.0.0.0/16";

describe("tags lookup of a prefix lists the tags that hold all of it", () => {
  it.each([
    ["20.0.1.0/24", `20.0.1.0/24: ${WEST}`],
    ["20.0.1.128/25", `20.0.1.128/25: ${WEST}`],
    ["20.0.0.0/23", "20.0.0.0/23: Storage 20.0.0.0/16"],
    ["20.0.0.0/15", "20.0.0.0/15: "],
    ["20.0.1.7/32", `20.0.1.7: ${WEST}`],
    ["2603::/48", "2603::/48: Storage 2603::/32"],
    ["2603::1/128", "2603::1: Storage 2603::/32"],
  ])("%s", async (prefix, expected) => {
    const { code, lines } = await looked([prefix]);
    expect([code, lines]).toEqual([0, [expected]]);
  });
});

describe("tags lookup reads lines", () => {
  const listed = file("list.txt", "20.0.1.7\n# comment\n\n20.0.0.0/23\n");

  it.each<[string, readonly string[], string | undefined, readonly string[]]>([
    ["of stdin", ["-"], "20.0.1.7\r\n9.9.9.9", [`20.0.1.7: ${WEST}`, "9.9.9.9: "]],
    ["of a file", [`@${listed}`], undefined, [`20.0.1.7: ${WEST}`, "20.0.0.0/23: Storage 20.0.0.0/16"]],
    ["between arguments", ["9.9.9.9", "@-", "8.8.8.8"], "20.0.1.7", ["9.9.9.9: ", `20.0.1.7: ${WEST}`, "8.8.8.8: "]],
    ["of a column", ["-", "--column", "dst"], "src,dst\n1.1.1.1,20.0.1.7\n", [`20.0.1.7: ${WEST}`]],
    ["of a field", ["-", "--field", "2", "--delimiter", ";"], "1.1.1.1;20.0.1.7\n", [`20.0.1.7: ${WEST}`]],
  ])("%s", async (_, args, stdin, expected) => {
    const { code, lines } = await looked(args, stdin);
    expect([code, lines]).toEqual([0, expected]);
  });

  it("and refuses a line in its place; the others are answered", async () => {
    const show = "is not an address or a prefix; vnet-explain tags show prints the prefixes of a tag";
    const { code, lines, err, report } = await looked(
      ["-"],
      "20.0.1.7\n20.0.1.7/8\ntag:Storage\nStorage\nfoo\nInternet\n10.0.0.0-255\nhttps://a.example/x\n9.9.9.9\n",
    );
    expect(lines).toEqual([
      `20.0.1.7: ${WEST}`,
      "20.0.1.7/8! prefix-host-bits: '20.0.1.7/8' has host bits set after /8; write 20.0.0.0/8, or 20.0.1.7 for the one address",
      `tag:Storage! destination-not-address: 'tag:Storage' ${show}`,
      `Storage! destination-unknown: 'Storage' ${show}`,
      `foo! destination-unknown: 'foo' ${show}`,
      `Internet! destination-not-address: 'Internet' ${show}`,
      "10.0.0.0-255! address-syntax: '10.0.0.0-255' is a range; give it as prefixes; write 10.0.0.0/24",
      "https://a.example/x! address-syntax: 'https://a.example/x' is a URL, not an address; give one of its addresses: nslookup a.example",
      "9.9.9.9: ",
    ]);
    expect(code).toBe(2);
    expect(err).toMatch(/7 records were refused/);
    expectValid("tags-lookup", report);
    const rows = await run(["tags", "lookup", "-", ...TAGS, "-o", "tsv"], { stdin: "1.2.3\n20.0.0.1\n" });
    expect(rows.out).toMatch(/^1\.2\.3\t-\t-\t-\t-\t\S+\n20\.0\.0\.1\tStorage\t20\.0\.0\.0\/16\t-\tAzureStorage\t-\n$/);
  });

  it.each([
    [["20.0.1.7", "--column", "dst"], /work only with - and @FILE/],
    [["-", "@-"], /stdin can be only one input/],
    [["tag:Storage"], /not an address or a prefix\n.*tags show/],
    [["-", "1.2.3.4/33"], /1\.2\.3\.4\/33/],
  ])("%j is refused before anything is read", async (args, message) => {
    const { code, lines, err } = await looked(args, "20.0.1.7\n");
    expect([code, lines]).toEqual([2, []]);
    expect(err).toMatch(message);
  });
});

describe.runIf(hasSharedData)("cells of Traffic Analytics hold several addresses", () => {
  const csv = hasSharedData ? readShared("data/cases/tags/traffic-analytics.csv") : "";
  const ADDRESSES = ["52.239.184.180", "20.38.116.38", "20.38.116.38"];

  it("in tags lookup; an empty cell is refused in its place", async () => {
    const { lines } = await looked(["-", "--column", "DestPublicIPs_s"], csv);
    expect(lines[0]).toMatch(/! field-empty: line 2: column 'DestPublicIPs_s' is empty; check that line$/);
    expect(lines.slice(1).map((line: string) => line.split(":")[0])).toEqual(ADDRESSES);
    expect(lines[2]).toBe("20.38.116.38: Storage.WestEurope 20.38.116.0/24");
  });

  it("in whichroute", async () => {
    const asked = ["whichroute", "--ip", "-", "--column", "DestPublicIPs_s", "--sample", "no-udr", "-o", "ndjson"];
    const { out } = await run(asked, { stdin: csv });
    const [empty, ...answers] = out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(empty.error.code).toBe("field-empty");
    expect(answers.map(({ destination }) => destination)).toEqual(ADDRESSES);
  });
});
