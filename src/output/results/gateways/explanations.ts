import type { GatewayPart } from "../../../analysis/gateways/split.ts";
import { hopText, type ReportedRouter } from "../../../routes/gateways/gateway-report.ts";
import type { RefusedDestination } from "../../../selection/explanation.ts";
import { type GatewayExplanation, winningPrefix } from "../../../selection/gateways/explain-gateway.ts";
import { labelled, labelledText } from "../../../terminal/labelled-text.ts";
import { measureFor } from "../../../terminal/measure.ts";
import { plainText } from "../../../terminal/plain-text.ts";
import { type StackedRow, stackedRows } from "../../../terminal/stacked-rows.ts";
import type { OutputStream } from "../../../terminal/streams.ts";
import { EMPTY } from "../../../terminal/table-form.ts";
import { lastPart } from "../../../text/last-part.ts";
import type { Cell } from "../../formats/cell.ts";
import { groupText } from "../address-text.ts";
import { headlineText, LEVEL_COLOUR } from "../answer-text.ts";
import type { Kind } from "../kind.ts";
import { partsLine, partsText } from "./parts.ts";
import { noteTexts, routerDataText } from "./router-text.ts";
import { shortInstance } from "./routes.ts";

/** The output of `whichroute -o json` for the table of a hub, a gateway, a Route Server or a circuit. */
export interface GatewayExplanationReport {
  readonly schemaVersion: "1.0";
  /**
   * There are several for one destination if the instances of the router differ, and one for each part of a prefix, a
   * tag or a keyword that the table routes differently.
   */
  readonly explanations: readonly GatewayEntry[];
  readonly gatewayTable: ReportedRouter;
}

/** The answer for an address (`part` is null) or for a part of a set, or an invalid line of stdin. */
export type GatewayEntry = (GatewayExplanation & { readonly part: null }) | GatewayPart | RefusedDestination;

/** Options for the text. */
export interface GatewayExplanationView {
  /** Show every prefix of each part of a set. */
  readonly expand: boolean;
  /** Explain each of several destinations in full, instead of on one line each. */
  readonly explain: boolean;
  /** Show the rule with its source. */
  readonly verbose: boolean;
}

/** The columns of the flat formats. Scripts rely on their order. */
export const GATEWAY_EXPLANATION_COLUMNS = [
  "destination",
  "verdict",
  "nextHop",
  "nextHopName",
  "addressPrefix",
  "asPath",
  "rule",
  "certainty",
  "instance",
  "hostName",
  "partOf",
  "error",
] as const;

const EMPTY_CELLS = GATEWAY_EXPLANATION_COLUMNS.map(() => null);

/** The columns that a narrow terminal drops, the least important first. */
export const GATEWAY_EXPLANATION_GIVEN_UP = [
  ...["certainty", "rule", "hostName", "partOf", "nextHopName", "asPath", "instance"],
] as const;

/** The answers of a router: a row for each destination, and for each group of instances that differ. */
export const gatewayExplanations: Kind<GatewayExplanationReport, GatewayExplanationView> = {
  elements: ({ explanations }) => explanations,
  columns: GATEWAY_EXPLANATION_COLUMNS,
  givenUp: GATEWAY_EXPLANATION_GIVEN_UP,
  *rows({ explanations }) {
    for (const each of explanations) yield* gatewayExplanationRows(each);
  },
  *lines({ explanations, gatewayTable }, stdout) {
    for (const each of explanations) yield gatewayExplanationLine(each, gatewayTable, stdout);
  },
  text: explanationsText,
};

/** Returns the rows of an answer in the flat formats: a row for each prefix of a part of a set. */
export function gatewayExplanationRows(entry: GatewayEntry): readonly (readonly Cell[])[] {
  if ("error" in entry) return [[entry.destination, ...EMPTY_CELLS.slice(2), entry.error.code]];
  const { destination, part } = entry;
  const cells: readonly Cell[] = [
    entry.verdict,
    entry.nextHops.map(({ text }) => text),
    entry.nextHops.flatMap(({ name }) => (name === null ? [] : [name])),
    winningPrefix(entry),
    entry.candidates.find(({ outcome }) => outcome === "won")?.asPath?.join("-") ?? null,
    entry.rule.id,
    entry.certainty,
    entry.instances,
    entry.hostName,
  ];
  if (part === null) return [[destination, ...cells, null, null]];
  return part.prefixes.map((prefix) => [prefix, ...cells, destination, null]);
}

/** Returns `DESTINATION  ANSWER`; for a part of a set with its addresses. */
export function gatewayExplanationLine(
  entry: GatewayEntry,
  router: ReportedRouter,
  { colours }: Pick<OutputStream, "colours">,
): string {
  if ("error" in entry) return `${plainText(entry.destination)}  ${colours.red(refusedText(entry))}\n`;
  const addresses = entry.part === null ? entry.destination : groupText(entry.part);
  const part = addresses === entry.destination ? "" : `  ${addresses}`;
  return `${askedText(entry, router)}${part}  ${colours[LEVEL_COLOUR[entry.level]](answer(entry))}\n`;
}

const refusedText = ({ error: { message, hint } }: RefusedDestination) => plainText(`refused: ${message}; ${hint}`);

const answer = ({ text }: GatewayExplanation) => plainText(`${text} (inferred)`);

/** Returns a destination with its host name, and the instances of the answer if they differ. */
function askedText({ destination, hostName, instances }: GatewayExplanation, router: ReportedRouter): string {
  const name = hostName === null ? "" : ` (${hostName})`;
  const at = instances.length < router.instances.length ? ` at ${instances.map(shortInstance).join(", ")}` : "";
  return plainText(`${destination}${name}${at}`);
}

const HEADING = ["PREFIX", "NEXT HOP", "LEARNED", "REASON"];

/** Yields the text for people: one destination in full, several on one line each; then the router of the table. */
async function* explanationsText(
  report: GatewayExplanationReport,
  stdout: OutputStream,
  { explain, expand, verbose }: GatewayExplanationView,
): AsyncGenerator<string> {
  const { explanations, gatewayTable } = report;
  const asked = byDestination(explanations);
  const data = labelled("data", routerDataText(gatewayTable), { text: "dim" });
  const texts = explanations.flatMap((each) =>
    "error" in each
      ? []
      : [
          askedText(each, gatewayTable),
          each.text,
          ...each.notes.map(({ text }) => text),
          ...(each.part?.prefixes ?? []),
        ],
  );
  const measure = await measureFor([data.text, ...texts]);
  if (asked.length > 1 && !explain && !verbose) {
    const rows = asked.flatMap(({ whole, parts }) => {
      const [set] = parts;
      const ways = set === undefined ? [] : [{ asked: plainText(set.destination), ...partsLine(parts, gatewayTable) }];
      return [
        ...whole.map((each) => ({ asked: askedText(each, gatewayTable), text: answer(each), level: each.level })),
        ...ways,
      ].map(({ asked, text, level }): StackedRow => {
        return { mark: "", markColour: null, cells: [asked, stdout.symbols.arrow, text], colour: LEVEL_COLOUR[level] };
      });
    });
    yield stackedRows({ heading: null, rows, indent: 0 }, stdout, measure);
    yield `\n${labelledText(data, stdout, measure)}`;
    return;
  }
  for (const [at, { whole, parts }] of asked.entries()) {
    if (at > 0) yield "\n";
    for (const [of, each] of whole.entries()) {
      if (of > 0) yield "\n";
      yield await explanationText(each, gatewayTable, stdout, verbose);
    }
    if (parts.length === 0) continue;
    yield partsText(parts, gatewayTable, expand, stdout, measure);
    const notes = new Map(parts.flatMap((part) => part.notes).map((note) => [note.text, note]));
    yield "\n";
    for (const each of noteTexts([...notes.values()], stdout)) yield labelledText(each, stdout, measure);
  }
  yield labelledText(data, stdout, measure);
}

/** The answers for one destination: for an address one per group of instances, for a set its parts. */
interface Asked {
  readonly whole: (GatewayExplanation & { readonly part: null })[];
  readonly parts: GatewayPart[];
}

/** The answers by destination, in order. Only a stream has invalid lines. */
function byDestination(entries: readonly GatewayEntry[]): readonly Asked[] {
  const asked = new Map<string, Asked>();
  for (const entry of entries) {
    if ("error" in entry) continue;
    const own = asked.get(entry.destination) ?? { whole: [], parts: [] };
    asked.set(entry.destination, own);
    if (entry.part === null) own.whole.push(entry);
    else own.parts.push(entry);
  }
  return [...asked.values()];
}

async function explanationText(
  explanation: GatewayExplanation,
  router: ReportedRouter,
  stdout: OutputStream,
  verbose: boolean,
): Promise<string> {
  const { candidates, notes, rule, level } = explanation;
  const asked = askedText(explanation, router);
  const rows = groupedCandidates(candidates).map(({ cells, hops, outcome }): StackedRow => {
    const [prefix = "", type = "", ...rest] = cells;
    const hop = [type, hops.join(", ")].filter((part) => part !== "").join(" ");
    const won = outcome === "won";
    const mark = won ? stdout.symbols.won : stdout.symbols.lost;
    const shown = [prefix, hop || EMPTY, ...rest].map(plainText);
    return { mark, markColour: won ? LEVEL_COLOUR[level] : null, cells: shown, colour: won ? "bold" : null };
  });
  const below = [
    ...noteTexts(notes, stdout),
    ...(verbose
      ? [
          labelled("rule", `${rule.id} (${rule.status}): ${rule.text}`),
          labelled("source", rule.source, { text: "dim" }),
        ]
      : []),
  ];
  const texts = [asked, answer(explanation), ...rows.flatMap(({ cells }) => cells), ...below.map(({ text }) => text)];
  const measure = await measureFor(texts);
  const head = headlineText(asked, answer(explanation), level, stdout, measure);
  const table = rows.length === 0 ? "" : `\n${stackedRows({ heading: HEADING, rows, indent: 2 }, stdout, measure)}`;
  return `${head}${table}\n${below.map((each) => labelledText(each, stdout, measure)).join("")}`;
}

/** Candidates that differ only in next hop and peer, as one row. */
function groupedCandidates(candidates: GatewayExplanation["candidates"]) {
  const groups = new Map<string, { cells: readonly string[]; hops: string[]; outcome: "won" | "lost" }>();
  for (const { addressPrefix, nextHops, nextHopType, origin, asPath, label, outcome, best } of candidates) {
    const learned = [lastPart(origin ?? ""), asPath?.join("-") ?? ""].filter((part) => part !== "").join(" ");
    const cells = [addressPrefix, nextHopType ?? "", learned || EMPTY, label];
    const key = JSON.stringify([outcome, cells]);
    const group = groups.get(key) ?? { cells, hops: [], outcome };
    groups.set(key, group);
    for (const { text, name } of nextHops) {
      const hop = `${hopText(text, name)}${best === true ? " *" : ""}`;
      if (!group.hops.includes(hop)) group.hops.push(hop);
    }
  }
  return [...groups.values()];
}
