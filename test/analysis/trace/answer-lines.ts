import type { Hop, Trace } from "../../../src/analysis/trace/trace.ts";
import type { RuleCase } from "./rules-cases.ts";

/** What a trace answers, in lines: all but the sources of rules and the explanations of tables. */
export function answerLines({ disposition, certainty, text, notes, hops, ends }: Trace): readonly string[] {
  return [
    `${disposition} (${certainty}): ${text}`,
    ...notes.map(({ id, level, text }) => `${level} ${id}: ${text}`),
    ...hops.flatMap((hop) => [
      headOf(hop),
      ...detailsOf(hop),
      ...hop.rules.map(({ id, status, text }) => `  ${id} (${status}): ${text}`),
      ...hop.assumptions.map(({ id, text }) => `  assumed ${id}: ${text}`),
      ...hop.notes.map(({ id, level, text }) => `  ${level} ${id}: ${text}`),
      ...ends.filter((end) => end.hop === hop.index).map((end) => `  ends ${end.disposition}: ${end.text}`),
    ]),
  ];
}

function headOf({ index, kind, name, resourceId, address, network, certainty, disposition, next }: Hop): string {
  const place = `${resourceId ?? "no id"}, ${address ?? "no address"}, ${network ?? "no network"}`;
  const what = disposition === null ? certainty : `${certainty}, ${disposition}`;
  return `${index} ${kind} ${name} (${place}): ${what}${next.length === 0 ? "" : `, then ${next.join(" ")}`}`;
}

function detailsOf(hop: Hop): readonly string[] {
  if (hop.kind === "load-balancer") return [`  rules ${hop.loadBalancingRules.join(", ")}; ${hop.backends} backends`];
  const appliance = hop.kind === "nic" && hop.applianceId !== null ? [`  appliance ${hop.applianceId}`] : [];
  if (hop.winner === null) return appliance;
  if ("nextHopIpAddress" in hop.winner) {
    const { addressPrefix, nextHopType, nextHopIpAddress } = hop.winner;
    return [...appliance, `  route ${[addressPrefix, nextHopType, ...nextHopIpAddress].join(" ")}`];
  }
  const { addressPrefix, nextHopType, nextHops, origin, asPath, weight } = hop.winner;
  const path = `origin ${origin}, path ${asPath.join("-")}, weight ${weight}`;
  return [`  route ${addressPrefix} ${nextHopType ?? "without type"} to ${nextHops.join(" ")}, ${path}`];
}

/** The name of a case among the answers. */
export const caseName = ({ rule, name }: RuleCase) => `${rule}: ${name}`;
