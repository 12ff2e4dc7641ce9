import { bitsOf } from "../../net/address.ts";
import { prefixesOf } from "../../net/address-ranges.ts";
import { internetRanges, privateRanges } from "../../net/address-scope.ts";
import { type Prefix, prefixOf } from "../../net/prefix.ts";
import type { EffectiveRoute } from "../../routes/effective-route.ts";
import { nextHopAddress } from "../next-hop-prefixes.ts";
import { isAppliance } from "../route-kinds.ts";

/**
 * The scopes that notes distinguish. Two destinations with the same decision, the same service tags and the same scope
 * have the same notes. A destination's scope is the list with its longest covering prefix, or none. For classes of
 * equal answers.
 */
export function noteScopes(routes: readonly EffectiveRoute[]): readonly (readonly Prefix[])[] {
  const appliances = new Set(routes.filter(isAppliance).flatMap(({ nextHopIpAddress }) => nextHopIpAddress));
  const addresses = [...appliances].map(nextHopAddress).filter((address) => address !== null);
  return [
    prefixesOf(privateRanges()),
    prefixesOf(internetRanges()),
    ...addresses.map((address) => [prefixOf(address, bitsOf(address.family))]),
  ];
}
