import { addressOrNull, formatAddress } from "../../net/address.ts";
import { type Prefix, parsePrefix } from "../../net/prefix.ts";
import { annotateTable } from "../../routes/annotate-table.ts";
import type { AnnotatedRouteTable } from "../../routes/annotation.ts";
import type { EffectiveRoute } from "../../routes/effective-route.ts";
import type { GatewayRoute } from "../../routes/gateways/gateway-table.ts";
import { same } from "../../text/same.ts";
import type { Gateway, Network, Subnet } from "../../topology/topology.ts";
import { isOwnRoute } from "./learned-routes.ts";
import type { TraceData } from "./question.ts";

/** The routes that follow from a subnet's configuration, for resources without effective routes. */
export interface ConfiguredTable {
  readonly annotated: AnnotatedRouteTable;
  /** The gateways whose learned routes would be in it, but are not known. */
  readonly unknownGateways: readonly Gateway[];
}

/** The private address space that Azure drops where nothing else covers it. */
const NONE_PREFIXES = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"].map(parsePrefix);

const DEFAULTS = ["0.0.0.0/0", "::/0"].map(parsePrefix);

function row(
  source: string,
  nextHopType: string,
  addressPrefix: readonly Prefix[],
  nextHopIpAddress: readonly string[] = [],
  name: string | null = null,
): EffectiveRoute {
  return {
    name,
    source,
    state: "Active",
    nextHopType,
    addressPrefix,
    nextHopIpAddress,
    disableBgpRoutePropagation: null,
    hasBgpOverride: false,
    destinationServiceTags: [],
    fields: {},
  };
}

/**
 * Returns the routes of a subnet as Azure builds them: system routes of the network and its peerings, the gateway's
 * learned routes unless the route table refuses them, and the route table. Routes of service tags are left out.
 * https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview
 */
export function configuredTable(
  data: TraceData,
  network: Network,
  subnet: Subnet | null,
  { ofGateway = false }: { readonly ofGateway?: boolean } = {},
): ConfiguredTable {
  const { index } = data;
  const routeTable = index.routeTableOf(subnet);
  const routes: EffectiveRoute[] = [row("Default", "VnetLocal", network.addressPrefixes)];
  for (const { remoteNetworkId, remoteAddressPrefixes, state } of network.peerings) {
    if (state !== null && !same(state, "Connected")) continue;
    const remote = index.networks.get(remoteNetworkId)?.addressPrefixes ?? remoteAddressPrefixes;
    if (remote.length > 0) routes.push(row("Default", "VNetPeering", remote));
  }
  const unknownGateways: Gateway[] = [];
  if (!ofGateway && routeTable?.disableBgpRoutePropagation !== true) {
    const learnedRow = (prefixes: readonly Prefix[], hops: readonly string[]) =>
      row("VirtualNetworkGateway", "VirtualNetworkGateway", prefixes, hops);
    for (const gateway of gatewaysFor(data, network)) {
      const learned = data.tables.ofGateway(gateway.id);
      if (learned === null) unknownGateways.push(gateway);
      else {
        const prefixes = learned.routes.filter((route) => !isOwnRoute(route)).map(({ prefix }) => prefix);
        const hops = gateway.addresses.map(formatAddress);
        if (prefixes.length > 0) routes.push(learnedRow(prefixes, hops));
      }
    }
    for (const { prefix, nextHops } of announcedRoutes(data, network)) {
      routes.push(
        learnedRow(
          [prefix],
          nextHops.map(({ text }) => text),
        ),
      );
    }
  }
  for (const { name, prefix, nextHopType, nextHopAddress } of routeTable?.routes ?? []) {
    if (prefix === null) continue;
    const hops = nextHopAddress === null ? [] : [formatAddress(nextHopAddress)];
    routes.push(row("User", nextHopType, [prefix], hops, name));
  }
  routes.push(row("Default", "Internet", DEFAULTS));
  if (!routes.some(isDefaultElsewhere)) routes.push(row("Default", "None", NONE_PREFIXES));
  const table = {
    routes,
    origin: {
      kind: "file",
      name: subnet?.id ?? network.id,
      format: "configuration",
      fetchedAt: null,
      note: "Built from the configuration of the subnet: Azure computes no effective routes here.",
    },
  } as const;
  return { annotated: annotateTable(table, data.tags), unknownGateways };
}

/**
 * Whether a route takes 0.0.0.0/0 to an appliance or a gateway: then Azure has no None routes of its own. Observed in
 * published tables.
 */
function isDefaultElsewhere({ source, nextHopType, nextHopIpAddress, addressPrefix }: EffectiveRoute): boolean {
  const takesAll = addressPrefix.some(({ family, length }) => family === 4 && length === 0);
  const elsewhere = !same(nextHopType, "Internet") && (!same(nextHopType, "None") || nextHopIpAddress.length > 0);
  return takesAll && elsewhere && !same(source, "Default");
}

/**
 * Returns the routes that appliances announce to the Route Servers of a network, or of its peerings with
 * useRemoteGateways: its NICs have them, with the announced next hop.
 */
export function announcedRoutes(
  { index, tables }: Pick<TraceData, "index" | "tables">,
  network: Network | null,
): readonly GatewayRoute[] {
  const remote = (network?.peerings ?? []).flatMap(({ useRemoteGateways, remoteNetworkId }) =>
    useRemoteGateways === true && remoteNetworkId !== null ? [remoteNetworkId] : [],
  );
  const servers = [network?.id ?? null, ...remote].flatMap((id) => index.routeServersOf(id));
  return servers.flatMap(({ id }) => tables.ofRouteServer(id).flatMap(({ routes }) => routes));
}

/** Returns the gateways whose routes a network has: its own, and those of peerings with useRemoteGateways. */
export function gatewaysFor({ index }: TraceData, network: Network): readonly Gateway[] {
  const remote = network.peerings
    .filter(({ useRemoteGateways }) => useRemoteGateways === true)
    .flatMap(({ remoteNetworkId }) => (remoteNetworkId === null ? [] : index.gatewaysOf(remoteNetworkId)));
  return [...index.gatewaysOf(network.id), ...remote];
}

/** Returns the addresses of a row that are written as addresses; others are left out. */
export const addressesIn = (texts: readonly string[]) => texts.flatMap((text) => addressOrNull(text) ?? []);
