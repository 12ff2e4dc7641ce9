import type { Note, NoteId } from "../explanation.ts";
import { bypassesAppliance, defaultToAppliance, returnPath } from "./appliances.ts";
import { contested } from "./contested.ts";
import { dropNone, privateToInternet, unreachableAppliances, unreachableNextHop } from "./drops.ts";
import { endpointEffects, privateEndpoint } from "./endpoints.ts";
import { equalCost, internetToAzure, noRecursion, outboundAccess } from "./next-hops.ts";
import type { NoteSubject } from "./note-subject.ts";

/** Returns the texts of one note; none where it would not change what the reader does next. */
type NoteWriter = (subject: NoteSubject) => readonly string[];

/** Every note in the order of the output: what breaks, what bypasses an appliance, what is unsure, the rest. */
const NOTES: readonly (readonly [NoteId, NoteWriter])[] = [
  ["drop-none", dropNone],
  ["appliance-unreachable", unreachableAppliances("winners")],
  ["private-to-internet", privateToInternet],
  ["unreachable-next-hop", unreachableNextHop],
  ["bypasses-appliance", bypassesAppliance],
  ["appliance-unreachable", unreachableAppliances("losers")],
  ["contested", contested],
  ["private-endpoint", privateEndpoint],
  ["equal-cost", equalCost],
  ["return-path", returnPath],
  ["outbound-access", outboundAccess],
  ["endpoint-effects", endpointEffects],
  ["default-to-appliance", defaultToAppliance],
  ["no-recursion", noRecursion],
  ["internet-to-azure", internetToAzure],
];

/**
 * The remarks on a decision for one destination: both sides of a contested rule, and the consequences of the next hop.
 * None for a platform address. Cost: linear in the covering rows; the first call for a table also sorts its prefixes.
 */
export function notesFor(subject: NoteSubject): Note[] {
  if (subject.decision.verdict === "platform") return [];
  return NOTES.flatMap(([id, write]) => write(subject).map((text) => ({ id, text })));
}
