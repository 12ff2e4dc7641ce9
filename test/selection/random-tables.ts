import fc from "fast-check";
import type { Address } from "../../src/net/address.ts";
import { lastOf, type Prefix, prefixOf } from "../../src/net/prefix.ts";
import type { EffectiveRoute } from "../../src/routes/effective-route.ts";

/**
 * Route tables in which much overlaps: few distinct first bits, all sources, states and next hop types, ties, several
 * prefixes to a row, both families.
 */
const v4Prefix = fc
  .tuple(
    fc.constantFrom(0x0a000000, 0x0a000100, 0x0a0000f0, 0x14000000, 0xa83f8110),
    fc.constantFrom(0, 1, 8, 15, 16, 24, 28, 31, 32),
  )
  .map(([value, length]) => prefixOf({ family: 4, value: BigInt(value) }, length));

const v6Prefix = fc
  .tuple(
    fc.constantFrom(0xfdn << 120n, (0xfdn << 120n) | 1n, 0x20010db8n << 96n),
    fc.constantFrom(0, 7, 8, 32, 64, 127, 128),
  )
  .map(([value, length]) => prefixOf({ family: 6, value }, length));

const anyPrefix: fc.Arbitrary<Prefix> = fc.oneof(
  { weight: 4, arbitrary: v4Prefix },
  { weight: 1, arbitrary: v6Prefix },
);

/** A row with prefixes of that kind. */
export const routeWith = (prefix: fc.Arbitrary<Prefix>): fc.Arbitrary<EffectiveRoute> =>
  fc.record({
    name: fc.constantFrom(null, "to-nva"),
    source: fc.constantFrom("User", "Default", "Default", "VirtualNetworkGateway", "user", "Mystery"),
    state: fc.constantFrom("Active", "Active", "Active", "active", "Invalid", "Pending"),
    nextHopType: fc.constantFrom(
      "VnetLocal",
      "VNetPeering",
      "VNetGlobalPeering",
      "VirtualNetworkServiceEndpoint",
      "VirtualNetworkServiceEndpoint",
      "InterfaceEndpoint",
      "ConnectedGroup",
      "VirtualAppliance",
      "VirtualNetworkGateway",
      "Internet",
      "None",
      "HyperNetGateway",
    ),
    addressPrefix: fc.array(prefix, { minLength: 1, maxLength: 4 }),
    nextHopIpAddress: fc.constantFrom([], [], ["10.0.9.4"], ["10.0.9.4", "10.0.9.5"]),
    disableBgpRoutePropagation: fc.constant(false),
    hasBgpOverride: fc.constantFrom(false, false, false, true),
    destinationServiceTags: fc.constantFrom(
      [],
      [],
      ["Storage"],
      ["Storage.WestEurope"],
      ["AzureCloud"],
      ["AzureCloud.westeurope"],
    ),
    fields: fc.constant({}),
  });

export const anyTable = fc.array(routeWith(anyPrefix), { maxLength: 40 });

/** The addresses at which a table's answer can change: the ends of every prefix, and their neighbours. */
export function boundaryAddresses(routes: readonly EffectiveRoute[]): Address[] {
  const seen = new Map<string, Address>();
  for (const prefix of routes.flatMap((route) => route.addressPrefix)) {
    const top = prefix.family === 4 ? (1n << 32n) - 1n : (1n << 128n) - 1n;
    for (const value of [prefix.first - 1n, prefix.first, lastOf(prefix), lastOf(prefix) + 1n]) {
      if (value >= 0n && value <= top) seen.set(`${prefix.family} ${value}`, { family: prefix.family, value });
    }
  }
  return [...seen.values()];
}
