import type { DestinationOutcome, DestinationSplit } from "../../analysis/destinations/split.ts";
import type { ServiceTagFile } from "../../routes/annotation.ts";
import type { RouteTableOrigin } from "../../routes/effective-route.ts";
import { brief } from "../../selection/explain.ts";
import type { BriefAnswer, Diagnosis, Explanation, RefusedDestination, Winner } from "../../selection/explanation.ts";
import { labelled, labelledText } from "../../terminal/labelled-text.ts";
import { measureFor } from "../../terminal/measure.ts";
import { plainText } from "../../terminal/plain-text.ts";
import { type StackedRow, stackedRows } from "../../terminal/stacked-rows.ts";
import type { OutputStream } from "../../terminal/streams.ts";
import type { Cell } from "../formats/cell.ts";
import { answerText, LEVEL_COLOUR } from "./answer-text.ts";
import type { splitLine } from "./destination-sets.ts";
import type { Kind } from "./kind.ts";
import { askedText, explanationText } from "./proof.ts";
import { dataText } from "./provenance.ts";

/**
 * The output of `whichroute -o json`: an explanation of each address, and the split of each prefix, tag or other set.
 */
export interface ExplanationReport {
  readonly schemaVersion: "1.0";
  readonly explanations: readonly (Explanation | RefusedDestination | DestinationSplit)[];
  readonly routeTable: RouteTableOrigin;
  readonly serviceTagFile: ServiceTagFile | null;
}

/** The columns of explanations. Scripts rely on their order. */
export const EXPLANATION_COLUMNS = [
  "destination",
  "verdict",
  "nextHopType",
  "nextHopIpAddress",
  "serviceTag",
  "addressPrefix",
  "source",
  "name",
  "serviceEndpoint",
  "rule",
  "certainty",
  "error",
  "partOf",
  "hostName",
] as const;

/** The columns that a narrow terminal drops, the least important first. */
export const EXPLANATION_GIVEN_UP: readonly string[] = [
  ...["certainty", "rule", "serviceEndpoint", "partOf", "hostName"],
  ...["source", "serviceTag", "name", "addressPrefix", "nextHopIpAddress", "nextHopType"],
];

/**
 * Returns one row for an address. A prefix, a tag or another set of addresses has one row for each prefix of its split,
 * with the set's name in `partOf`. The service tag is that of the winning endpoint route, else the most specific one
 * that holds the address. A rejected destination has its error's code in `error` and empty cells between.
 */
export function explanationRows(
  entry: Explanation | BriefAnswer | RefusedDestination | DestinationSplit,
): readonly (readonly Cell[])[] {
  return [...rowsOf(entry)];
}

/** Returns the same rows one by one. A set may have a million prefixes. */
function rowsOf(entry: Parameters<typeof explanationRows>[0]): Iterable<readonly Cell[]> {
  if ("error" in entry) {
    const { destination, error } = entry;
    return [
      EXPLANATION_COLUMNS.map((column) =>
        column === "destination" ? destination : column === "error" ? error.code : null,
      ),
    ];
  }
  if ("outcomes" in entry) return splitRows(entry);
  const answer = "serviceTags" in entry ? brief(entry) : entry;
  return [[...cells(answer.destination, answer, answer.winner?.addressPrefix ?? null, null), answer.hostName]];
}

/** Yields a row for each prefix of a split. */
function* splitRows({ destination, outcomes }: DestinationSplit): Generator<readonly Cell[]> {
  for (const outcome of outcomes) {
    const { winner, prefixes, winningPrefixes } = outcome;
    const answer = { ...outcome, rule: outcome.rule.id, serviceTag: winner?.serviceTag ?? null };
    for (const [at, prefix] of prefixes.entries()) {
      yield [...cells(prefix, answer, winningPrefixes[at] ?? [], destination), null];
    }
  }
}

/** Returns the cells that addresses and sets of addresses have in common. */
type Answer = Pick<BriefAnswer, "verdict" | "rule" | "certainty" | "serviceTag"> & {
  readonly winner: Winner | DestinationOutcome["winner"];
};

function cells(
  destination: string,
  { verdict, winner, rule, certainty, serviceTag }: Answer,
  addressPrefix: Cell,
  partOf: string | null,
): readonly Cell[] {
  return [
    destination,
    verdict,
    winner?.nextHopType ?? null,
    winner?.nextHopIpAddress ?? null,
    serviceTag,
    addressPrefix,
    winner?.source ?? null,
    winner?.name ?? null,
    winner?.serviceEndpoint ?? null,
    rule,
    certainty,
    null,
    partOf,
  ];
}

/** Options for the text of explanations. */
export interface ExplanationView {
  /** Explain each of several destinations in full, instead of on one line each. */
  readonly explain: boolean;
  /** Show each outcome of a set of addresses by itself, with all its prefixes. */
  readonly expand: boolean;
  /** Show the rule with its source, the prefixes of tags, and how the next hop works. */
  readonly verbose: boolean;
}

/** Explanations: a row for each destination. */
export const explanations: Kind<ExplanationReport, ExplanationView> = {
  elements: (report) => report.explanations,
  columns: EXPLANATION_COLUMNS,
  givenUp: EXPLANATION_GIVEN_UP,
  *rows(report) {
    for (const entry of report.explanations) yield* rowsOf(entry);
  },
  text: explanationsText,
  async *lines({ explanations: entries }, stdout) {
    const lineOfSet = await lineOfSets(entries);
    for (const entry of entries) yield explanationLine(entry, stdout, lineOfSet);
  },
};

type Entry = ExplanationReport["explanations"][number];

/** Returns a set of addresses on one line. Its module is not loaded for single addresses. */
type LineOfSet = typeof splitLine;

async function lineOfSets(entries: readonly Entry[]): Promise<LineOfSet | null> {
  return entries.some((entry) => "outcomes" in entry) ? (await import("./destination-sets.ts")).splitLine : null;
}

/** The answer for one destination on one line: the destination, the answer, its level. */
function lineOf(
  entry: Entry,
  lineOfSet: LineOfSet | null,
): { readonly asked: string; readonly answer: string; readonly level: Diagnosis["level"] } {
  if ("error" in entry) {
    const { message, hint } = entry.error;
    return { asked: plainText(entry.destination), answer: plainText(`refused: ${message}; ${hint}`), level: "problem" };
  }
  if ("outcomes" in entry) {
    if (lineOfSet === null) throw new RangeError("a set among single addresses");
    const { level, text } = lineOfSet(entry);
    return { asked: plainText(entry.destination), answer: plainText(text), level };
  }
  return { asked: askedText(entry), answer: answerText(entry), level: entry.diagnosis.level };
}

/** Returns `DESTINATION  ANSWER`. The destination comes first and has no colour. */
export function explanationLine(entry: Entry, { colours }: OutputStream, lineOfSet: LineOfSet | null): string {
  const { asked, answer, level } = lineOf(entry, lineOfSet);
  return `${asked}  ${colours[LEVEL_COLOUR[level]](answer)}\n`;
}

/** Returns one line for each destination, with the answers in a column. */
export async function answerRows(entries: readonly Entry[], stdout: OutputStream): Promise<string> {
  const lineOfSet = await lineOfSets(entries);
  const lines = entries.map((entry) => lineOf(entry, lineOfSet));
  const measure = await measureFor(lines.flatMap(({ asked, answer }) => [asked, answer]));
  const rows = lines.map(({ asked, answer, level }): StackedRow => {
    return { mark: "", markColour: null, cells: [asked, stdout.symbols.arrow, answer], colour: LEVEL_COLOUR[level] };
  });
  return stackedRows({ heading: null, rows, indent: 0 }, stdout, measure);
}

/** Yields the text for people: one destination in full, several on one line each; then where the data came from. */
async function* explanationsText(
  report: ExplanationReport,
  stdout: OutputStream,
  { explain, expand, verbose }: ExplanationView,
): AsyncGenerator<string> {
  const { explanations: entries, routeTable, serviceTagFile } = report;
  const data = labelled("data", dataText(routeTable, serviceTagFile), { text: "dim" });
  const only = entries.length === 1 ? entries[0] : undefined;
  if (only !== undefined && !("error" in only)) {
    // The data is the last of the remarks.
    if ("outcomes" in only) yield await (await import("./destination-sets.ts")).splitText(only, stdout, expand, [data]);
    else yield await explanationText(only, stdout, verbose, [data]);
    return;
  }
  if (!explain && !verbose) yield await answerRows(entries, stdout);
  else {
    for (const [at, entry] of entries.entries()) {
      if (at > 0) yield "\n";
      if ("error" in entry) yield await answerRows([entry], stdout);
      else if ("outcomes" in entry)
        yield await (await import("./destination-sets.ts")).splitText(entry, stdout, expand);
      else yield await explanationText(entry, stdout, verbose);
    }
  }
  yield `\n${labelledText(data, stdout, await measureFor([data.text]))}`;
}
