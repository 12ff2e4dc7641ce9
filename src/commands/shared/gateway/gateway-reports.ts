import type { GatewayPeersReport } from "../../../output/results/gateways/peers.ts";
import type { GatewayRoutesReport } from "../../../output/results/gateways/routes.ts";
import { reportedGatewayRoutes, reportedPeers, reportedRouter } from "../../../routes/gateways/gateway-report.ts";
import type { BgpPeerTable, GatewayTable } from "../../../routes/gateways/gateway-table.ts";
import { tableNotes } from "../../../selection/gateways/notes.ts";

/** The report of a table of routes. */
export const gatewayRoutesReport = (table: GatewayTable): GatewayRoutesReport => ({
  schemaVersion: "1.0",
  routes: reportedGatewayRoutes(table),
  notes: tableNotes(table),
  gatewayTable: reportedRouter(table),
});

/** The report of a list of BGP peers. */
export const gatewayPeersReport = (table: BgpPeerTable): GatewayPeersReport => ({
  schemaVersion: "1.0",
  peers: reportedPeers(table),
  gatewayTable: reportedRouter(table),
});
