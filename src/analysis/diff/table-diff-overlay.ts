import type { AddressRange } from "../../net/address-ranges.ts";
import type { Family } from "../../net/read-address.ts";
import type { Decision } from "../../selection/decision.ts";
import type { ForwardingTable } from "../bulk/forwarding-table.ts";

/** Consecutive addresses for which each of two tables makes one decision. */
export interface OverlaidPiece extends AddressRange {
  readonly before: Decision;
  readonly after: Decision;
}

/** The pieces of two tables laid over one another: every address of the family in one and only one, in order. Cost: linear in both. */
export function* overlay(before: ForwardingTable, after: ForwardingTable, family: Family): Generator<OverlaidPiece> {
  const left = before.pieces(family);
  const right = after.pieces(family);
  let a = left.next();
  let b = right.next();
  let first = 0n;
  while (a.done !== true && b.done !== true) {
    let { last } = a.value;
    if (last > b.value.last) last = b.value.last;
    yield { family, first, last, before: a.value.decision, after: b.value.decision };
    first = last + 1n;
    if (a.value.last === last) a = left.next();
    if (b.value.last < first) b = right.next();
  }
}
