import { type Address, addressOrNull } from "../../../net/address.ts";
import { isAppliance, isInternet } from "../../../selection/route-kinds.ts";
import type { MissingSubscription } from "../../../topology/coverage.ts";
import { AddressOwners } from "../../../topology/owners.ts";
import { idKey } from "../../../topology/resource-id.ts";
import type { UnreadPart } from "../../../topology/snapshot.ts";
import type { Topology } from "../../../topology/topology.ts";
import { TopologyIndex } from "../../../topology/topology-index.ts";
import { keywordRanges } from "../../destinations/keywords.ts";
import { piecesWithin } from "../../destinations/pieces.ts";
import type { PolicySubject } from "../result.ts";

/** What inventory rules need of the effective routes of subnets. */
export interface SubnetRoutes {
  /** The ids of the subnets that have the table. */
  readonly subnetIds: readonly string[];
  /** Whether a part of the Internet's IPv4 addresses is routed to the Internet. */
  readonly leadToInternet: boolean;
  /** The next hops of user routes to appliances. */
  readonly appliances: readonly { readonly route: string; readonly address: Address }[];
}

/** What inventory rules are judged on. */
export interface InventoryFacts {
  readonly topology: Topology;
  readonly index: TopologyIndex;
  readonly owners: AddressOwners;
  /** The effective routes of the subnet with this id; null where no table of it was given. */
  routesOf(subnetId: string): SubnetRoutes | null;
  readonly lacks: InventoryLacks;
}

/** What an inventory does not have, although it may exist. */
export interface InventoryLacks {
  /** What could not be read. */
  readonly unreadParts: readonly UnreadPart[];
  readonly unreadSubscriptions: readonly MissingSubscription[];
  /** Whether it is made of exports in a folder, and so has the resources that somebody exported. */
  readonly isOfExports: boolean;
}

const NOTHING: InventoryLacks = { unreadParts: [], unreadSubscriptions: [], isOfExports: false };

/** The facts of a topology and of the tables given with it. Linear. */
export function inventoryFacts(
  topology: Topology,
  tables: readonly SubnetRoutes[],
  lacks: InventoryLacks = NOTHING,
): InventoryFacts {
  const bySubnet = new Map<string, SubnetRoutes>();
  for (const table of tables) for (const id of table.subnetIds) bySubnet.set(idKey(id), table);
  return {
    topology,
    index: new TopologyIndex(topology),
    owners: new AddressOwners(topology),
    routesOf: (subnetId) => bySubnet.get(idKey(subnetId)) ?? null,
    lacks,
  };
}

/** The IPv4 addresses of the Internet. */
export const INTERNET = keywordRanges("internet").filter(({ family }) => family === 4);

/** What inventory rules need of a table. Cost: a step per piece of the table. */
export function subnetRoutes({ table, subnetIds = [] }: PolicySubject): SubnetRoutes {
  return {
    subnetIds,
    leadToInternet: subnetIds.length > 0 && internetWins(table),
    appliances: table.routes.filter(isAppliance).flatMap(({ name, nextHopIpAddress }) =>
      nextHopIpAddress.flatMap((text) => {
        const address = addressOrNull(text);
        return address === null ? [] : [{ route: `route ${name ?? "without a name"}`, address }];
      }),
    ),
  };
}

function internetWins(table: PolicySubject["table"]): boolean {
  for (const { decision } of piecesWithin(table, INTERNET)) {
    if (decision.winners.some(({ route }) => isInternet(route))) return true;
  }
  return false;
}
