import { formatAddress } from "../net/address.ts";
import type { Certainty, Explanation, Verdict } from "../selection/explanation.ts";
import type { RuleId } from "../selection/rules.ts";
import type { FlowTuple } from "./flow-log-record.ts";

/** A flow with the route that its packets leave the network interface by: plain data, one record for each tuple of the log. */
export interface FlowAnswer extends Omit<FlowTuple, "address"> {
  /** The address that was looked up: the flow's destination, or of an inbound flow its source (`lookedUp` says which). */
  readonly destination: string;
  readonly verdict: Verdict;
  readonly rule: RuleId;
  readonly certainty: Certainty;
  /** The winning route's prefix, name and next hop; null or empty where no route wins. */
  readonly addressPrefix: string | null;
  readonly name: string | null;
  readonly nextHopType: string | null;
  readonly nextHopIpAddress: readonly string[];
  /** The tag of the winning endpoint route, else the most specific tag that holds the address. */
  readonly serviceTag: string | null;
}

/** The flow's answer, given the explanation of its `address`. The table must be that of the interface in `macAddress`. */
export function flowAnswer(tuple: FlowTuple, explanation: Explanation): FlowAnswer {
  const { address, ...flow } = tuple;
  const { verdict, winner, rule, certainty, serviceTags } = explanation;
  return {
    ...flow,
    destination: formatAddress(address),
    verdict,
    rule: rule.id,
    certainty,
    addressPrefix: winner?.addressPrefix ?? null,
    name: winner?.name ?? null,
    nextHopType: winner?.nextHopType ?? null,
    nextHopIpAddress: winner?.nextHopIpAddress ?? [],
    serviceTag: winner?.serviceTag ?? serviceTags[0]?.name ?? null,
  };
}
