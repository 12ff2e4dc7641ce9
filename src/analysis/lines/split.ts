import { UserError } from "../../text/user-error.ts";
import type { LinesErrorCode } from "./choice.ts";

/** The longest line that is read, in characters: any log line, but no file without line breaks. */
export const LONGEST_LINE = 65_536;

/** A line of more characters is taken for one without an end. */
const ENDLESS_LINE = 32 * 1024 * 1024;

/** One line of the input, counted from 1. Where it was too long, its text is only how it starts. */
export interface InputLine {
  readonly number: number;
  readonly text: string;
  readonly problem: "too-long" | "quote-open" | null;
}

/**
 * Takes text in pieces of any size and gives the lines that each completes; `end` gives what is left. Pure but for its
 * rest.
 */
export interface LineSplitter {
  push(text: string): readonly InputLine[];
  end(): readonly InputLine[];
  /**
   * Counts lines that were taken elsewhere, so that the others keep their numbers. Only where nothing is left of a
   * line.
   */
  pass(lines: number): void;
  /** Whether a part of a line or record is left. */
  readonly midway: boolean;
}

const KEPT_OF_TOO_LONG = 80;

const withoutReturn = (text: string) => (text.endsWith("\r") ? text.slice(0, -1) : text);

/** Splits at line breaks (LF or CRLF). Holds at most `longest` characters beside the piece; linear in the text. */
export function lineSplitter(longest = LONGEST_LINE): LineSplitter {
  let rest = "";
  let number = 0;
  let skipping = false;
  let skipped = 0;

  function tooLong(text: string): InputLine {
    return { number, text: text.slice(0, Math.min(longest, KEPT_OF_TOO_LONG)), problem: "too-long" };
  }

  function take(text: string): InputLine | null {
    if (skipping) {
      skipping = false;
      skipped = 0;
      return null;
    }
    number++;
    // The line break's own CR does not count.
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
  const most = ENDLESS_LINE.toLocaleString("en");
  return new UserError("line-endless", `line ${line} has more than ${most} characters`, "give one destination a line");
}
