import { filled, hangingLine } from "../../terminal/hanging.ts";

/** Help is fitted to this many columns off a terminal, and to at most WIDEST on one. */
const USUAL = 80;
const WIDEST = 120;

/** A line this long that does not end a sentence goes on in the next line, if that begins with a small letter. */
const FULL = 50;

/** The words of a command line; a quoted text is one word. */
const COMMAND_WORDS = /(?:"[^"]*"|'[^']*'|[^\s"'])+/g;

/** Blanks before the rest of an example, after its own indent. */
const HANGING = 2;

const length = (text: string) => text.length;

/** Returns the width of a help text on an output of so many columns; null is not a terminal. */
export const helpWidth = (columns: number | null) => Math.min(columns ?? USUAL, WIDEST);

/**
 * Returns a help text in lines of at most `width` columns. Paragraphs are filled, descriptions hang beside or below their
 * terms, and an example goes on behind a backslash, so that it can be copied. Words stay whole.
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

/** Breaks an example between its options, with a backslash at the end of each line but the last. */
function* commandLines(line: string, width: number): Generator<string> {
  const indent = line.length - line.trimStart().length;
  const room = width - " \\".length;
  let open = "";
  for (const part of commandParts(line, room - indent - HANGING)) {
    if (open === "") open = " ".repeat(indent) + part;
    else if (open.length + 1 + part.length <= room) open += ` ${part}`;
    else {
      yield `${open} \\`;
      open = `${" ".repeat(Math.max(0, Math.min(indent + HANGING, room - part.length)))}${part}`;
    }
  }
  yield open;
}

/** Returns the words of a command line; an option and its value are one part where both have room on a line. */
function commandParts(line: string, room: number): readonly string[] {
  const parts: string[] = [];
  for (const [word] of line.matchAll(COMMAND_WORDS)) {
    const last = parts.at(-1) ?? "";
    const isValue = /^-[^ ]*$/.test(last) && !word.startsWith("-");
    if (isValue && last.length + 1 + word.length <= room) parts[parts.length - 1] = `${last} ${word}`;
    else parts.push(word);
  }
  return parts;
}
