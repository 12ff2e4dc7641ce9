import { saysNothing } from "./address-lines-field.ts";
import { type InputLine, type LineSplitter, LONGEST_LINE, lineSplitter } from "./address-lines-split.ts";

const QUOTE = 34;

/**
 * Whether a quoted cell is open after the line, given whether one was before it. A quote opens a cell only at its start
 * (RFC 4180, section 2, rules 5 to 7), so a stray one does not swallow what follows.
 */
function quoteOpenAfter(line: string, open: boolean, isDelimiter: (code: number) => boolean): boolean {
  let inside = open;
  for (let at = line.indexOf('"'); at >= 0; at = line.indexOf('"', at + 1)) {
    if (!inside) inside = at === 0 || isDelimiter(line.charCodeAt(at - 1));
    else if (line.charCodeAt(at + 1) === QUOTE) at++;
    else inside = false;
  }
  return inside;
}

/**
 * Splits CSV into records: lines, except that a quoted cell may hold line breaks. A record is numbered by its first line. A
 * quote that never closes costs only its own line: the lines behind it are taken up again. Blank lines and `#` lines between
 * records are left out. Holds at most `longest` characters beside the piece.
 */
export function recordSplitter(delimiters: string, longest = LONGEST_LINE): LineSplitter {
  const lines = lineSplitter(longest);
  const isDelimiter = (code: number) => delimiters.includes(String.fromCharCode(code));
  let pending: InputLine[] = [];
  let size = 0;

  /** Takes the first pending line for broken and gives the others back. */
  function giveUp(records: InputLine[]): InputLine[] {
    const [first, ...behind] = pending;
    pending = [];
    if (first !== undefined) records.push({ ...first, problem: "quote-open" });
    return behind;
  }

  function feed(incoming: readonly InputLine[]): InputLine[] {
    const records: InputLine[] = [];
    let queue = [...incoming];
    for (let next = 0; next < queue.length; next++) {
      const line = queue[next];
      if (line === undefined) break;
      if (pending.length === 0) {
        if (saysNothing(line)) continue;
        if (line.problem === null && quoteOpenAfter(line.text, false, isDelimiter)) {
          pending = [line];
          size = line.text.length;
        } else records.push(line);
        continue;
      }
      size += line.text.length + 1;
      const fits = line.problem === null && size <= longest;
      if (fits && quoteOpenAfter(line.text, true, isDelimiter)) pending.push(line);
      else if (fits) {
        const [first = line, ...others] = pending;
        const text = [first, ...others, line].map((part) => part.text).join("\n");
        records.push({ number: first.number, text, problem: null });
        pending = [];
      } else {
        queue = [...giveUp(records), ...queue.slice(next)];
        next = -1;
      }
    }
    return records;
  }

  return {
    push: (text) => feed(lines.push(text)),
    end() {
      const records = feed(lines.end());
      while (pending.length > 0) records.push(...feed(giveUp(records)));
      return records;
    },
    pass: lines.pass,
    get midway() {
      return pending.length > 0 || lines.midway;
    },
  };
}
