import type { FoldedAnswer } from "../../../analysis/fleet/answers.ts";
import { certaintyText } from "../answer-text.ts";
import { splitLine } from "../destination-sets.ts";

/** Returns the target of a folded answer, and its prefix: `appliance 10.0.1.4 by 0.0.0.0/0`. */
export function foldedAnswerText(fold: FoldedAnswer): string {
  const { brief, addressPrefix, routes, owners, certainty, answer } = fold;
  if (brief === null) return "outcomes" in answer ? splitLine(answer).text : "";
  const named = routes.length > 0 && routes.length <= NAMED ? ` (${routes.join(", ")})` : "";
  const bypasses =
    !("outcomes" in answer) && answer.notes.some(({ id }) => id === "bypasses-appliance")
      ? "; bypasses the appliance"
      : "";
  return `${withOwners(brief, owners)}${addressPrefix === null ? "" : ` by ${addressPrefix}`}${named}${certaintyText(certainty ?? "documented")}${bypasses}`;
}

/** Returns the text with each owner's name behind its address, or at the end if the text lacks the address. */
function withOwners(text: string, owners: FoldedAnswer["owners"]): string {
  const WORD = /[\da-fA-F.:]+/g;
  const nameOf = new Map(owners.map(({ address, name }) => [address, name]));
  const placed = text.replace(WORD, (word) => {
    const name = nameOf.get(word);
    nameOf.delete(word);
    return name === undefined ? word : `${word} = ${name}`;
  });
  return nameOf.size === 0 ? placed : `${placed} = ${[...nameOf.values()].join(", ")}`;
}

/** The most names of routes shown. */
const NAMED = 2;
