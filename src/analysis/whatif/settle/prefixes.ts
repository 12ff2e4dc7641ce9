import type { Prefix } from "../../../net/prefix.ts";
import type { EffectiveRoute } from "../../../routes/effective-route.ts";
import { isActive, isNetworkOrPeering, isUser } from "../../../selection/route-kinds.ts";
import { keyOf } from "../draft.ts";

/** Returns the prefixes of the network and of its peerings. */
export const networkPrefixes = (routes: readonly EffectiveRoute[]) =>
  routes.filter(isNetworkOrPeering).flatMap(({ addressPrefix }) => addressPrefix);

/** Returns such prefixes of `routes` that are not in `others`. */
export function onlyIn(routes: readonly EffectiveRoute[], others: readonly EffectiveRoute[]): readonly Prefix[] {
  const known = new Set(networkPrefixes(others).map(keyOf));
  return networkPrefixes(routes).filter((prefix) => !known.has(keyOf(prefix)));
}

/** Returns the keys of the prefixes of active user routes. */
export const userPrefixes = (routes: readonly EffectiveRoute[]) =>
  new Set(
    routes.filter((route) => isUser(route) && isActive(route)).flatMap(({ addressPrefix }) => addressPrefix.map(keyOf)),
  );
