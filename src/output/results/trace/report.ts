import type { RoundTrip } from "../../../analysis/trace/round-trip.ts";
import type { StatefulHop } from "../../../analysis/trace/symmetry.ts";
import type { Hop, Trace, TraceNote } from "../../../analysis/trace/trace.ts";
import type { NetworkWatcherAnswer } from "../../../selection/explanation.ts";

/** The output of `trace -o json`. */
export interface TraceReport {
  readonly schemaVersion: "1.0";
  readonly trace: Trace;
  /** The trace of the reply; null if it was not requested or cannot be traced. */
  readonly return: Trace | null;
  /** Why a requested reply is not traced. */
  readonly returnReason: string | null;
  /** Whether both directions pass the same stateful hops; null if that is unknown. */
  readonly symmetric: boolean | null;
  /** Null without a traced reply. */
  readonly symmetry: TraceSymmetry | null;
  /** Network Watcher's answers; null if it was not asked. */
  readonly verification: TraceVerification | null;
  readonly snapshot: TraceSource;
}

/** Network Watcher's answers about a trace. */
export interface TraceVerification {
  /** Its next hop for each NIC on the path. */
  readonly nextHops: readonly VerifiedHop[];
  /** The result of sending packets from the start. */
  readonly connection: VerifiedConnection;
}

interface VerifiedHop {
  readonly direction: "there" | "back";
  /** The hop's index. */
  readonly hop: number;
  readonly name: string;
  readonly networkWatcher: NetworkWatcherAnswer;
}

interface VerifiedConnection {
  /** `Reachable`, `Unreachable` …, in Network Watcher's words; null if it did not answer. */
  readonly status: string | null;
  readonly hops: readonly {
    readonly type: string | null;
    readonly address: string | null;
    readonly name: string | null;
    readonly issues: readonly string[];
  }[];
  /** Null if it did not answer, or if the trace does not know the disposition of the packet. */
  readonly agrees: boolean | null;
  readonly text: string;
}

interface TraceSymmetry {
  readonly text: string;
  /** The stateful hops of each way, there and back. */
  readonly there: readonly (readonly StatefulHop[])[];
  readonly back: readonly (readonly StatefulHop[])[];
  readonly notes: readonly TraceNote[];
}

/** The source of a trace. */
export interface TraceSource {
  readonly name: string;
  /** ISO 8601, the time of the oldest table; null if the source does not say. */
  readonly takenAt: string | null;
  /** False if something that could have answered did not. */
  readonly complete: boolean;
  /** Whether networks and peerings were read, and not only tables. */
  readonly inventory: boolean;
}

/** Options for the text of a trace. */
export interface TraceView {
  /** Show every rule with its source. */
  readonly verbose: boolean;
}

/** Returns the report of a packet and its reply. */
export function traceReport(
  { trace, return: back, returnReason, symmetry }: RoundTrip,
  snapshot: TraceSource,
  verification: TraceVerification | null,
): TraceReport {
  return {
    schemaVersion: "1.0",
    trace,
    return: back,
    returnReason,
    symmetric: symmetry?.symmetric ?? null,
    symmetry:
      symmetry === null
        ? null
        : { text: symmetry.text, there: symmetry.there, back: symmetry.back, notes: symmetry.notes },
    verification,
    snapshot,
  };
}

/** The traces of a report with their directions. */
export function tracesOf({ trace, return: back }: TraceReport) {
  return [
    { direction: "there", trace } as const,
    ...(back === null ? [] : [{ direction: "back", trace: back } as const]),
  ];
}

/** The next hops of a hop's route, of a NIC's table or of a gateway's. */
export function nextHopsOf({ winner }: Hop): readonly string[] {
  if (winner === null) return [];
  return "nextHops" in winner ? winner.nextHops : winner.nextHopIpAddress;
}
