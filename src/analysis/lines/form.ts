/**
 * The position of the address in a plain line: the whole line; or field number `field` from 1, split at whitespace or
 * at a one-byte delimiter. With `quotes`, fields may be quoted as in CSV.
 */
export type PlainPlace =
  | { readonly kind: "line" }
  | { readonly kind: "blanks"; readonly field: number }
  | { readonly kind: "delimiter"; readonly field: number; readonly delimiter: number; readonly quotes: boolean };

/** Delimiters that may occur in an address, and the quote. */
const DELIMITER_IN_ADDRESS = /[\da-f.:"]/i;

/** Returns the position of field number `field`, or null if the delimiter does not allow plain lines. */
export function placeAtDelimiter(field: number, delimiter: string, quotes: boolean): PlainPlace | null {
  const code = delimiter.charCodeAt(0);
  if (delimiter.length !== 1 || code >= 128 || DELIMITER_IN_ADDRESS.test(delimiter)) return null;
  return { kind: "delimiter", field, delimiter: code, quotes };
}

/** The layout of a plain line around its address. Both functions return -1 if the line is not plain. */
export interface LineForm {
  /** Returns where the address starts in the line that starts at `line`. */
  addressStart(bytes: Uint8Array, line: number): number;
  /** Returns the position of the line feed that ends the line. `at` is the end of the address. */
  lineEnd(bytes: Uint8Array, at: number): number;
}

const TAB = 9;
const LF = 10;
const CR = 13;
const BLANK = 32;
const QUOTE = 34;
const HASH = 35;
/** Bytes from here on belong to non-ASCII characters, some of which are whitespace. */
const NON_ASCII = 128;

/** Returns the layout of lines with the address at this position. */
export function lineForm(place: Exclude<PlainPlace, { readonly kind: "line" }>): LineForm {
  return place.kind === "blanks" ? atBlanks(place.field) : atDelimiter(place);
}

/** Returns the position of the line feed of the line break (LF or CRLF) at `at`, or -1. */
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
          if (byte < BLANK || byte >= NON_ASCII) return -1;
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
  /** Returns the position of the delimiter or line feed after the cell that starts at `at`, or -1. */
  function cellEnd(bytes: Uint8Array, at: number): number {
    if (quotes && bytes[at] === QUOTE) return closedBy(bytes, afterQuoted(bytes, at + 1));
    for (let end = at; ; end++) {
      const byte = bytes[end];
      if (byte === delimiter || byte === LF) return end;
      if (byte === undefined || (quotes && byte === QUOTE)) return -1;
    }
  }

  /** Returns the position after the closing quote of a cell. */
  function afterQuoted(bytes: Uint8Array, at: number): number {
    let end = at;
    while (bytes[end] !== QUOTE) {
      if (bytes[end] === LF || bytes[end] === undefined) return bytes.length;
      end++;
    }
    return end + 1;
  }

  const closedBy = (bytes: Uint8Array, at: number) => (bytes[at] === delimiter ? at : lineFeed(bytes, at));

  /** Whether the current address is quoted. */
  let quoted = false;
  return {
    addressStart(bytes, line) {
      const first = bytes[line] ?? 0;
      if (first <= BLANK || first === HASH || first >= NON_ASCII) return -1;
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
