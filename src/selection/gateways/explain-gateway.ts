import { type Address, formatAddress } from "../../net/address.ts";
import {
  foldedRoutes,
  hopText,
  isOwn,
  ownAddresses,
  type ReportedGatewayRoute,
  reportedRoute,
} from "../../routes/gateways/gateway-report.ts";
import type { GatewayRoute, GatewayTable, NextHopNames } from "../../routes/gateways/gateway-table.ts";
import type { GatewayDecision } from "./decision.ts";
import { decisionsOf } from "./instances.ts";
import { decisionNotes, type GatewayNote } from "./notes.ts";
import { type GatewayLossId, type GatewayRuleId, gatewayRuleOf } from "./rules.ts";

/** A row that covers the destination, with the rule that decided its outcome. */
interface GatewayCandidate extends ReportedGatewayRoute {
  readonly outcome: "won" | "lost";
  readonly reason: GatewayRuleId;
  /** The reason in a few words: `longest prefix`, `weight 32768 < 32769`. */
  readonly label: string;
}

/** Where a router sends the packets to one address. Instances that differ have an explanation each. */
export interface GatewayExplanation {
  readonly destination: string;
  /** The name that was resolved to the destination; null where an address was given. */
  readonly hostName: string | null;
  /** `forward`: to the next hops. `own-network`: a route of the router's own, so the packet stays in Azure. */
  readonly verdict: "forward" | "own-network" | "no-route";
  /** The answer in one line. */
  readonly text: string;
  readonly level: "fine" | "warning" | "problem";
  /** The instances that decide so; empty where the table does not say. */
  readonly instances: readonly string[];
  /** The next hops of the winners, each once. */
  readonly nextHops: readonly ReportedGatewayRoute["nextHops"][number][];
  readonly rule: {
    readonly id: GatewayRuleId;
    readonly status: "inferred" | "observed" | "documented" | "contested";
    readonly source: string;
    readonly text: string;
  };
  /** Microsoft describes no whole order for these tables. */
  readonly certainty: "inferred";
  /** Winners first, then the losers, the last to lose first. */
  readonly candidates: readonly GatewayCandidate[];
  readonly notes: readonly GatewayNote[];
}

/**
 * Where a router sends the packets to an address, by the rules of `rules.ts`: one explanation for all instances where
 * they agree, else one for each group. Linear in the rows.
 */
export function explainGateway(
  table: GatewayTable,
  address: Address,
  { hostName = null }: { readonly hostName?: string | null } = {},
): readonly GatewayExplanation[] {
  const own = ownAddresses(table);
  const groups = decisionsOf(table, address);
  return groups.map(({ instances, decisions }): GatewayExplanation => {
    const [decision] = decisions;
    const candidates = candidatesOf(decisions, own, table.names);
    const won = candidates.filter(({ outcome }) => outcome === "won");
    const nextHops = [...new Map(won.flatMap((row) => row.nextHops).map((hop) => [hop.text, hop])).values()];
    const verdict = verdictOf(decision);
    const notes = decisionNotes(table, decision);
    const { id, status, source, text } = gatewayRuleOf(decision.rule);
    const isDoubtful =
      groups.length > 1 || notes.some((note) => note.level === "problem" || note.id === "own-instance");
    return {
      destination: formatAddress(address),
      hostName,
      verdict,
      text: answerOf(verdict, won, nextHops),
      level: verdict === "no-route" ? "problem" : isDoubtful ? "warning" : "fine",
      instances,
      nextHops,
      rule: { id, status, source, text },
      certainty: "inferred",
      candidates,
      notes,
    };
  });
}

function verdictOf({ winners }: GatewayDecision): GatewayExplanation["verdict"] {
  const [winner] = winners;
  if (winner === undefined) return "no-route";
  return winners.every(isOwn) ? "own-network" : "forward";
}

/** The rows of all instances that agree, winners first. */
function candidatesOf(
  decisions: readonly GatewayDecision[],
  own: ReadonlySet<string>,
  names: NextHopNames | undefined,
): readonly GatewayCandidate[] {
  const judged = new Map<GatewayRoute, Pick<GatewayCandidate, "outcome" | "reason" | "label">>();
  for (const { rule, winners } of decisions) {
    for (const route of winners) judged.set(route, { outcome: "won", reason: rule, label: WON[rule] });
  }
  for (const { winners, losers } of decisions) {
    const [best] = winners;
    if (best === undefined) continue;
    for (const { route, reason } of losers) {
      judged.set(route, { outcome: "lost", reason, label: lostLabel(reason, route, best) });
    }
  }
  return foldedRoutes([...judged.keys()]).flatMap(({ route, instances, count }) => {
    const judgement = judged.get(route);
    return judgement === undefined ? [] : [{ ...reportedRoute(route, instances, count, own, names), ...judgement }];
  });
}

const WON: Readonly<Record<GatewayRuleId, string>> = {
  "gateway-longest-prefix": "longest prefix",
  "gateway-own-network": "the gateway's own",
  "gateway-weight": "highest weight",
  "gateway-local-preference": "highest local preference",
  "gateway-as-path": "shortest AS path",
  "gateway-origin": "learned more directly",
  "gateway-best-mark": "marked as the best",
  "gateway-equal": "equal",
  "gateway-no-route": "",
};

function lostLabel(reason: GatewayLossId, route: GatewayRoute, best: GatewayRoute): string {
  switch (reason) {
    case "gateway-longest-prefix":
      return `/${route.prefix.length} is shorter than /${best.prefix.length}`;
    case "gateway-own-network":
      return "after the gateway's own";
    case "gateway-weight":
      return `weight ${route.weight} < ${best.weight}`;
    case "gateway-local-preference":
      return `local preference ${route.localPreference} < ${best.localPreference}`;
    case "gateway-as-path":
      return `AS path of ${route.asPath?.length}, not ${best.asPath?.length}`;
    case "gateway-origin":
      return `${route.origin} comes after ${best.origin}`;
    case "gateway-best-mark":
      return "not marked as the best";
    default:
      return reason satisfies never;
  }
}

function answerOf(
  verdict: GatewayExplanation["verdict"],
  won: readonly GatewayCandidate[],
  nextHops: GatewayExplanation["nextHops"],
): string {
  const [first] = won;
  if (first === undefined) return "NO ROUTE: no row of this table covers it";
  if (verdict === "own-network") return `a network in Azure: the gateway's own route (${first.addressPrefix})`;
  const hops = nextHops.map(({ text, name }) => hopText(text, name));
  const type = first.nextHopType === null ? "" : `${first.nextHopType} `;
  const path = first.asPath === null || first.asPath.length === 0 ? "" : `, AS path ${first.asPath.join("-")}`;
  const from = `${first.addressPrefix}${first.origin === null || first.origin.startsWith("/") ? "" : `, ${first.origin}`}${path}`;
  const to = hops.length === 0 ? (type === "" ? "an unnamed next hop" : type.trimEnd()) : `${type}${hops.join(", ")}`;
  return `${to} by ${from}`;
}

/** The prefix of the winner; null without a route. */
export const winningPrefix = ({ candidates }: GatewayExplanation): string | null =>
  candidates[0]?.addressPrefix ?? null;
