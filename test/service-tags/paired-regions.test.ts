import { describe, expect, it, test } from "vitest";
import { pairedRegion, regionName } from "../../src/service-tags/paired-regions.ts";
import { hasSharedData } from "../shared-data.ts";
import { sharedCatalogue } from "./shared-tags.ts";

describe("the region that Azure pairs with another", () => {
  test.each([
    ["West Europe", "northeurope"],
    ["NorthEurope", "westeurope"],
    ["(Europe) West Europe", "northeurope"],
    [" (Europe) west_europe", "northeurope"],
    ["west-  europe", "northeurope"],
    ["polandcentral", null],
    ["atlantis", null],
    ["", null],
  ])("of %s is %s", (region, pair) => {
    expect(pairedRegion(region)).toBe(pair);
  });

  test.each(
    `australiacentral australiacentral2, australiaeast australiasoutheast, canadacentral canadaeast,
    centralindia southindia, centralus eastus2, eastasia southeastasia, eastus westus, francecentral francesouth,
    germanywestcentral germanynorth, japaneast japanwest, jioindiawest jioindiacentral, koreacentral koreasouth,
    northcentralus southcentralus, northeurope westeurope, norwayeast norwaywest, southafricanorth southafricawest,
    swedencentral swedensouth, switzerlandnorth switzerlandwest, uaenorth uaecentral, uksouth ukwest,
    westcentralus westus2, usdodcentral usdodeast, usgovtexas usgovvirginia, chinaeast chinanorth,
    chinaeast2 chinanorth2, chinaeast3 chinanorth3, germanycentral germanynortheast`
      .split(/,\s+/)
      .map((pair) => pair.split(" ") as [string, string]),
  )("%s and %s are a pair", (one, other) => {
    expect([pairedRegion(one), pairedRegion(other)]).toEqual([other, one]);
  });

  test.each([
    ["brazilsouth", "southcentralus"],
    ["brazilsoutheast", "brazilsouth"],
    ["westindia", "southindia"],
    ["westus3", "eastus"],
    ["usgovarizona", "usgovtexas"],
    ["usgoviowa", "usgovvirginia"],
  ])("of %s is %s, but not the other way round", (region, pair) => {
    expect(pairedRegion(region)).toBe(pair);
    expect(pairedRegion(pair)).not.toBe(region);
  });

  it.skipIf(!hasSharedData)("each storage region of the tag files is known by its pair's name, or has none", () => {
    const files = ["Public_20251110", "AzureGovernment_20231106", "China_20231106", "AzureGermany_20220307"];
    for (const file of files) {
      const names = [...sharedCatalogue(`ServiceTags_${file}.json`).tags()].map(({ name }) => name);
      const regions = new Set(
        names.filter((name) => /^Storage\./.test(name)).map((name) => regionName(name.replace("Storage.", ""))),
      );
      for (const region of regions) {
        const pair = pairedRegion(region);
        if (pair !== null) expect(regions, region).toContain(pair);
      }
    }
  });
});
