import { bypassesAppliance, defaultToAppliance, returnPath } from "./appliances.ts";
import { contested } from "./contested.ts";
import { dropNone, privateToInternet, unreachableAppliances, unreachableNextHop } from "./drops.ts";
import { endpointEffects, privateEndpoint } from "./endpoints.ts";
import { equalCost, internetToAzure, noRecursion, outboundAccess } from "./next-hops.ts";
import type { NoteSubject } from "./note-subject.ts";

/** Each note in a few words, in the order in which a set of addresses lists them: see docs/route-selection.md. */
export const NOTE_LABELS = {
  "drop-none": "dropped",
  "appliance-unreachable": "unreachable appliance",
  "private-to-internet": "private address to Internet",
  "unreachable-next-hop": "unreachable next hop",
  "bypasses-appliance": "bypasses an appliance",
  contested: "contested",
  "private-endpoint": "private endpoint",
  "equal-cost": "equal cost",
  "return-path": "return path",
  "outbound-access": "outbound access",
  "endpoint-effects": "source address at the service",
  "default-to-appliance": "default route to an appliance",
  "no-recursion": "next hop not looked up again",
  "internet-to-azure": "Microsoft's backbone",
} as const;

export type NoteId = keyof typeof NOTE_LABELS;

export const NOTE_IDS = Object.keys(NOTE_LABELS) as readonly NoteId[];

/**
 * The weight of a note. `problem`: something breaks, or works otherwise than it seems. `remark`: a consequence to know.
 * `detail`: how the next hop works.
 */
export type NoteLevel = "problem" | "remark" | "detail";

export interface Note {
  readonly id: NoteId;
  readonly level: NoteLevel;
  /** The note in a few words, the same for every note with this id. */
  readonly label: string;
  /** `contested`: both sides of a contested rule in one sentence. */
  readonly text: string;
}

/** Returns the texts of one note; none where it would not change what the reader does next. */
type NoteWriter = (subject: NoteSubject) => readonly string[];

/** Every note in the order of the output: what breaks, what bypasses an appliance, what is unsure, the rest. */
const NOTES: readonly (readonly [NoteId, NoteLevel, NoteWriter])[] = [
  ["drop-none", "problem", dropNone],
  ["appliance-unreachable", "problem", unreachableAppliances("winners")],
  ["private-to-internet", "problem", privateToInternet],
  ["unreachable-next-hop", "problem", unreachableNextHop],
  ["bypasses-appliance", "problem", bypassesAppliance],
  ["appliance-unreachable", "problem", unreachableAppliances("losers")],
  ["contested", "problem", contested],
  ["private-endpoint", "remark", privateEndpoint],
  ["equal-cost", "remark", equalCost],
  ["return-path", "remark", returnPath],
  ["outbound-access", "remark", outboundAccess],
  ["endpoint-effects", "remark", endpointEffects],
  ["default-to-appliance", "remark", defaultToAppliance],
  ["no-recursion", "detail", noRecursion],
  ["internet-to-azure", "detail", internetToAzure],
];

/**
 * The remarks on a decision for one destination: both sides of a contested rule, and the consequences of the next hop.
 * None for a platform address. Cost: linear in the covering rows; the first call for a table also sorts its prefixes.
 */
export function notesFor(subject: NoteSubject): Note[] {
  if (subject.decision.verdict === "platform") return [];
  return NOTES.flatMap(([id, level, write]) =>
    write(subject).map((text) => ({ id, level, label: NOTE_LABELS[id], text })),
  );
}
