import type { ServiceTagMatch } from "../routes/annotation.ts";
import type { Certainty } from "./certainty.ts";
import type { Verdict } from "./decision.ts";
import type { Note } from "./notes/notes.ts";
import type { RuleId, RuleStatus } from "./rules.ts";

/** The outcome of a covering row. Several rows are `won` when they are of equal cost. */
export type CandidateOutcome = "won" | "lost" | "inactive";

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

/** A row that covers the destination, with the one rule that decided its outcome and a sentence for it. */
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
  /** The reason in a few words: `longest prefix`, `/0 is shorter than /28`. */
  readonly label: string;
  readonly text: string;
}

/** The rule that decided, with the sentence that applies it to this destination. */
export interface AppliedRule {
  readonly id: RuleId;
  /** For these rows: less sure than the rule's usual status where no text covers them. */
  readonly status: RuleStatus;
  readonly source: string;
  readonly text: string;
}

/** The diagnoses. Those of a problem have the id of the note about it. */
export const DIAGNOSIS_IDS = [
  "forwarded",
  "shared",
  "platform-address",
  "no-route",
  "no-ipv6",
  "drop-none",
  "appliance-unreachable",
  "private-to-internet",
  "unreachable-next-hop",
  "outbound-access",
] as const;

/** The answer in one line: where the packet goes, or why it does not arrive. */
export interface Diagnosis {
  readonly id: (typeof DIAGNOSIS_IDS)[number];
  /** `problem`: the packet does not arrive. `warning`: it may not, is never sent, or the answer is contested. */
  readonly level: "fine" | "warning" | "problem";
  /** The same for every route that leads there, without names and prefixes: `appliance 10.0.1.4`. */
  readonly brief: string;
  readonly text: string;
}

/** The verdict with its winner: a verdict to forward or to drop always has one, any other never. */
export type VerdictAndWinner =
  | { readonly verdict: "forward"; readonly winner: Winner }
  | { readonly verdict: "drop"; readonly winner: Winner }
  | { readonly verdict: "platform"; readonly winner: null }
  | { readonly verdict: "no-route"; readonly winner: null };

/**
 * The whole answer for one destination, in the order of a proof: winner, rule, losers, notes. Every printer shows a
 * part of it. Its `verdict` narrows its `winner`.
 */
export type Explanation = ExplanationFields & VerdictAndWinner;

interface ExplanationFields {
  readonly destination: string;
  /** The name that was resolved to the destination; null where an address was given. */
  readonly hostName: string | null;
  readonly diagnosis: Diagnosis;
  /** What to check next where the diagnosis is not fine, or where to ask on where a gateway wins; else null. */
  readonly next: string | null;
  readonly rule: AppliedRule;
  readonly certainty: Certainty;
  /** Winners first, then the losers in the order in which they lost, then the inactive rows. */
  readonly candidates: readonly Candidate[];
  /** Every tag that holds the destination, most specific first; empty where no tag file was given. */
  readonly serviceTags: readonly ServiceTagMatch[];
  readonly notes: readonly Note[];
  /** Network Watcher's answer for the same destination; null where it was not asked. */
  readonly networkWatcher: NetworkWatcherAnswer | null;
}

/** An explanation in brief, for one row of a table. */
export interface BriefAnswer {
  readonly destination: string;
  /** The same as the explanation's. */
  readonly hostName: string | null;
  readonly verdict: Verdict;
  readonly winner: Winner | null;
  readonly rule: RuleId;
  readonly certainty: Certainty;
  /** The winning endpoint route's tag, else the most specific tag that holds the destination. */
  readonly serviceTag: string | null;
}

/** Network Watcher's next hop compared with the winner's, which settles a contested rule. */
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
  /** The given text; of a long line only the start. */
  readonly destination: string;
  /** Its line in the input, from 1; null for a destination that was not read from lines. */
  readonly line: number | null;
  readonly error: { readonly code: string; readonly message: string; readonly hint: string };
}
