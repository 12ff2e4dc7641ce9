import { commandLines } from "../../terminal/command-lines.ts";
import { filled, hangingLine } from "../../terminal/hanging.ts";

/** Help is fitted to this many columns off a terminal, and to at most WIDEST on one. */
const USUAL = 80;
const WIDEST = 120;

/** A line this long that ends no sentence continues in the next line, if that begins with a small letter. */
const FULL = 50;

const length = (text: string) => text.length;

/** Returns the width of a help text for an output with this many columns; null: not a terminal. */
export const helpWidth = (columns: number | null) => Math.min(columns ?? USUAL, WIDEST);

/**
 * Returns a help text in lines of at most `width` columns. Paragraphs are filled, descriptions hang beside or below
 * their terms, and examples continue after a backslash, so that they can be copied. Words stay whole.
 */
export function fittedHelp(text: string, width: number): string {
  return [...fittedLines(text, width)].join("\n");
}

function* fittedLines(text: string, width: number): Generator<string> {
  let inExamples = false;
  for (const line of paragraphs(text.replace(/ \\\n +/g, " ").split("\n"), width)) {
    if (line === "") inExamples = false;
    if (line.length <= width) yield line;
    else if (inExamples || /^ +vnet-explain /.test(line)) yield* commandLines(line, width);
    else if (line.startsWith(" ")) yield* hangingLine(line, width, length);
    else yield* filled("", line, 0, width, length);
    inExamples ||= line === "Examples:";
  }
}

/** Joins the lines of a paragraph where one of them is too long. */
function* paragraphs(lines: readonly string[], width: number): Generator<string> {
  let open: string[] = [];
  const goesOn = (line: string) => {
    const last = open.at(-1);
    return last !== undefined && last.length >= FULL && !/[.:]$/.test(last) && /^[a-z(]/.test(line);
  };
  const closed = () => (open.every((line) => line.length <= width) ? open : [open.join(" ")]);
  for (const line of lines) {
    if (goesOn(line)) {
      open.push(line);
      continue;
    }
    yield* closed();
    open = [];
    if (/^\S/.test(line)) open.push(line);
    else yield line;
  }
  yield* closed();
}
