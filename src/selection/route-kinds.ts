import type { EffectiveRoute } from "../routes/effective-route.ts";
import { same } from "../text/same.ts";

/** The kinds of route that the rules distinguish. Azure's words are open sets and are compared without case. */

/** The fields that tell whether a route leads to an appliance. Rows and candidates of an explanation have them. */
type NextHopFields = Pick<EffectiveRoute, "source" | "nextHopType" | "nextHopIpAddress">;

/** Takes part in the choice. Azure has decided the state already. */
export const isActive = (route: EffectiveRoute): boolean => same(route.state, "Active");

/**
 * Whether any row is IPv6. A NIC with an IPv6 address always has such rows, those of its network among them; without
 * one the subnet sends no IPv6. https://learn.microsoft.com/azure/virtual-network/ip-services/ipv6-overview
 */
export const hasIpv6 = (routes: readonly Pick<EffectiveRoute, "addressPrefix">[]): boolean =>
  routes.some(({ addressPrefix }) => addressPrefix.some(({ family }) => family === 6));

/** A user-defined route. */
export const isUser = (route: Pick<EffectiveRoute, "source">): boolean => same(route.source, "User");

/** A route learned over BGP or configured on the gateway. */
export const isBgp = (route: EffectiveRoute): boolean => same(route.source, "VirtualNetworkGateway");

/** A system route. */
export const isDefault = (route: EffectiveRoute): boolean => same(route.source, "Default");

/** A route whose next hop is the virtual network itself. */
export const isVnetLocal = (route: EffectiveRoute): boolean => same(route.nextHopType, "VnetLocal");

/** A system route to a peered network. */
export const isPeering = (route: EffectiveRoute): boolean =>
  isDefault(route) && (same(route.nextHopType, "VNetPeering") || same(route.nextHopType, "VNetGlobalPeering"));

/** A system route to the virtual network itself or to a peered one. */
export const isNetworkOrPeering = (route: EffectiveRoute): boolean =>
  isPeering(route) || (isDefault(route) && isVnetLocal(route));

/** A system route to a mesh of Azure Virtual Network Manager. */
export const isConnectedGroup = (route: EffectiveRoute): boolean =>
  isDefault(route) && same(route.nextHopType, "ConnectedGroup");

/** A system route to a service endpoint's service. */
export const isServiceEndpoint = (route: EffectiveRoute): boolean =>
  isDefault(route) && same(route.nextHopType, "VirtualNetworkServiceEndpoint");

/** A system route that Azure prefers to BGP routes, even to longer ones. */
export const isPreferredOverBgp = (route: EffectiveRoute): boolean =>
  isNetworkOrPeering(route) || isServiceEndpoint(route);

/** A private endpoint's /32 route. */
export const isPrivateEndpoint = (route: EffectiveRoute): boolean => same(route.nextHopType, "InterfaceEndpoint");

/** A route to the Internet. */
export const isInternet = (route: EffectiveRoute): boolean => same(route.nextHopType, "Internet");

/** Dropped: the next hop is None. */
export const isNone = (route: Pick<EffectiveRoute, "nextHopType">): boolean => same(route.nextHopType, "None");

/**
 * A user route that Azure lists as None with a next hop address: it was created for an appliance that is unreachable.
 */
export const isUnreachableAppliance = (route: NextHopFields): boolean =>
  isUser(route) && isNone(route) && route.nextHopIpAddress.length > 0;

/** A user route to a network virtual appliance, reachable or not. */
export const isAppliance = (route: NextHopFields): boolean =>
  isUnreachableAppliance(route) ||
  (isUser(route) && (same(route.nextHopType, "VirtualAppliance") || same(route.nextHopType, "VirtualApplianceEcmp")));
