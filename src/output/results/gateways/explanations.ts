import { hopText, lastPart, type ReportedRouter } from "../../../routes/gateways/gateway-report.ts";
import { type GatewayExplanation, winningPrefix } from "../../../selection/gateways/explain-gateway.ts";
import { EMPTY } from "../../../terminal/columns.ts";
import { labelled, labelledText } from "../../../terminal/labelled-text.ts";
import { type Measure, measureFor } from "../../../terminal/measure.ts";
import { plainText } from "../../../terminal/plain-text.ts";
import { type StackedRow, stackedRows } from "../../../terminal/stacked-rows.ts";
import type { OutputStream } from "../../../terminal/terminal.ts";
import { headlineText, LEVEL_COLOUR } from "../answer-text.ts";
import type { Kind } from "../kind.ts";
import { noteTexts, routerDataText } from "./router-text.ts";
import { shortInstance } from "./routes.ts";

/** What `whichroute -o json` prints for the table of a hub, a gateway, a Route Server or a circuit. */
export interface GatewayExplanationReport {
  readonly schemaVersion: "1.0";
  /** Several for one destination where the instances of the router differ. */
  readonly explanations: readonly GatewayExplanation[];
  readonly gatewayTable: ReportedRouter;
}

/** Options for the text. */
export interface GatewayExplanationView {
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
] as const;

/** Where a router sends destinations: a row for each, and for each group of instances that differ. */
export const gatewayExplanations: Kind<GatewayExplanationReport, GatewayExplanationView> = {
  elements: ({ explanations }) => explanations,
  columns: GATEWAY_EXPLANATION_COLUMNS,
  givenUp: ["certainty", "rule", "hostName", "nextHopName", "asPath", "instance"],
  *rows({ explanations }) {
    for (const each of explanations) {
      yield [
        each.destination,
        each.verdict,
        each.nextHops.map(({ text }) => text),
        each.nextHops.flatMap(({ name }) => (name === null ? [] : [name])),
        winningPrefix(each),
        each.candidates.find(({ outcome }) => outcome === "won")?.asPath?.join("-") ?? null,
        each.rule.id,
        each.certainty,
        each.instances,
        each.hostName,
      ];
    }
  },
  *lines({ explanations, gatewayTable }, { colours }) {
    for (const each of explanations) {
      yield `${askedText(each, gatewayTable)}  ${colours[LEVEL_COLOUR[each.level]](answer(each))}\n`;
    }
  },
  text: explanationsText,
};

const answer = ({ text }: GatewayExplanation) => plainText(`${text} (inferred)`);

/** Returns a destination, with its host name, and the instances that the answer is of where they differ. */
function askedText({ destination, hostName, instances }: GatewayExplanation, router: ReportedRouter): string {
  const name = hostName === null ? "" : ` (${hostName})`;
  const at = instances.length < router.instances.length ? ` at ${instances.map(shortInstance).join(", ")}` : "";
  return plainText(`${destination}${name}${at}`);
}

const HEADING = ["PREFIX", "NEXT HOP", "LEARNED", "REASON"];

/** Yields the text for people: one destination in full, several on one line each; then whose table it is. */
async function* explanationsText(
  report: GatewayExplanationReport,
  stdout: OutputStream,
  { explain, verbose }: GatewayExplanationView,
): AsyncGenerator<string> {
  const { explanations, gatewayTable } = report;
  const data = labelled("data", routerDataText(gatewayTable), { text: "dim" });
  const measure = await measureFor([data.text, ...explanations.map(({ text }) => text)]);
  const single = new Set(explanations.map(({ destination }) => destination)).size === 1;
  if (!single && !explain && !verbose) {
    const rows = explanations.map((each): StackedRow => {
      const cells = [askedText(each, gatewayTable), stdout.symbols.arrow, answer(each)];
      return { mark: "", markColour: null, cells, colour: LEVEL_COLOUR[each.level] };
    });
    yield stackedRows({ heading: null, rows, indent: 0 }, stdout, measure);
    yield `\n${labelledText(data, stdout, measure)}`;
    return;
  }
  for (const [at, each] of explanations.entries()) {
    if (at > 0) yield "\n";
    yield explanationText(each, gatewayTable, stdout, measure, verbose);
  }
  yield labelledText(data, stdout, measure);
}

function explanationText(
  explanation: GatewayExplanation,
  router: ReportedRouter,
  stdout: OutputStream,
  measure: Measure,
  verbose: boolean,
): string {
  const { candidates, notes, rule, level } = explanation;
  const head = headlineText(askedText(explanation, router), answer(explanation), level, stdout, measure);
  const rows = groupedCandidates(candidates).map(({ cells, hops, outcome }): StackedRow => {
    const [prefix = "", type = "", ...rest] = cells;
    const hop = [type, hops.join(", ")].filter((part) => part !== "").join(" ");
    const won = outcome === "won";
    const mark = won ? stdout.symbols.won : stdout.symbols.lost;
    const shown = [prefix, hop || EMPTY, ...rest].map(plainText);
    return { mark, markColour: won ? LEVEL_COLOUR[level] : null, cells: shown, colour: won ? "bold" : null };
  });
  const table = rows.length === 0 ? "" : `\n${stackedRows({ heading: HEADING, rows, indent: 2 }, stdout, measure)}`;
  const below = [
    ...noteTexts(notes, stdout),
    ...(verbose
      ? [
          labelled("rule", `${rule.id} (${rule.status}): ${rule.text}`),
          labelled("source", rule.source, { text: "dim" }),
        ]
      : []),
  ];
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
