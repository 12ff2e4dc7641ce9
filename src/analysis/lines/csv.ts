import { quotedText } from "../../text/quoted-text.ts";
import { UserError } from "../../text/user-error.ts";
import type { LinesErrorCode } from "./choice.ts";
import { type DestinationText, destinationsIn, type RefusedLine, refusedLine, refusedUnsplit } from "./field.ts";
import { type PlainPlace, placeAtDelimiter } from "./form.ts";
import { columnIndex, DELIMITERS, delimiterOfHeader } from "./header.ts";
import type { TextReader } from "./reader.ts";
import { recordSplitter } from "./records.ts";
import type { InputLine, LineSplitter } from "./split.ts";

type Row = readonly string[];

/** The position of the column in the header. */
interface Header {
  readonly index: number;
  readonly delimiter: string;
  readonly place: PlainPlace | null;
}

/** Loads the synchronous CSV parser. Parsing all records of a piece in one call is much faster than one by one. */
async function loadParser(): Promise<(text: string, delimiter: string) => readonly Row[] | null> {
  const { CsvError, parse } = await import("csv-parse/browser/esm/sync");
  return (text, delimiter) => {
    try {
      return parse(text, { delimiter, record_delimiter: "\n", relax_column_count: true });
    } catch (error) {
      if (error instanceof CsvError) return null;
      throw error;
    }
  };
}

/**
 * Returns a reader of a CSV column (RFC 4180 with any one-character delimiter; null to detect it from the header).
 * `push` and `end` throw a UserError if the header is missing or does not contain the column. Malformed records are
 * refused in their place. Memory: one piece and one record.
 */
export async function columnReader(column: string, delimiter: string | null, longest?: number): Promise<TextReader> {
  const parse = await loadParser();
  const columnName = quotedText(column, 30);
  const splitter: LineSplitter = recordSplitter(delimiter ?? DELIMITERS, longest);
  let header: Header | null = null;

  function readHeader(record: InputLine): Header {
    const found = delimiter ?? delimiterOfHeader(record.text);
    const cells = record.problem === null ? parse(record.text, found)?.[0] : undefined;
    if (cells === undefined) {
      throw new UserError<LinesErrorCode>(
        "header-unreadable",
        "the first line is not a valid CSV header",
        "start the input with the column names, or use --field N for lines without a header",
      );
    }
    const index = columnIndex(cells, column);
    return { index, delimiter: found, place: placeAtDelimiter(index + 1, found, true) };
  }

  function cellOf(record: InputLine, row: Row, index: number): DestinationText | RefusedLine {
    const text = row[index];
    if (text === undefined) {
      return refusedLine(record, "field-missing", `missing column '${columnName}'`, "check that line");
    }
    return text.trim() === ""
      ? refusedLine(record, "field-empty", `column '${columnName}' is empty`, "check that line")
      : { line: record.number, destination: text.trim() };
  }

  function read(incoming: readonly InputLine[]): readonly (DestinationText | RefusedLine)[] {
    let records = incoming;
    if (header === null) {
      const [first, ...others] = incoming;
      if (first === undefined) return [];
      header = readHeader(first);
      records = others;
    }
    const { index, delimiter: between } = header;
    const whole = records.filter((record) => record.problem === null);
    const rows = whole.length === 0 ? [] : parse(whole.map((record) => record.text).join("\n"), between);
    const together = rows?.length === whole.length ? rows.values() : null;
    return records.flatMap((record) => {
      if (record.problem !== null) return refusedUnsplit(record);
      // A malformed record makes the whole piece fail, so then each record is parsed separately.
      const row = together === null ? parse(record.text, between)?.[0] : together.next().value;
      return row === undefined
        ? refusedLine(
            record,
            "record-broken",
            "malformed CSV (unexpected quote)",
            "quote the cell and double each quote inside it",
          )
        : destinationsIn(cellOf(record, row, index));
    });
  }

  return {
    push: (text) => read(splitter.push(text)),
    end() {
      const rest = read(splitter.end());
      if (header !== null) return rest;
      throw new UserError<LinesErrorCode>(
        "header-missing",
        "the input is empty; expected a header",
        "check the command that writes it",
      );
    },
    pass: splitter.pass,
    get midway() {
      return splitter.midway;
    },
    get place() {
      return header === null ? null : header.place;
    },
  };
}
