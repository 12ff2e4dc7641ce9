import type { JSONParser } from "@streamparser/json";
import { UserError } from "../../text/user-error.ts";
import { textChunks } from "../lines/decode-chunks.ts";
import { type FlowLogErrorCode, isFlowLogRecord, otherCategory } from "./record.ts";

/** Largest record, in characters. Azure writes one per minute, usually of a few kilobytes. */
const LARGEST_RECORD = 8 * 1024 * 1024;

/** Collecting strings in a buffer costs a third less than concatenating characters. */
const STRING_BUFFER = 64 * 1024;

const HINT = "use a PT1H.json blob of a network security group or virtual network flow log";

/** Deepest nesting allowed. A record has nine levels. The parser takes quadratic time in the depth. */
const MAX_DEPTH = 64;

/** The fields of a record outside a list, as in Microsoft's examples and after `jq '.records[]'`. */
const RECORD_FIELDS = [
  "properties",
  "flowRecords",
  "macAddress",
  "flowLogVersion",
  "resourceId",
  "targetResourceID",
  "category",
];

interface RecordParser {
  readonly parser: JSONParser;
  /** The records that are complete so far. The caller removes them. */
  readonly complete: unknown[];
  /** Whether a list of records was found, even if empty. */
  sawRecords(): boolean;
  /** The category of a record outside a list that is of another log; null if there was none. */
  otherCategory(): string | null;
  /** Where and why the parser threw, given the number of complete records. */
  failure(error: Error, records: number): string;
  /** Whether parsing failed because the nesting is too deep. */
  isTooDeep(): boolean;
}

/** Returns a parser that keeps only the current record. `opening` is the first character of the input: `[` or `{`. */
async function startParser(opening: string): Promise<RecordParser> {
  const { JSONParser, TokenType } = await import("@streamparser/json");
  const complete: unknown[] = [];
  const list = opening === "[";
  const paths = list ? ["$.*"] : ["$.records.*", ...RECORD_FIELDS.map((field) => `$.${field}`)];
  // An empty separator accepts several logs in sequence, as from `cat`.
  const parser = new JSONParser({ paths, keepStack: false, separator: "", stringBufferSize: STRING_BUFFER });
  let alone: Record<string, unknown> = {};
  let depth = 0;
  let sawRecords = false;
  let tooDeep = false;
  let other: string | null = null;
  // Where the parser is, for messages: the last two tokens, and whether the last key of the root is "records".
  let last: number = TokenType.SEPARATOR;
  let beforeLast = last;
  let lastOffset = 0;
  let lastDepth = 0;
  let inRecords = false;
  parser.onValue = ({ value, key, stack }) => {
    if (list || stack.length === 2) complete.push(value);
    else alone[String(key)] = value;
  };
  parser.onToken = ({ token, value, offset }) => {
    beforeLast = last;
    last = token;
    lastOffset = offset;
    lastDepth = depth;
    if (depth === 1 && token === TokenType.STRING) {
      inRecords = value === "records";
      sawRecords ||= inRecords;
    }
    if (token === TokenType.LEFT_BRACE || token === TokenType.LEFT_BRACKET) {
      tooDeep = ++depth > MAX_DEPTH;
      if (tooDeep) throw new RangeError("nested too deeply");
    }
    if (token !== TokenType.RIGHT_BRACE && token !== TokenType.RIGHT_BRACKET) return;
    depth--;
    if (depth > 0) return;
    if (isFlowLogRecord(alone)) complete.push(alone);
    else other ??= otherCategory(alone);
    alone = {};
  };
  function failure(error: Error, records: number): string {
    // The parser gives the position of a character that starts no token. Otherwise the last token is the wrong one.
    const character = /absolute position "(\d+)"/.exec(error.message)?.[1];
    const atDepth = character === undefined ? lastDepth : depth;
    const isInside = atDepth > (list ? 1 : inRecords ? 2 : 0);
    const place = isInside ? ` inside record ${records + 1}` : records === 0 ? "" : ` after record ${records}`;
    const isClosing = last === TokenType.RIGHT_BRACE || last === TokenType.RIGHT_BRACKET;
    const isComma = isClosing && beforeLast === TokenType.COMMA;
    const why = isComma ? `: a comma before ${last === TokenType.RIGHT_BRACE ? "}" : "]"}` : "";
    return `${place}, at byte ${Number(character ?? lastOffset) + 1}${why}`;
  }
  return {
    parser,
    complete,
    sawRecords: () => sawRecords,
    otherCategory: () => other,
    failure,
    isTooDeep: () => tooDeep,
  };
}

function notJson(where: string): UserError<FlowLogErrorCode> {
  return new UserError("flow-log-syntax", `the flow log is not valid JSON${where}`, HINT);
}

function nestedTooDeeply(records: number): UserError<FlowLogErrorCode> {
  const record = `record ${records + 1} of the flow log`;
  return new UserError("flow-log-shape", `${record}: nested more than ${MAX_DEPTH} levels deep`, HINT);
}

/**
 * Yields the records of a flow log, those completed by a chunk as one list. Accepts `{"records":[...]}`, a list of
 * records, single records, or several of these in sequence. Memory: a chunk and a record of at most `largest`
 * characters.
 * @throws UserError if the input is invalid or cut off, after yielding the records before that point.
 */
export async function* flowLogRecords(
  chunks: AsyncIterable<Uint8Array>,
  largest = LARGEST_RECORD,
): AsyncGenerator<readonly unknown[]> {
  let reading: RecordParser | null = null;
  let records = 0;
  let sinceRecord = 0;
  for await (const text of textChunks(chunks)) {
    if (reading === null) {
      const trimmed = text.trimStart();
      const opening = trimmed.charAt(0);
      // Blanks without end are refused, however they are cut into pieces.
      sinceRecord += text.length - trimmed.length;
      if (opening === "" && sinceRecord <= largest) continue;
      if ((opening !== "{" && opening !== "[") || sinceRecord > largest) throw notJson("");
      reading = await startParser(opening);
      sinceRecord = 0;
    }
    const { parser, complete, isTooDeep, failure } = reading;
    const error = errorOf(() => parser.write(text));
    sinceRecord = complete.length > 0 ? 0 : sinceRecord + text.length;
    records += complete.length;
    if (complete.length > 0) yield complete.splice(0);
    if (error !== null) throw isTooDeep() ? nestedTooDeeply(records) : notJson(failure(error, records));
    if (sinceRecord > largest) {
      throw new UserError<FlowLogErrorCode>(
        "flow-log-record-size",
        `record ${records + 1} of the flow log has more than ${largest.toLocaleString("en")} characters`,
        HINT,
      );
    }
  }
  if (reading === null) {
    throw new UserError<FlowLogErrorCode>(
      "flow-log-empty",
      "the flow log is empty",
      "check the command that writes it",
    );
  }
  const { parser, sawRecords, otherCategory: category } = reading;
  if (errorOf(() => parser.end()) !== null) {
    throw new UserError<FlowLogErrorCode>(
      "flow-log-truncated",
      `the flow log is cut off ${records === 0 ? "within its first record" : `after record ${records}`}`,
      "download the file again; Azure still appends to the current hour's",
    );
  }
  if (records === 0 && !sawRecords()) {
    throw new UserError<FlowLogErrorCode>(
      "flow-log-unrecognised",
      category() === null
        ? "the flow log is valid JSON but has no records"
        : `this is a log of category ${category()}, not a flow log`,
      HINT,
    );
  }
}

/** What the parser throws, a plain Error for invalid JSON; null if it accepts its input. */
function errorOf(act: () => void): Error | null {
  try {
    act();
    return null;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
