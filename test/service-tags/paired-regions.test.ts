import { describe, expect, it, test } from "vitest";
import { pairedRegion, regionName } from "../../src/service-tags/paired-regions.ts";
import { hasSharedData } from "../shared-data.ts";
import { sharedCatalogue } from "./shared-tags.ts";

describe("the region that Azure pairs with another", () => {
  test.each([
    ["West Europe", "northeurope"],
    ["NorthEurope", "westeurope"],
    ["eastus2", "centralus"],
    ["eastus", "westus"],
    ["westus3", "eastus"],
    ["brazilsouth", "southcentralus"],
    ["southcentralus", "northcentralus"],
    ["westindia", "southindia"],
    ["southindia", "centralindia"],
    ["usgovarizona", "usgovtexas"],
    ["usgovtexas", "usgovvirginia"],
    ["chinanorth3", "chinaeast3"],
    ["polandcentral", null],
    ["atlantis", null],
  ])("of %s is %s", (region, pair) => {
    expect(pairedRegion(region)).toBe(pair);
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
