import type { Lacking } from "../../../analysis/trace/question.ts";
import type { Hop, Trace } from "../../../analysis/trace/trace.ts";
import type { ResourceSearch } from "../../../azure/inventory/query.ts";
import { formatAddress } from "../../../net/address.ts";
import { nextHopsOf } from "../../../output/results/trace/report.ts";
import { same } from "../../../text/same.ts";
import { idKey } from "../../../topology/resource-id.ts";
import type { LoadBalancer, Topology } from "../../../topology/topology.ts";
import type { RouterTable, Wanted } from "./live-networks.ts";

/** The most addresses in one search. */
const MOST_ADDRESSES = 200;

/** Remembers the requests of this run, so that none is repeated. */
export class Asked {
  readonly #keys = new Set<string>();

  /** Returns the texts that were not requested before under this kind, and records them. */
  fresh(kind: string, texts: readonly string[]): readonly string[] {
    return texts.filter((text) => {
      const key = `${kind} ${idKey(text)}`;
      return !this.#keys.has(key) && this.#keys.add(key);
    });
  }
}

/** The start and the destination as the user wrote them, as a search: with all networks and routers. */
export function searchFor(ends: readonly string[], asked: Asked): ResourceSearch {
  const found = { nicNames: [] as string[], machineNames: [] as string[], addresses: [] as string[] };
  const subnets: string[] = [];
  const ids: string[] = [];
  for (const end of ends) {
    const [, prefix = "", rest = end.trim()] = /^(nic|vm|subnet|gateway|hub):(.*)$/is.exec(end.trim()) ?? [];
    const kind = prefix.toLowerCase();
    if (kind === "gateway" || kind === "hub") continue;
    if (kind === "subnet") subnets.push(rest);
    else if (rest.startsWith("/")) ids.push(rest);
    else if (kind === "" && /^[\d.]+$|:/.test(rest)) found.addresses.push(rest);
    else {
      if (kind !== "vm") found.nicNames.push(rest);
      if (kind !== "nic") found.machineNames.push(rest);
    }
  }
  const machineIds = ids.filter((id) => /\/virtualMachines\//i.test(id));
  return {
    ...found,
    routers: true,
    addresses: asked.fresh("address", found.addresses),
    ids: asked.fresh("id", ids),
    machineIds: asked.fresh("machine", machineIds),
    subnets,
  };
}

/** The traces of a round, and the data that they lack. */
interface Round {
  readonly traces: readonly Trace[];
  readonly lacking: Lacking;
}

/** The data to read before the next round; null if everything was requested. */
export function wantedOf(topology: Topology, { traces, lacking }: Round, asked: Asked): Wanted | null {
  const hops = traces.flatMap((trace) => trace.hops);
  const machineIds = hops.flatMap((hop) => machineOf(topology, hop));
  // Configured next hops are known before any table. They are searched for while Azure computes the first table.
  const configured = [
    ...topology.routeTables.flatMap(({ routes }) => routes.flatMap(({ nextHopAddress }) => nextHopAddress ?? [])),
    ...topology.hubs.flatMap(({ bgpPeers }) => bgpPeers.flatMap(({ address }) => address ?? [])),
  ].map(formatAddress);
  const nextHops = hops.flatMap(nextHopAddresses);
  const isNextHop = new Set([...nextHops, ...configured]);
  const onTheWay = new Set(
    hops.flatMap(({ kind, resourceId }) => (kind === "load-balancer" ? (resourceId ?? []) : [])),
  );
  const balanced = topology.loadBalancers
    .filter(
      ({ id, frontends }) =>
        onTheWay.has(id) || frontends.some(({ address }) => address !== null && isNextHop.has(formatAddress(address))),
    )
    .flatMap(backendsOf);
  const addresses = [...nextHops, ...balanced.flatMap(({ addresses }) => addresses), ...configured];
  const knownNics = new Set(topology.nics.map(({ id }) => idKey(id)));
  const search: ResourceSearch = {
    routers: false,
    nicNames: [],
    machineNames: [],
    subnets: [],
    addresses: asked.fresh("address", [...new Set(addresses)].slice(0, MOST_ADDRESSES)),
    ids: asked.fresh(
      "id",
      balanced.flatMap(({ ids }) => ids).filter((id) => !knownNics.has(idKey(id))),
    ),
    machineIds: asked.fresh("machine", machineIds),
  };
  const wanted = {
    search,
    nicIds: asked.fresh("table", lacking.nics),
    routerTables: routerTablesOf(topology, lacking, hops, asked),
  };
  const isEmpty =
    wanted.nicIds.length + wanted.routerTables.length + search.addresses.length === 0 &&
    search.ids.length + search.machineIds.length === 0;
  return isEmpty ? null : wanted;
}

function machineOf({ nics }: Topology, hop: Hop): readonly string[] {
  if (hop.kind !== "nic" && hop.kind !== "host") return [];
  const nic = nics.find(({ id }) => hop.resourceId !== null && idKey(id) === idKey(hop.resourceId));
  return nic?.virtualMachineId == null ? [] : [nic.virtualMachineId];
}

/** The NICs behind a load balancer, by their IP configurations or by address. */
const backendsOf = ({ pools }: LoadBalancer) =>
  pools.map(({ ipConfigurationIds, addresses }) => ({
    ids: ipConfigurationIds.map((id) => id.replace(/\/ipConfigurations\/[^/]+\/?$/i, "")),
    addresses: addresses.map(formatAddress),
  }));

/** The next hops of a hop that are addresses. Those of a hub are resource ids. */
const nextHopAddresses = (hop: Hop) => nextHopsOf(hop).filter((text) => /^[\d.]+$|^[\da-f:]+$/i.test(text));

/** The learned routes of a gateway; for a hub its default table, and those of the connections on the path. */
function routerTablesOf(
  { hubs, nics }: Topology,
  lacking: Lacking,
  hops: readonly Hop[],
  asked: Asked,
): readonly RouterTable[] {
  const gateways = asked.fresh("gateway", lacking.gateways);
  const networks = new Set(
    hops.flatMap(({ resourceId }) => {
      const nic = nics.find(({ id }) => resourceId !== null && idKey(id) === idKey(resourceId));
      const subnetId = nic?.ipConfigurations[0]?.subnetId ?? "";
      return subnetId === "" ? [] : [idKey(subnetId.replace(/\/subnets\/[^/]+$/i, ""))];
    }),
  );
  return [
    ...gateways.map((router): RouterTable => ({ type: "gateway", router, resourceGroup: null, table: "learned" })),
    ...asked.fresh("hub", lacking.hubs).flatMap((router): RouterTable[] => {
      const connections = hubs.find(({ id }) => same(id, router))?.connections ?? [];
      const onTheWay = connections.filter(({ networkId }) => networks.has(idKey(networkId)));
      return [
        { type: "hub", router, resourceGroup: null, of: { by: "route-table", name: "defaultRouteTable" } },
        ...onTheWay.map(
          ({ id }): RouterTable => ({
            type: "hub",
            router,
            resourceGroup: null,
            of: { by: "connection", name: id },
          }),
        ),
      ];
    }),
  ];
}
