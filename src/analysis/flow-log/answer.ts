import type { Certainty } from "../../selection/certainty.ts";
import type { Verdict } from "../../selection/decision.ts";
import type { BriefAnswer } from "../../selection/explanation.ts";
import type { RuleId } from "../../selection/rules.ts";
import type { FlowTuple } from "./record.ts";

/**
 * A flow and the route of its packets when they leave the network interface. Plain data, one record per tuple of the
 * log.
 */
export interface FlowAnswer extends Omit<FlowTuple, "address"> {
  /**
   * The address that was looked up: the destination of an outbound flow, the source of an inbound flow (see
   * `lookedUp`).
   */
  readonly destination: string;
  readonly verdict: Verdict;
  readonly rule: RuleId;
  readonly certainty: Certainty;
  /** The prefix, name and next hop of the winning route; null or empty if no route wins. */
  readonly addressPrefix: string | null;
  readonly name: string | null;
  readonly nextHopType: string | null;
  readonly nextHopIpAddress: readonly string[];
  /** The tag of the winning endpoint route, or else the most specific tag that contains the address. */
  readonly serviceTag: string | null;
}

/**
 * Combines a flow with the answer for its `address`. The route table must be that of the interface in `macAddress`.
 * Copies field by field, because an object rest pattern costs a hundred times as much and logs have millions of
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
