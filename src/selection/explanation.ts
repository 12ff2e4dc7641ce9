import type { ServiceTagMatch } from "../routes/annotation.ts";
import type { RuleId, RuleStatus } from "./rules.ts";

/** `forward`: the packet leaves by the winner; `drop`: the winner is a None route; `platform`: never asks the route table. */
export type Verdict = "forward" | "drop" | "platform" | "no-route";

/** What became of a covering row. Several rows are `won` when they are of equal cost. */
export type CandidateOutcome = "won" | "lost" | "inactive";

/** How sure the answer is: the status of the rule that decided. */
export type Certainty = RuleStatus;

/** The winning route; `nextHopIpAddress` holds every next hop of an equal-cost set. */
export interface Winner {
  readonly addressPrefix: string;
  readonly source: string;
  readonly name: string | null;
  readonly nextHopType: string;
  readonly nextHopIpAddress: readonly string[];
  readonly serviceTag: string | null;
  readonly serviceEndpoint: string | null;
}

/** A row that covers the destination, with the one rule that decided its fate and a sentence for it. */
export interface Candidate {
  readonly addressPrefix: string;
  readonly source: string;
  readonly state: string;
  readonly name: string | null;
  readonly nextHopType: string;
  readonly nextHopIpAddress: readonly string[];
  readonly serviceTag: string | null;
  readonly serviceEndpoint: string | null;
  readonly outcome: CandidateOutcome;
  readonly reason: RuleId;
  readonly text: string;
}

/** The rule that decided, with the sentence that applies it to this destination. */
export interface AppliedRule {
  readonly id: RuleId;
  readonly status: RuleStatus;
  readonly source: string;
  readonly text: string;
}

export interface Note {
  readonly id: NoteId;
  readonly text: string;
}

/** `contested`: both sides of a contested rule in one sentence; the others are ROUTE-SELECTION's "Reading the winner". */
export type NoteId =
  | "contested"
  | "drop-none"
  | "appliance-unreachable"
  | "bypasses-appliance"
  | "no-recursion"
  | "internet-to-azure"
  | "private-endpoint"
  | "equal-cost";

/** The whole answer for one destination: everything that any printer shows. Reads like a proof: winner, rule, losers, notes. */
export interface Explanation {
  readonly destination: string;
  /** The name that was resolved to the destination; null where an address was given. */
  readonly hostName: string | null;
  readonly verdict: Verdict;
  readonly winner: Winner | null;
  readonly rule: AppliedRule;
  readonly certainty: Certainty;
  /** Winners first, then the losers in the order in which they lost, then the inactive rows. */
  readonly candidates: readonly Candidate[];
  /** Every tag that holds the destination, most specific first; empty where no tag file was given. */
  readonly serviceTags: readonly ServiceTagMatch[];
  readonly notes: readonly Note[];
  /** What Azure's Network Watcher said of the same destination; null where it was not asked. */
  readonly networkWatcher: NetworkWatcherAnswer | null;
}

/** An explanation in brief: what a row of a table tells. */
export interface BriefAnswer {
  readonly destination: string;
  /** As in the explanation. */
  readonly hostName: string | null;
  readonly verdict: Verdict;
  readonly winner: Winner | null;
  readonly rule: RuleId;
  readonly certainty: Certainty;
  /** That of the winning endpoint route, else the most specific one that holds the destination. */
  readonly serviceTag: string | null;
}

/** Network Watcher's next hop beside ours, which settles a contested rule. */
export interface NetworkWatcherAnswer {
  /** In Network Watcher's words; null where it did not answer. */
  readonly nextHopType: string | null;
  readonly nextHopIpAddress: string | null;
  readonly routeTableId: string | null;
  /** Null where it did not answer. */
  readonly agrees: boolean | null;
  readonly text: string;
}

/** A destination that was refused, in its place among the explanations. */
export interface RefusedDestination {
  /** As it was given; of a long line the start. */
  readonly destination: string;
  /** The line of the input that it stands in, from 1; null where it came by itself. */
  readonly line: number | null;
  readonly error: { readonly code: string; readonly message: string; readonly hint: string };
}
