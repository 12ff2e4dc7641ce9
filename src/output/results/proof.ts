import type { Candidate, Explanation, NetworkWatcherAnswer, Winner } from "../../selection/explanation.ts";
import type { Colour } from "../../terminal/colour.ts";
import { type Measure, measureFor } from "../../terminal/measure.ts";
import { plainText } from "../../terminal/plain-text.ts";
import type { OutputStream } from "../../terminal/terminal.ts";
import { wrap, wrapCells } from "../../terminal/wrap.ts";

/** A labelled line of the proof. */
export interface Entry {
  readonly label: string;
  /** One text, or cells aligned with those of other entries of the same kind. */
  readonly cells: readonly string[];
  readonly columns?: readonly number[];
  readonly colour: Colour | null;
}

const INDENT = 2;
const LABEL = 14;

/** A narrower terminal has too little room for a second column and breaks the lines itself. */
const NARROWEST = 60;

const VERDICT_COLOUR = { forward: "green", drop: "red", "no-route": "red", platform: "yellow" } as const;

function service({ serviceEndpoint, serviceTag }: Winner | Candidate): string {
  if (serviceEndpoint !== null && serviceTag !== null) return `service endpoint ${serviceEndpoint} (tag ${serviceTag})`;
  return serviceEndpoint ?? serviceTag ?? "";
}

const nextHop = ({ nextHopType, nextHopIpAddress }: Winner | Candidate) =>
  [nextHopType, nextHopIpAddress.join(", ")].filter((part) => part !== "").join(" ");

function headline(explanation: Explanation, colours: OutputStream["colours"]): string {
  const { destination, hostName, verdict, winner, notes } = explanation;
  const isUndelivered = notes.some(({ id }) => id === "private-to-internet");
  const details = [
    ...(winner === null ? [] : [nextHop(winner), service(winner)].filter((part) => part !== "").map(plainText)),
    ...(isUndelivered ? [colours.red("NOT DELIVERED: a private address")] : []),
  ];
  const word = colours[isUndelivered ? "red" : VERDICT_COLOUR[verdict]](verdict);
  const asked = hostName === null ? destination : `${destination} (${hostName})`;
  return [colours.bold(plainText(asked)), word, ...details].join("  ");
}

/** Returns the width of each column. */
function widthsOf(rows: readonly (readonly string[])[], measure: Measure): number[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, measure(cell));
  }
  return widths;
}

/** Returns the cells to compare between the winner and the other rows. */
function facts(row: Candidate): string[] {
  const source = [row.source, row.name].filter((part) => part !== null).join(" ");
  return [row.addressPrefix, source, nextHop(row)].map(plainText);
}

const LABELS = { won: "winner", lost: "lost", inactive: "inactive" } as const;

/** Drops winners that look like an earlier one: several paths to one next hop, which a note counts. */
function distinctWinners(candidates: readonly Candidate[]): readonly Candidate[] {
  const seen = new Set<string>();
  return candidates.filter((candidate) => {
    if (candidate.outcome !== "won") return true;
    const key = JSON.stringify(facts(candidate));
    return !seen.has(key) && seen.add(key);
  });
}

function candidateEntries(
  { candidates }: Explanation,
  measure: Measure,
): { readonly won: Entry[]; readonly others: Entry[] } {
  const columns = widthsOf(candidates.map(facts), measure);
  const entries = distinctWinners(candidates).map((candidate): Entry => {
    const { outcome, reason, text } = candidate;
    const label = LABELS[outcome];
    if (outcome === "won") return { label, cells: facts(candidate), columns, colour: "bold" };
    const why = outcome === "lost" ? `${reason}: ${plainText(text)}` : plainText(text);
    return { label, cells: [...facts(candidate), why], columns, colour: outcome === "inactive" ? "dim" : null };
  });
  return {
    won: entries.filter(({ label }) => label === LABELS.won),
    others: entries.filter(({ label }) => label !== LABELS.won),
  };
}

function tagEntries({ serviceTags }: Explanation, measure: Measure): Entry[] {
  const rows = serviceTags.map((tag) => [tag.name, tag.addressPrefix].map(plainText));
  const columns = widthsOf(rows, measure);
  return serviceTags.map(({ region, systemService }, index) => {
    const more = [region, systemService]
      .filter((part) => part !== null && part !== "")
      .map((part) => plainText(part ?? ""));
    return { label: "service tag", cells: [...(rows[index] ?? []), ...more], columns, colour: null };
  });
}

function watcherEntry({ agrees, text }: NetworkWatcherAnswer): Entry {
  return { label: "verified", cells: [plainText(text)], colour: agrees === true ? "green" : "yellow" };
}

function proof(explanation: Explanation, measure: Measure): Entry[] {
  const { rule, certainty, notes, networkWatcher } = explanation;
  const { won, others } = candidateEntries(explanation, measure);
  return [
    ...won,
    {
      label: "rule",
      cells: [`${rule.id} (${certainty}): ${plainText(rule.text)}`],
      colour: certainty === "contested" ? "yellow" : null,
    },
    { label: "", cells: [rule.source], colour: "dim" },
    ...others,
    ...tagEntries(explanation, measure),
    ...(networkWatcher === null ? [] : [watcherEntry(networkWatcher)]),
    ...notes.map(
      ({ id, text }): Entry => ({
        label: id === "contested" ? "contested" : "note",
        cells: [plainText(text)],
        colour: id === "contested" ? "yellow" : null,
      }),
    ),
  ];
}

/** Returns entries with their labels in a column. */
export function laidOut(entries: readonly Entry[], { colours, columns }: OutputStream, measure: Measure): string {
  const indent = " ".repeat(INDENT + LABEL);
  const width = columns === null || columns < NARROWEST ? null : columns - indent.length;
  return entries
    .map(({ label, cells, columns: widths, colour }) => {
      const pad = (cell: string, column: number) =>
        cell + " ".repeat(Math.max(0, (widths?.[column] ?? 0) - measure(cell)));
      const [only = ""] = cells;
      const lines = widths === undefined ? wrap(only, width, measure) : wrapCells(cells, pad, width, measure);
      const body = lines.map((line) => (colour === null ? line : colours[colour](line))).join(`\n${indent}`);
      return `${" ".repeat(INDENT)}${colours.cyan(label.padEnd(LABEL))}${body}\n`;
    })
    .join("");
}

/** Yields the names in an explanation that come from outside. They can be in any script. */
export function* namesOf({ candidates }: Explanation): Generator<string> {
  for (const { name, source, nextHopType } of candidates) yield `${source}${name ?? ""}${nextHopType}`;
}

/** Returns the explanation of one destination as a proof. */
export async function explanationText(explanation: Explanation, stdout: OutputStream): Promise<string> {
  return proofText(explanation, stdout, await measureFor(namesOf(explanation)));
}

export function proofText(explanation: Explanation, stdout: OutputStream, measure: Measure): string {
  return `${headline(explanation, stdout.colours)}\n${laidOut(proof(explanation, measure), stdout, measure)}`;
}
