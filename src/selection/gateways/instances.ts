import type { Address } from "../../net/address.ts";
import { routeKey } from "../../routes/gateways/gateway-report.ts";
import type { GatewayTable } from "../../routes/gateways/gateway-table.ts";
import { decideGateway, type GatewayDecision } from "./decision.ts";

/** The instances of a router that decide alike, and the decision of each. */
export interface InstanceDecision {
  /** Empty where the table does not say which instance has a row. */
  readonly instances: readonly string[];
  /** At least one; all have winners that say the same. */
  readonly decisions: readonly [GatewayDecision, ...GatewayDecision[]];
}

/**
 * The decisions of a router's instances for an address, grouped by the winners that they agree on. Linear in the rows.
 */
export function decisionsOf(
  table: Pick<GatewayTable, "instances" | "routes">,
  address: Address,
): readonly InstanceDecision[] {
  const { instances } = table;
  if (instances.length === 0) return [{ instances, decisions: [decideGateway(table.routes, address)] }];
  const groups = new Map<string, { instances: string[]; decisions: [GatewayDecision, ...GatewayDecision[]] }>();
  for (const instance of instances) {
    const own = table.routes.filter((route) => route.instance === instance || route.instance === null);
    const decision = decideGateway(own, address);
    const key = decision.winners.map(routeKey).sort().join("\n");
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, { instances: [instance], decisions: [decision] });
    } else {
      group.instances.push(instance);
      group.decisions.push(decision);
    }
  }
  return [...groups.values()];
}
