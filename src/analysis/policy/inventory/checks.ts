import { appliancesForwarding, appliancesFound, appliancesRunning } from "./appliances.ts";
import type { InventoryCheckName } from "./check-names.ts";
import { noEndpointBypass } from "./endpoint-bypass.ts";
import type { InventoryFacts } from "./facts.ts";
import type { Judgement } from "./finding.ts";
import { internetOutbound } from "./outbound.ts";
import { gatewayTransitAllowed, peeringsAllowAccess, peeringsConnected } from "./peerings.ts";
import { routeTablesUsed } from "./route-tables.ts";

interface InventoryCheck {
  /** What it judges, in the plural. */
  readonly judges: string;
  readonly judge: (facts: InventoryFacts) => Judgement;
}

/** The judges of inventory rules, by the value of `inventory`. */
export const INVENTORY_CHECKS: { readonly [name in InventoryCheckName]: InventoryCheck } = {
  "appliances-found": { judges: "next hops of user routes", judge: appliancesFound },
  "appliances-running": { judges: "NICs of appliances", judge: appliancesRunning },
  "appliances-forwarding": { judges: "NICs of appliances", judge: appliancesForwarding },
  "peerings-connected": { judges: "peerings", judge: peeringsConnected },
  "peerings-allow-access": { judges: "peerings", judge: peeringsAllowAccess },
  "gateway-transit-allowed": { judges: "peerings that use remote gateways", judge: gatewayTransitAllowed },
  "no-endpoint-bypass": { judges: "subnets with user routes to an appliance", judge: noEndpointBypass },
  "internet-outbound": { judges: "subnets with routes to the Internet", judge: internetOutbound },
  "route-tables-used": { judges: "route tables", judge: routeTablesUsed },
};
