import type { Explanation, Winner } from "../../selection/explanation.ts";
import type { TraceRuleId, TraceStatus } from "./rules.ts";

/**
 * The fate of a packet. `refused`: a load balancer has no rule or no backend for it. `no-route`: no
 * route of a table covers it. `unknown`: what would decide it is missing. `depends`: branches end differently.
 */
export type Disposition =
  | "delivered"
  | "leaves-azure"
  | "dropped"
  | "no-route"
  | "loop"
  | "refused"
  | "unknown"
  | "depends";

/** A rule of the trace as it applies to one hop. */
export interface AppliedTraceRule {
  readonly id: TraceRuleId;
  readonly status: TraceStatus;
  readonly source: string;
  /** The rule, applied to this hop. */
  readonly text: string;
}

/** What a trace takes for granted, because nothing that was read says it. */
export interface Assumption {
  readonly id: AssumptionId;
  readonly text: string;
}

export type AssumptionId =
  | "appliance-forwards"
  | "appliance-nic"
  | "ip-forwarding"
  | "not-encapsulated"
  | "load-balancer-rules"
  | "load-balancer-probes"
  | "firewall-filters"
  | "peering-flags"
  | "host-exists"
  | "address-map"
  | "gateway-by-peering"
  | "gateway-connection"
  | "gateway-propagation"
  | "circuit"
  | "hub-router";

/** A remark about a hop that does not change the path. */
export interface TraceNote {
  readonly id: TraceNoteId;
  readonly level: "problem" | "remark";
  readonly text: string;
}

type TraceNoteId =
  | "contested"
  | "outbound-access"
  | "not-running"
  | "stand-in"
  | "equal-cost"
  | "bounded"
  | "several-nics"
  | "asymmetric"
  | "lb-symmetry"
  | "not-arriving";

/** Where a branch ends. */
export interface TraceEnd {
  /** The hop at which it ends. */
  readonly hop: number;
  readonly disposition: Exclude<Disposition, "depends">;
  readonly text: string;
}

/** The route that won in the table of a gateway, a hub or a circuit. */
export interface LearnedWinner {
  readonly addressPrefix: string;
  readonly nextHopType: string | null;
  /** Every next hop of routes that are equally good. */
  readonly nextHops: readonly string[];
  readonly origin: string | null;
  readonly asPath: readonly number[];
  readonly weight: number | null;
}

interface HopFields {
  /** From 1, in the order in which the trace comes to them. */
  readonly index: number;
  /** The resource id, or the name of a table that was read without an inventory; null where nothing names it. */
  readonly resourceId: string | null;
  readonly name: string;
  /** The address by which the hop before found it; null where it has none. */
  readonly address: string | null;
  /** The name of its virtual network or virtual hub; null where unknown. */
  readonly network: string | null;
  /** The rule that matters most at this hop: it says how the next one is found, or why there is none. */
  readonly rule: AppliedTraceRule;
  /** Every rule that took part. */
  readonly rules: readonly AppliedTraceRule[];
  /** The least sure of its rules, its route and its assumptions. */
  readonly certainty: TraceStatus;
  /** The hops that follow, by their index. An index that is not greater than this hop's own closes a loop. */
  readonly next: readonly number[];
  /** The disposition of the packet here; null if it only continues. */
  readonly disposition: Disposition | null;
  readonly assumptions: readonly Assumption[];
  readonly notes: readonly TraceNote[];
}

/**
 * One step of a packet: a router with its decision, or the host that it reaches. `nic`, `firewall` and
 * `managed-appliance` have the explanation of a route table; that of a firewall or a managed appliance is built from
 * its subnet's configuration.
 */
export type Hop = HopFields &
  (
    | {
        readonly kind: "nic";
        /** Null where the table is missing. */
        readonly explanation: Explanation | null;
        readonly winner: Winner | null;
        /** The virtual machine, or else the NIC, that forwards as an appliance; null where the packet starts. */
        readonly applianceId: string | null;
      }
    | {
        readonly kind: "firewall" | "managed-appliance";
        readonly explanation: Explanation | null;
        readonly winner: Winner | null;
      }
    | {
        readonly kind: "gateway" | "hub";
        readonly explanation: Explanation | null;
        /** Null where the table is missing, or covers nothing. */
        readonly winner: LearnedWinner | null;
      }
    | {
        readonly kind: "load-balancer";
        readonly explanation: null;
        readonly winner: null;
        /** The rules of the load balancer that fit: `HA ports`, `Tcp 443`. */
        readonly loadBalancingRules: readonly string[];
        readonly backends: number;
      }
    | { readonly kind: "host"; readonly explanation: null; readonly winner: null }
  );

/** Where a packet starts. */
export interface TraceEndpoint {
  /** Null where only a NIC, a subnet or a gateway is known. */
  readonly address: string | null;
  readonly resourceId: string | null;
  /** Its name, for people. */
  readonly name: string;
}

/** The path of a packet, with its branches. */
export interface Trace {
  readonly from: TraceEndpoint;
  readonly to: string;
  readonly protocol: Protocol | null;
  readonly port: number | null;
  readonly disposition: Disposition;
  /** The least sure step. */
  readonly certainty: TraceStatus;
  /** The answer in one sentence. */
  readonly text: string;
  readonly hops: readonly Hop[];
  readonly ends: readonly TraceEnd[];
  readonly notes: readonly TraceNote[];
}

export type Protocol = "tcp" | "udp" | "icmp";
