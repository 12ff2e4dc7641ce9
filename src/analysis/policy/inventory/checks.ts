import type { Topology } from "../../../topology/topology.ts";
import { appliancesForwarding, appliancesFound, appliancesRunning } from "./appliances.ts";
import type { InventoryCheckName } from "./check-names.ts";
import { noEndpointBypass } from "./endpoint-bypass.ts";
import type { InventoryFacts } from "./facts.ts";
import type { Judgement } from "./finding.ts";
import { internetOutbound } from "./outbound.ts";
import { gatewayTransitAllowed, peeringsAllowAccess, peeringsConnected } from "./peerings.ts";
import { routeTablesUsed } from "./route-tables.ts";

interface InventoryCheck {
  /** The kind of resource that it judges, in the singular and the plural. */
  readonly judges: readonly [one: string, many: string];
  readonly judge: (facts: InventoryFacts) => Judgement;
  /** The lists without which it does not see everything, by the last word of their names. */
  readonly needs: readonly string[];
  /** The commands whose output it needs, where the inventory is made of exports. */
  readonly exports: string;
  /** Whether exports have so much that a lack of resources to judge means that there are none. */
  readonly isEnough: (topology: Topology) => boolean;
  /** Whether a resource that is missing from the inventory can make it find a violation. */
  readonly findsMissing: boolean;
}

/** The command whose output has networks and their peerings. */
export const NETWORKS = "az network vnet list";
const OF_HOPS = `${NETWORKS}, route-table list, nic list and lb list`;

const hasPeerings = ({ networks }: Topology) => networks.some(({ peerings }) => peerings.length > 0);
const hasNics = ({ networks, nics }: Topology) =>
  networks.length > 0 && nics.some(({ ipConfigurations }) => ipConfigurations.length > 0);
const hasRoutes = (topology: Topology) => hasNics(topology) && topology.routeTables.length > 0;

const HOPS = ["routeTables", "loadBalancers"];
const OWNERS = [...HOPS, "azureFirewalls", "virtualNetworkAppliances", "virtualHubs", "gateways", "set"];

/** The judges of inventory rules, by the value of `inventory`. */
export const INVENTORY_CHECKS: { readonly [name in InventoryCheckName]: InventoryCheck } = {
  "appliances-found": {
    judges: ["next hop of user routes", "next hops of user routes"],
    judge: appliancesFound,
    needs: [...OWNERS, "hubVirtualNetworkConnections"],
    exports: OF_HOPS,
    isEnough: hasRoutes,
    findsMissing: true,
  },
  "appliances-running": {
    judges: ["NIC of an appliance", "NICs of appliances"],
    judge: appliancesRunning,
    needs: [...HOPS, "virtualMachines"],
    exports: `${OF_HOPS}, and of az vm list -d`,
    isEnough: hasRoutes,
    findsMissing: false,
  },
  "appliances-forwarding": {
    judges: ["NIC of an appliance", "NICs of appliances"],
    judge: appliancesForwarding,
    needs: HOPS,
    exports: OF_HOPS,
    isEnough: hasRoutes,
    findsMissing: false,
  },
  "peerings-connected": {
    judges: ["peering", "peerings"],
    judge: peeringsConnected,
    needs: [],
    exports: NETWORKS,
    isEnough: hasPeerings,
    findsMissing: false,
  },
  "peerings-allow-access": {
    judges: ["peering", "peerings"],
    judge: peeringsAllowAccess,
    needs: [],
    exports: NETWORKS,
    isEnough: hasPeerings,
    findsMissing: false,
  },
  "gateway-transit-allowed": {
    judges: ["peering that uses remote gateways", "peerings that use remote gateways"],
    judge: gatewayTransitAllowed,
    needs: [],
    exports: NETWORKS,
    isEnough: hasPeerings,
    findsMissing: false,
  },
  "no-endpoint-bypass": {
    judges: ["subnet with user routes to an appliance", "subnets with user routes to an appliance"],
    judge: noEndpointBypass,
    needs: ["routeTables"],
    exports: `${NETWORKS}, route-table list and nic list`,
    isEnough: hasRoutes,
    findsMissing: false,
  },
  "internet-outbound": {
    judges: ["subnet with routes to the Internet", "subnets with routes to the Internet"],
    judge: internetOutbound,
    needs: [...HOPS, "gateways", "virtualHubs", "hubVirtualNetworkConnections"],
    exports: OF_HOPS,
    isEnough: hasNics,
    findsMissing: true,
  },
  "route-tables-used": {
    judges: ["route table", "route tables"],
    judge: routeTablesUsed,
    needs: ["routeTables"],
    exports: `${NETWORKS} and route-table list`,
    isEnough: hasRoutes,
    findsMissing: false,
  },
};
