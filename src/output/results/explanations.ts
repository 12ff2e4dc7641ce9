import type { DestinationOutcome, DestinationSplit } from "../../analysis/destinations/split.ts";
import type { ServiceTagFile } from "../../routes/annotation.ts";
import type { RouteTableOrigin } from "../../routes/effective-route.ts";
import { brief } from "../../selection/explain.ts";
import type { BriefAnswer, Explanation, RefusedDestination, Winner } from "../../selection/explanation.ts";
import { hanging } from "../../terminal/hanging.ts";
import { measureFor } from "../../terminal/measure.ts";
import { plainText } from "../../terminal/plain-text.ts";
import type { OutputStream } from "../../terminal/terminal.ts";
import type { Cell } from "../formats/cell.ts";
import { splitText } from "./destination-sets.ts";
import type { Kind } from "./kind.ts";
import { type Entry, laidOut, namesOf, proofText } from "./proof.ts";
import { routeTableText, serviceTagFileText } from "./provenance.ts";

/** What `whichroute -o json` prints: an explanation of each address, and the split of each prefix, tag or other set. */
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

/** The columns that a narrow terminal gives up, the least important first. */
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
  if ("error" in entry) {
    const { destination, error } = entry;
    return [
      EXPLANATION_COLUMNS.map((column) =>
        column === "destination" ? destination : column === "error" ? error.code : null,
      ),
    ];
  }
  if ("outcomes" in entry) return [...splitRows(entry)];
  const answer = "serviceTags" in entry ? brief(entry) : entry;
  return [[...cells(answer.destination, answer, answer.winner?.addressPrefix ?? null, null), answer.hostName]];
}

/** Yields a row for each prefix of a split. A set may have a million prefixes. */
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

/** Explanations: a row for each destination. */
export const explanations: Kind<ExplanationReport> = {
  elements: (report) => report.explanations,
  columns: EXPLANATION_COLUMNS,
  givenUp: EXPLANATION_GIVEN_UP,
  *rows(report) {
    for (const entry of report.explanations) {
      if ("outcomes" in entry) yield* splitRows(entry);
      else yield* explanationRows(entry);
    }
  },
  text: explanationsText,
};

function refusal({ destination, error }: RefusedDestination, { colours }: OutputStream): string {
  const why = plainText(`${error.message}; ${error.hint}`);
  return `${colours.bold(plainText(destination))}  ${colours.red("refused")}  ${why}\n`;
}

/** Yields the names from outside. They can be in any script. */
function* namesIn({ explanations, routeTable, serviceTagFile }: ExplanationReport): Generator<string> {
  yield routeTable.name;
  yield serviceTagFile?.file ?? "";
  for (const entry of explanations) if ("candidates" in entry) yield* namesOf(entry);
}

/** Yields the explanation of each destination as a proof, then the sources of the data. */
async function* explanationsText(report: ExplanationReport, stdout: OutputStream): AsyncGenerator<string> {
  const measure = await measureFor(namesIn(report));
  for (const entry of report.explanations) {
    if ("error" in entry) yield refusal(entry, stdout);
    else if ("outcomes" in entry) yield await hanging(splitText(entry, stdout), stdout);
    else yield proofText(entry, stdout, measure);
    yield "\n";
  }
  const data: Entry[] = [
    { label: "routes", cells: [plainText(routeTableText(report.routeTable))], colour: "dim" },
    { label: "service tags", cells: [plainText(serviceTagFileText(report.serviceTagFile))], colour: "dim" },
  ];
  yield laidOut(data, stdout, measure);
}
