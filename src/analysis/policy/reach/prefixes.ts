import { formatPrefix, type Prefix } from "../../../net/prefix.ts";
import type { GatewayTable } from "../../../routes/gateways/gateway-table.ts";
import type { TraceData } from "../../trace/question.ts";

/**
 * Returns every prefix but those of NICs' tables that a step of a walk compares a destination with, each once: of
 * networks, subnets, peerings, route tables, sites, hubs, and everything that gateways and hubs have learned.
 */
export function comparedPrefixes(data: TraceData): readonly Prefix[] {
  const { networks, routeTables, localNetworkGateways, hubs } = data.index.topology;
  const found = new Map<string, Prefix>();
  const add = (prefixes: readonly Prefix[]) => {
    for (const prefix of prefixes) found.set(formatPrefix(prefix), prefix);
  };
  for (const { addressPrefixes, subnets, peerings } of networks) {
    add(addressPrefixes);
    for (const subnet of subnets) add(subnet.addressPrefixes);
    for (const peering of peerings) add(peering.remoteAddressPrefixes);
  }
  for (const { routes } of routeTables) add(routes.flatMap(({ prefix }) => prefix ?? []));
  for (const { addressPrefixes } of localNetworkGateways) add(addressPrefixes);
  for (const { addressPrefixes } of hubs) add(addressPrefixes);
  for (const { routes } of learnedTables(data)) add(routes.map(({ prefix }) => prefix));
  return [...found.values()];
}

/** Returns the tables of gateways, hubs, Route Servers and circuits. */
export function learnedTables({ index, tables }: TraceData): readonly GatewayTable[] {
  const { gateways, hubs } = index.topology;
  return [
    ...gateways.flatMap(({ id }) => tables.ofGateway(id) ?? []),
    ...hubs.flatMap(({ id }) => [...tables.ofHub(id), ...tables.ofRouteServer(id)]),
    ...tables.circuits,
  ];
}
