import type { RouteTable } from "../../../src/routes/effective-route.ts";
import { compileTags } from "../../../src/service-tags/index/compile-tags.ts";
import { TagCatalogue } from "../../../src/service-tags/tag-catalogue.ts";
import { row } from "../../selection/routes-for-tests.ts";

const REGIONS = [
  "WestEurope",
  "NorthEurope",
  "EastUS",
  "WestUS",
  "UKSouth",
  "FranceCentral",
  "JapanEast",
  "BrazilSouth",
];

/** Prefixes of a service in a region, a few of them IPv6. */
function prefixesOf(service: number, region: number, count: number): readonly string[] {
  return Array.from({ length: count }, (_, at) =>
    at % 12 === 11
      ? `2603:10${service}${region}:${at.toString(16)}::/48`
      : `${20 + 8 * service + region}.${at}.${(37 * at) & 255}.${(16 * at) & 255}/${28 + (at % 4)}`,
  ).map(withoutHostBits);
}

/** `1.2.3.16/28` stays; the last part becomes a multiple of what the length needs. */
function withoutHostBits(prefix: string): string {
  const [, start, last, length] = /^(.*\.)(\d+)\/(\d+)$/.exec(prefix) ?? [];
  if (start === undefined) return prefix;
  const size = 2 ** (32 - Number(length));
  return `${start}${Math.floor(Number(last) / size) * size}/${length}`;
}

/**
 * The table of a NIC behind a firewall with service endpoints for two services in eight regions, 1,448 prefixes in all,
 * and a file of service tags with these and others.
 */
export function largeTable(): { readonly table: RouteTable; readonly tags: TagCatalogue } {
  const services = ["Storage", "Sql"].flatMap((service, at) =>
    REGIONS.map((region, place) => ({
      name: `${service}.${region}`,
      region,
      prefixes: prefixesOf(at, place, 88 + (place % 3)),
    })),
  );
  const endpoints = services.map(({ prefixes }) => row(`Default ${prefixes.join(",")} VirtualNetworkServiceEndpoint`));
  const others = [
    "Default 10.0.0.0/16 VnetLocal",
    "Default 10.1.0.0/16 VNetPeering",
    "Default fd00::/48 VnetLocal",
    "Default! 0.0.0.0/0 Internet",
    "Default ::/0 Internet",
    "User 0.0.0.0/0 VirtualAppliance 10.1.0.4 #to-firewall",
    "User 20.3.0.0/16 Internet #past-firewall",
    "User 10.2.0.0/16 None 10.2.0.9 #gone",
    "Default 10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,100.64.0.0/10 None",
  ].map(row);
  const count = [...endpoints, ...others].reduce((sum, { addressPrefix }) => sum + addressPrefix.length, 0);
  const gateway = Array.from({ length: 1448 - count }, (_, at) => `172.16.${at}.0/24`);
  const tagged = [
    ...services,
    { name: "AzureCloud", region: null, prefixes: ["20.0.0.0/6", "24.0.0.0/6", "2603:1000::/24"] },
  ];
  return {
    table: {
      routes: [
        ...endpoints,
        ...others,
        row(`VirtualNetworkGateway ${gateway.join(",")} VirtualNetworkGateway 10.0.255.4`),
      ],
      origin: { kind: "file", name: "web01.json", format: "arm", fetchedAt: "2026-11-29T06:00:00Z", note: null },
    },
    tags: new TagCatalogue(
      compileTags({
        file: {
          cloud: "Public",
          changeNumber: "9",
          numbering: "weekly-file",
          file: "tags.json",
          date: "2026-11-23",
          note: null,
        },
        tags: tagged.map(({ name, region, prefixes }) => ({
          ...{ name, region, prefixes },
          ...{ systemService: null, changeNumber: null, networkFeatures: ["VSE"] },
        })),
      }),
    ),
  };
}
