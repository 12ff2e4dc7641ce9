import type { BriefAnswer, Certainty, Verdict } from "../../selection/explanation.ts";
import type { RuleId } from "../../selection/rules.ts";
import type { FlowTuple } from "./record.ts";

/**
 * A flow with the route that its packets leave the network interface by: plain data, one record for each tuple of the
 * log.
 */
export interface FlowAnswer extends Omit<FlowTuple, "address"> {
  /**
   * The address that was looked up: the flow's destination, or of an inbound flow its source (`lookedUp` says which).
   */
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

/**
 * The flow's answer, given the answer for its `address`. The table must be that of the interface in `macAddress`.
 * Field by field, because copying the rest of an object costs a hundred times as much, and logs have millions of
 * tuples.
 */
export function flowAnswer(tuple: FlowTuple, answer: BriefAnswer): FlowAnswer {
  const { destination, verdict, winner, rule, certainty, serviceTag } = answer;
  return {
    record: tuple.record,
    tuple: tuple.tuple,
    format: tuple.format,
    time: tuple.time,
    sourceAddress: tuple.sourceAddress,
    destinationAddress: tuple.destinationAddress,
    sourcePort: tuple.sourcePort,
    destinationPort: tuple.destinationPort,
    protocol: tuple.protocol,
    direction: tuple.direction,
    decision: tuple.decision,
    state: tuple.state,
    encryption: tuple.encryption,
    packetsToDestination: tuple.packetsToDestination,
    bytesToDestination: tuple.bytesToDestination,
    packetsToSource: tuple.packetsToSource,
    bytesToSource: tuple.bytesToSource,
    lookedUp: tuple.lookedUp,
    macAddress: tuple.macAddress,
    securityRule: tuple.securityRule,
    resourceId: tuple.resourceId,
    destination,
    verdict,
    rule,
    certainty,
    addressPrefix: winner?.addressPrefix ?? null,
    name: winner?.name ?? null,
    nextHopType: winner?.nextHopType ?? null,
    nextHopIpAddress: winner?.nextHopIpAddress ?? [],
    serviceTag,
  };
}
