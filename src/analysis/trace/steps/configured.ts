import { type Address, formatAddress } from "../../../net/address.ts";
import { explain } from "../../../selection/explain.ts";
import { same } from "../../../text/same.ts";
import type { Network, Subnet } from "../../../topology/topology.ts";
import { configuredTable } from "../configured-routes.ts";
import type { Place } from "../places.ts";
import type { TraceData, TraceQuestion } from "../question.ts";
import { applied, assume, endsWith, type Step, stepOf } from "./branch.ts";
import { forwardBranches } from "./forward.ts";
import { hubFirewallBranches } from "./hub.ts";
import { explanationNotes } from "./nic.ts";
import type { Router } from "./router.ts";

type ConfiguredPlace = Extract<Place, { kind: "firewall" | "managed-appliance" }>;

const FILTERS = assume("firewall-filters", "it lets the packet pass: its rules were not read");

/** What happens at an Azure Firewall or an appliance that Azure runs: neither has effective routes to read. */
export function configuredStep(
  data: TraceData,
  question: TraceQuestion,
  place: ConfiguredPlace,
  missing: (gatewayId: string) => void,
): Step {
  const { kind } = place;
  const { id, name, subnetId, addresses } = place.kind === "firewall" ? place.firewall : place.appliance;
  const subnet = data.index.subnets.get(subnetId);
  const network = data.index.networkOfSubnet(subnetId);
  const hubId = place.kind === "firewall" ? place.firewall.hubId : null;
  const decides = hubId === null ? "its subnet's configuration decides" : "the hub's connections and circuits decide";
  const rule = applied(kind, `${name} has no effective routes; ${decides}`);
  const base = {
    kind,
    resourceId: id,
    name,
    address: place.address ?? (addresses[0] === undefined ? null : formatAddress(addresses[0])),
    network: network?.name ?? null,
    explanation: null,
    winner: null,
    notes: [],
  } as const;
  if (hubId !== null) {
    const inHub = { ...base, network: data.index.hubs.get(hubId)?.name ?? null };
    return stepOf(inHub, [rule], hubFirewallBranches(data, question, hubId), [FILTERS]);
  }
  if (network === null) {
    const text = `the subnet of ${name} was not read`;
    return stepOf(base, [rule], [endsWith([applied("no-table", text)], "unknown", text)], [FILTERS]);
  }
  return routed({ data, question, network, subnet, name, addresses }, base, rule, missing);
}

interface Configured {
  readonly data: TraceData;
  readonly question: TraceQuestion;
  readonly network: Network;
  readonly subnet: Subnet | null;
  readonly name: string;
  readonly addresses: readonly Address[];
}

function routed(
  { data, question, network, subnet, name, addresses }: Configured,
  base: Extract<Step["hop"], { kind: "firewall" | "managed-appliance" }>,
  rule: ReturnType<typeof applied>,
  missing: (gatewayId: string) => void,
): Step {
  const { annotated, unknownGateways } = configuredTable(data, network, subnet);
  const explanation = explain(annotated, question.to, data.tags);
  const router: Router = {
    data,
    question,
    name,
    network,
    routes: annotated.table.routes,
    nic: null,
    addresses,
    source: question.from.address,
    forwarded: true,
  };
  const hop = { ...base, explanation, winner: explanation.winner, notes: explanationNotes(explanation) };
  const isSystemDefault = explanation.winner === null || ["Internet", "None"].some(isNextHop(explanation.winner));
  if (unknownGateways.length > 0 && isSystemDefault && explanation.winner?.source !== "User") {
    for (const { id } of unknownGateways) missing(id);
    const names = unknownGateways.map((each) => each.name).join(" and ");
    const text = `the learned routes of ${names} are missing, and may cover it`;
    return stepOf(hop, [rule], [endsWith([applied("no-table", text)], "unknown", text)], [FILTERS]);
  }
  return stepOf(hop, [rule], forwardBranches(router, explanation), [FILTERS]);
}

const isNextHop =
  ({ nextHopType }: { readonly nextHopType: string }) =>
  (type: string) =>
    same(nextHopType, type);
