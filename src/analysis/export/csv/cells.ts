import { csvField } from "../../../text/csv-field.ts";
import { quotedText } from "../../../text/quoted-text.ts";
import type { ExportFile } from "../format.ts";
import type { ExportModel } from "../model.ts";
import type { ExportedAnswer } from "../ranges.ts";

/** The columns of a route. */
export const ANSWER_COLUMNS = [
  "verdict",
  "nextHopType",
  "nextHopIpAddress",
  "addressPrefix",
  "source",
  "name",
  "endpointTag",
  "serviceEndpoint",
  "certainty",
] as const;

/** The longest text of a cell. An equal-cost set has many next hops. */
const LONGEST = 4_000;

/** Text from outside on one line, without control characters. */
export const cellText = (text: string): string => quotedText(text, LONGEST);

/** Returns a text as a CSV field; empty for null. */
export function textField(text: string | null): string {
  return text === null ? "" : csvField(cellText(text));
}

/** Returns the cells of a route, in the order of ANSWER_COLUMNS. */
export function answerTexts(answer: ExportedAnswer): readonly (string | null)[] {
  return [
    answer.verdict,
    answer.nextHopType,
    answer.nextHopIpAddress.length === 0 ? null : answer.nextHopIpAddress.join(","),
    answer.addressPrefix,
    answer.source,
    answer.name,
    answer.endpointTag,
    answer.serviceEndpoint,
    answer.certainty,
  ];
}

/** Yields a header and the records, with CRLF (RFC 4180). Cells are fields already. */
export function* csvLines(columns: readonly string[], records: Iterable<readonly string[]>): Generator<string> {
  yield `${columns.join(",")}\r\n`;
  for (const record of records) yield `${record.join(",")}\r\n`;
}

/** The file that says which table each network interface has, beside a CSV of several. Empty for a single table. */
export function nicFiles({ nics }: ExportModel): readonly ExportFile[] {
  if (nics.length === 1) return [];
  const records = nics.map(({ mac, nic, tableId }) => [textField(mac), textField(nic), String(tableId)]);
  return [{ name: "nics.csv", parts: csvLines(["mac", "nic", "tableId"], records) }];
}
