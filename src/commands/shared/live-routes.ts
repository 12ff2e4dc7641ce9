import type { EffectiveRoutes } from "../../azure/effective-routes.ts";
import type { NicOptions } from "../../azure/nic/nic-options.ts";
import type { AzureSession, NicTarget } from "../../azure/session.ts";
import type { RouteTable } from "../../routes/effective-route.ts";
import type { SubnetFacts } from "../../routes/subnet-facts.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { openSession } from "./azure-access.ts";
import type { AzureAccessOptions, LiveOptions } from "./live-options.ts";

/** A route table that Azure was asked for, and the way to ask it more about the same NIC. */
export interface LiveRoutes {
  readonly table: RouteTable;
  readonly live: {
    readonly session: AzureSession;
    readonly target: NicTarget;
    /** Asks once more, within that time, and keeps the answer as the first one was kept. */
    readonly again: (withinMs: number) => Promise<RouteTable>;
  };
}

/**
 * Asks Azure for the effective routes of the NIC that the options name; keeps the answer for later commands and, with `--save`, in a file.
 * @throws AzureError, StoreError where `--save` cannot write.
 */
export async function fetchRoutes(
  nic: NicOptions,
  options: LiveOptions & AzureAccessOptions,
  terminal: Terminal,
): Promise<LiveRoutes> {
  const session = await openSession(nic, options, terminal);
  terminal.progress("asking Azure for the effective routes");
  try {
    const target = await session.findNic();
    const { routes, subnet } = await session.routesAndSubnet(target);
    const kept = async ({ table, body }: EffectiveRoutes) => {
      const whole = subnet === null ? table : { ...table, subnet };
      await keep(body, whole, session.subscription.id, options, terminal);
      return whole;
    };
    terminal.progress(null);
    if (subnet !== null) terminal.detail(subnetText(subnet));
    const table = await kept(routes);
    if (options.save !== undefined) terminal.note(`saved Azure's answer in ${options.save}`);
    const again = async (withinMs: number) => kept(await session.effectiveRoutes(target, withinMs));
    return { table, live: { session, target, again } };
  } finally {
    terminal.progress(null);
  }
}

function subnetText({ id, serviceEndpoints, routeTableId, privateEndpointNetworkPolicies }: SubnetFacts): string {
  const endpoints = serviceEndpoints.map(({ service, locations }) => `${service} (${locations.join(", ")})`);
  return [
    `subnet: ${id}`,
    `route table ${routeTableId ?? "none"}`,
    `service endpoints ${endpoints.join(", ") || "none"}`,
    `private endpoint policies ${privateEndpointNetworkPolicies ?? "not told"}`,
  ].join("; ");
}

async function keep(
  body: string,
  { origin, subnet }: RouteTable,
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
  try {
    const table = { nicId: origin.name, subscription, fetchedAt, body, subnet: subnet ?? null };
    await keepTable(cacheDirectory(terminal.env), table, cloud);
  } catch (error) {
    // The answer is there; only a later command without a source will miss it.
    terminal.note(`not kept for later: ${error instanceof Error ? error.message.split("\n")[0] : String(error)}`);
  }
}
