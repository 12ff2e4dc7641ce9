import type { Colour } from "./colour.ts";
import { filled } from "./hanging.ts";
import type { Measure } from "./measure.ts";
import { plainText } from "./plain-text.ts";
import type { OutputStream } from "./streams.ts";

/** A text behind a label or a mark: `next  check that ...`. */
export interface LabelledText {
  readonly label: string;
  readonly labelColour: Colour;
  readonly text: string;
  readonly textColour: Colour | null;
}

/** Returns a labelled text. The text may come from outside. */
export function labelled(
  label: string,
  text: string,
  colours: { readonly label?: Colour; readonly text?: Colour } = {},
): LabelledText {
  return { label, labelColour: colours.label ?? "cyan", text: plainText(text), textColour: colours.text ?? null };
}

/** The share of the width that a label may take if its text is to hang beside it. */
const LABEL_SHARE = 0.4;

/** Blanks before the rest of a text that does not hang beside its label. */
const HANGING = 4;

interface Paint {
  readonly label: (text: string) => string;
  readonly text: (text: string) => string;
}

/** Returns a text behind its label. On a terminal it wraps between words, beside the label where there is room. */
export function besideLabel(
  label: string,
  text: string,
  { columns }: Pick<OutputStream, "columns">,
  paint: Paint,
  measure: Measure,
): string {
  const own = measure(label);
  const under = columns === null || own <= LABEL_SHARE * columns ? own : HANGING;
  const [first = "", ...rest] = columns === null ? [label + text] : filled(label, text, under, columns, measure);
  const behind = first.slice(label.length);
  const lines = [
    behind === "" ? paint.label(label.trimEnd()) : paint.label(label) + paint.text(behind),
    ...rest.map((line) => line.slice(0, line.length - line.trimStart().length) + paint.text(line.trimStart())),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

/** Returns a labelled text, indented. A mark of one or two characters is followed by one blank, a word by two. */
export function labelledText(
  { label, labelColour, text, textColour }: LabelledText,
  stdout: OutputStream,
  measure: Measure,
): string {
  const { colours } = stdout;
  const paint = {
    label: colours[labelColour],
    text: textColour === null ? (part: string) => part : colours[textColour],
  };
  return besideLabel(`  ${label}${label.length > 2 ? "  " : " "}`, text, stdout, paint, measure);
}
