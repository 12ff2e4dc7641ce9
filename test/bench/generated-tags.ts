import { formatPrefix, prefixOf } from "../../src/net/prefix.ts";

/** Whole numbers below the limit, in a fixed sequence, so that all runs measure the same. */
function sequence(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

const REGIONS = 64;
const REGIONAL_SERVICES = 46;
const GLOBAL_SERVICES = 5;
/** The prefixes of each region in AzureCloud, which contain the addresses of all services. */
const CLOUD_V4 = 150;
const CLOUD_V6 = 55;
const PREFIXES_OF_REGIONAL = 10;
const PREFIXES_OF_GLOBAL = 2140;

type Next = ReturnType<typeof sequence>;

function v4(value: number, length: number): string {
  return formatPrefix(prefixOf({ family: 4, value: BigInt(value) }, length));
}

function v6(region: number, site: number, rest: number, length: number): string {
  const value = (0x26031000n << 96n) | (BigInt(region) << 88n) | (BigInt(site) << 72n) | BigInt(rest);
  return formatPrefix(prefixOf({ family: 6, value }, length));
}

/** A region's prefixes: parts of four IPv4 blocks of 65,536 addresses, and IPv6 sites. */
function cloudPrefixes(region: number, next: Next): string[] {
  const first = (20 * 256 + 4 * region) * 65_536;
  const ofV4 = Array.from({ length: CLOUD_V4 }, (_, k) => v4(first + k * 1024, 22 + next(3)));
  const ofV6 = Array.from({ length: CLOUD_V6 }, (_, k) => v6(region, k, 0, 48 + next(9)));
  return [...ofV4, ...ofV6];
}

/** Distinct prefixes of one service in a region. */
function servicePrefixes(region: number, count: number, given: Set<string>, next: Next): string[] {
  const own: string[] = [];
  while (own.length < count) {
    const block = (20 * 256 + 4 * region) * 65_536 + 1024 * next(CLOUD_V4);
    const prefix =
      next(4) > 0 ? v4(block + next(1024), 26 + next(7)) : v6(region, next(CLOUD_V6), 64 * next(65_536), 120 + next(9));
    if (given.has(prefix)) continue;
    given.add(prefix);
    own.push(prefix);
  }
  return own;
}

function tag(name: string, region: string, systemService: string, addressPrefixes: readonly string[]): unknown {
  const properties = { changeNumber: 1, region, regionId: 0, platform: "Azure", systemService, addressPrefixes };
  return { name, id: name, properties: { ...properties, networkFeatures: ["API", "NSG", "UDR", "FW"] } };
}

/**
 * The text of a ServiceTags file like Microsoft's of 2025-11-10: about 3,000 tags with 95,000 prefixes, 53,000
 * distinct, a quarter of them IPv6. A service's prefixes are in its regional and its global tag, and within those of
 * AzureCloud.
 */
export function generatedTagFile(): string {
  const next = sequence(5);
  const regions = Array.from({ length: REGIONS }, (_, k) => `region${k}`);
  const clouds = regions.map((_, region) => cloudPrefixes(region, next));
  const given = new Set(clouds.flat());
  const values: unknown[] = [tag("AzureCloud", "", "", clouds.flat())];
  for (const [region, name] of regions.entries())
    values.push(tag(`AzureCloud.${name}`, name, "", clouds[region] ?? []));
  for (let service = 0; service < REGIONAL_SERVICES; service++) {
    const name = `Service${service}`;
    const lists = regions.map((_, region) => servicePrefixes(region, PREFIXES_OF_REGIONAL, given, next));
    values.push(tag(name, "", name, lists.flat()));
    for (const [region, own] of lists.entries())
      values.push(tag(`${name}.${regions[region]}`, regions[region] ?? "", name, own));
  }
  for (let service = 0; service < GLOBAL_SERVICES; service++) {
    const list = Array.from({ length: PREFIXES_OF_GLOBAL }, () =>
      servicePrefixes(next(REGIONS), 1, given, next),
    ).flat();
    values.push(tag(`Global${service}`, "", `Global${service}`, list));
  }
  return `${JSON.stringify({ changeNumber: 376, cloud: "Public", values }, null, 2)}\n`;
}
