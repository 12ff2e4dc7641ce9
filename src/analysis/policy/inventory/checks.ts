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
  /** The lists without which it does not see everything, by the last word of their names. */
  readonly needs: readonly string[];
  /** Whether a resource that is missing from the inventory can make it find a violation. */
  readonly findsMissing: boolean;
}

const HOPS = ["routeTables", "loadBalancers"];
const OWNERS = [...HOPS, "azureFirewalls", "virtualNetworkAppliances", "virtualHubs", "gateways", "set"];

/** The judges of inventory rules, by the value of `inventory`. */
export const INVENTORY_CHECKS: { readonly [name in InventoryCheckName]: InventoryCheck } = {
  "appliances-found": {
    judges: "next hops of user routes",
    judge: appliancesFound,
    needs: [...OWNERS, "hubVirtualNetworkConnections"],
    findsMissing: true,
  },
  "appliances-running": {
    judges: "NICs of appliances",
    judge: appliancesRunning,
    needs: [...HOPS, "virtualMachines"],
    findsMissing: false,
  },
  "appliances-forwarding": {
    judges: "NICs of appliances",
    judge: appliancesForwarding,
    needs: HOPS,
    findsMissing: false,
  },
  "peerings-connected": { judges: "peerings", judge: peeringsConnected, needs: [], findsMissing: false },
  "peerings-allow-access": { judges: "peerings", judge: peeringsAllowAccess, needs: [], findsMissing: false },
  "gateway-transit-allowed": {
    judges: "peerings that use remote gateways",
    judge: gatewayTransitAllowed,
    needs: [],
    findsMissing: false,
  },
  "no-endpoint-bypass": {
    judges: "subnets with user routes to an appliance",
    judge: noEndpointBypass,
    needs: ["routeTables"],
    findsMissing: false,
  },
  "internet-outbound": {
    judges: "subnets with routes to the Internet",
    judge: internetOutbound,
    needs: [...HOPS, "gateways", "virtualHubs", "hubVirtualNetworkConnections"],
    findsMissing: true,
  },
  "route-tables-used": { judges: "route tables", judge: routeTablesUsed, needs: ["routeTables"], findsMissing: false },
};
