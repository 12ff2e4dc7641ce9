import { annotateTable } from "../../routes/annotate-table.ts";
import type { AnnotatedRouteTable, ServiceTagSource } from "../../routes/annotation.ts";
import type { RouteTable } from "../../routes/effective-route.ts";
import type { GatewayTable } from "../../routes/gateways/gateway-table.ts";
import type { NamedAddress } from "../../topology/address-map.ts";
import { topologyOf, withAddressMap } from "../../topology/mapped-topology.ts";
import { idKey, nameOf } from "../../topology/resource-id.ts";
import type { Snapshot, SnapshotNic } from "../../topology/snapshot.ts";
import { Lookups } from "./lookups.ts";
import { NetworkIndex } from "./network-index.ts";
import type { TableOfNic, TableSource, TraceData } from "./question.ts";

/**
 * Returns what a trace is computed from, for as many traces as wanted. Of a folder of exports each table is a NIC that
 * is in no known network. Cost: linear in the snapshot, once.
 */
export function traceData(
  snapshot: Snapshot,
  tags: ServiceTagSource | null,
  named: readonly NamedAddress[] = [],
): TraceData {
  const topology = topologyOf(snapshot);
  const whole = named.length === 0 ? topology : withAddressMap(topology, named);
  return {
    index: new NetworkIndex(whole, named),
    tables: new SnapshotTables(snapshot, tags),
    tags,
    lookups: new Lookups(tags),
  };
}

/** The tables of a snapshot. Each is annotated when it is first asked for. */
class SnapshotTables implements TableSource {
  readonly circuits: readonly GatewayTable[];
  readonly #snapshot: Snapshot;
  readonly #tags: ServiceTagSource | null;
  readonly #nics: ReadonlyMap<string, SnapshotNic>;
  readonly #annotated = new Map<RouteTable, AnnotatedRouteTable>();

  constructor(snapshot: Snapshot, tags: ServiceTagSource | null) {
    this.#snapshot = snapshot;
    this.#tags = tags;
    this.#nics = new Map(snapshot.nics.map((nic) => [idKey(nic.id), nic]));
    this.circuits = snapshot.gatewayTables.filter(({ kind }) => kind === "circuit");
  }

  ofNic(nicId: string): TableOfNic {
    const nic = this.#nics.get(idKey(nicId));
    if (nic === undefined) return { table: null, reason: "it is not in the snapshot" };
    const table = nic.tableKey === null ? undefined : this.#snapshot.tables.get(nic.tableKey);
    if (table === undefined) return { table: null, reason: nic.error?.message ?? WHY[nic.outcome] };
    return { table: this.#annotate(table), standIn: nic.standInId === null ? null : nameOf(nic.standInId) };
  }

  #annotate(table: RouteTable): AnnotatedRouteTable {
    const known = this.#annotated.get(table);
    if (known !== undefined) return known;
    const annotated = annotateTable(table, this.#tags);
    this.#annotated.set(table, annotated);
    return annotated;
  }

  ofGateway(gatewayId: string): GatewayTable | null {
    return this.#of("gateway-learned", gatewayId)[0] ?? null;
  }

  ofHub(hubId: string): readonly GatewayTable[] {
    return this.#of("hub", hubId);
  }

  ofRouteServer(hubId: string): readonly GatewayTable[] {
    return this.#of("route-server-learned", hubId);
  }

  #of(kind: GatewayTable["kind"], routerId: string): readonly GatewayTable[] {
    const ofKind = this.#snapshot.gatewayTables.filter((table) => table.kind === kind);
    const byId = ofKind.filter((table) => idKey(table.routerId) === idKey(routerId));
    // An export names its router, or its file does.
    return byId.length > 0 ? byId : ofKind.filter((table) => idKey(table.routerId) === idKey(nameOf(routerId)));
  }
}

const WHY = {
  ok: "its table could not be read",
  stopped: "its virtual machine does not run",
  unattached: "it is not attached to a virtual machine",
  "no-api": "Azure has no effective routes for it",
  denied: "no permission to read them",
  failed: "reading them failed",
} as const satisfies Record<SnapshotNic["outcome"], string>;
