import { plainJson, plainText } from "./plain-text.ts";
import type { OutputStream } from "./terminal.ts";
import { wrap } from "./wrap.ts";

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

/** Returns the failure for people: the message, then the hint below it. */
export function errorText({ message, hint }: Failure, { colours }: Pick<OutputStream, "colours">): string {
  const lines = message.split("\n").flatMap((line) => wrap(plainText(line), FIRST_LINE - LABEL.length));
  return `${colours.red(LABEL)}${lines.join(`\n${INDENT}`)}\n${INDENT}${plainText(hint)}\n`;
}

/** Returns the failure for scripts, on one line. */
export function errorJson({ code, message, hint }: Failure): string {
  return `${plainJson(JSON.stringify({ error: { code, message, hint } }))}\n`;
}
