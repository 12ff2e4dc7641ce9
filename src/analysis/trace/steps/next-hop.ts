import { type Address, formatAddress, hasAddress } from "../../../net/address.ts";
import type { Owner } from "../../../topology/owners.ts";
import type { NetworkInterface } from "../../../topology/topology.ts";
import { addressesIn } from "../configured-routes.ts";
import type { HostPlace, Place } from "../places.ts";
import type { TraceData } from "../question.ts";
import type { AppliedTraceRule, Assumption } from "../trace.ts";
import { applied, assume, type Branch, endsWith, goesTo } from "./branch.ts";
import { type Found, find, ownerName, type Router } from "./router.ts";

/** ` in NETWORK`; empty where the network is unknown. */
const inNetwork = (network: string | null) => (network === null ? "" : ` in ${network}`);

/** An owner in a described network that only the address map names. */
export const mapAssumption = (address: string, owner: Owner): Assumption =>
  assume("address-map", `${ownerName(owner)} has ${address} according to the address map; no network confirms it`);

/** An address map may give one address to thousands of names. */
const MOST_OWNERS = 3;

/** The branch to an address that several resources have. */
export function ambiguous(address: string, names: readonly string[]): Branch {
  const shown = names.slice(0, MOST_OWNERS);
  if (names.length > MOST_OWNERS) shown.push(`${names.length - MOST_OWNERS} more`);
  const text = `${address} is ambiguous: ${shown.join(" and ")} have it`;
  return endsWith([applied("next-hop-owner", text, "unknown")], "unknown", text);
}

/** The owner of the destination, as the host where the packet arrives. */
export function hostPlace({ index }: Pick<TraceData, "index">, owner: Owner, network: string | null): HostPlace {
  const machine = owner.kind === "nic" ? index.machines.get(owner.resource.virtualMachineId) : null;
  return {
    kind: "host",
    resourceId: owner.resource.id,
    name: ownerName(owner),
    network,
    found: "has the address",
    powerState: machine?.powerState ?? null,
  };
}

/** Returns what an owner of the destination is to a packet for it: the host, or a load balancer before it. */
export function destination(
  data: Pick<TraceData, "index">,
  to: string,
  owner: Owner,
  network: string | null,
): { readonly rule: AppliedTraceRule; readonly place: Place } {
  const text = `${ownerName(owner)}${inNetwork(network)} has ${to}`;
  return owner.kind === "load-balancer"
    ? { rule: applied("lb-frontend", text), place: placeOf(owner, null) }
    : { rule: applied("vnet-host", text), place: hostPlace(data, owner, network) };
}

/** The branch of a packet to a network in which nothing has the destination. */
export function noSuchHost(network: string, to: string, before: readonly AppliedTraceRule[] = []): Branch {
  const text = `no such host in the snapshot: nothing in ${network} has ${to}`;
  return endsWith([...before, applied("vnet-host", text, "unknown")], "unknown", text);
}

/** Returns the branches to one next hop address; `unreachable`: the table has no route to it. */
export function towards(router: Router, text: string, unreachable: boolean): readonly Branch[] {
  const [address] = addressesIn([text]);
  if (address === undefined) {
    const reason = `next hop '${text}' is not an address`;
    return [endsWith([applied("next-hop-owner", reason, "unknown")], "unknown", reason)];
  }
  return towardsFound(router, address, find(router, address), unreachable);
}

/** Returns the branches to a next hop address whose owner was looked up. */
export function towardsFound(router: Router, address: Address, found: Found, unreachable: boolean): readonly Branch[] {
  const text = formatAddress(address);
  switch (found.kind) {
    case "self":
      return selfNextHop(router, `${text} is ${router.name} itself`);
    case "owner":
      if (isInFrontOf(router, found.owner) && found.passage.blocked === null) {
        return selfNextHop(router, `${text} is ${ownerName(found.owner)}, and ${router.name} is behind it`);
      }
      return [toOwner(router, text, found)];
    case "ambiguous":
      return [ambiguous(text, found.names)];
    case "nobody": {
      const reason = `nothing in ${found.network.name} has next hop ${text} in the snapshot`;
      return [endsWith([applied("next-hop-owner", reason, "unknown")], "unknown", reason)];
    }
    case "unknown-network": {
      if (found.passage.blocked !== null) return [found.passage.blocked];
      const reason = `next hop ${text} is in ${found.name ?? "a network"} that was not read`;
      return [endsWith([applied("next-hop-owner", reason, "unknown")], "unknown", reason)];
    }
    case "no-network": {
      if (unreachable) {
        const reason = `next hop ${text} is in no network, peering or gateway prefix of the table`;
        return [endsWith([applied("next-hop-owner", reason)], "dropped", reason)];
      }
      const reason = `unknown owner of next hop ${text}`;
      return [endsWith([applied("next-hop-owner", reason, "unknown")], "unknown", reason)];
    }
    default:
      return found satisfies never;
  }
}

/** Two outcomes: a tunnel inside the appliance is nowhere in Azure's configuration. */
function selfNextHop({ name }: Router, what: string): readonly Branch[] {
  const rule = applied("self-next-hop", `next hop ${what}: loops unless ${name} encapsulates`);
  return [
    endsWith([rule], "loop", `loops at ${name} unless it encapsulates`),
    endsWith([rule], "unknown", `${name} may encapsulate; where its tunnel ends is unknown`),
  ];
}

/**
 * Whether the owner is a load balancer that has the router as a backend. Appliances announce it to a Route Server as
 * their next hop, and so find it in their own routes. https://learn.microsoft.com/azure/route-server/next-hop-ip
 */
function isInFrontOf({ data: { index }, nic, addresses }: Router, owner: Owner): boolean {
  if (owner.kind !== "load-balancer" || nic === null) return false;
  const own = new Set(index.nicsOfMachine(nic));
  return owner.resource.pools.some(
    (pool) =>
      index.backendsOf(pool.id).some((backend) => own.has(backend)) ||
      pool.addresses.some((each) => hasAddress(addresses, each)),
  );
}

function toOwner(router: Router, address: string, found: Extract<Found, { kind: "owner" }>): Branch {
  const { owner, network, passage, byMap } = found;
  if (passage.blocked !== null) return passage.blocked;
  const text = `${address} is ${ownerName(owner)}${inNetwork(network)}`;
  const assumptions = [
    ...passage.assumptions,
    ...(byMap && router.data.index.topology.networks.length > 0 ? [mapAssumption(address, owner)] : []),
  ];
  const rules: AppliedTraceRule[] = [applied(RULE_OF_OWNER[owner.kind], text), ...passage.rules];
  if (owner.kind === "hub" && owner.resource.kind === "route-server") {
    const reason = `${address} is Route Server ${owner.resource.name}, which forwards no packets`;
    return endsWith([applied("next-hop-owner", reason)], "dropped", reason);
  }
  if (owner.kind === "nic") return goesTo(rules, applianceExits(router.data, owner.resource, address), assumptions);
  if (owner.kind !== "hub") return goesTo(rules, [placeOf(owner, address)], assumptions);
  const hub = owner.resource;
  const connection = router.data.index.hubsOf(router.network?.id ?? null).find((each) => each.hub === hub);
  return goesTo(rules, [{ kind: "hub", hub, connectionId: connection?.connectionId ?? null }], assumptions);
}

const RULE_OF_OWNER = {
  nic: "next-hop-owner",
  "load-balancer": "lb-frontend",
  firewall: "next-hop-owner",
  "managed-appliance": "next-hop-owner",
  gateway: "gateway",
  hub: "hub",
} as const satisfies Record<Owner["kind"], string>;

/** The NICs by which a packet may leave the virtual machine that it entered by a NIC: any of them. */
export function applianceExits(
  { index }: TraceData,
  arrivedBy: NetworkInterface,
  address: string | null,
): readonly Place[] {
  // Without IP forwarding the packet does not get in, so it does not leave either.
  const nics = arrivedBy.ipForwarding === false ? [arrivedBy] : index.nicsOfMachine(arrivedBy);
  return nics.map((nic) => ({ kind: "nic", nic, arrivedBy, address: nic === arrivedBy ? address : null }));
}

/** The place of a next hop's owner. */
function placeOf(owner: Exclude<Owner, { kind: "nic" | "hub" }>, address: string | null): Place {
  switch (owner.kind) {
    case "load-balancer":
      return { kind: "load-balancer", loadBalancer: owner.resource, frontend: owner.frontend };
    case "firewall":
      return { kind: "firewall", firewall: owner.resource, address };
    case "managed-appliance":
      return { kind: "managed-appliance", appliance: owner.resource, address };
    case "gateway":
      return { kind: "gateway", gateway: owner.resource, address };
    default:
      return owner satisfies never;
  }
}
