import type { DestinationOutcome } from "../../analysis/destinations/split.ts";
import type { Certainty } from "../../selection/certainty.ts";
import type { Diagnosis, Explanation } from "../../selection/explanation.ts";
import { NOTE_LABELS, type NoteId } from "../../selection/notes/notes.ts";
import type { Colour } from "../../terminal/colour.ts";
import { besideLabel } from "../../terminal/labelled-text.ts";
import type { Measure } from "../../terminal/measure.ts";
import { plainText } from "../../terminal/plain-text.ts";
import type { OutputStream } from "../../terminal/streams.ts";
import type { Symbols } from "../../terminal/symbols.ts";

/** The colour of an answer. */
export const LEVEL_COLOUR = { fine: "green", warning: "yellow", problem: "red" } as const satisfies Record<
  Diagnosis["level"],
  Colour
>;

/** Returns the mark of an answer. */
export const levelMark = (level: Diagnosis["level"], { won, problem, lost }: Symbols): string =>
  ({ fine: won, warning: problem, problem: lost })[level];

/** Returns the certainty of an answer, to be put after its text; "" if it is documented. */
export const certaintyText = (certainty: Certainty): string => (certainty === "documented" ? "" : ` (${certainty})`);

type Answer = Pick<Explanation | DestinationOutcome, "diagnosis" | "certainty"> & {
  readonly notes: Iterable<NoteId | { readonly id: NoteId }>;
};

/**
 * Returns an answer on one line: the diagnosis, its certainty, and whether it bypasses an appliance. Every other
 * problem is part of the diagnosis.
 */
export function answerText({ diagnosis, certainty, notes }: Answer): string {
  const ids = Array.from(notes, (note) => (typeof note === "string" ? note : note.id));
  const bypasses = ids.includes("bypasses-appliance") ? `; ${NOTE_LABELS["bypasses-appliance"]}` : "";
  return plainText(`${diagnosis.text}${certaintyText(certainty)}${bypasses}`);
}

/** Returns `DESTINATION  →  ANSWER`, the answer in the colour of its level. */
export function headlineText(
  asked: string,
  answer: string,
  level: Diagnosis["level"],
  stdout: OutputStream,
  measure: Measure,
): string {
  const { colours, symbols } = stdout;
  const paint = { label: colours.bold, text: (text: string) => colours.bold(colours[LEVEL_COLOUR[level]](text)) };
  return besideLabel(`${asked}  ${symbols.arrow}  `, answer, stdout, paint, measure);
}
