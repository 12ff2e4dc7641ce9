import { type Address, formatAddress, sameAddress } from "../../../net/address.ts";
import { isPrivate } from "../../../net/address-scope.ts";
import type { Winner } from "../../../selection/explanation.ts";
import { firstOf } from "../../../text/first-of.ts";
import { same } from "../../../text/same.ts";
import type { Gateway } from "../../../topology/topology.ts";
import { addressesIn, gatewaysFor } from "../configured-routes.ts";
import type { TraceData } from "../question.ts";
import { applied, assume, type Branch, goesTo } from "./branch.ts";
import { towardsFound } from "./next-hop.ts";
import { find, type Router } from "./router.ts";

/**
 * Returns where a route of type VirtualNetworkGateway leads. Its next hops may be a gateway's instances, its public
 * addresses, appliances that a Route Server announced, or Microsoft edge addresses of no network: for those the gateway
 * of the network, or of its peering with useRemoteGateways, is meant.
 * https://github.com/MicrosoftDocs/azure-docs/issues/82788
 */
export function gatewayBranches(router: Router, winner: Winner): readonly Branch[] {
  const { data, network } = router;
  const known: (readonly Branch[])[] = [];
  const leftOver: HopAddress[] = [];
  const texts = winner.nextHopIpAddress;
  for (const address of addressesIn(texts)) {
    const found = find(router, address);
    if (found.kind === "self" || found.kind === "owner" || found.kind === "ambiguous") {
      known.push(towardsFound(router, address, found, false));
    } else {
      const edge = isPrivate(address) && (found.kind === "no-network" || found.kind === "nobody");
      leftOver.push({ address, edge });
    }
  }
  const gateways = network === null ? [] : gatewaysFor(data, network);
  for (const gateway of gateways) {
    const own = leftOver.filter(({ address }) => hasPublicAddress(data, gateway, address));
    if (own.length > 0) known.push([toPublicAddress(gateway, own)]);
  }
  const unowned = leftOver.filter(({ address }) => !gateways.some((each) => hasPublicAddress(data, each, address)));
  const rest = unowned.length > 0 || known.length === 0 ? byPeering(router, gateways, unowned, winner) : [];
  return [...known.flat(), ...rest];
}

interface HopAddress {
  readonly address: Address;
  /** Whether it may be one of Microsoft's edge routers. */
  readonly edge: boolean;
}

function toPublicAddress(gateway: Gateway, hops: readonly HopAddress[]): Branch {
  const texts = hops.map(({ address }) => formatAddress(address));
  const are = hops.length > 1 ? "are public addresses" : "is a public address";
  const text = `${nextHopsText(texts)} ${are} of ${gateway.name}`;
  return goesTo([applied("gateway", text)], [{ kind: "gateway", gateway, address: texts[0] ?? null }], []);
}

const nextHopsText = (texts: readonly string[]) => `${texts.length > 1 ? "next hops" : "next hop"} ${shortList(texts)}`;

function byPeering(
  { data, network }: Router,
  all: readonly Gateway[],
  leftOver: readonly HopAddress[],
  { source }: Winner,
): readonly Branch[] {
  const texts = leftOver.map(({ address }) => formatAddress(address));
  const are = (one: string, several: string) => (texts.length > 1 ? several : one);
  const shown = texts.length === 0 ? "a route without a next hop address" : nextHopsText(texts);
  const edge = leftOver.length > 0 && leftOver.every((each) => each.edge);
  // A user route to a gateway means one for VPN, and an edge address one for ExpressRoute.
  const isUser = same(source, "User");
  const ofType = edge ? all.filter(isExpressRoute) : isUser ? all.filter((each) => !isExpressRoute(each)) : [];
  const meant = ofType.length > 0 ? ofType : all;
  if (meant.length > 0) {
    const what = edge
      ? `${shown} ${are("is a Microsoft edge address", "are Microsoft edge addresses")} outside every network`
      : `${shown} ${are("names", "name")} no instance`;
    const several =
      meant.length > 1
        ? [assume("gateway-by-peering", `${what}: ${are("it", "they")} may mean any of ${names(meant)}`)]
        : [];
    return meant.map((gateway) => {
      const text = `${what}: ${gateway.name} is meant, ${reasonFor(gateway, network?.id)}`;
      return goesTo([applied("gateway", text)], [{ kind: "gateway", gateway, address: texts[0] ?? null }], several);
    });
  }
  const hubs = data.index.hubsOf(network?.id ?? null);
  if (hubs.length > 0) {
    return hubs.map(({ hub, connectionId }) =>
      goesTo(
        [applied("hub", `${shown} ${are("leads", "lead")} to hub ${hub.name}`)],
        [{ kind: "hub", hub, connectionId }],
      ),
    );
  }
  const rule = applied("gateway", `${shown} ${are("leads", "lead")} to a gateway that was not read`);
  return [goesTo([rule], [{ kind: "unnamed-gateway", nextHops: texts, edge }])];
}

const isExpressRoute = ({ gatewayType }: Gateway) => gatewayType !== null && same(gatewayType, "ExpressRoute");

const names = (gateways: readonly Gateway[]) => gateways.map(({ name }) => name).join(" and ");

const reasonFor = ({ networkId }: Gateway, own: string | undefined) =>
  networkId !== null && own !== undefined && same(networkId, own)
    ? "the gateway of its network"
    : "by a peering with useRemoteGateways";

function hasPublicAddress({ index }: TraceData, { publicAddressIds }: Gateway, wanted: Address): boolean {
  return publicAddressIds.some((id) => {
    const address = index.publicAddresses.get(id)?.address;
    return address != null && sameAddress(address, wanted);
  });
}

/** The first of several texts, and how many more there are. */
export const shortList = (texts: readonly string[]): string =>
  texts.length === 2 ? texts.join(", ") : firstOf(texts, 1);
