import { isBlankOrComment } from "./field.ts";
import { type InputLine, type LineSplitter, LONGEST_LINE, lineSplitter } from "./split.ts";

const QUOTE = 34;

/**
 * Returns whether a quoted cell is open after the line. `open` is whether one was open before it. A quote opens a cell
 * only at its start (RFC 4180, section 2, rules 5 to 7), so a stray quote does not affect the following lines.
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
 * Splits CSV into records. A record is a line, or several if a quoted cell contains line breaks; its number is that of
 * the first line. An unclosed quote invalidates only its own line; the lines after it are read again. Blank lines and
 * `#` lines between records are omitted. Memory: a piece and `longest` characters. Cost: linear in the text.
 */
export function recordSplitter(delimiters: string, longest = LONGEST_LINE): LineSplitter {
  const lines = lineSplitter(longest);
  const isDelimiter = (code: number) => delimiters.includes(String.fromCharCode(code));
  const pending = new PendingLines(isDelimiter);

  function feed(incoming: readonly InputLine[]): InputLine[] {
    const records: InputLine[] = [];
    for (const line of incoming) {
      const fits = () => line.problem === null && pending.size + line.text.length + 1 <= longest;
      while (pending.count > 0 && !fits()) pending.giveUp(records);
      if (pending.count > 0) {
        if (quoteOpenAfter(line.text, true, isDelimiter)) pending.add(line);
        else records.push(pending.closedBy(line));
      } else if (pending.isOpenedBy(line)) pending.add(line);
      else if (!isBlankOrComment(line)) records.push(line);
    }
    return records;
  }

  return {
    push: (text) => feed(lines.push(text)),
    end() {
      const records = feed(lines.end());
      while (pending.count > 0) pending.giveUp(records);
      return records;
    },
    pass: lines.pass,
    get midway() {
      return pending.count > 0 || lines.midway;
    },
  };
}

/** The lines of an incomplete record. After each of them a quoted cell is open. */
class PendingLines {
  readonly #isDelimiter: (code: number) => boolean;
  #lines: InputLine[] = [];
  /** Index of the first line; those before it were given up. */
  #first = 0;
  /** Number of characters of the lines and the line breaks between them. */
  #size = 0;

  constructor(isDelimiter: (code: number) => boolean) {
    this.#isDelimiter = isDelimiter;
  }

  get count(): number {
    return this.#lines.length - this.#first;
  }

  get size(): number {
    return this.#size;
  }

  isOpenedBy(line: InputLine): boolean {
    return line.problem === null && !isBlankOrComment(line) && quoteOpenAfter(line.text, false, this.#isDelimiter);
  }

  add(line: InputLine): void {
    this.#size += line.text.length + (this.count > 0 ? 1 : 0);
    this.#lines.push(line);
  }

  /** Returns the record that the line completes. */
  closedBy(line: InputLine): InputLine {
    const own = [...this.#lines.slice(this.#first), line];
    this.#lines = [];
    this.#first = 0;
    this.#size = 0;
    return { number: own[0]?.number ?? line.number, text: own.map(({ text }) => text).join("\n"), problem: null };
  }

  /**
   * Reports the first line as malformed and reads the others again, up to the next line that opens a quoted cell. That
   * cell stays open through all following lines, so they stay pending.
   */
  giveUp(records: InputLine[]): void {
    const malformed = this.#take();
    if (malformed !== undefined) records.push({ ...malformed, problem: "quote-open" });
    for (let next = this.#lines[this.#first]; next !== undefined; next = this.#lines[this.#first]) {
      if (this.isOpenedBy(next)) break;
      this.#take();
      if (!isBlankOrComment(next)) records.push(next);
    }
    if (2 * this.#first <= this.#lines.length) return;
    this.#lines = this.#lines.slice(this.#first);
    this.#first = 0;
  }

  #take(): InputLine | undefined {
    const line = this.#lines[this.#first++];
    this.#size = this.count > 0 && line !== undefined ? this.#size - line.text.length - 1 : 0;
    return line;
  }
}
