import type { EffectiveRoutes } from "../../azure/effective-routes.ts";
import type { NicOptions } from "../../azure/nic/nic-options.ts";
import type { NicTarget } from "../../azure/nic/nic-target.ts";
import type { AzureSession } from "../../azure/session.ts";
import type { RouteTable } from "../../routes/effective-route.ts";
import type { SubnetFacts } from "../../routes/subnet-facts.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import type { AzureAccessOptions, LiveOptions } from "./live-options.ts";
import type { SessionOfRun } from "./session-of-run.ts";

/** A route table from Azure, and the session and NIC for further calls. */
export interface LiveRoutes {
  readonly table: RouteTable;
  readonly live: {
    readonly session: AzureSession;
    readonly target: NicTarget;
    /** Reads the table again within a time limit, and caches and saves it like the first. */
    readonly again: (withinMs: number) => Promise<RouteTable>;
  };
}

/** How to read from Azure. */
export interface LiveRead {
  readonly session: SessionOfRun;
  /** A time limit other than --timeout. */
  readonly withinMs?: number;
}

/**
 * Reads the effective routes of a NIC from Azure, its addresses and its subnet. Caches them for later commands, and
 * saves the routes with `--save`.
 * @throws AzureError, UserError if `--save` cannot write.
 */
export async function fetchRoutes(
  nic: NicOptions,
  options: LiveOptions & AzureAccessOptions,
  terminal: Terminal,
  { session: sessionOf, withinMs }: LiveRead,
): Promise<LiveRoutes> {
  const session = await sessionOf();
  terminal.progress("reading the effective routes from Azure");
  try {
    const target = await session.findNic(nic);
    const { routes, subnet, nic: addresses } = await session.routesAndFacts(target, withinMs);
    const kept = async ({ table, body }: EffectiveRoutes) => {
      const whole = { ...table, ...(subnet && { subnet }), ...(addresses && { nic: addresses }) };
      await keep(body, whole, target.subscription.id, options, terminal);
      return whole;
    };
    terminal.progress(null);
    if (subnet !== null) terminal.detail(subnetText(subnet));
    const table = await kept(routes);
    if (table.origin.note !== null) terminal.note(table.origin.note);
    if (options.save !== undefined) terminal.note(`saved Azure's response to ${options.save}`);
    const again = async (withinMs: number) => kept(await session.effectiveRoutes(target, withinMs));
    return { table, live: { session, target, again } };
  } finally {
    terminal.progress(null);
  }
}

function subnetText(subnet: SubnetFacts): string {
  const { id, serviceEndpoints, routeTableId, privateEndpointNetworkPolicies } = subnet;
  const endpoints = serviceEndpoints.map(({ service, locations }) => `${service} (${locations.join(", ")})`);
  return [
    `subnet: ${id}`,
    `route table ${routeTableId ?? "none"}`,
    `service endpoints ${endpoints.join(", ") || "none"}`,
    `private endpoint policies ${privateEndpointNetworkPolicies ?? "unknown"}`,
    `NAT gateway ${subnet.natGateway ?? "none"}`,
    `default outbound access ${subnet.defaultOutboundAccess ?? "unknown"}`,
  ].join("; ");
}

async function keep(
  body: string,
  { origin, subnet, nic }: RouteTable,
  subscription: string,
  { save, cloud = "public" }: LiveOptions & AzureAccessOptions,
  terminal: Terminal,
): Promise<void> {
  if (save !== undefined) {
    const { saveFile } = await import("../../store/files/save-file.ts");
    await saveFile(save, body, "the effective routes");
  }
  const { cacheDirectory } = await import("../../store/files/cache-directory.ts");
  const { keepTable } = await import("../../store/last-table.ts");
  const fetchedAt = origin.fetchedAt ?? new Date().toISOString();
  const { standIn } = origin;
  try {
    const facts = { subnet: subnet ?? null, nic: nic ?? null, ...(standIn !== undefined && { standIn }) };
    const table = { nicId: origin.name, subscription, fetchedAt, body, ...facts };
    keepTable(cacheDirectory(terminal.env), table, cloud);
  } catch (error) {
    // The table was read; only a later command without a source misses it.
    terminal.note(`not cached: ${error instanceof Error ? error.message.split("\n")[0] : String(error)}`);
  }
}
