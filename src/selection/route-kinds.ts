import type { EffectiveRoute } from "../routes/effective-route.ts";
import { same } from "../text/same.ts";

/** The kinds of route that the rules speak of. Azure's own words are open sets and are compared without case. */

/** What tells whether a route leads to an appliance: a row has it, and a candidate of an explanation. */
type NextHopFields = Pick<EffectiveRoute, "source" | "nextHopType" | "nextHopIpAddress">;

/** Takes part in the choice: Azure has decided the state already. */
export const isActive = (route: EffectiveRoute): boolean => same(route.state, "Active");

/** A user-defined route. */
export const isUser = (route: Pick<EffectiveRoute, "source">): boolean => same(route.source, "User");

/** A route learned over BGP or configured on the gateway. */
export const isBgp = (route: EffectiveRoute): boolean => same(route.source, "VirtualNetworkGateway");

/** A system route. */
export const isDefault = (route: EffectiveRoute): boolean => same(route.source, "Default");

/** A system route to the virtual network itself or to a peered one. */
export const isNetworkOrPeering = (route: EffectiveRoute): boolean =>
  isDefault(route) &&
  (same(route.nextHopType, "VnetLocal") ||
    same(route.nextHopType, "VNetPeering") ||
    same(route.nextHopType, "VNetGlobalPeering"));

/** A system route to a service endpoint's service. */
export const isServiceEndpoint = (route: EffectiveRoute): boolean =>
  isDefault(route) && same(route.nextHopType, "VirtualNetworkServiceEndpoint");

/** A private endpoint's /32 route. */
export const isPrivateEndpoint = (route: EffectiveRoute): boolean => same(route.nextHopType, "InterfaceEndpoint");

/** Dropped: the next hop is None. */
export const isNone = (route: Pick<EffectiveRoute, "nextHopType">): boolean => same(route.nextHopType, "None");

/** A user route that Azure lists as None but with a next hop address: made for an appliance that is missing or down. */
export const isUnreachableAppliance = (route: NextHopFields): boolean =>
  isUser(route) && isNone(route) && route.nextHopIpAddress.length > 0;

/** A user route to a network virtual appliance, reachable or not. */
export const isAppliance = (route: NextHopFields): boolean =>
  isUnreachableAppliance(route) ||
  (isUser(route) && (same(route.nextHopType, "VirtualAppliance") || same(route.nextHopType, "VirtualApplianceEcmp")));
