import type { AzureConnection } from "../../azure/connection.ts";
import { isAzureError } from "../../azure/failure/azure-error.ts";
import { fetchGatewayTable } from "../../azure/gateways/fetch-gateway-table.ts";
import { type GatewayRequest, PRIVATE_PEERING } from "../../azure/gateways/request.ts";
import { mapBounded } from "../../azure/map-bounded.ts";
import type { RouterFolder } from "../../store/snapshot/router-files.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { nameOf } from "../../topology/resource-id.ts";
import type { Fleet } from "./read-fleet.ts";

/** The tables that a snapshot keeps of routers, besides those of NICs. */
export interface RouterRequests {
  readonly folder: RouterFolder;
  readonly requests: readonly GatewayRequest[];
}

/** The requests of `--with` for the routers of an inventory. A Route Server has one for each peer. */
export function routerRequests(kinds: readonly RouterFolder[], routers: Fleet["routers"]): readonly RouterRequests[] {
  return kinds.map((folder) => ({ folder, requests: REQUESTS[folder](routers) }));
}

const resourceGroup = null;

const PATHS = ["primary", "secondary"] as const;

const REQUESTS: Readonly<Record<RouterFolder, (routers: Fleet["routers"]) => readonly GatewayRequest[]>> = {
  gateways: ({ gateways }) =>
    gateways.map(({ id: router }) => ({ type: "gateway", router, resourceGroup, table: "learned" })),
  hubs: ({ hubs }) =>
    hubs.flatMap(({ id: router, kind, bgpPeers }): readonly GatewayRequest[] =>
      kind === "virtual-hub"
        ? [{ type: "hub", router, resourceGroup, of: { by: "route-table", name: "defaultRouteTable" } }]
        : bgpPeers.map(({ name }) => ({ type: "route-server", router, resourceGroup, peer: name, advertised: false })),
    ),
  // Without a private peering a circuit has no routes to networks, and Azure answers 404.
  circuits: ({ circuits }) =>
    circuits
      .filter(({ hasPrivatePeering }) => hasPrivatePeering)
      .flatMap(({ id: router }) =>
        PATHS.map((path) => {
          return { type: "circuit", router, resourceGroup, peering: PRIVATE_PEERING, path, summary: false } as const;
        }),
      ),
};

/** The most tables of routers requested at once. */
const AT_ONCE = 16;

/** The most failures named on stderr. */
const MOST_NOTES = 5;

/**
 * Asks Azure for the tables of routers and hands those of each folder to `keep`. One that fails is named on stderr and
 * never ends the others. Returns how many were kept, and how many failed.
 * @throws whatever `keep` throws, and any error that is not an AzureError.
 */
export async function fetchRouters(
  connection: AzureConnection,
  wanted: readonly RouterRequests[],
  terminal: Terminal,
  keep: (folder: RouterFolder, texts: readonly string[]) => void,
): Promise<{ readonly kept: number; readonly failed: number }> {
  let failed = 0;
  let done = 0;
  const total = wanted.reduce((sum, { requests }) => sum + requests.length, 0);
  for (const { folder, requests } of wanted) {
    const texts: string[] = [];
    await mapBounded(requests, AT_ONCE, async (request) => {
      try {
        texts.push((await fetchGatewayTable(connection, request)).text);
      } catch (error) {
        if (!isAzureError(error)) throw error;
        failed++;
        if (failed <= MOST_NOTES) terminal.note(`not kept: ${nameOf(request.router)}: ${error.message}; ${error.hint}`);
      }
      done++;
      terminal.progress(`${done} of ${total} tables of routers`);
    });
    keep(folder, texts);
  }
  terminal.progress(null);
  if (failed > MOST_NOTES) terminal.note(`not kept: ${failed - MOST_NOTES} more tables of routers`);
  return { kept: total - failed, failed };
}
