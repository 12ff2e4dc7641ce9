import { explain } from "../../../../selection/explain.ts";
import type { Explanation } from "../../../../selection/explanation.ts";
import { same } from "../../../../text/same.ts";
import { configuredTable } from "../../configured-routes.ts";
import { applied, type Branch } from "../branch.ts";
import { forwardBranches } from "../forward.ts";
import { routerOf, type Subject } from "./subject.ts";

/** How a gateway sends a packet into its own networks. */
interface Inside {
  readonly explanation: Explanation;
  readonly rule: ReturnType<typeof applied>;
  readonly branches: readonly Branch[];
  /** The length of the prefix that covers the destination inside. */
  readonly length: number;
}

/**
 * Returns the way into the gateway's network and its peerings, by the configuration of the GatewaySubnet; null where no
 * route of theirs covers the destination.
 */
export function insideOf(subject: Subject): Inside | null {
  const { data, question, gateway, network } = subject;
  if (network === null) return null;
  const subnet =
    data.index.subnets.get(gateway.subnetId) ?? network.subnets.find(({ name }) => same(name, "GatewaySubnet")) ?? null;
  const { annotated } = configuredTable(data, network, subnet, { ofGateway: true });
  const explanation = explain(annotated, question.to, data.tags);
  const { winner } = explanation;
  if (
    winner === null ||
    (winner.source === "Default" && (same(winner.nextHopType, "Internet") || same(winner.nextHopType, "None")))
  ) {
    return null;
  }
  const router = routerOf(subject, annotated.table.routes);
  const text =
    winner.source === "User"
      ? `the GatewaySubnet's route ${winner.name ?? winner.addressPrefix} decides`
      : `inside: ${winner.addressPrefix} ${winner.nextHopType} of the GatewaySubnet`;
  return {
    explanation,
    rule: applied("gateway-subnet", text),
    branches: forwardBranches(router, explanation),
    length: Number(winner.addressPrefix.split("/")[1]),
  };
}
