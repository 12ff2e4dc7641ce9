import { idKey } from "../../../topology/resource-id.ts";
import type { InventoryFacts } from "./facts.ts";
import type { Judgement } from "./finding.ts";

/** Every route table is associated with a subnet, by either side's word. */
export function routeTablesUsed({ topology }: InventoryFacts): Judgement {
  const used = new Set(
    topology.networks.flatMap(({ subnets }) =>
      subnets.flatMap(({ routeTableId }) => (routeTableId === null ? [] : [idKey(routeTableId)])),
    ),
  );
  const unused = topology.routeTables.filter(({ id, subnetIds }) => subnetIds.length === 0 && !used.has(idKey(id)));
  return {
    resources: topology.routeTables.length,
    findings: unused.map(({ id, name, routes }) => ({
      status: "violated",
      resourceId: id,
      resource: `route table ${name}`,
      text: `no subnet has it: its ${routes.length === 1 ? "route has" : `${routes.length} routes have`} no effect`,
      remedy: "associate it with the subnet that it was made for, or delete it",
    })),
  };
}
