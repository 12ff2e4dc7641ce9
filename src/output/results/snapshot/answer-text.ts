import type { FoldedAnswer } from "../../../analysis/fleet/answers.ts";
import { certaintyText } from "../answer-text.ts";
import { splitLine } from "../destination-sets.ts";

/** Returns where a folded answer leads, and by which prefix: `appliance 10.0.1.4 by 0.0.0.0/0`. */
export function foldedAnswerText(fold: FoldedAnswer): string {
  const { brief, addressPrefix, routes, owners, certainty, answer } = fold;
  if (brief === null) return "outcomes" in answer ? splitLine(answer).text : "";
  const named = routes.length > 0 && routes.length <= NAMED ? ` (${routes.join(", ")})` : "";
  const bypasses =
    !("outcomes" in answer) && answer.notes.some(({ id }) => id === "bypasses-appliance")
      ? "; bypasses the appliance"
      : "";
  const who = owners.length === 0 ? "" : ` = ${owners.map(({ name }) => name).join(", ")}`;
  return `${brief}${who}${addressPrefix === null ? "" : ` by ${addressPrefix}`}${named}${certaintyText(certainty ?? "documented")}${bypasses}`;
}

/** More names of routes than that are not shown. */
const NAMED = 2;
