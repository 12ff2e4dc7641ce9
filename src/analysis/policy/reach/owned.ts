import type { Address } from "../../../net/address.ts";
import type { EffectiveRoute } from "../../../routes/effective-route.ts";
import { PLATFORM_ADDRESSES } from "../../../selection/select.ts";
import { same } from "../../../text/same.ts";
import { idKey } from "../../../topology/resource-id.ts";
import type { NetworkInterface } from "../../../topology/topology.ts";
import { addressesIn } from "../../trace/configured-routes.ts";
import type { TraceData } from "../../trace/question.ts";
import type { KeyedRange } from "./marks.ts";
import { learnedTables } from "./prefixes.ts";

interface OwnedAddress {
  readonly address: Address;
  readonly key: string;
}

const textOf = ({ family, value }: Address) => `${family} ${value}`;

/**
 * Returns every address that something has, in numeric order. Ordinary NICs of one subnet with one table have equal
 * keys: no walk passes them, and they end it alike. Everything else is like nothing else: appliances, frontends,
 * firewalls, gateways, what two have (address spaces overlap), and what `through` names. Cost: a sort.
 */
export function ownedAddresses(
  data: TraceData,
  tables: readonly (readonly EffectiveRoute[])[],
  through: readonly string[],
): readonly KeyedRange[] {
  const { nics, loadBalancers, firewalls, managedAppliances, gateways, hubs } = data.index.topology;
  const found = new Map<string, OwnedAddress>();
  const add = (address: Address | null, key: string | null) => {
    if (address === null) return;
    const text = textOf(address);
    found.set(text, { address, key: key === null || found.has(text) ? text : key });
  };
  const apart = (addresses: readonly (Address | null)[]) => {
    for (const address of addresses) add(address, null);
  };
  const isOrdinary = ordinary(data, tables, through);
  const numbers = new Map(tables.map((routes, at) => [routes, at]));
  for (const nic of nics) {
    const { table } = data.tables.ofNic(nic.id);
    const number = table === null ? null : numbers.get(table.table.routes);
    const isPlain = isOrdinary(nic);
    for (const { address, subnetId } of nic.ipConfigurations) {
      const subnet = subnetId === null ? null : idKey(subnetId);
      add(address, isPlain ? `${subnet} ${number}` : null);
    }
  }
  for (const { frontends } of loadBalancers) apart(frontends.map(({ address }) => address));
  for (const { addresses } of [...firewalls, ...managedAppliances, ...gateways]) apart(addresses);
  for (const { routerAddresses, bgpPeers } of hubs) {
    apart([...routerAddresses, ...bgpPeers.map(({ address }) => address)]);
  }
  apart(PLATFORM_ADDRESSES);
  apart(addressesIn(through));
  return [...found.values()]
    .sort(({ address: a }, { address: b }) => a.family - b.family || (a.value < b.value ? -1 : 1))
    .map(({ address: { family, value }, key }) => ({ family, first: value, last: value, key }));
}

/**
 * Returns whether a NIC only ends walks. One without IP forwarding passes nothing on. Where nothing says whether it
 * forwards, neither a route nor a load balancer may lead to it. One that shares an address is never ordinary: if the
 * sender has that address, the reply ends at this NIC itself.
 */
function ordinary(
  data: TraceData,
  tables: readonly (readonly EffectiveRoute[])[],
  through: readonly string[],
): (nic: NetworkInterface) => boolean {
  const { index } = data;
  const shared = sharedAddresses(data);
  const passed = nextHopsOf(tables, data);
  const balanced = new Set<NetworkInterface>();
  for (const { pools, rules } of index.topology.loadBalancers) {
    for (const { addresses } of pools) for (const address of addresses) passed.add(textOf(address));
    for (const id of [...pools.map((pool) => pool.id), ...rules.flatMap(({ poolIds }) => poolIds)]) {
      for (const nic of index.backendsOf(id)) balanced.add(nic);
    }
  }
  return (nic) => {
    const { id, name, ipForwarding, privateEndpointId, ipConfigurations } = nic;
    if (ipForwarding === true || privateEndpointId !== null || index.nicsOfMachine(nic).length > 1) return false;
    if (through.some((wanted) => same(wanted, name) || same(wanted, id))) return false;
    if (ipConfigurations.some(({ address }) => address !== null && shared.has(textOf(address)))) return false;
    if (ipForwarding === false) return true;
    return (
      !balanced.has(nic) && ipConfigurations.every(({ address }) => address === null || !passed.has(textOf(address)))
    );
  };
}

/** Every address that two NICs have. */
function sharedAddresses({ index }: TraceData): ReadonlySet<string> {
  const [found, shared] = [new Set<string>(), new Set<string>()];
  for (const { ipConfigurations } of index.topology.nics) {
    const addresses = ipConfigurations.map(({ address }) => address).filter((address) => address !== null);
    for (const text of new Set(addresses.map(textOf))) {
      if (found.has(text)) shared.add(text);
      found.add(text);
    }
  }
  return shared;
}

/** Every address that a route may have as its next hop. */
function nextHopsOf(tables: readonly (readonly EffectiveRoute[])[], data: TraceData): Set<string> {
  const found = new Set<string>();
  for (const { nextHopAddress } of data.index.topology.routeTables.flatMap(({ routes }) => routes)) {
    if (nextHopAddress !== null) found.add(textOf(nextHopAddress));
  }
  for (const { nextHopIpAddress } of tables.flat()) {
    for (const address of addressesIn(nextHopIpAddress)) found.add(textOf(address));
  }
  for (const { nextHops } of learnedTables(data).flatMap(({ routes }) => routes)) {
    for (const { address } of nextHops) if (address !== null) found.add(textOf(address));
  }
  return found;
}
