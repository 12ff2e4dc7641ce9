import { parsePrefix } from "../../../src/net/prefix.ts";
import type { EffectiveRoute, RouteTable } from "../../../src/routes/effective-route.ts";
import type { Snapshot, SnapshotNic } from "../../../src/topology/snapshot.ts";

const SUBSCRIPTION = "/subscriptions/11111111-1111-1111-1111-111111111111";

/** The id of a subnet: `hub/app`, or `rg2/hub/app` in another resource group. */
export function subnetId(name: string): string {
  const [subnet = "", network = "", group = "rg"] = name.split("/").reverse();
  return `${SUBSCRIPTION}/resourceGroups/${group}/providers/Microsoft.Network/virtualNetworks/${network}/subnets/${subnet}`;
}

/** The id of a NIC in the resource group `rg`, or in another: `rg2/web01`. */
export function nicId(name: string): string {
  const [nic = "", group = "rg"] = name.split("/").reverse();
  return `${SUBSCRIPTION}/resourceGroups/${group}/providers/Microsoft.Network/networkInterfaces/${nic}`;
}

/** A NIC with the table of this key; without a key a stopped one. */
export function nic(
  name: string,
  subnet: string | null,
  tableKey: string | null,
  more: Partial<SnapshotNic> = {},
): SnapshotNic {
  return {
    id: nicId(name),
    name: name.split("/").at(-1) ?? name,
    subnetId: subnet === null ? null : subnetId(subnet),
    outcome: tableKey === null ? "stopped" : "ok",
    tableKey,
    standInId: null,
    fetchedAt: "2026-11-29T10:00:00.000Z",
    error: null,
    ...more,
  };
}

/** A row: `0.0.0.0/0 VirtualAppliance 10.0.1.4 to-nva` is a user route; without a name a default one. */
export function route(text: string): EffectiveRoute {
  const [prefix = "", nextHopType = "", hop = "-", name = null] = text.split(" ");
  return {
    name,
    source: name === null ? "Default" : "User",
    state: "Active",
    nextHopType,
    addressPrefix: [parsePrefix(prefix)],
    nextHopIpAddress: hop === "-" ? [] : [hop],
    disableBgpRoutePropagation: null,
    hasBgpOverride: false,
    destinationServiceTags: [],
    fields: {},
  };
}

export function table(...rows: readonly string[]): RouteTable {
  const origin = { kind: "snapshot", name: nicId("x"), format: "arm", fetchedAt: null, note: null } as const;
  return { routes: rows.map(route), origin };
}

export function snapshot(
  nics: readonly SnapshotNic[],
  tables: Readonly<Record<string, RouteTable>>,
  more: Partial<Snapshot> = {},
): Snapshot {
  return {
    name: "prod",
    takenAt: null,
    complete: true,
    topology: null,
    nics,
    tables: new Map(Object.entries(tables)),
    gatewayTables: [],
    ...more,
  };
}
