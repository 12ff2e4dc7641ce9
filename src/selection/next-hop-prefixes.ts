import { type Address, bitsOf, parseAddress } from "../net/address.ts";
import { isAddressError } from "../net/address-error.ts";
import { OutermostPrefixes } from "../net/outermost-prefixes.ts";
import { prefixOf } from "../net/prefix.ts";
import type { EffectiveRoute } from "../routes/effective-route.ts";
import { isBgp, isConnectedGroup, isDefault, isNetworkOrPeering, isVnetLocal } from "./route-kinds.ts";

/** The address of a next hop, as Azure writes it; null for text that is not an address. */
export function nextHopAddress(text: string): Address | null {
  try {
    return parseAddress(text);
  } catch (error) {
    if (isAddressError(error)) return null;
    throw error;
  }
}

/** Whether one of the prefixes holds the next hop; null where its text is not an address. Cost: a search. */
export function holdsNextHop(prefixes: OutermostPrefixes, nextHop: string): boolean | null {
  const address = nextHopAddress(nextHop);
  return address === null ? null : prefixes.hold(prefixOf(address, bitsOf(address.family)));
}

/**
 * The prefixes of the network, its peerings and its connected groups. A route's state does not matter: the network is
 * there.
 */
export function connectedPrefixes(routes: readonly EffectiveRoute[]): OutermostPrefixes {
  const connected = routes.filter((route) => isNetworkOrPeering(route) || isConnectedGroup(route));
  return new OutermostPrefixes(connected.flatMap(({ addressPrefix }) => addressPrefix));
}

interface Reachable {
  /** Whether the table has its own network's row. An excerpt may not. */
  readonly hasNetwork: boolean;
  readonly networks: OutermostPrefixes;
  readonly gateways: OutermostPrefixes;
}

const known = new WeakMap<readonly EffectiveRoute[], Reachable>();

/**
 * Whether a next hop's address lies in a prefix of the table's network, its peerings or its gateway routes; null where
 * the table lacks its own network's row, or the text is not an address. Cost: a search; the first call for a table
 * sorts its prefixes.
 */
export function isNextHopInTable(routes: readonly EffectiveRoute[], nextHop: string): boolean | null {
  let reachable = known.get(routes);
  if (reachable === undefined) {
    const learned = routes.filter(isBgp).flatMap(({ addressPrefix }) => addressPrefix);
    const hasNetwork = routes.some((route) => isDefault(route) && isVnetLocal(route));
    reachable = { hasNetwork, networks: connectedPrefixes(routes), gateways: new OutermostPrefixes(learned) };
    known.set(routes, reachable);
  }
  if (!reachable.hasNetwork) return null;
  const isConnected = holdsNextHop(reachable.networks, nextHop);
  return isConnected === false ? holdsNextHop(reachable.gateways, nextHop) : isConnected;
}
