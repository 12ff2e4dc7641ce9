import { UserError } from "../../text/user-error.ts";
import type { LinesErrorCode } from "./choice.ts";

/** Longest line that is read, in characters. Enough for log lines, but not for a file without line breaks. */
export const LONGEST_LINE = 65_536;

/** A line of more characters stops the input. */
const ENDLESS_LINE = 32 * 1024 * 1024;

/** A line of the input. Numbers start at 1. If the line is too long, `text` is only its start. */
export interface InputLine {
  readonly number: number;
  readonly text: string;
  readonly problem: "too-long" | "quote-open" | null;
}

/** Accepts text in pieces of any size and returns the lines that each piece completes. `end` returns the last line. */
export interface LineSplitter {
  push(text: string): readonly InputLine[];
  end(): readonly InputLine[];
  /** Counts lines that were read elsewhere, so that the others keep their numbers. Call it only if not midway. */
  pass(lines: number): void;
  /** Whether a part of a line or record is pending. */
  readonly midway: boolean;
}

const TOO_LONG_EXCERPT = 80;

const withoutReturn = (text: string) => (text.endsWith("\r") ? text.slice(0, -1) : text);

/** Splits at line breaks (LF or CRLF). Memory: a piece and `longest` characters. Cost: linear in the text. */
export function lineSplitter(longest = LONGEST_LINE): LineSplitter {
  let rest = "";
  let number = 0;
  let skipping = false;
  let skipped = 0;

  function tooLong(text: string): InputLine {
    return { number, text: text.slice(0, Math.min(longest, TOO_LONG_EXCERPT)), problem: "too-long" };
  }

  function take(text: string): InputLine | null {
    if (skipping) {
      skipping = false;
      skipped = 0;
      return null;
    }
    number++;
    // The CR of the line break does not count.
    return text.length > longest + 1 ? tooLong(text) : { number, text: withoutReturn(text), problem: null };
  }

  return {
    push(text) {
      const lines: InputLine[] = [];
      let from = 0;
      for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", from)) {
        const line = take(rest + text.slice(from, at));
        if (line !== null) lines.push(line);
        rest = "";
        from = at + 1;
      }
      if (skipping) {
        skipped += text.length - from;
        if (skipped > ENDLESS_LINE) throw endless(number);
      } else rest += text.slice(from);
      if (rest.length > longest + 1) {
        number++;
        lines.push(tooLong(rest));
        rest = "";
        skipping = true;
      }
      return lines;
    },
    end() {
      const line = rest === "" ? null : take(rest);
      rest = "";
      return line === null ? [] : [line];
    },
    pass(lines) {
      number += lines;
    },
    get midway() {
      return rest !== "" || skipping;
    },
  };
}

function endless(line: number): UserError<LinesErrorCode> {
  const limit = ENDLESS_LINE.toLocaleString("en");
  return new UserError(
    "line-endless",
    `line ${line} has more than ${limit} characters`,
    "write one destination per line",
  );
}
