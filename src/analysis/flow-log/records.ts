import type { JSONParser } from "@streamparser/json";
import { UserError } from "../../text/user-error.ts";
import { textChunks } from "../lines/decode-chunks.ts";
import { type FlowLogErrorCode, isFlowLogRecord } from "./record.ts";

/**
 * The most text that may stand before a record is whole, in characters. Azure writes one a minute, mostly a few
 * kilobytes.
 */
const LARGEST_RECORD = 8 * 1024 * 1024;

/** Collected in a buffer, strings cost a third less than by joining characters. */
const STRING_BUFFER = 64 * 1024;

const HOW_TO_GET = "give a PT1H.json blob of a network security group's or a virtual network's flow log";

/**
 * A record is nested nine deep. What is nested without end is no log, and takes the parser a time that grows with the
 * square of it.
 */
const DEEPEST = 64;

/** The fields of a record that stands alone, as in Microsoft's examples and after `jq '.records[]'`. */
const RECORD_FIELDS = ["properties", "flowRecords", "macAddress", "flowLogVersion", "resourceId", "targetResourceID"];

interface RecordParser {
  readonly parser: JSONParser;
  /** The records that are whole by now; emptied by whoever takes them. */
  readonly whole: unknown[];
  /** Whether a list of records was seen, be it empty. */
  sawRecords(): boolean;
  /** Whether parsing ended because of nesting without end. */
  isTooDeep(): boolean;
}

/** A parser that keeps nothing but the record it is in. `opening` is the first character, which tells the shape. */
async function startParser(opening: string): Promise<RecordParser> {
  const { JSONParser, TokenType } = await import("@streamparser/json");
  const whole: unknown[] = [];
  const list = opening === "[";
  const paths = list ? ["$.*"] : ["$.records.*", ...RECORD_FIELDS.map((field) => `$.${field}`)];
  // Several logs one after the other, as from `cat`, are read as one.
  const parser = new JSONParser({ paths, keepStack: false, separator: "", stringBufferSize: STRING_BUFFER });
  let alone: Record<string, unknown> = {};
  let depth = 0;
  let sawRecords = false;
  let tooDeep = false;
  parser.onValue = ({ value, key, stack }) => {
    if (list || stack.length === 2) whole.push(value);
    else alone[String(key)] = value;
  };
  parser.onToken = ({ token, value }) => {
    if (depth === 1 && token === TokenType.STRING && value === "records") sawRecords = true;
    if (token === TokenType.LEFT_BRACE || token === TokenType.LEFT_BRACKET) {
      tooDeep = ++depth > DEEPEST;
      if (tooDeep) throw new RangeError("nested too deeply");
    }
    if (token !== TokenType.RIGHT_BRACE && token !== TokenType.RIGHT_BRACKET) return;
    depth--;
    if (depth > 0) return;
    if (isFlowLogRecord(alone)) whole.push(alone);
    alone = {};
  };
  return { parser, whole, sawRecords: () => sawRecords, isTooDeep: () => tooDeep };
}

const after = (records: number) => (records === 0 ? "from its start" : `after record ${records}`);

function notJson(records: number): UserError<FlowLogErrorCode> {
  return new UserError("flow-log-syntax", `the flow log is no JSON ${after(records)}`, HOW_TO_GET);
}

function nestedTooDeeply(records: number): UserError<FlowLogErrorCode> {
  const record = `record ${records + 1} of the flow log`;
  return new UserError("flow-log-shape", `${record}: it is nested more than ${DEEPEST} deep`, HOW_TO_GET);
}

/**
 * The records of a flow log as they become whole, those that do so together in one list: `{"records":[...]}`, a list
 * of records, records that stand alone, or several of these one after the other. Memory: a chunk and a record of at
 * most `largest` characters.
 * @throws UserError; where the input breaks off, after the records before the break.
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
      const opening = text.trimStart().charAt(0);
      sinceRecord += text.length;
      if (opening === "" && sinceRecord <= largest) continue;
      if (opening !== "{" && opening !== "[") throw notJson(0);
      reading = await startParser(opening);
      sinceRecord = 0;
    }
    const { parser, whole, isTooDeep } = reading;
    const fine = succeeds(() => parser.write(text));
    sinceRecord = whole.length > 0 ? 0 : sinceRecord + text.length;
    records += whole.length;
    if (whole.length > 0) yield whole.splice(0);
    if (!fine) throw isTooDeep() ? nestedTooDeeply(records) : notJson(records);
    if (sinceRecord > largest) {
      throw new UserError<FlowLogErrorCode>(
        "flow-log-record-size",
        `record ${records + 1} of the flow log has more than ${largest.toLocaleString("en")} characters`,
        HOW_TO_GET,
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
  const { parser, sawRecords } = reading;
  if (!succeeds(() => parser.end())) {
    throw new UserError<FlowLogErrorCode>(
      "flow-log-truncated",
      `the flow log is cut off ${records === 0 ? "within its first record" : after(records)}`,
      "download the file again; Azure still appends to the current hour's",
    );
  }
  if (records === 0 && !sawRecords()) {
    throw new UserError<FlowLogErrorCode>(
      "flow-log-unrecognised",
      "the flow log is JSON, but holds no records",
      HOW_TO_GET,
    );
  }
}

/** Whether the parser takes what it is given: it throws a plain Error for everything that is no JSON. */
function succeeds(act: () => void): boolean {
  try {
    act();
    return true;
  } catch {
    return false;
  }
}
