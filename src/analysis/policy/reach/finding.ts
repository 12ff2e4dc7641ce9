import type { AddressGroup } from "../../destinations/address-counts.ts";
import type { Disposition } from "../../trace/trace.ts";

/** Addresses that do not meet a reach rule from one subnet, or perhaps not: the walk does not say. */
export interface ReachFinding extends AddressGroup {
  /** `unknown`: the snapshot does not say where the packet ends, or what it passes. */
  readonly status: "violated" | "unknown";
  /** The disposition of a packet to `example`. */
  readonly disposition: Disposition;
  /** The same in one sentence. */
  readonly text: string;
  /** The names of the hops of that packet, in the order in which the trace comes to them. */
  readonly hops: readonly string[];
  /** A line for each part of the rule that is not met, or not known. */
  readonly mismatches: readonly string[];
}

/** What a reach rule was judged on. */
export interface ReachResult {
  /** How many classes of addresses were walked: within one, every router decides alike. */
  readonly classes: number;
  /** Violated ones first, then largest first. Each address is in at most one. */
  readonly findings: readonly ReachFinding[];
}
