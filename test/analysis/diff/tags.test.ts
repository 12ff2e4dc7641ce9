import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { type Touch, touchedRoutes } from "../../../src/analysis/diff/tag-routes.ts";
import { diffTags } from "../../../src/analysis/diff/tags.ts";
import { parseAddEndpoint } from "../../../src/analysis/whatif/parse.ts";
import { applyChanges } from "../../../src/analysis/whatif/predict.ts";
import { formatAddress, parseAddress } from "../../../src/net/address.ts";
import { addressCount, intersectionOf, rangeOf, unionOf } from "../../../src/net/address-ranges.ts";
import { containsPrefix, formatPrefix, lastOf, parsePrefix, prefixOf } from "../../../src/net/prefix.ts";
import { annotateTable } from "../../../src/routes/annotate-table.ts";
import { sampleRouteTable } from "../../../src/routes/samples.ts";
import { row } from "../../selection/routes-for-tests.ts";
import { sharedCatalogue, sharedTagText } from "../../service-tags/shared-tags.ts";
import { tagsOf } from "../../service-tags/tags-for-tests.ts";
import { hasSharedData, listShared } from "../../shared-data.ts";
import { blockList, countedDifferences, isIn, tagLists } from "./tags-reference.ts";

type Tags = Parameters<typeof tagsOf>[0];

const NONE = { v4: "0", v6: "0" };
const rangesOf = (prefixes: readonly string[]) => unionOf(prefixes.map((text) => rangeOf(parsePrefix(text))));

describe("the changes of a tag", () => {
  test.each<[string, readonly string[], readonly string[], readonly unknown[] | null]>([
    ["nothing", ["10.0.0.0/24"], ["10.0.0.0/24"], null],
    [
      "the order, and a prefix listed twice",
      ["10.0.0.0/24", "11.0.0.0/24"],
      ["11.0.0.0/24", "10.0.0.0/24", "11.0.0.0/24"],
      null,
    ],
    ["one more", ["10.0.0.0/24"], ["10.0.0.0/24", "11.0.0.0/31"], [["11.0.0.0/31"], [], ["11.0.0.0/31"], [], false]],
    ["one less", ["10.0.0.0/24", "11.0.0.0/31"], ["10.0.0.0/24"], [[], ["11.0.0.0/31"], [], ["11.0.0.0/31"], false]],
    [
      "two made one",
      ["10.0.0.0/25", "10.0.0.128/25"],
      ["10.0.0.0/24"],
      [["10.0.0.0/24"], ["10.0.0.0/25", "10.0.0.128/25"], [], [], true],
    ],
    ["one inside another gone", ["10.0.0.0/24", "10.0.0.0/25"], ["10.0.0.0/24"], [[], ["10.0.0.0/25"], [], [], true]],
    ["made longer", ["10.0.0.0/25"], ["10.0.0.0/24"], [["10.0.0.0/24"], ["10.0.0.0/25"], ["10.0.0.128/25"], [], false]],
    [
      "of the other family",
      ["10.0.0.0/24"],
      ["10.0.0.0/24", "fd00::/127"],
      [["fd00::/127"], [], ["fd00::/127"], [], false],
    ],
  ])("%s", (_, before, after, expected) => {
    const [change] = diffTags(tagsOf({ Storage: before }), tagsOf({ Storage: after })).tags;
    const found = change && [
      change.added,
      change.removed,
      change.gained.prefixes,
      change.lost.prefixes,
      change.resummarised,
    ];
    expect(found ?? null).toEqual(expected);
  });

  it("addresses are counted exactly, per family", () => {
    const { tags, totals } = diffTags(
      tagsOf({ A: ["10.0.0.0/24"], B: ["10.0.0.0/24"] }),
      tagsOf({ A: ["10.0.0.0/24", "fd00::/32"], B: ["10.0.0.0/24", "fd00::/32", "10.0.1.0/31"] }),
    );
    expect(tags.map(({ addresses }) => addresses)).toEqual([
      { before: { v4: "256", v6: "0" }, after: { v4: "256", v6: "79228162514264337593543950336" } },
      { before: { v4: "256", v6: "0" }, after: { v4: "258", v6: "79228162514264337593543950336" } },
    ]);
    expect(totals.changed).toMatchObject({
      prefixesAdded: 3,
      addressesGained: { v4: "2", v6: "79228162514264337593543950336" },
      addressesLost: { v4: "0", v6: "0" },
    });
  });

  it("the change numbers are those of each file that has the tag", () => {
    const { tags } = diffTags(
      tagsOf({ Old: ["10.0.0.0/24"], Storage: ["11.0.0.0/24"] }),
      tagsOf({ Storage: ["11.0.0.0/25"], New: ["12.0.0.0/24"] }),
    );
    expect(tags.map(({ name, changeNumber: { before, after } }) => [name, before, after])).toEqual([
      ["Storage", "1", "1"],
      ["New", null, "1"],
      ["Old", "1", null],
    ]);
  });

  it("tags with the same addresses in other prefixes are counted apart", () => {
    const halves = ["10.0.0.0/25", "10.0.0.128/25"];
    const { totals } = diffTags(
      tagsOf({ A: halves, B: halves, C: halves }),
      tagsOf({ A: ["10.0.0.0/24"], B: ["10.0.0.0/24"], C: ["10.0.0.0/25"] }),
    );
    expect(totals.changed).toMatchObject({ tags: 3, resummarised: 2 });
  });

  it("added and removed tags, whose names are case-insensitive", () => {
    const diff = diffTags(
      tagsOf({ Old: ["10.0.0.0/24"], STORAGE: ["11.0.0.0/24"] }),
      tagsOf({ Storage: ["11.0.0.0/24"], New: [] }),
    );
    expect(diff.tags).toMatchObject([
      { name: "New", change: "added", added: [], removed: [], addresses: { before: NONE, after: NONE } },
      { name: "Old", change: "removed", removed: ["10.0.0.0/24"], lost: { prefixes: ["10.0.0.0/24"] } },
    ]);
    expect(diff.tags[1]?.addresses).toEqual({ before: { v4: "256", v6: "0" }, after: NONE });
    expect(diff.totals).toMatchObject({
      changed: { tags: 0, prefixesAdded: 0, prefixesRemoved: 0 },
      added: { tags: 1, prefixes: 0 },
      removed: { tags: 1, prefixes: 1 },
    });
  });

  test.each([
    ["a tag, with its regions", { tag: "storage" }, ["Storage", "Storage.WestEurope"]],
    ["a regional tag", { tag: "Storage.WestEurope" }, ["Storage.WestEurope"]],
    ["a region", { region: "WestEurope" }, ["Storage.WestEurope", "Sql.WestEurope"]],
    ["a service", { service: "sql" }, ["Sql.WestEurope"]],
    ["its system service", { service: "Service of Storage" }, ["Storage"]],
    ["both", { service: "Storage", region: "westeurope" }, ["Storage.WestEurope"]],
    ["none", { tag: "Stor" }, []],
  ])("only those of %s", (_, filter, expected) => {
    const tags = (...prefixes: string[]): Tags => ({
      Storage: prefixes,
      "Storage.WestEurope": prefixes,
      "Sql.WestEurope": prefixes,
    });
    const diff = diffTags(tagsOf(tags()), tagsOf(tags("10.0.0.0/8")), filter);
    expect(diff.tags.map(({ name }) => name)).toEqual(expected);
  });
});

const somePrefix = fc
  .tuple(
    fc.constantFrom("10.0.0.", "10.0.1.", "20.0.0."),
    fc.constantFrom(0, 64, 128, 192),
    fc.constantFrom(24, 25, 26),
  )
  .map(([start, end, length]) => formatPrefix(prefixOf(parseAddress(`${start}${end}`), length)));
const someList = fc.uniqueArray(somePrefix, { maxLength: 8 });

describe("for any two lists", () => {
  it("gained and lost addresses turn one set into the other", () => {
    fc.assert(
      fc.property(someList, someList, (before, after) => {
        const [change] = diffTags(tagsOf({ Storage: before }), tagsOf({ Storage: after })).tags;
        if (change === undefined) {
          expect(new Set(before)).toEqual(new Set(after));
          return;
        }
        const [gained, lost] = [rangesOf(change.gained.prefixes), rangesOf(change.lost.prefixes)];
        expect(intersectionOf(gained, rangesOf(before))).toEqual([]);
        expect(intersectionOf(lost, rangesOf(after))).toEqual([]);
        expect(unionOf([...rangesOf(before), ...gained])).toEqual(unionOf([...rangesOf(after), ...lost]));
        expect(change.gained.addresses.v4).toBe(addressCount(gained).toString());
        const list = new Set(before);
        for (const prefix of change.removed) expect(list.delete(prefix)).toBe(true);
        for (const prefix of change.added) list.add(prefix);
        expect(list).toEqual(new Set(after));
      }),
    );
  });

  it("a route overlaps exactly the changed prefixes that contain it or that it contains", () => {
    fc.assert(
      fc.property(
        someList,
        someList,
        fc.uniqueArray(somePrefix, { minLength: 1, maxLength: 3 }),
        (before, after, own) => {
          const diff = diffTags(tagsOf({ Storage: before }), tagsOf({ Storage: after }));
          const routes = [row(`User ${own.join(",")} None`)];
          const table = { routes, origin: sampleRouteTable("udr").origin };
          const [touched] = touchedRoutes(diff, annotateTable(table, null));
          const meets = (text: string) =>
            own.some((each) => {
              const [a, b] = [parsePrefix(each), parsePrefix(text)];
              return containsPrefix(a, b) || containsPrefix(b, a);
            });
          const [change] = diff.tags;
          expect(new Set(touched?.tags[0]?.added)).toEqual(new Set(change?.added.filter(meets)));
          expect(new Set(touched?.tags[0]?.removed)).toEqual(new Set(change?.removed.filter(meets)));
        },
      ),
    );
  });
});

describe("routes that a tag change affects", () => {
  const older = tagsOf({
    Storage: ["20.0.0.0/8"],
    "Storage.WestEurope": ["20.0.0.0/24", "20.0.1.0/24"],
    Gone: ["30.0.0.0/24"],
  });
  const newer = tagsOf({
    Storage: ["20.0.0.0/8"],
    "Storage.WestEurope": ["20.0.0.0/24", "20.0.2.0/24", "fd00::/48"],
    New: ["40.0.0.0/24"],
  });

  test.each<[string, string, Touch | null, readonly unknown[]]>([
    [
      "an endpoint row of the older week",
      "Default 20.0.0.0/24,20.0.1.0/24 VirtualNetworkServiceEndpoint",
      "endpoint",
      ["Storage.WestEurope", ["20.0.2.0/24"], ["20.0.1.0/24"]],
    ],
    [
      "not an endpoint row of the newer week",
      "Default 20.0.0.0/24,20.0.2.0/24 VirtualNetworkServiceEndpoint",
      null,
      [],
    ],
    [
      "a user route on the tag",
      "User 20.0.0.0/24,20.0.1.0/24 None @storage.westeurope",
      "tag-route",
      ["Storage.WestEurope", ["20.0.2.0/24"], ["20.0.1.0/24"]],
    ],
    [
      "a user route that contains changed prefixes",
      "User 20.0.0.0/22 None",
      "overlap",
      ["Storage.WestEurope", ["20.0.2.0/24"], ["20.0.1.0/24"]],
    ],
    [
      "a BGP route inside a changed prefix",
      "VirtualNetworkGateway 20.0.2.4/32 VirtualNetworkGateway",
      "overlap",
      ["Storage.WestEurope", ["20.0.2.0/24"], []],
    ],
    ["a removed tag", "User 30.0.0.0/25 None", "overlap", ["Gone", [], ["30.0.0.0/24"]]],
    ["a new tag", "User 40.0.0.0/8 None", "overlap", ["New", ["40.0.0.0/24"], []]],
    [
      "a user route on the tag and another",
      "User 20.0.0.0/24,20.0.1.0/24 None @Sql @Storage.WestEurope",
      "tag-route",
      ["Storage.WestEurope", ["20.0.2.0/24"], ["20.0.1.0/24"]],
    ],
    ["an endpoint row that no tag names", "Default 60.0.0.0/24 VirtualNetworkServiceEndpoint", null, []],
    ["a user route of the other family", "User fd00::/32 None", "overlap", ["Storage.WestEurope", ["fd00::/48"], []]],
    ["a route that does not overlap", "User 50.0.0.0/8 None", null, []],
    ["a system route", "Default 0.0.0.0/0 Internet", null, []],
  ])("%s", (_, text, touch, expected) => {
    const table = { routes: [row(text)], origin: sampleRouteTable("udr").origin };
    const [touched] = touchedRoutes(diffTags(older, newer), annotateTable(table, older));
    expect(touched?.touch ?? null).toBe(touch);
    expect(touched?.tags.flatMap(({ name, added, removed }) => [name, added, removed]) ?? []).toEqual(expected);
  });
});

test.each<[string, string, readonly string[], readonly string[]]>([
  ["the last address of a route", "20.0.0.0/24", ["20.0.0.255/32", "20.0.1.0/32"], ["20.0.0.255/32"]],
  ["a prefix of every address, of the same family", "20.0.0.4/32", ["0.0.0.0/0", "::/0"], ["0.0.0.0/0"]],
  ["prefixes of the other family with the same first bits", "0.0.0.0/0", ["::/96", "10.0.0.0/8"], ["10.0.0.0/8"]],
])("%s that a tag gains is found", (_, own, added, expected) => {
  const table = { routes: [row(`User ${own} None`)], origin: sampleRouteTable("udr").origin };
  const diff = diffTags(tagsOf({ Storage: [] }), tagsOf({ Storage: added }));
  expect(touchedRoutes(diff, annotateTable(table, null))[0]?.tags).toEqual([
    { name: "Storage", added: expected, removed: [] },
  ]);
});

it("a prefix that two tags gain is found for both", () => {
  const table = { routes: [row("User 20.0.1.0/24 None")], origin: sampleRouteTable("udr").origin };
  const diff = diffTags(tagsOf({ Storage: [], Sql: [] }), tagsOf({ Storage: ["20.0.0.0/8"], Sql: ["20.0.0.0/8"] }));
  expect(touchedRoutes(diff, annotateTable(table, null))[0]?.tags).toEqual([
    { name: "Storage", added: ["20.0.0.0/8"], removed: [] },
    { name: "Sql", added: ["20.0.0.0/8"], removed: [] },
  ]);
});

it("an affected route has its fields, and the tags in the order of the newer file with prefixes in numeric order", () => {
  const diff = diffTags(
    tagsOf({ Storage: ["20.0.9.0/24"], Sql: ["20.0.5.0/24"] }),
    tagsOf({ Storage: ["20.0.8.0/24", "20.0.1.0/24"], Sql: ["20.0.5.0/24", "20.0.0.0/8"] }),
  );
  const rows = ["Default 10.0.0.0/16 VnetLocal", "User! 20.0.8.0/24,20.0.0.0/16 VirtualAppliance 10.0.1.4 #to-nva"];
  const table = { routes: rows.map(row), origin: sampleRouteTable("udr").origin };
  expect(touchedRoutes(diff, annotateTable(table, null))).toEqual([
    {
      row: 1,
      touch: "overlap",
      source: "User",
      state: "Invalid",
      name: "to-nva",
      addressPrefixes: ["20.0.8.0/24", "20.0.0.0/16"],
      nextHopType: "VirtualAppliance",
      nextHopIpAddress: ["10.0.1.4"],
      tags: [
        { name: "Storage", added: ["20.0.1.0/24", "20.0.8.0/24"], removed: ["20.0.9.0/24"] },
        { name: "Sql", added: ["20.0.0.0/8"], removed: [] },
      ],
    },
  ]);
});

test.each([
  [250_000, 250_000, false],
  [250_000, 250_001, true],
  [500_001, 0, true],
])("files of %i and %i prefixes together are too large: %s", (older, newer, tooLarge) => {
  const prefix = parsePrefix("10.0.0.0/8");
  const file = (count: number) => {
    const prefixes = Array.from({ length: count }, () => prefix);
    const tag = { name: "Storage", region: null, systemService: null, changeNumber: null, prefixes };
    return { file: null, tags: () => [tag], details: () => [tag] } as unknown as Parameters<typeof diffTags>[0];
  };
  const compared = () => diffTags(file(older), file(newer));
  const code = "tag-files-too-large";
  const message = "the two tag files have more than 500,000 prefixes together";
  const hint = "compare files as Microsoft publishes them";
  if (tooLarge) expect(compared).toThrow(expect.objectContaining({ code, message, hint }));
  else expect(compared().tags).toEqual([]);
});

describe.skipIf(!hasSharedData)("the real files", () => {
  const PUBLIC = listShared("data/service-tags").filter((file) => file.includes("Public"));
  const PAIRS = [
    ...PUBLIC.slice(1).map((newer, at) => [PUBLIC[at] ?? "", newer] as const),
    ["ServiceTags_China_20231106.json", "ServiceTags_AzureGovernment_20231106.json"] as const,
  ];

  it.each(PAIRS)("%s to %s: the counts match the text of the files", { tags: ["slow"] }, (before, after) => {
    const { changed, totals } = countedDifferences(tagLists(sharedTagText(before)), tagLists(sharedTagText(after)));
    const diff = diffTags(sharedCatalogue(before), sharedCatalogue(after));
    expect(diff.totals).toMatchObject(totals);
    const found = diff.tags.filter(({ change }) => change === "changed");
    expect(found.map(({ name, added, removed }) => ({ name, added, removed }))).toEqual(changed);
  });

  it("from week to week, gained and lost addresses match Node's BlockList", () => {
    const [older, newer] = ["ServiceTags_Public_20231106.json", "ServiceTags_Public_20231113.json"];
    const [before, after] = [tagLists(sharedTagText(older)), tagLists(sharedTagText(newer))];
    for (const { name, added, removed, gained, lost } of diffTags(sharedCatalogue(older), sharedCatalogue(newer))
      .tags) {
      const was = blockList(before.get(name) ?? new Set());
      const now = blockList(after.get(name) ?? new Set());
      const [came, went] = [blockList(gained.prefixes), blockList(lost.prefixes)];
      for (const text of [...added, ...removed, ...gained.prefixes, ...lost.prefixes]) {
        const prefix = parsePrefix(text);
        for (const value of [prefix.first, lastOf(prefix)]) {
          const address = formatAddress({ family: prefix.family, value });
          const found = [came, went].map((list) => isIn(list, address));
          const [wasIn, nowIn] = [isIn(was, address), isIn(now, address)];
          expect(found, `${name} ${address}`).toEqual([nowIn && !wasIn, wasIn && !nowIn]);
        }
      }
    }
  });

  it("from week to week, Microsoft raises the change number of a tag exactly when its list changes", () => {
    const older = sharedCatalogue("ServiceTags_Public_20231106.json");
    const newer = sharedCatalogue("ServiceTags_Public_20231113.json");
    const raised = [...newer.tags()].filter(({ name, changeNumber }) => older.tag(name)?.changeNumber !== changeNumber);
    expect(diffTags(older, newer).tags.map(({ name }) => name)).toEqual(raised.map(({ name }) => name));
  });

  it("applying the changes to the endpoint rows of the older week gives those of the newer week", () => {
    const older = sharedCatalogue("ServiceTags_Public_20231106.json");
    const newer = sharedCatalogue("ServiceTags_Public_20251110.json");
    const at = (tags: typeof older) =>
      applyChanges(sampleRouteTable("udr"), [parseAddEndpoint("Microsoft.Storage", "westeurope")], tags).table;
    const touched = touchedRoutes(diffTags(older, newer, { service: "Storage" }), annotateTable(at(older), older));
    expect(touched.map(({ touch, name }) => [touch, name])).toEqual([
      ["overlap", "to-nva"],
      ["endpoint", null],
      ["endpoint", null],
    ]);
    for (const { row: place, touch, tags } of touched) {
      if (touch !== "endpoint") continue;
      const prefixes = new Set(at(older).routes[place]?.addressPrefix.map(formatPrefix));
      for (const prefix of tags[0]?.removed ?? []) prefixes.delete(prefix);
      for (const prefix of tags[0]?.added ?? []) prefixes.add(prefix);
      expect(prefixes).toEqual(new Set(at(newer).routes[place]?.addressPrefix.map(formatPrefix)));
    }
  });
});
