import { describe, expect, it } from "vitest";
import { nearTags, RegionNames } from "../../src/service-tags/regions.ts";
import { hasSharedData } from "../shared-data.ts";
import { sharedCatalogue } from "./shared-tags.ts";

const TAGS = [
  { name: "AzureCloud.centralfrance", region: "centralfrance" },
  { name: "Storage.FranceCentral", region: "centralfrance" },
  { name: "AzureCloud.eastus2", region: "eastus2" },
  { name: "Sql.EastUS2", region: "eastus2" },
  { name: "Sql.EastUS2Stage", region: "eastus2" },
  { name: "AzureFrontDoor.Backend", region: null },
  { name: "Storage", region: null },
];

const FRANCE = ["AzureCloud.centralfrance", "Storage.FranceCentral"];
const EAST_US_2 = ["AzureCloud.eastus2", "Sql.EastUS2", "Sql.EastUS2Stage"];

describe("a region has all its names in any spelling", () => {
  it.each([
    ["centralfrance", FRANCE],
    ["francecentral", FRANCE],
    ["FranceCentral", FRANCE],
    ["France Central", FRANCE],
    ["(Europe) France Central", FRANCE],
    ["east-us-2", EAST_US_2],
    ["EastUS2Stage", ["Sql.EastUS2Stage"]],
    ["backend", ["AzureFrontDoor.Backend"]],
    ["", []],
    ["france", []],
  ])("'%s'", (region, names) => {
    const regions = new RegionNames(TAGS);
    expect(TAGS.filter((tag) => regions.holds(region, tag)).map(({ name }) => name)).toEqual(names);
  });

  it("a part of a region is not a synonym for it", () => {
    expect(new RegionNames(TAGS).all).toEqual(["centralfrance", "eastus2", "francecentral"]);
  });
});

describe("near names of tags know the synonyms of regions", () => {
  it.each([
    ["AzureCloud.francecentral", ["AzureCloud.centralfrance"]],
    ["storage.centralfrance", ["Storage.FranceCentral", "Storage"]],
    ["AzureClod.francecentral", ["AzureCloud.centralfrance"]],
    ["Storag", ["Storage", "Storage.FranceCentral"]],
    ["Sql.EastUS3", ["Sql.EastUS2"]],
    ["Fantasy.narnia", []],
  ])("%s", (wanted, near) => {
    expect(nearTags(wanted, TAGS)).toEqual(near);
  });

  it("three at most, the same service and region before names that only look alike, each once", () => {
    const tags = ["A", "B", "C", "D"].map((end) => ({ name: `Storage${end}`, region: null }));
    expect(nearTags("Storage", tags)).toEqual(["StorageA", "StorageB", "StorageC"]);
    const alike = [
      { name: "AzureCloud.FranceCentra", region: null },
      { name: "AzureCloud.centralfrance", region: "centralfrance" },
      { name: "Storage.FranceCentral", region: "centralfrance" },
    ];
    expect(nearTags("azurecloud.francecentral", alike).slice(0, 2)).toEqual([
      "AzureCloud.centralfrance",
      "AzureCloud.FranceCentra",
    ]);
    expect(nearTags("Storage", [{ name: "Storage", region: null }])).toEqual(["Storage"]);
  });

  it("names like the region's other name only where no tag has that name", () => {
    const of = (...names: readonly string[]) =>
      [...names.map((name) => ({ name, region: null })), TAGS[1]].flatMap((tag) => tag ?? []);
    const like = "AzureCloud.centralfrance2";
    expect(nearTags("AzureCloud.francecentral", of(like))).toEqual([like]);
    const exact = { name: "AzureCloud.centralfrance", region: "centralfrance" };
    expect(nearTags("AzureCloud.francecentral", [exact, ...of(like)])).toEqual([exact.name]);
  });

  it("a name without a region is compared as it is, not as one with an empty region", () => {
    expect(nearTags("Stora", [{ name: "Stira.X", region: null }])).toEqual([]);
  });

  it("synonyms name the region itself first, and an unknown region only itself", () => {
    const regions = new RegionNames(TAGS);
    expect(regions.synonyms("France Central")).toEqual(["centralfrance", "francecentral"]);
    expect(regions.synonyms("East US 2")).toEqual(["eastus2"]);
    expect(regions.synonyms("Narnia North")).toEqual(["narnianorth"]);
    expect(regions.canonical("Narnia North")).toBe("narnianorth");
  });

  it("the name that a service gives to two regions is the first one's", () => {
    const regions = new RegionNames([
      { name: "Sql.Shared", region: "one" },
      { name: "Sql.Shared", region: "two" },
    ]);
    expect(regions.canonical("shared")).toBe("one");
  });
});

describe.runIf(hasSharedData)("in the file of 2025-11-10 each abbreviated region has Azure's name", () => {
  it.each([
    ["brazilse", "Brazil Southeast"],
    ["chilec", "Chile Central"],
    ["centralfrance", "France Central"],
    ["southfrance", "France South"],
    ["germanyn", "Germany North"],
    ["germanywc", "Germany West Central"],
    ["norwaye", "Norway East"],
    ["norwayw", "Norway West"],
    ["switzerlandn", "Switzerland North"],
    ["switzerlandw", "Switzerland West"],
    ["eastus2", "East US 2"],
  ])("%s: %s", (file, display) => {
    const catalogue = sharedCatalogue("ServiceTags_Public_20251110.json");
    expect(new RegionNames(catalogue.details()).canonical(display)).toBe(file);
  });
});
