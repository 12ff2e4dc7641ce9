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
      text:
        routes.length === 0
          ? "not associated with any subnet, and without routes"
          : `not associated with any subnet: ${routesText(routes.length)}`,
      remedy: "associate it with the subnet that it was created for, or delete it",
    })),
  };
}

const routesText = (count: number) => (count === 1 ? "its route has no effect" : `its ${count} routes have no effect`);
