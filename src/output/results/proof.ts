import { nextHopWords } from "../../routes/next-hop-words.ts";
import { notesBesides } from "../../selection/diagnosis.ts";
import type { Candidate, Explanation } from "../../selection/explanation.ts";
import { type LabelledText, labelled, labelledText } from "../../terminal/labelled-text.ts";
import { measureFor } from "../../terminal/measure.ts";
import { plainText } from "../../terminal/plain-text.ts";
import { type StackedRow, stackedRows } from "../../terminal/stacked-rows.ts";
import type { OutputStream } from "../../terminal/streams.ts";
import { certaintyText, headlineText, LEVEL_COLOUR } from "./answer-text.ts";

const HEADING = ["PREFIX", "NEXT HOP", "SOURCE", "REASON"];

const nextHop = ({ nextHopIpAddress }: Candidate, nextHopType: string) =>
  [nextHopType, nextHopIpAddress.join(", ")].filter((part) => part !== "").join(" ");

/** Returns the cells of a row; `shorter`: with short names for long next hop types and sources. */
function cellsOf(row: Candidate, shorter: boolean): readonly string[] {
  const { addressPrefix, nextHopType, source, name, label } = row;
  // A source may be VirtualNetworkGateway too.
  const word = (text: string) => (shorter ? nextHopWords(text).short : undefined) ?? text;
  const from = [word(source), name].filter((part) => part !== null).join(" ");
  return [addressPrefix, nextHop(row, word(nextHopType)), from, label].map(plainText);
}

/** Drops winners that equal an earlier one in print: several paths to one next hop, which a note counts. */
function distinctWinners(candidates: readonly Candidate[]): readonly Candidate[] {
  const seen = new Set<string>();
  return candidates.filter((candidate) => {
    if (candidate.outcome !== "won") return true;
    const key = JSON.stringify(cellsOf(candidate, false));
    return !seen.has(key) && seen.add(key);
  });
}

/** Returns all rows that cover the destination: winners, losers with their reasons, inactive rows. */
function proofRows(
  { candidates, diagnosis }: Explanation,
  { symbols }: OutputStream,
  shorter: boolean,
): readonly StackedRow[] {
  const marks = { won: symbols.won, lost: symbols.lost, inactive: symbols.inactive };
  const colours = { won: LEVEL_COLOUR[diagnosis.level], lost: null, inactive: "dim" } as const;
  return distinctWinners(candidates).map((candidate): StackedRow => {
    const { outcome } = candidate;
    const colour = outcome === "won" ? "bold" : outcome === "inactive" ? "dim" : null;
    return { mark: marks[outcome], markColour: colours[outcome], cells: cellsOf(candidate, shorter), colour };
  });
}

/** Returns the lines below the proof: problems, what to check, remarks, tags. */
function remarks(explanation: Explanation, { symbols }: OutputStream, verbose: boolean): readonly LabelledText[] {
  const { next, networkWatcher, serviceTags, rule } = explanation;
  const notes = notesBesides(explanation);
  const of = (wanted: string) => notes.filter(({ level }) => level === wanted);
  const agrees = networkWatcher?.agrees === true ? "green" : "yellow";
  return [
    ...of("problem").map(({ text }) => labelled(symbols.problem, text, { label: "yellow" })),
    ...(next === null ? [] : [labelled("next", next)]),
    ...(networkWatcher === null ? [] : [labelled("verified", networkWatcher.text, { text: agrees })]),
    ...[...of("remark"), ...(verbose ? of("detail") : [])].map(({ text }) => labelled("note", text)),
    ...(serviceTags.length === 0 || verbose
      ? []
      : [labelled("service tags", serviceTags.map(({ name }) => name).join(", "))]),
    ...(verbose ? serviceTags.map((tag) => labelled("service tag", tagText(tag))) : []),
    ...(verbose
      ? [
          labelled("rule", `${rule.id} (${rule.status}): ${rule.text}`),
          labelled("source", rule.source, { text: "dim" }),
        ]
      : []),
  ];
}

function tagText({ name, addressPrefix, region, systemService }: Explanation["serviceTags"][number]): string {
  const more = [region, systemService].filter((part) => part !== null && part !== "");
  return [name, addressPrefix, ...more].join(", ");
}

/** Returns a destination, with its host name if one was given. */
export const askedText = ({ destination, hostName }: Pick<Explanation, "destination" | "hostName">): string =>
  plainText(hostName === null ? destination : `${destination} (${hostName})`);

/**
 * Returns the explanation of one destination: the diagnosis, every row that covers the destination with its reason,
 * then problems, what to check next, remarks and tags. `verbose`: also the rule with its source, the prefixes of the
 * tags, and how the next hop works. `last`: more such lines.
 */
export async function explanationText(
  explanation: Explanation,
  stdout: OutputStream,
  verbose = false,
  last: readonly LabelledText[] = [],
): Promise<string> {
  const { diagnosis, certainty } = explanation;
  const asked = askedText(explanation);
  const answer = plainText(`${diagnosis.text}${certaintyText(certainty)}`);
  const rows = proofRows(explanation, stdout, false);
  const below = [...remarks(explanation, stdout, verbose), ...last];
  const texts = [asked, answer, ...rows.flatMap(({ cells }) => cells), ...below.map(({ text }) => text)];
  const measure = await measureFor(texts);
  const head = headlineText(asked, answer, diagnosis.level, stdout, measure);
  const proof = { heading: HEADING, rows, shorter: proofRows(explanation, stdout, true), indent: 2 };
  const table = rows.length === 0 ? "" : `\n${stackedRows(proof, stdout, measure)}`;
  const rest = below.map((each) => labelledText(each, stdout, measure));
  return `${head}${table}${rest.length === 0 ? "" : `\n${rest.join("")}`}`;
}
