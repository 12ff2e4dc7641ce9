import { describe, expect, it } from "vitest";
import { comparePrefixes, type Prefix, parsePrefix } from "../../src/net/prefix.ts";
import type { RowAnnotation, ServiceTagSource } from "../../src/routes/annotation.ts";
import type { SubnetEndpoint } from "../../src/routes/subnet-facts.ts";
import { hasSharedData, readShared } from "../shared-data.ts";
import { sharedCatalogue } from "./shared-tags.ts";
import { tagsOf } from "./tags-for-tests.ts";

function annotate(
  tags: ServiceTagSource,
  prefixes: readonly Prefix[],
  nextHopType?: string,
  endpoints?: readonly SubnetEndpoint[],
): RowAnnotation {
  const route = {
    name: null,
    source: "Default",
    state: "Active",
    nextHopType: nextHopType ?? "VirtualNetworkServiceEndpoint",
    addressPrefix: prefixes,
    nextHopIpAddress: [],
    disableBgpRoutePropagation: false,
    hasBgpOverride: false,
    destinationServiceTags: [],
    fields: {},
  };
  return tags.annotate(route, endpoints);
}

const tags = tagsOf(
  {
    Backup: ["20.1.1.0/24"],
    Storage: ["20.1.0.0/22", "20.2.0.0/24", "20.3.0.0/24", "20.4.0.0/24", "20.9.0.0/24", "2603::/32"],
    "Storage.WestEurope": ["20.1.0.0/24", "20.1.1.0/24", "20.2.0.0/24"],
    "Storage.NorthEurope": ["20.3.0.0/24", "20.4.0.0/24"],
    Sql: ["30.0.0.0/24", "30.0.1.0/24"],
    Other: ["40.0.0.0/16"],
    Tiny: ["70.0.0.0/24", "80.0.0.0/24"],
    NewService: ["70.0.0.0/24", "70.0.1.0/24", "70.0.2.0/24"],
    AzureKeyVault: ["80.0.0.0/24", "80.0.1.0/24", "80.0.2.0/24"],
    AzureCloud: ["20.0.0.0/8", "50.0.0.0/8"],
    Alpha: ["90.0.0.0/24"],
    Beta: ["90.0.1.0/24"],
    "Zeta.WestEurope": ["90.0.2.0/24"],
    Api: ["90.0.2.0/24"],
  },
  ["Storage", "Sql", "NewService"],
);

interface NameCase {
  readonly name: string;
  readonly row: readonly string[];
  readonly tag: string | null;
  readonly of: string;
  readonly endpoint: string | null;
  readonly each: readonly (string | null)[];
}

const CASES: readonly NameCase[] = [
  {
    name: "a region's row is the region's",
    row: ["20.1.0.0/24", "20.1.1.0/24", "20.2.0.0/24"],
    tag: "Storage.WestEurope",
    of: "3 of 3",
    endpoint: "Microsoft.Storage",
    each: ["Storage.WestEurope", "Storage.WestEurope", "Storage.WestEurope"],
  },
  {
    name: "the global tag's row is the global tag's",
    row: ["20.1.0.0/22", "20.2.0.0/24", "20.3.0.0/24", "20.4.0.0/24", "20.9.0.0/24"],
    tag: "Storage",
    of: "5 of 5",
    endpoint: "Microsoft.Storage",
    each: ["Storage", "Storage", "Storage", "Storage", "Storage"],
  },
  {
    name: "one prefix of two tags is the smaller tag's",
    row: ["20.2.0.0/24"],
    tag: "Storage.WestEurope",
    of: "1 of 1",
    endpoint: "Microsoft.Storage",
    each: ["Storage.WestEurope"],
  },
  {
    name: "an endpoint's service comes before a smaller tag of another",
    row: ["20.1.1.0/24"],
    tag: "Storage.WestEurope",
    of: "1 of 1",
    endpoint: "Microsoft.Storage",
    each: ["Storage.WestEurope"],
  },
  {
    name: "a part of the global tag's list is the global tag's",
    row: ["20.1.0.0/22", "20.3.0.0/24"],
    tag: "Storage",
    of: "2 of 2",
    endpoint: "Microsoft.Storage",
    each: ["Storage", "Storage"],
  },
  {
    name: "a prefix of another week is left over",
    row: ["20.1.0.0/24", "20.1.1.0/24", "20.2.0.0/24", "60.0.0.0/24"],
    tag: "Storage.WestEurope",
    of: "3 of 4",
    endpoint: "Microsoft.Storage",
    each: ["Storage.WestEurope", "Storage.WestEurope", "Storage.WestEurope", null],
  },
  {
    name: "a leftover gets the most specific tag that holds it",
    row: ["20.1.0.0/24", "20.1.1.0/24", "20.2.0.0/24", "30.0.1.128/25"],
    tag: "Storage.WestEurope",
    of: "3 of 4",
    endpoint: "Microsoft.Storage",
    each: ["Storage.WestEurope", "Storage.WestEurope", "Storage.WestEurope", "Sql"],
  },
  {
    name: "of several tags a leftover gets the one of the longest prefix, a region's before a whole service's",
    row: ["30.0.0.0/24", "30.0.1.0/24", "20.1.1.0/25"],
    tag: "Sql",
    of: "2 of 3",
    endpoint: "Microsoft.Sql",
    each: ["Sql", "Sql", "Storage.WestEurope"],
  },
  {
    name: "a leftover that only AzureCloud holds gets none",
    row: ["30.0.0.0/24", "30.0.1.0/24", "50.1.0.0/16"],
    tag: "Sql",
    of: "2 of 3",
    endpoint: "Microsoft.Sql",
    each: ["Sql", "Sql", null],
  },
  {
    name: "a tag that Microsoft marks as an endpoint's comes before a smaller one, though we know no endpoint of it",
    row: ["70.0.0.0/24"],
    tag: "NewService",
    of: "1 of 1",
    endpoint: null,
    each: ["NewService"],
  },
  {
    name: "so does one of a known endpoint, where the file of an old year marks none",
    row: ["80.0.0.0/24"],
    tag: "AzureKeyVault",
    of: "1 of 1",
    endpoint: "Microsoft.KeyVault",
    each: ["AzureKeyVault"],
  },
  {
    name: "AzureCloud names neither row nor leftover",
    row: ["50.1.0.0/16"],
    tag: null,
    of: "",
    endpoint: null,
    each: [null],
  },
  {
    name: "a prefix around a tag's is not in the tag",
    row: ["30.0.0.0/23"],
    tag: null,
    of: "",
    endpoint: null,
    each: [null],
  },
  {
    name: "a tag without an endpoint names a row all the same",
    row: ["40.0.0.0/16"],
    tag: "Other",
    of: "1 of 1",
    endpoint: null,
    each: ["Other"],
  },
  {
    name: "tags that fit equally well, and are as large, come in the order of their names, not of the row",
    row: ["90.0.1.0/24", "90.0.0.0/24"],
    tag: "Alpha",
    of: "1 of 2",
    endpoint: null,
    each: ["Beta", "Alpha"],
  },
  {
    name: "in whichever order the row has them",
    row: ["90.0.0.0/24", "90.0.1.0/24"],
    tag: "Alpha",
    of: "1 of 2",
    endpoint: null,
    each: ["Alpha", "Beta"],
  },
  {
    name: "the order of names decides between a region and a whole service too",
    row: ["90.0.2.0/24"],
    tag: "Api",
    of: "1 of 1",
    endpoint: null,
    each: ["Api"],
  },
];

describe("a service endpoint row is named by its whole prefix set", () => {
  it.each(CASES)("$name", ({ row, tag, of, endpoint, each }) => {
    const named = annotate(
      tags,
      row.map((prefix) => parsePrefix(prefix)),
    );
    expect(named.serviceTag?.name ?? null).toBe(tag);
    if (named.serviceTag !== null) expect(`${named.serviceTag.matched} of ${named.serviceTag.total}`).toBe(of);
    expect(named.serviceEndpoint).toBe(endpoint);
    expect(named.prefixes.map((prefix) => prefix.serviceTag)).toEqual(each);
  });

  it("any other row is not named", () => {
    expect(annotate(tags, [parsePrefix("20.2.0.0/24")], "Internet")).toMatchObject({
      serviceTag: null,
      serviceEndpoint: null,
    });
  });
});

const FILE = "ServiceTags_Public_20231106.json";

describe("the subnet's service endpoints decide between tags that fit equally well", () => {
  const twins = tagsOf({
    Sql: ["30.0.0.0/24"],
    "Sql.WestEurope": ["30.0.0.0/24"],
    "Sql.NorthEurope": ["30.0.0.0/24"],
    "Sql.NorwayEast": ["30.0.0.0/24"],
    Storage: ["30.0.0.0/24"],
  });
  it.each<[string, readonly SubnetEndpoint[], string]>([
    ["the endpoint", [{ service: "Microsoft.Storage", locations: ["*"] }], "Storage"],
    ["its region", [{ service: "Microsoft.Sql", locations: ["westeurope"] }], "Sql.WestEurope"],
    ["its region in another case", [{ service: "microsoft.sql", locations: ["NorthEurope"] }], "Sql.NorthEurope"],
    [
      "its region, which the file abbreviates",
      [{ service: "Microsoft.Sql", locations: ["norwayeast"] }],
      "Sql.NorwayEast",
    ],
    [
      "both",
      [
        { service: "Microsoft.Web", locations: ["*"] },
        { service: "Microsoft.Sql", locations: ["westeurope"] },
      ],
      "Sql.WestEurope",
    ],
    [
      "an endpoint everywhere before one of another region",
      [
        { service: "Microsoft.Sql", locations: ["southeurope"] },
        { service: "Microsoft.Storage", locations: ["*"] },
      ],
      "Storage",
    ],
    [
      "one of several regions before one of another region",
      [
        { service: "Microsoft.Storage", locations: ["southeurope"] },
        { service: "Microsoft.Sql", locations: ["southeurope", "westeurope"] },
      ],
      "Sql.WestEurope",
    ],
  ])("%s", (_, endpoints, tag) => {
    expect(annotate(twins, [parsePrefix("30.0.0.0/24")], undefined, endpoints).serviceTag?.name).toBe(tag);
  });

  it.each([
    ["no endpoint is known for", "40.0.0.0/16", "Other"],
    ["only AzureCloud holds", "50.1.0.0/16", undefined],
  ])("but name no tag of a row that %s", (_, prefix, tag) => {
    const on = [{ service: "Microsoft.Sql", locations: ["*"] }];
    expect(annotate(tags, [parsePrefix(prefix)], undefined, on).serviceTag?.name).toBe(tag);
  });

  it("but not against a list that fits better", () => {
    const on = [{ service: "Microsoft.Sql", locations: ["*"] }];
    expect(
      annotate(
        tags,
        ["20.3.0.0/24", "20.4.0.0/24"].map((text) => parsePrefix(text)),
        undefined,
        on,
      ).serviceTag?.name,
    ).toBe("Storage.NorthEurope");
  });
});

describe.skipIf(!hasSharedData)("rows rebuilt from every tag of an endpoint's service", () => {
  const catalogue = hasSharedData ? sharedCatalogue(FILE) : tags;
  const services = [
    "Storage",
    "Sql",
    "AzureKeyVault",
    "AzureCosmosDB",
    "ServiceBus",
    "EventHub",
    "AppService",
    "AzureContainerRegistry",
    "AzureActiveDirectory",
  ];
  const all = [...catalogue.tags()]
    .map((tag) => ({ name: tag.name, v4: tag.prefixes.filter((prefix) => prefix.family === 4) }))
    .filter(({ name, v4 }) => v4.length > 0 && services.includes(name.split(".")[0] ?? ""));
  /** Some regions' lists are equal to another tag's: then either name is right. */
  const sameList = (a: readonly Prefix[], b: readonly Prefix[]) =>
    a.length === b.length && a.every((prefix, i) => b[i] !== undefined && comparePrefixes(prefix, b[i]) === 0);

  it.each(all)("$name is named by its own list", ({ name, v4 }) => {
    const named = annotate(catalogue, v4).serviceTag;
    const equals = all.filter((tag) => sameList(tag.v4, v4)).map((tag) => tag.name);
    expect(equals).toContain(named?.name);
    expect(named).toMatchObject({ matched: v4.length, total: v4.length });
    if (equals.length === 1) expect(named?.name).toBe(name);
  });

  const large = all.filter(({ v4 }) => v4.length >= 20);

  it.each(large)("$name is named though every tenth prefix is missing and as many are foreign", ({ name, v4 }) => {
    const foreign = Array.from({ length: Math.floor(v4.length / 10) }, (_, i) =>
      parsePrefix(`203.0.113.${i % 256}/32`),
    );
    const row = [...v4.filter((_, index) => index % 10 !== 3), ...foreign];
    const named = annotate(catalogue, row);
    expect(named.serviceTag?.name).toBe(name);
    expect(named.prefixes.slice(-foreign.length).every((prefix) => prefix.serviceTag === null)).toBe(true);
  });

  it.each(large)("$name is named though prefixes of its service elsewhere are among them", ({ name, v4 }) => {
    const service = name.split(".")[0] ?? "";
    const others = all.filter((tag) => tag.name.startsWith(`${service}.`) && tag.name !== name);
    const foreign = others.flatMap((tag) => tag.v4.slice(0, 1)).slice(0, Math.floor(v4.length / 10));
    expect(annotate(catalogue, [...v4, ...foreign]).serviceTag?.name).toBe(name);
  });

  it("the recorded rows of a blog are named as it says", () => {
    const { routes } = JSON.parse(readShared("oracle/lab-burningnode-se-storage-keyvault.json")) as {
      routes: readonly { nextHopType: string; addressPrefix: string[] }[];
    };
    const rows = routes.filter((route) => route.nextHopType === "VirtualNetworkServiceEndpoint");
    const names = rows.map(({ addressPrefix }) => {
      const { serviceTag } = annotate(
        catalogue,
        addressPrefix.map((prefix) => parsePrefix(prefix)),
      );
      return serviceTag?.name;
    });
    expect(names).toEqual(["Storage", "AzureKeyVault"]);
  });
});

it("the same list counts only for a service with endpoints: of others, most equal prefixes", () => {
  const row = ["20.0.0.0/24", "20.0.1.0/24", "20.0.2.0/24", "20.0.3.0/24"];
  const more = Array.from({ length: 10 }, (_, at) => `20.1.${at}.0/24`);
  const both = (vse: readonly string[]) => tagsOf({ Same: row.slice(1), Large: [...row, ...more] }, vse);
  const named = (vse: readonly string[]) => annotate(both(vse), row.map(parsePrefix)).serviceTag;
  expect(named([])).toEqual({ name: "Large", matched: 4, total: 4 });
  expect(named(["Same"])).toEqual({ name: "Same", matched: 3, total: 4 });
});

it("a row of 5,000 prefixes is named", () => {
  const prefixes = Array.from({ length: 5000 }, (_, i) => `77.${i >> 8}.${i & 255}.0/24`);
  const many = tagsOf({ Storage: prefixes, AzureCloud: ["77.0.0.0/8"] });
  const row = prefixes.map((prefix) => parsePrefix(prefix));
  expect(annotate(many, row).serviceTag).toEqual({ name: "Storage", matched: 5000, total: 5000 });
});

describe("of two tags, a row is", () => {
  const v4 = (count: number, from = 0) => Array.from({ length: count }, (_, at) => `20.0.${from + at}.0/24`);
  const v6 = (count: number) => Array.from({ length: count }, (_, at) => `2001:db8:${at}::/48`);
  const ROW = v4(4);
  it.each<[what: string, row: readonly string[], one: readonly string[], other: readonly string[]]>([
    ["the one that is the same list but for a quarter", ROW, v4(3), v4(14)],
    ["not the one that lacks more than a quarter", ROW, v4(14), v4(2)],
    ["the one that is the same list but for a third that it has more", ROW, v4(5), v4(14)],
    [
      "the one with fewer IPv6 prefixes, where the row has some of both",
      ["20.0.0.0/24", "9.9.9.0/24", "2001:db8:1::/48", "3001::/48"],
      [...v4(4), ...v6(4)],
      [...v4(4), ...v6(8)],
    ],
    ["the one with fewer IPv4 prefixes, where the row has no others", ["20.0.0.0/24"], [...v4(2), ...v6(9)], v4(3)],
    [
      "the one with most equal prefixes, else",
      v4(2),
      [...v4(2), ...v4(9, 100)],
      [...v4(1), ...v4(3, 50), "20.0.0.0/16"],
    ],
    [
      "the one that holds most, else",
      v4(2),
      ["20.0.0.0/23", ...v4(9, 100)],
      ["20.0.0.0/24", ...v4(9, 50)].slice(1).concat("20.0.1.0/25"),
    ],
  ])("%s", (_, row, one, other) => {
    for (const [first, second] of [
      ["A", "B"],
      ["B", "A"],
    ] as const) {
      const both = tagsOf({ [first]: one, [second]: other }, ["A", "B"]);
      expect(annotate(both, row.map(parsePrefix)).serviceTag?.name).toBe(first);
    }
  });

  it("the one with fewer IPv6 prefixes too, where neither is for service endpoints", () => {
    const row = ["20.0.0.0/24", "2001:db8:1::/48"].map(parsePrefix);
    for (const [first, second] of [
      ["A", "B"],
      ["B", "A"],
    ] as const) {
      for (const [one, other] of [
        [first, second],
        [second, first],
      ] as const) {
        const lists = { [first]: [...v4(4), ...v6(4)], [second]: [...v4(4), ...v6(8)] };
        const both = tagsOf({ [one]: lists[one] ?? [], [other]: lists[other] ?? [] });
        expect(annotate(both, row).serviceTag?.name).toBe(first);
      }
    }
  });
});
