/**
 * Where the address stands in a line: it is the line; it is field number `field`, counted from 1, at blanks; or at a
 * delimiter, which is one byte, with `quotes` as CSV has them.
 */
export type PlainPlace =
  | { readonly kind: "line" }
  | { readonly kind: "blanks"; readonly field: number }
  | { readonly kind: "delimiter"; readonly field: number; readonly delimiter: number; readonly quotes: boolean };

/** Delimiters that cannot be told from what an address is made of, or from a quote. */
const DELIMITER_IN_ADDRESS = /[\da-f.:"]/i;

/** The place of field number `field` at a delimiter. */
export function placeAtDelimiter(field: number, delimiter: string, quotes: boolean): PlainPlace | null {
  const code = delimiter.charCodeAt(0);
  if (delimiter.length !== 1 || code >= 128 || DELIMITER_IN_ADDRESS.test(delimiter)) return null;
  return { kind: "delimiter", field, delimiter: code, quotes };
}

/** How a plain line is laid out around its address. Both give -1 where the line is not plain. */
export interface LineForm {
  /** Where the address starts in the line that starts at `line`. */
  addressStart(bytes: Uint8Array, line: number): number;
  /** The place of the line feed that ends the line, given where the address in it ended. */
  lineEnd(bytes: Uint8Array, at: number): number;
}

const TAB = 9;
const LF = 10;
const CR = 13;
const BLANK = 32;
const QUOTE = 34;
const HASH = 35;
/** From here on bytes are parts of characters beyond ASCII, some of which are blanks. */
const BEYOND_ASCII = 128;

/** The form of lines with the address in that field. */
export function lineForm(place: Exclude<PlainPlace, { readonly kind: "line" }>): LineForm {
  return place.kind === "blanks" ? atBlanks(place.field) : atDelimiter(place);
}

/** The place of the line feed of a line break (LF or CRLF) that stands at `at`, or -1. */
export function lineFeed(bytes: Uint8Array, at: number): number {
  if (bytes[at] === LF) return at;
  return bytes[at] === CR && bytes[at + 1] === LF ? at + 1 : -1;
}

const isBlank = (byte: number | undefined) => byte === BLANK || byte === TAB;

function afterBlanks(bytes: Uint8Array, at: number): number {
  let end = at;
  while (isBlank(bytes[end])) end++;
  return end;
}

function atBlanks(field: number): LineForm {
  return {
    addressStart(bytes, line) {
      let at = afterBlanks(bytes, line);
      if (bytes[at] === HASH) return -1;
      for (let before = 1; before < field; before++) {
        while (!isBlank(bytes[at])) {
          const byte = bytes[at] ?? 0;
          if (byte < BLANK || byte >= BEYOND_ASCII) return -1;
          at++;
        }
        at = afterBlanks(bytes, at);
      }
      return at;
    },
    lineEnd: (bytes, at) => (isBlank(bytes[at]) ? bytes.indexOf(LF, at) : lineFeed(bytes, at)),
  };
}

function atDelimiter({ field, delimiter, quotes }: Extract<PlainPlace, { readonly kind: "delimiter" }>): LineForm {
  /** The place of the delimiter or the line feed behind the cell that starts at `at`. */
  function cellEnd(bytes: Uint8Array, at: number): number {
    if (quotes && bytes[at] === QUOTE) return closedBy(bytes, afterQuoted(bytes, at + 1));
    for (let end = at; ; end++) {
      const byte = bytes[end];
      if (byte === delimiter || byte === LF) return end;
      if (byte === undefined || (quotes && byte === QUOTE)) return -1;
    }
  }

  /** The place behind the quote that closes a cell. */
  function afterQuoted(bytes: Uint8Array, at: number): number {
    let end = at;
    while (bytes[end] !== QUOTE) {
      if (bytes[end] === LF || bytes[end] === undefined) return bytes.length;
      end++;
    }
    return end + 1;
  }

  const closedBy = (bytes: Uint8Array, at: number) => (bytes[at] === delimiter ? at : lineFeed(bytes, at));

  /** Whether the address that is being read stands in quotes. */
  let quoted = false;
  return {
    addressStart(bytes, line) {
      const first = bytes[line] ?? 0;
      if (first <= BLANK || first === HASH || first >= BEYOND_ASCII) return -1;
      let at = line;
      for (let before = 1; before < field; before++) {
        at = cellEnd(bytes, at);
        if (at < 0 || bytes[at] === LF) return -1;
        at++;
      }
      quoted = bytes[at] === QUOTE;
      return quoted ? at + 1 : at;
    },
    lineEnd(bytes, at) {
      if (quoted && bytes[at] !== QUOTE) return -1;
      let end = closedBy(bytes, quoted ? at + 1 : at);
      if (!quotes && end >= 0) return bytes.indexOf(LF, end);
      while (end >= 0 && bytes[end] !== LF) end = cellEnd(bytes, end + 1);
      return end;
    },
  };
}
