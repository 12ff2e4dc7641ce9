import { formatAddress } from "../../../../net/address.ts";
import type { GatewayRoute } from "../../../../routes/gateways/gateway-table.ts";
import { bestLearned, isOwnRoute, learnedWinner } from "../../learned-routes.ts";
import type { Place } from "../../places.ts";
import type { TraceData, TraceQuestion } from "../../question.ts";
import { applied, assume, endsWith, noted, type Step, stepOf } from "../branch.ts";
import { shortList } from "../to-gateway.ts";
import { withoutTable } from "./connections.ts";
import { insideOf } from "./inside.ts";
import { learnedBranches, routeText, tunnelOf } from "./learned.ts";

type GatewayPlace = Extract<Place, { kind: "gateway" }>;

/** What happens at a gateway: its own networks first, then the routes that it has learned. */
export function gatewayStep(
  data: TraceData,
  question: TraceQuestion,
  { gateway, address }: GatewayPlace,
  missing: (gatewayId: string) => void,
): Step {
  const network = data.index.networkOfGateway(gateway);
  const subject = { data, question, gateway, network };
  const learned = data.tables.ofGateway(gateway.id);
  const best = learned === null ? [] : bestLearned(learned.routes, question.to);
  const hop = {
    kind: "gateway",
    resourceId: gateway.id,
    name: gateway.name,
    address,
    network: network?.name ?? null,
    winner: learnedWinner(best),
  } as const;
  const inside = insideOf(subject);
  const isOwn = best.some(isOwnRoute);
  if (inside !== null && (isOwn || !best.some((route) => isLonger(route, inside.length)))) {
    return stepOf({ ...hop, explanation: inside.explanation, notes: [] }, [inside.rule], inside.branches);
  }
  const decided = { ...hop, explanation: null };
  if (learned === null) {
    missing(gateway.id);
    return stepOf({ ...decided, notes: [] }, [], withoutTable(subject));
  }
  if (best.length === 0) {
    const text = `${gateway.name} has learned no route to ${formatAddress(question.to)}, and its network has none`;
    return stepOf(
      { ...decided, notes: [] },
      [],
      [endsWith([applied("gateway-route", text, "contested")], "no-route", text)],
    );
  }
  if (isOwn) return stepOf({ ...decided, notes: [] }, [], tunnelOf(subject, best));
  const branches = learnedBranches(subject, best);
  const notes =
    branches.length > 1 ? [noted("equal-cost", "remark", `${branches.length} equal-cost next hops (ECMP)`)] : [];
  const hops = learnedWinner(best)?.nextHops ?? [];
  const rule = applied("gateway-route", `${routeText(best)} to ${hops.length === 0 ? "its peer" : shortList(hops)}`);
  const isRecursive = branches.some(({ rules }) => rules.some(({ id }) => id === "gateway-recursion"));
  return stepOf({ ...decided, notes }, isRecursive ? [] : [rule], branches);
}

const isLonger = ({ prefix }: GatewayRoute, length: number) => prefix.length > length;

/** A gateway that was not read: only its next hops are known. */
export function unnamedGatewayStep({ nextHops, edge }: Extract<Place, { kind: "unnamed-gateway" }>): Step {
  const shown = shortList(nextHops);
  const hop = {
    kind: "gateway",
    resourceId: null,
    name: edge ? "an ExpressRoute gateway" : "a gateway",
    address: nextHops[0] ?? null,
    network: null,
    explanation: null,
    winner: null,
    notes: [],
  } as const;
  if (edge) {
    const [are, what] =
      nextHops.length > 1
        ? ["are", `next hops ${shown} are Microsoft edge addresses`]
        : ["is", `next hop ${shown} is a Microsoft edge address`];
    const text = `leaves by ExpressRoute: ${what}`;
    const outside = `${shown} ${are} outside every network of the table, like Microsoft's edge routers`;
    const circuit = assume("circuit", outside);
    return stepOf(
      hop,
      [applied("gateway", text)],
      [endsWith([applied("leaves-azure", text)], "leaves-azure", text, [circuit])],
    );
  }
  const hops = shown === "" ? "" : ` with next ${nextHops.length > 1 ? "hops" : "hop"} ${shown}`;
  const text = `the gateway${hops} and its routes were not read`;
  return stepOf(hop, [], [endsWith([applied("no-table", text)], "unknown", text)]);
}
