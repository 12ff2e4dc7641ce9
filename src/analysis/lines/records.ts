import { saysNothing } from "./field.ts";
import { type InputLine, type LineSplitter, LONGEST_LINE, lineSplitter } from "./split.ts";

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
 * Splits CSV into records: lines, except that a quoted cell may hold line breaks. A record is numbered by its first
 * line. A quote that never closes costs only its own line: the lines behind it are taken up again. Blank lines and `#`
 * lines between records are left out. Holds at most `longest` characters beside the piece; linear in the text.
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
      else if (!saysNothing(line)) records.push(line);
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

/** The lines of a record that has begun: behind each of them a quoted cell is open. */
class PendingLines {
  readonly #isDelimiter: (code: number) => boolean;
  #lines: InputLine[] = [];
  /** The place of the first; those before it were given up. */
  #first = 0;
  /** The characters of the lines and of the breaks between them. */
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
    return line.problem === null && !saysNothing(line) && quoteOpenAfter(line.text, false, this.#isDelimiter);
  }

  add(line: InputLine): void {
    this.#size += line.text.length + (this.count > 0 ? 1 : 0);
    this.#lines.push(line);
  }

  /** The record that the line ends. */
  closedBy(line: InputLine): InputLine {
    const own = [...this.#lines.slice(this.#first), line];
    this.#lines = [];
    this.#first = 0;
    this.#size = 0;
    return { number: own[0]?.number ?? line.number, text: own.map(({ text }) => text).join("\n"), problem: null };
  }

  /**
   * Takes the first line for broken and the others up again. A cell that one of them opens stays open through all that
   * follow, as did the one before: so lines are read again only up to that one.
   */
  giveUp(records: InputLine[]): void {
    const broken = this.#take();
    if (broken !== undefined) records.push({ ...broken, problem: "quote-open" });
    for (let next = this.#lines[this.#first]; next !== undefined; next = this.#lines[this.#first]) {
      if (this.isOpenedBy(next)) break;
      this.#take();
      if (!saysNothing(next)) records.push(next);
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
