import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { countedDifferences, tagLists } from "../../analysis/diff/tags-reference.ts";
import { scratchDirectory } from "../../built-program.ts";
import { expectValid } from "../../output/results/schemas.ts";
import { sharedTagText } from "../../service-tags/shared-tags.ts";
import { hasSharedData, sharedPath } from "../../shared-data.ts";
import { run } from "../run-in-process.ts";

const scratch = scratchDirectory();
afterAll(() => scratch.remove());

const REGIONS: Readonly<Record<string, string>> = { WestEurope: "westeurope", FranceCentral: "centralfrance" };

/** The text of a tag file: `Service.Region` and prefixes. */
function text(changeNumber: number, tags: Readonly<Record<string, readonly string[]>>, cloud = "Public"): string {
  const values = Object.entries(tags).map(([name, addressPrefixes]) => {
    const [service = "", region = ""] = name.split(".");
    const properties = {
      changeNumber,
      region: REGIONS[region] ?? "",
      systemService: `Azure${service}`,
      addressPrefixes,
    };
    return { name, id: name, properties };
  });
  return JSON.stringify({ changeNumber, cloud, values });
}

const OLD = {
  Storage: ["20.0.0.0/16"],
  "Storage.WestEurope": ["20.0.0.0/24", "20.0.1.0/25", "20.0.1.128/25"],
  "Sql.FranceCentral": ["30.0.0.0/24"],
  Gone: ["40.0.0.0/24"],
};
const NEW = {
  Storage: ["20.0.0.0/17", "20.0.128.0/17"],
  "Storage.WestEurope": ["20.0.0.0/24", "20.0.1.0/24", "20.0.2.0/24"],
  "Sql.FranceCentral": ["30.0.1.0/24", "2603:1000::/48"],
  New: ["50.0.0.0/24"],
};

function file(name: string, content: string): string {
  const path = join(scratch.path, name);
  writeFileSync(path, content);
  return path;
}

const older = file("ServiceTags_Public_20250106.json", text(1, OLD));
const newer = file("ServiceTags_Public_20250113.json", text(2, NEW));
const china = file("ServiceTags_China_20250113.json", text(2, NEW, "AzureChinaCloud"));

describe("tags diff prints", () => {
  it("totals, then each tag: its prefixes, its addresses, and which prefixes are only regrouped", async () => {
    const { code, out } = await run(["tags", "diff", older, newer]);
    expect(code).toBe(0);
    expect(out.split("\n\n").slice(0, 2).join("\n\n")).toBe(
      `
3 service tags changed: 6 prefixes added, 4 removed
  512 IPv4 addresses, 2^80 IPv6 addresses gained; 256 IPv4 addresses lost
  1 tag of these with unchanged addresses, in different prefixes
1 service tag added, with 1 prefix
1 service tag removed, with 1 prefix

~ Storage  the same addresses
    + 20.0.0.0/17, 20.0.128.0/17
    - 20.0.0.0/16
~ Storage.WestEurope  256 IPv4 addresses gained
    + 20.0.1.0/24, 20.0.2.0/24
    - 20.0.1.0/25, 20.0.1.128/25
    gained 20.0.2.0/24
~ Sql.FranceCentral  256 IPv4 addresses, 2^80 IPv6 addresses gained; 256 IPv4 addresses lost
    + 30.0.1.0/24, 2603:1000::/48
    - 30.0.0.0/24
+ New  256 IPv4 addresses gained
    + 50.0.0.0/24
- Gone  256 IPv4 addresses lost
    - 40.0.0.0/24`.trimStart(),
    );
  });

  it("if nothing changed", async () => {
    expect((await run(["tags", "diff", older, older])).out).toMatch(/^no service tag changed\n\nbefore /);
  });

  it("every prefix on its own line with --expand", async () => {
    const many = Array.from({ length: 20 }, (_, at) => `60.0.${at}.0/24`);
    const long = file("ServiceTags_Public_20250120.json", text(3, { ...NEW, Many: many }));
    const folded = await run(["tags", "diff", newer, long]);
    expect(folded.out).toMatch(/\+ 60\.0\.0\.0\/24, .* and 14 more\n/);
    const { out } = await run(["tags", "diff", newer, long, "--expand"]);
    for (const prefix of many) expect(out).toContain(`    + ${prefix}\n`);
  });

  it.each([
    [
      ["--tag", "storage"],
      ["Storage", "Storage.WestEurope"],
    ],
    [["--tag", "Storage.WestEurope"], ["Storage.WestEurope"]],
    [["--service", "AzureSql"], ["Sql.FranceCentral"]],
    [["--region", "francecentral"], ["Sql.FranceCentral"]],
    [["--region", "centralfrance"], ["Sql.FranceCentral"]],
    [["--tag", "Gone"], ["Gone"]],
    [["--tag", "Storage", "--region", "centralfrance"], []],
  ])("only what %j means", async (filter, names) => {
    const { code, out } = await run(["tags", "diff", older, newer, ...filter, "-o", "json"]);
    expect(code).toBe(0);
    expect(JSON.parse(out).tags.map(({ name }: { name: string }) => name)).toEqual(names);
  });

  it("in flat rows, the prefixes of the list and the addresses in any grouping", async () => {
    const { out } = await run(["tags", "diff", older, newer, "--tag", "Storage.WestEurope", "-o", "tsv"]);
    expect(
      out
        .trimEnd()
        .split("\n")
        .map((line) => line.split("\t").slice(0, 4).join(" ")),
    ).toEqual([
      "Storage.WestEurope changed added 20.0.1.0/24",
      "Storage.WestEurope changed added 20.0.2.0/24",
      "Storage.WestEurope changed removed 20.0.1.0/25",
      "Storage.WestEurope changed removed 20.0.1.128/25",
      "Storage.WestEurope changed gained 20.0.2.0/24",
    ]);
  });
});

describe("tags diff reads", () => {
  const cache = { VNET_EXPLAIN_CACHE: join(scratch.path, "cache") };
  beforeAll(async () => {
    for (const each of [older, newer]) await run(["tags", "update", "--from", each], { env: cache });
  });

  it.each([
    [[], "2025-01-06", "2025-01-13"],
    [["previous"], "2025-01-06", "2025-01-13"],
    [["current", "previous"], "2025-01-13", "2025-01-06"],
    [[older, "current"], "2025-01-06", "2025-01-13"],
    [["current", newer], "2025-01-13", "2025-01-13"],
  ])("%j", async (words, before, after) => {
    const { code, out } = await run(["tags", "diff", ...words, "-o", "json"], { env: cache });
    expect(code).toBe(0);
    const report = JSON.parse(out);
    expectValid("tags-diff", report);
    expect([report.before.date, report.after.date]).toEqual([before, after]);
  });

  it("one file from stdin", async () => {
    const { code, out } = await run(["tags", "diff", "-", newer, "-o", "json"], { stdin: text(1, OLD) });
    expect(code).toBe(0);
    expect(JSON.parse(out).totals).toMatchObject({ changed: { tags: 3 } });
  });

  it("not two inputs from stdin", async () => {
    for (const words of [
      ["-", "-"],
      [older, "-", "--file", "-"],
    ]) {
      expect(await run(["tags", "diff", ...words])).toMatchObject({ code: 2, out: "" });
    }
  });

  it.each([
    [["--cloud", "china"], 5, /no previous service tags cached for cloud china/],
    [["previous", "current", "--cloud", "usgov"], 5, /cached for cloud usgov/],
    [[older, "none.json"], 2, /none\.json: no such file/],
    [[older, newer, "extra"], 2, /not a route table/],
    [[older, newer, "--tag", "Storag"], 2, /unknown service tag 'Storag'\n.*did you mean: Storage/],
    [[older, newer, "--region", "westeurop"], 2, /has region 'westeurop'\n.*did you mean: westeurope/],
    [[older, newer, "--service", "Fantasy"], 2, /has service 'Fantasy'\n.*tags list/],
    [[older, newer, "--file", "none.json"], 2, /none\.json/],
  ])("%j: exit %i, nothing on stdout", async (words, code, reason) => {
    const answer = await run(["tags", "diff", ...words], { env: cache });
    expect({ code: answer.code, out: answer.out }).toEqual({ code, out: "" });
    expect(answer.err).toMatch(reason);
  });

  it("a damaged file in the cache is reported", async () => {
    const env = { VNET_EXPLAIN_CACHE: join(scratch.path, "damaged") };
    await run(["tags", "update", "--from", older], { env });
    writeFileSync(join(env.VNET_EXPLAIN_CACHE, "vnet-explain", "tags", "public", "manifest.json"), "{");
    const { code, err } = await run(["tags", "diff", older, "current"], { env });
    expect(code).toBe(5);
    expect(err).toMatch(/damaged: run vnet-explain tags update/);
  });

  it.each([
    [[newer, older], /the first file is the newer one/],
    [[older, china], /from different clouds \(Public, AzureChinaCloud\)/],
    [[older, newer], /^$/],
  ])("%j: an unusual pair is compared with a note", async (words, note) => {
    const { code, err } = await run(["tags", "diff", ...words]);
    expect(code).toBe(0);
    expect(err).toMatch(note);
  });
});

describe("tags diff --exit-code", () => {
  it.each([
    [[older, older], 0],
    [[older, newer], 3],
    [[older, newer, "--tag", "Sql.FranceCentral"], 3],
    [[older, newer, "--tag", "Storage", "--region", "centralfrance"], 0],
  ])("%j: %i", async (words, code) => {
    const plain = await run(["tags", "diff", ...words]);
    const judged = await run(["tags", "diff", ...words, "--exit-code"]);
    expect([plain.code, judged.code, judged.out]).toEqual([0, code, plain.out]);
  });
});

describe("tags diff with routes", () => {
  const row = (source: string, addressPrefix: readonly string[], nextHopType: string, more: object = {}) => ({
    source,
    state: "Active",
    addressPrefix,
    nextHopType,
    nextHopIpAddress: [],
    ...more,
  });
  const NVA = row("User", ["0.0.0.0/0"], "VirtualAppliance", { name: "to-nva", nextHopIpAddress: ["10.0.1.4"] });
  const ENDPOINT = row("Default", OLD["Storage.WestEurope"], "VirtualNetworkServiceEndpoint");
  const table = (...rows: readonly object[]) => file("routes.json", JSON.stringify({ value: rows }));

  it("an endpoint row follows its tag, and gained addresses change next hop", async () => {
    const { out } = await run(["tags", "diff", older, newer, "--tag", "Storage", "--file", table(NVA, ENDPOINT)]);
    expect(out).toContain(
      `
affected routes
  User to-nva  0.0.0.0/0  VirtualAppliance 10.0.1.4  Active
      covers changes of Storage, Storage.WestEurope (+4 -3 prefixes)
  Default  20.0.0.0/24, 20.0.1.0/25, 20.0.1.128/25  VirtualNetworkServiceEndpoint  Active
      holds the prefixes of Storage.WestEurope (+2 -2 prefixes)
      gains 20.0.1.0/24, 20.0.2.0/24
      loses 20.0.1.0/25, 20.0.1.128/25

prediction  once Azure has updated these routes, 256 IPv4 addresses change next hop:

     ADDRESSES  CHANGE                                                                PREFIXES
  ok 256 IPv4   appliance 10.0.1.4 (to-nva) -> service endpoint (Storage.WestEurope)  20.0.2.0/24; service tags Storage.WestEurope, Storage
`,
    );
  });

  it.each<[string, readonly object[], RegExp]>([
    ["none", [row("User", ["60.0.0.0/8"], "None")], /^no route is affected$/m],
    ["one that moves nothing", [NVA], /^no address changes next hop$/m],
  ])("%s", async (_, rows, expected) => {
    expect((await run(["tags", "diff", older, newer, "--file", table(...rows)])).out).toMatch(expected);
  });

  it("is printed only with a route source", async () => {
    const alone = JSON.parse((await run(["tags", "diff", older, newer, "-o", "json"])).out);
    expect([alone.routes, alone.moved, alone.moves, alone.routeTable]).toEqual([null, null, null, null]);
    const asked = ["tags", "diff", older, newer, "--sample", "udr-and-endpoint", "-o", "json"];
    expect(JSON.parse((await run(asked)).out).routeTable).toMatchObject({ kind: "sample" });
  });
});

describe.skipIf(!hasSharedData)("the week of 2023-11-13", () => {
  it("has the counts that the texts of the files give", async () => {
    const [before, after] = ["ServiceTags_Public_20231106.json", "ServiceTags_Public_20231113.json"];
    const { totals } = countedDifferences(tagLists(sharedTagText(before)), tagLists(sharedTagText(after)));
    const { tags, prefixesAdded, prefixesRemoved } = totals.changed;
    const { out } = await run([
      "tags",
      "diff",
      ...[before, after].map((name) => sharedPath(`data/service-tags/${name}`)),
    ]);
    expect(out.split("\n")[0]).toBe(
      `${tags} service tags changed: ${prefixesAdded} prefixes added, ${prefixesRemoved} removed`,
    );
  });
});
