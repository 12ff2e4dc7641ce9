/**
 * The pairs of Azure regions. Most are mutual; a few go one way (West US 3 to East US). Other regions have no pair.
 * https://learn.microsoft.com/azure/reliability/regions-paired, its list at
 * https://learn.microsoft.com/azure/reliability/regions-list (2025-09). That list leaves out the other clouds and Jio;
 * their pairs are from its earlier editions.
 */
const MUTUAL: readonly (readonly [string, string])[] = [
  ["australiacentral", "australiacentral2"],
  ["australiaeast", "australiasoutheast"],
  ["canadacentral", "canadaeast"],
  ["centralindia", "southindia"],
  ["centralus", "eastus2"],
  ["eastasia", "southeastasia"],
  ["eastus", "westus"],
  ["francecentral", "francesouth"],
  ["germanywestcentral", "germanynorth"],
  ["japaneast", "japanwest"],
  ["jioindiawest", "jioindiacentral"],
  ["koreacentral", "koreasouth"],
  ["northcentralus", "southcentralus"],
  ["northeurope", "westeurope"],
  ["norwayeast", "norwaywest"],
  ["southafricanorth", "southafricawest"],
  ["swedencentral", "swedensouth"],
  ["switzerlandnorth", "switzerlandwest"],
  ["uaenorth", "uaecentral"],
  ["uksouth", "ukwest"],
  ["westcentralus", "westus2"],
  // US Government.
  ["usdodcentral", "usdodeast"],
  ["usgovtexas", "usgovvirginia"],
  // China.
  ["chinaeast", "chinanorth"],
  ["chinaeast2", "chinanorth2"],
  ["chinaeast3", "chinanorth3"],
  // Germany's own cloud, closed in 2021.
  ["germanycentral", "germanynortheast"],
];

const ONE_WAY: readonly (readonly [string, string])[] = [
  ["brazilsouth", "southcentralus"],
  ["brazilsoutheast", "brazilsouth"],
  ["westindia", "southindia"],
  ["westus3", "eastus"],
  ["usgovarizona", "usgovtexas"],
  ["usgoviowa", "usgovvirginia"],
];

const PAIRS: ReadonlyMap<string, string> = new Map([...MUTUAL, ...MUTUAL.map(([a, b]) => [b, a] as const), ...ONE_WAY]);

/**
 * Azure's name of a region in any spelling: `(Europe) West Europe`, `West Europe`, `WestEurope` and `westeurope` are
 * the same.
 */
export function regionName(text: string): string {
  return text
    .toLowerCase()
    .replace(/^\s*\([^)]*\)/, "")
    .replace(/[\s_-]/g, "");
}

/**
 * The region that Azure pairs with this one, whose name may have any spelling; null if it has no pair, or none is
 * known.
 */
export function pairedRegion(region: string): string | null {
  return PAIRS.get(regionName(region)) ?? null;
}
