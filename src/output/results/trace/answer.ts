import type { AppliedTraceRule, Disposition, Hop, Trace } from "../../../analysis/trace/trace.ts";
import { nextHopWords } from "../../../routes/next-hop-words.ts";
import type { Diagnosis } from "../../../selection/explanation.ts";
import { plainText } from "../../../terminal/plain-text.ts";
import { shownTime } from "../provenance.ts";
import { nextHopsOf, type TraceReport, type TraceSource } from "./report.ts";

/** The colour and mark of each kind of answer. */
export const LEVELS = {
  delivered: "fine",
  "leaves-azure": "fine",
  dropped: "problem",
  "no-route": "problem",
  loop: "problem",
  refused: "problem",
  unknown: "warning",
  depends: "warning",
} as const satisfies Record<Disposition, Diagnosis["level"]>;

/** The word in front of a text that does not state the disposition itself. */
const LEADS = {
  delivered: "",
  "leaves-azure": "",
  dropped: "DROPPED: ",
  "no-route": "NO ROUTE: ",
  loop: "LOOP: ",
  refused: "REFUSED: ",
  unknown: "unknown: ",
  depends: "depends: ",
} as const satisfies Record<Disposition, string>;

/** Returns the answer of a trace in one sentence, with its certainty. */
export function answerOf({ disposition, text, certainty }: Trace): string {
  const lead = LEADS[disposition];
  const answer = /^(DROPPED|NOT DELIVERED|NOT SENT): /.test(text) ? text : lead + text;
  // The text of an unknown end already says that it is unknown.
  const sure = certainty === "documented" || certainty === "unknown" ? "" : ` (${certainty})`;
  return plainText(answer + sure);
}

/** Returns the question of a trace: `10.1.0.5 → 10.2.0.4 tcp 443`. */
export function askedOf({ from, to, protocol, port }: Trace): string {
  const service = port === null ? (protocol ?? "") : `${protocol ?? "port"} ${port}`;
  return plainText(`${from.address ?? from.name} → ${to}${service === "" ? "" : ` ${service}`}`);
}

/** The route in a few words: prefix, next hop type, name or AS path, and the number of equal-cost next hops. */
export function routeOf(hop: Hop, shorter: boolean): string {
  const { winner } = hop;
  if (hop.kind === "load-balancer") return hop.loadBalancingRules.join(", ");
  if (winner === null) return "";
  const count = nextHopsOf(hop).length;
  const ecmp = count > 1 ? `ECMP ${count}` : null;
  if ("nextHops" in winner) {
    const path = winner.asPath.length === 0 ? null : `AS ${winner.asPath.join(" ")}`;
    const origin = winner.origin !== null && !winner.origin.includes("/") ? winner.origin : winner.nextHopType;
    return [winner.addressPrefix, origin, shorter ? null : path, ecmp].filter((part) => part !== null).join(" ");
  }
  const type = nextHopWords(winner.nextHopType).shortest ?? winner.nextHopType;
  return [winner.addressPrefix, type, shorter ? null : winner.name, ecmp].filter((part) => part !== null).join(" ");
}

/** Returns the rule to show for a hop. At an appliance, forwarding is always assumed, so the next rule says more. */
export function decisiveRule({ rule, rules: [, second] }: Hop): AppliedTraceRule {
  return (rule.id === "appliance-inside" ? second : undefined) ?? rule;
}

/** Returns the source of a trace, and whether parts of it are missing. */
export function traceSourceText({ name, takenAt, complete, inventory }: TraceSource): string {
  const parts = [
    name,
    ...(takenAt === null ? [] : [`taken ${shownTime(takenAt)}`]),
    ...(complete ? [] : ["incomplete"]),
    ...(inventory ? [] : ["route tables only: no networks, peerings and IP forwarding"]),
  ];
  return parts.join(", ");
}

/** Returns Network Watcher's answers for each hop and for the whole path; empty if it was not asked. */
export function verifiedTexts({ verification }: TraceReport): readonly { text: string; agrees: boolean | null }[] {
  if (verification === null) return [];
  const { nextHops, connection } = verification;
  return [
    ...nextHops.map(({ direction, hop, name, networkWatcher: { text, agrees } }) => ({
      text: `${direction === "back" ? "reply, " : ""}hop ${hop} ${name}: ${text}`,
      agrees,
    })),
    { text: connection.text, agrees: connection.agrees },
  ];
}
