import type { Address } from "../../../net/address.ts";
import { type AddressRange, firstEndingFrom, rangeOf, unionOf } from "../../../net/address-ranges.ts";
import { internetRanges, privateRanges } from "../../../net/address-scope.ts";
import { formatPrefix, type Prefix } from "../../../net/prefix.ts";
import type { EffectiveRoute } from "../../../routes/effective-route.ts";
import type { GatewayTable } from "../../../routes/gateways/gateway-table.ts";
import type { CoveringRow } from "../../../selection/covering.ts";
import type { Decision } from "../../../selection/decision.ts";
import { isConnectedGroup, isNetworkOrPeering } from "../../../selection/route-kinds.ts";
import type { NetworkInterface } from "../../../topology/topology.ts";
import { ForwardingTable } from "../../bulk/forwarding-table.ts";
import { outcomeKeys } from "../../destinations/outcome.ts";
import { piecesWithin } from "../../destinations/pieces.ts";
import { addressesIn } from "../../trace/configured-routes.ts";
import type { TraceData } from "../../trace/question.ts";

/** Destinations that every router of a walk treats alike. */
export interface AddressClass {
  /** Normalised. */
  readonly ranges: readonly AddressRange[];
  /** One or two of its addresses: a walk that starts at one of them is shown by the other. */
  readonly examples: readonly Address[];
}

/** What an address is decides, for one, whether the Internet has it. */
const SCOPES = [privateRanges, internetRanges];

/** A stretch of addresses between two boundaries, with a number that is equal for equal stretches. */
interface Stretch extends AddressRange {
  key: number;
}

/**
 * Divides addresses into classes: two are in one class where every route table that the walk could meet decides alike,
 * where the same prefixes of networks, subnets, peerings, configured routes and gateways cover them, and where nothing
 * has them, or ordinary NICs of one subnet with one table do. A walk to one address of a class is a walk to each.
 * Cost: for each distinct table a step per stretch, and a sort of all boundaries within the addresses.
 */
export function classesOf(addresses: Iterable<AddressRange>, data: TraceData): readonly AddressClass[] {
  const ranges = unionOf(addresses);
  const tables = distinctTables(data);
  const prefixes = otherPrefixes(data);
  const owned = ownedAddresses(data, tables);
  const stretches = stretchesOf(ranges, [
    ...[...prefixes.values()].map(rangeOf),
    ...[...owned.values()].map(({ address }) => singly(address)),
    ...SCOPES.flatMap((scope) => scope()),
    ...tables.flatMap((routes) => routes.flatMap(({ addressPrefix }) => addressPrefix.map(rangeOf))),
  ]);
  const marks = new Marks(stretches);
  for (const routes of tables) marks.add(keysOfTable(routes, ranges));
  for (const prefix of prefixes.values()) marks.add([{ ...rangeOf(prefix), key: "" }]);
  for (const scope of SCOPES) marks.add(scope().map((range) => ({ ...range, key: "" })));
  marks.add(keysOfOwners(owned));
  const classes = new Map<number, Stretch[]>();
  for (const stretch of stretches) {
    const own = classes.get(stretch.key);
    if (own === undefined) classes.set(stretch.key, [stretch]);
    else own.push(stretch);
  }
  return Array.from(classes.values(), (own) => ({ ranges: unionOf(own), examples: examplesOf(own) }));
}

const singly = ({ family, value }: Address): AddressRange => ({ family, first: value, last: value });

function examplesOf(stretches: readonly Stretch[]): readonly Address[] {
  const [first, other] = stretches;
  if (first === undefined) return [];
  const one = { family: first.family, value: first.first };
  if (other !== undefined) return [one, { family: other.family, value: other.first }];
  return first.first === first.last ? [one] : [one, { family: first.family, value: first.last }];
}

/** Cuts the ranges at every boundary, in numeric order. */
function stretchesOf(ranges: readonly AddressRange[], bounded: readonly AddressRange[]): Stretch[] {
  const starts = { 4: new Set<bigint>(), 6: new Set<bigint>() };
  for (const { family, first, last } of bounded) starts[family].add(first).add(last + 1n);
  const sorted = {
    4: BigUint64Array.from(starts[4]).sort(),
    6: [...starts[6]].sort((a, b) => (a < b ? -1 : 1)),
  };
  const stretches: Stretch[] = [];
  for (const { family, first, last } of ranges) {
    const cuts = sorted[family];
    let from = first;
    for (let at = firstAbove(cuts, first); at < cuts.length; at++) {
      const cut = cuts[at] ?? 0n;
      if (cut > last) break;
      stretches.push({ family, first: from, last: cut - 1n, key: 0 });
      from = cut;
    }
    stretches.push({ family, first: from, last, key: 0 });
  }
  return stretches;
}

/** The index of the first number above `value`. */
function firstAbove(sorted: ArrayLike<bigint>, value: bigint): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0n) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A range with a key; no two of a list overlap, and they are in numeric order. */
type KeyedRange = AddressRange & { readonly key: string };

/** Gives equal keys to the stretches that lie in ranges of equal keys, from one list of ranges after the other. */
class Marks {
  readonly #stretches: readonly Stretch[];
  #fresh = 1;

  constructor(stretches: readonly Stretch[]) {
    this.#stretches = stretches;
  }

  /** No two ranges of the list overlap, and they are in numeric order. A stretch in none of them keeps its key. */
  add(keyed: Iterable<KeyedRange>): void {
    const numbers = new Map<string, Map<number, number>>();
    let at = 0;
    for (const { family, first, last, key } of keyed) {
      if (at === 0) at = firstEndingFrom(this.#stretches, family, first);
      let known = numbers.get(key);
      if (known === undefined) {
        known = new Map();
        numbers.set(key, known);
      }
      for (; ; at++) {
        const stretch = this.#stretches[at];
        if (stretch === undefined || stretch.family > family || (stretch.family === family && stretch.first > last))
          break;
        if (stretch.family < family || stretch.last < first) continue;
        let number = known.get(stretch.key);
        if (number === undefined) {
          number = this.#fresh++;
          known.set(stretch.key, number);
        }
        stretch.key = number;
      }
    }
  }
}

/** The distinct tables of all NICs. */
function distinctTables({ index, tables }: TraceData): readonly (readonly EffectiveRoute[])[] {
  const found = new Set<readonly EffectiveRoute[]>();
  for (const { id } of index.topology.nics) {
    const { table } = tables.ofNic(id);
    if (table !== null) found.add(table.table.routes);
  }
  return [...found];
}

/** How a table decides for the addresses, and which row says whose network they are in. */
function* keysOfTable(routes: readonly EffectiveRoute[], ranges: readonly AddressRange[]): Generator<KeyedRange> {
  const outcome = outcomeKeys();
  const known = new Map<Decision, string>();
  for (const { family, first, last, decision } of piecesWithin(new ForwardingTable(routes), ranges)) {
    let key = known.get(decision);
    if (key === undefined) {
      key = `${outcome(decision)} ${systemRowOf(decision)}`;
      known.set(decision, key);
    }
    yield { family, first, last, key };
  }
}

/** The index of the longest row of the network or a peering that covers the addresses, whatever its state. */
function systemRowOf({ winners, losers, inactive }: Decision): number {
  let best: CoveringRow | null = null;
  for (const row of [...winners, ...losers.map((loser) => loser.row), ...inactive]) {
    if (!isNetworkOrPeering(row.route) && !isConnectedGroup(row.route)) continue;
    if (best === null || row.prefix.length > best.prefix.length) best = row;
  }
  return best?.index ?? -1;
}

/** Every other prefix that a step of a walk compares a destination with, each once. */
function otherPrefixes({ index, tables }: TraceData): ReadonlyMap<string, Prefix> {
  const { networks, routeTables, localNetworkGateways, hubs, gateways } = index.topology;
  const found = new Map<string, Prefix>();
  const add = (prefixes: readonly Prefix[]) => {
    for (const prefix of prefixes) found.set(formatPrefix(prefix), prefix);
  };
  const addRoutes = (table: GatewayTable | null) => add((table?.routes ?? []).map(({ prefix }) => prefix));
  for (const { addressPrefixes, subnets, peerings } of networks) {
    add(addressPrefixes);
    for (const subnet of subnets) add(subnet.addressPrefixes);
    for (const peering of peerings) add(peering.remoteAddressPrefixes);
  }
  for (const { routes } of routeTables) add(routes.flatMap(({ prefix }) => prefix ?? []));
  for (const { addressPrefixes } of localNetworkGateways) add(addressPrefixes);
  for (const { id } of gateways) addRoutes(tables.ofGateway(id));
  for (const { id, addressPrefixes } of hubs) {
    add(addressPrefixes);
    tables.ofHub(id).forEach(addRoutes);
  }
  tables.circuits.forEach(addRoutes);
  return found;
}

interface OwnedAddress {
  readonly address: Address;
  readonly key: string;
}

const textOf = ({ family, value }: Address) => `${family} ${value}`;

/**
 * Every address that something has. Ordinary NICs of one subnet with one table have equal keys: no walk passes them, and
 * they end it alike.
 */
function ownedAddresses(data: TraceData, tables: readonly (readonly EffectiveRoute[])[]): Map<string, OwnedAddress> {
  const { index } = data;
  const { nics, loadBalancers, firewalls, managedAppliances, gateways, hubs, publicAddresses, localNetworkGateways } =
    index.topology;
  const found = new Map<string, OwnedAddress>();
  const add = (address: Address | null, key: string | null) => {
    if (address === null) return;
    const text = textOf(address);
    // What two have, in overlapping networks too, is like nothing else.
    found.set(text, { address, key: key === null || found.has(text) ? text : key });
  };
  const passed = nextHopsOf(tables, data);
  const numbers = new Map(tables.map((routes, at) => [routes, at]));
  for (const nic of nics) {
    const { table } = data.tables.ofNic(nic.id);
    const kind = table === null ? "none" : `${numbers.get(table.table.routes)}`;
    for (const { address, subnetId } of nic.ipConfigurations) {
      const isPlain = address !== null && isEndpoint(nic, data) && !passed.has(textOf(address));
      add(address, isPlain ? `${subnetId?.toLowerCase() ?? ""} ${kind}` : null);
    }
  }
  for (const { frontends } of loadBalancers) for (const { address } of frontends) add(address, null);
  for (const { addresses } of [...firewalls, ...managedAppliances, ...gateways])
    for (const each of addresses) add(each, null);
  for (const { routerAddresses, bgpPeers } of hubs) {
    for (const each of [...routerAddresses, ...bgpPeers.map(({ address }) => address)]) add(each, null);
  }
  for (const { address } of publicAddresses) add(address, null);
  for (const { gatewayAddress, bgpAddress } of localNetworkGateways) {
    add(gatewayAddress, null);
    add(bgpAddress, null);
  }
  return found;
}

/** Whether a NIC only ends walks: its machine has no other, nothing balances to it, and it forwards nothing. */
function isEndpoint(nic: NetworkInterface, { index }: TraceData): boolean {
  return (
    nic.ipForwarding !== true &&
    nic.privateEndpointId === null &&
    nic.ipConfigurations.every(({ poolIds }) => poolIds.length === 0) &&
    index.nicsOfMachine(nic).length === 1
  );
}

function nextHopsOf(tables: readonly (readonly EffectiveRoute[])[], { index }: TraceData): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { nextHopAddress } of index.topology.routeTables.flatMap(({ routes }) => routes)) {
    if (nextHopAddress !== null) found.add(textOf(nextHopAddress));
  }
  for (const routes of tables) {
    for (const { nextHopIpAddress } of routes)
      for (const address of addressesIn(nextHopIpAddress)) found.add(textOf(address));
  }
  return found;
}

function* keysOfOwners(owned: ReadonlyMap<string, OwnedAddress>): Generator<KeyedRange> {
  const sorted = [...owned.values()].sort(
    ({ address: a }, { address: b }) => a.family - b.family || (a.value < b.value ? -1 : 1),
  );
  for (const { address, key } of sorted) yield { ...singly(address), key };
}
