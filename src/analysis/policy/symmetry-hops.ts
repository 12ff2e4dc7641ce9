import type { AddressRange } from "../../net/address-ranges.ts";
import type { Family } from "../../net/read-address.ts";
import type { Decision } from "../../selection/decision.ts";
import { same } from "../../text/same.ts";
import { groupPieces } from "../destinations/outcome.ts";
import { piecesWithin } from "../destinations/pieces.ts";
import { forwardingOf } from "../diff/forwarding.ts";
import type { PolicySubject } from "./result.ts";

/** The next hop of a packet, as far as it matters to a stateful device on the path. */
interface NextHop {
  /** Equal for equal next hops. */
  readonly key: string;
  /** The text for people. */
  readonly text: string;
  /** Whether several equal-cost next hops share the packets. */
  readonly shared: boolean;
}

/** Addresses of one family that a table sends to one next hop. */
export interface Hop extends NextHop {
  readonly family: Family;
  readonly ranges: readonly AddressRange[];
}

/** Returns the next hops of the subject's table for the addresses, most addresses first. */
export function hopsTo(ranges: readonly AddressRange[], subject: PolicySubject): Hop[] {
  const known = new Map<Decision, NextHop>();
  const hopOf = (decision: Decision) => {
    const hop = known.get(decision) ?? nextHopOf(decision, subject);
    known.set(decision, hop);
    return hop;
  };
  const groups = groupPieces(
    piecesWithin(subject.table, ranges),
    ({ decision, family }) => `${family} ${hopOf(decision).key}`,
  );
  return [...groups.values()].flatMap(({ decisions: [decision], ranges: own }): Hop[] => {
    const family = own[0]?.family;
    return decision === undefined || family === undefined ? [] : [{ ...hopOf(decision), family, ranges: own }];
  });
}

const DIRECT = ["VnetLocal", "VNetPeering", "VNetGlobalPeering", "ConnectedGroup"];

/**
 * Virtual network, peering and connected group routes count as one direct next hop. Dropped packets have no next hop.
 */
function nextHopOf(decision: Decision, { annotated }: PolicySubject): NextHop {
  const { verdict, nextHops } = forwardingOf(decision, annotated, false);
  if (verdict === "drop" || verdict === "no-route") return { key: "none", text: "no next hop", shared: false };
  if (verdict === "platform") return { key: "platform", text: "the platform", shared: false };
  const texts = nextHops.map(({ nextHopType, nextHopIpAddress }) =>
    DIRECT.some((type) => same(type, nextHopType))
      ? "directly"
      : [nextHopType, nextHopIpAddress ?? ""].join(" ").trim(),
  );
  const distinct = [...new Set(texts)].sort();
  const text = distinct.join(" and ");
  return { key: text.toLowerCase(), text, shared: distinct.length > 1 };
}
