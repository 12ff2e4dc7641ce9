import { type Measure, measureFor } from "./measure.ts";
import type { OutputStream } from "./streams.ts";

/** Blanks before the rest of a broken line, after the line's own indent. */
const HANGING = 4;

/** Blanks before a word that is too long to hang. */
const LEAST = 2;

/** A label in front of a line's text, with two or more blanks between. */
const LABEL = /^( *\S(?:.*?\S)?)( {2,})(?=\S)/;

/** The share of the width that a label may take if the text is to hang beside it. */
const LABEL_SHARE = 0.4;

/**
 * Breaks lines that are wider than the terminal between words. The rest of a line hangs under its text, after a label
 * (`service tags  ...`) if there is room beside it, else under its own indent. A word is never broken: one that is
 * wider than the terminal has a line of its own.
 */
export async function hanging(text: string, { columns }: Pick<OutputStream, "columns">): Promise<string> {
  if (columns === null) return text;
  const lines = text.split("\n");
  const measure = await measureFor(lines);
  return lines.flatMap((line) => hangingLine(line, columns, measure)).join("\n");
}

/** Returns one line in lines of at most `width` columns. */
export function hangingLine(line: string, width: number, measure: Measure): readonly string[] {
  if (measure(line) <= width) return [line];
  const indent = line.length - line.trimStart().length;
  const under = indent + HANGING;
  const [whole = "", label = ""] = LABEL.exec(line) ?? [];
  const beside = measure(whole);
  const text = line.slice(whole.length);
  const widest = text.split(" ").reduce((most, word) => Math.max(most, measure(word)), 0);
  if (whole !== "" && beside <= LABEL_SHARE * width && beside + widest <= width) {
    return filled(whole, text, beside, width, measure);
  }
  if (whole === "" || beside <= under || measure(label) > width) return filled("", line, under, width, measure);
  return [label, ...filled(" ".repeat(under), text, under, width, measure)];
}

/**
 * Puts words behind `start` while there is room. Further lines start at column `under`; a word that is too long for
 * that starts two columns or none from the left.
 */
export function filled(start: string, text: string, under: number, width: number, measure: Measure): readonly string[] {
  const lines: string[] = [];
  let line = start;
  const begin = (column: number, word: string) => {
    const most = width - measure(word);
    line = `${" ".repeat(most >= column ? column : most >= LEAST ? LEAST : 0)}${word}`;
  };
  let blanks = "";
  for (const piece of text.split(/( +)/)) {
    if (piece.trim() === "") blanks = piece;
    else if (line.trim() === "") begin(line.length + blanks.length, piece);
    else if (measure(line + blanks + piece) <= width) line += blanks + piece;
    else {
      lines.push(line.trimEnd());
      begin(under, piece);
    }
  }
  return [...lines, line.trimEnd()];
}
