import { commandLines } from "./command-lines.ts";
import { filled } from "./hanging.ts";
import { atMost } from "./measure.ts";
import { plainJson, plainText } from "./plain-text.ts";
import type { OutputStream } from "./streams.ts";

/** The text of a failure: what failed and why, and what to do next. */
export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

const LABEL = "error: ";
const INDENT = " ".repeat(LABEL.length);

/** The most characters in the first line of an error, on any terminal. */
const FIRST_LINE = 99;

/** Returns the failure for people: the message, then the hint below it. A terminal's width never breaks a word. */
export function errorText({ message, hint }: Failure, stderr: Pick<OutputStream, "colours" | "columns">): string {
  const columns = stderr.columns ?? Number.POSITIVE_INFINITY;
  const [first = "", ...rest] = broken(message, Math.min(FIRST_LINE, columns));
  const beside = first.startsWith(INDENT) ? first.slice(INDENT.length) : `\n${first}`;
  return `${stderr.colours.red(LABEL)}${[beside, ...rest, ...hintLines(hint, columns)].join("\n")}\n`;
}

/** A hint that ends with a command line. */
const WITH_COMMAND = /^([^:]*:) (vnet-explain [^;]*)$/;

function hintLines(hint: string, columns: number): readonly string[] {
  return hint.split("\n").flatMap((line) => linesOfHint(plainText(line), columns));
}

/** The lines of a sentence of a hint. A command line too long for the rest of a line begins a new one, to be copied. */
function linesOfHint(hint: string, columns: number): readonly string[] {
  const [, lead = "", command = ""] = WITH_COMMAND.exec(hint) ?? [];
  const fits = INDENT.length + hint.length <= columns;
  if (fits || command === "" || command.includes("\\")) return broken(hint, columns);
  return [...broken(lead, columns), ...commandLines(`${INDENT}${command}`, columns)];
}

function broken(text: string, width: number): readonly string[] {
  return text.split("\n").flatMap((line) => filled(INDENT, plainText(line), INDENT.length, width, atMost));
}

/** Returns an answer other than expected for people: the message alone. It is not an error. */
export function answerText({ message }: Failure, { columns }: Pick<OutputStream, "columns">): string {
  const lines = filled("", plainText(message), 0, columns ?? Number.POSITIVE_INFINITY, atMost);
  return `${lines.join("\n")}\n`;
}

/** Returns the failure for scripts, on one line. */
export function errorJson({ code, message, hint }: Failure): string {
  return `${plainJson(JSON.stringify({ error: { code, message, hint } }))}\n`;
}
