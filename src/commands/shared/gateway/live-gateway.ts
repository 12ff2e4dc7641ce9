import { routerNames } from "../../../analysis/fleet/router-names.ts";
import { isAzureError } from "../../../azure/failure/azure-error.ts";
import type { GatewayRequest } from "../../../azure/gateways/request.ts";
import type { AzureSession } from "../../../azure/session.ts";
import { formatAddress } from "../../../net/address.ts";
import { type AnyGatewayTable, type GatewayTable, isPeerTable } from "../../../routes/gateways/gateway-table.ts";
import type { Terminal } from "../../../terminal/terminal.ts";
import type { NamedAddress } from "../../../topology/address-map.ts";
import { readTopology } from "../../../topology/read/read-topology.ts";
import { subscriptionOf } from "../../../topology/resource-id.ts";
import type { Topology } from "../../../topology/topology.ts";
import type { SessionOfRun } from "../session-of-run.ts";
import { namedAddresses } from "../snapshot/load-snapshot.ts";

interface Options {
  readonly save?: string | undefined;
  readonly addresses?: string | undefined;
}

/**
 * Reads the table of a hub, a gateway, a Route Server or a circuit from Azure, with names for its next hops where
 * Resource Graph knows them, and saves it with `--save`.
 * @throws AzureError, UserError if `--save` cannot write.
 */
export async function fetchGateway(
  request: GatewayRequest,
  { save, addresses }: Options,
  terminal: Terminal,
  sessionOf: SessionOfRun,
): Promise<AnyGatewayTable> {
  const named = await namedAddresses({ addresses });
  const session = await sessionOf();
  terminal.progress("reading the table from Azure");
  try {
    const { text, table } = await session.gatewayTable(request);
    terminal.progress(null);
    if (save !== undefined) {
      const { saveFile } = await import("../../../store/files/save-file.ts");
      await saveFile(save, text, "the table");
      terminal.note(`saved Azure's response to ${save}`);
    }
    return isPeerTable(table) ? table : await withNames(table, session, named, terminal);
  } finally {
    terminal.progress(null);
  }
}

/** The table with names for its next hops. Without permission to read other resources, they have no names. */
async function withNames(
  table: GatewayTable,
  session: AzureSession,
  named: readonly NamedAddress[],
  terminal: Terminal,
): Promise<GatewayTable> {
  const hops = table.routes.flatMap(({ nextHops }) => nextHops.flatMap(({ address }) => address ?? []));
  if (hops.length === 0) return table;
  let topology: Topology | null = null;
  try {
    terminal.progress("looking for the next hops");
    const addresses = [...new Set(hops.map(formatAddress))];
    topology = readTopology(await session.nextHopResources(subscriptionOf(table.routerId), addresses)).topology;
  } catch (error) {
    if (!isAzureError(error)) throw error;
    terminal.detail(`next hops without names: ${error.message}`);
  }
  return { ...table, names: routerNames(table, topology, named) };
}
