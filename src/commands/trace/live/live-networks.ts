import type { AzureConnection } from "../../../azure/connection.ts";
import { type AzureError, isAzureError } from "../../../azure/failure/azure-error.ts";
import { fetchTable } from "../../../azure/fleet/fetch-table.ts";
import { fetchGatewayTable } from "../../../azure/gateways/fetch-gateway-table.ts";
import type { GatewayRequest } from "../../../azure/gateways/request.ts";
import type { InventorySearch } from "../../../azure/inventory/inventory-search.ts";
import type { InventoryResource } from "../../../azure/inventory/kinds.ts";
import type { ResourceSearch } from "../../../azure/inventory/query.ts";
import type { RouteTable } from "../../../routes/effective-route.ts";
import { type GatewayTable, isPeerTable } from "../../../routes/gateways/gateway-table.ts";
import { readRouteTable } from "../../../routes/read/read-route-table.ts";
import { UserError } from "../../../text/user-error.ts";
import { readTopology } from "../../../topology/read/read-topology.ts";
import { idKey, nameOf } from "../../../topology/resource-id.ts";
import type { Snapshot, SnapshotNic } from "../../../topology/snapshot.ts";
import type { Topology } from "../../../topology/topology.ts";

/** A requested table of a gateway or a hub. */
export type RouterTable = Extract<GatewayRequest, { readonly type: "gateway" | "hub" }>;

/** The data that a trace still lacks, by resource id. */
export interface Wanted {
  readonly search: ResourceSearch;
  readonly nicIds: readonly string[];
  readonly routerTables: readonly RouterTable[];
}

/** A snapshot that grows with everything read from Azure in this run. */
export class LiveNetworks {
  readonly #connection: AzureConnection;
  readonly #search: InventorySearch;
  readonly #resources = new Map<string, InventoryResource>();
  readonly #nics = new Map<string, SnapshotNic>();
  readonly #tables = new Map<string, RouteTable>();
  readonly #gatewayTables: GatewayTable[] = [];
  /** Tables that could not be read. */
  readonly failures: { readonly what: string; readonly error: UserError | AzureError }[] = [];
  #topology: Topology | null = null;

  constructor(connection: AzureConnection, search: InventorySearch) {
    this.#connection = connection;
    this.#search = search;
  }

  get topology(): Topology {
    this.#topology ??= readTopology(this.#resources.values()).topology;
    return this.#topology;
  }

  /** The number of tables of NICs requested. */
  get tables(): number {
    return this.#nics.size;
  }

  snapshot(): Snapshot {
    const nics = [...this.#nics.values()];
    const times = nics.flatMap(({ fetchedAt }) => fetchedAt ?? []).sort();
    const isWhole =
      nics.every(({ outcome }) => outcome === "ok") && this.failures.length === 0 && this.#search.gaps.length === 0;
    return {
      name: "Azure",
      takenAt: times[0] ?? null,
      complete: isWhole,
      topology: this.topology,
      nics,
      tables: this.#tables,
      gatewayTables: this.#gatewayTables,
    };
  }

  /**
   * Reads everything requested, in parallel. A table that cannot be read is recorded with the reason.
   * @throws AzureError if nothing else could be read either.
   */
  async read({ search, nicIds, routerTables }: Wanted): Promise<void> {
    await Promise.all([
      this.find(search),
      ...nicIds.map((id) => this.#readTable(id)),
      ...routerTables.map((request) => this.#readRouter(request)),
    ]);
  }

  /** Adds the results of a search. */
  async find(search: ResourceSearch): Promise<void> {
    for (const resource of await this.#search.find(search)) this.#resources.set(idKey(resource.id), resource);
    this.#topology = null;
  }

  async #readTable(id: string): Promise<void> {
    const { now } = this.#connection.pace;
    const fetched = await fetchTable(this.#connection, id, () => false);
    const fetchedAt = new Date(now()).toISOString();
    const nic = { id, name: nameOf(id), subnetId: null, standInId: null } as const;
    const failed = (outcome: keyof typeof WHY, error: UserError | AzureError) => {
      const message = WHY[outcome] ?? firstLine(error.message);
      const known = { ...nic, outcome, tableKey: null, fetchedAt: null, error: { code: error.code, message } };
      this.#nics.set(idKey(id), known);
      this.failures.push({ what: `the effective routes of ${nic.name}`, error });
    };
    if (fetched.outcome !== "ok") {
      failed(fetched.outcome, fetched.error);
      return;
    }
    try {
      const table = await readRouteTable(fetched.body, { kind: "azure", name: id, fetchedAt });
      this.#tables.set(idKey(id), table);
      this.#nics.set(idKey(id), { ...nic, outcome: "ok", tableKey: idKey(id), fetchedAt, error: null });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      failed("failed", error);
    }
  }

  async #readRouter(request: RouterTable): Promise<void> {
    try {
      const { table } = await fetchGatewayTable(this.#connection, request);
      if (!isPeerTable(table)) this.#gatewayTables.push(table);
    } catch (error) {
      if (!isReadable(error)) throw error;
      this.failures.push({ what: `the routes of ${nameOf(request.router)}`, error });
    }
  }
}

/** Why a table is missing, in the words of a hop; null: use the error's message. */
const WHY = {
  stopped: "its virtual machine does not run",
  denied: "no permission to read them",
  failed: null,
} as const;

/** The rest of a message says what to do. A hop has no room for it. */
const firstLine = (message: string) => message.split("\n")[0] ?? message;

/** An error that explains a single missing table. */
const isReadable = (error: unknown): error is AzureError | UserError =>
  isAzureError(error) || error instanceof UserError;
