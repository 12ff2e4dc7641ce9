import type {
  Candidate,
  Explanation,
  NetworkWatcherAnswer,
  RefusedDestination,
  Winner,
} from "../selection/explanation.ts";
import { plainText } from "./plain-text.ts";
import { routeTableText, serviceTagFileText } from "./provenance.ts";
import type { ExplanationReport } from "./reports.ts";
import { splitText } from "./table-destination-sets.ts";
import type { OutputStream } from "./terminal.ts";
import { wrap } from "./wrap.ts";

type Colour = "green" | "red" | "yellow" | "dim" | "bold" | null;

/** A labelled line of the proof; `more` are lines under it. */
interface Entry {
  readonly label: string;
  readonly text: string;
  readonly colour: Colour;
}

const INDENT = 2;
const LABEL = 14;

/** Below this there is no room for a second column, and lines are left to the terminal to break. */
const NARROWEST = 60;

const VERDICT_COLOUR = { forward: "green", drop: "red", "no-route": "red", platform: "yellow" } as const;

function service({ serviceEndpoint, serviceTag }: Winner | Candidate): string {
  if (serviceEndpoint !== null && serviceTag !== null) return `${serviceEndpoint} through ${serviceTag}`;
  return serviceEndpoint ?? serviceTag ?? "";
}

const nextHop = ({ nextHopType, nextHopIpAddress }: Winner | Candidate) =>
  [nextHopType, nextHopIpAddress.join(", ")].filter((part) => part !== "").join(" ");

function headline({ destination, verdict, winner }: Explanation, chalk: OutputStream["chalk"]): string {
  const details =
    winner === null ? [] : [nextHop(winner), service(winner)].filter((part) => part !== "").map(plainText);
  const word = chalk[VERDICT_COLOUR[verdict]](verdict);
  return [chalk.bold(plainText(destination)), word, ...details].join("  ");
}

/** The candidates' facts in columns of their own, so that winner and losers are compared at a glance. */
function facts(candidates: readonly Candidate[]): string[] {
  const rows = candidates.map((row) =>
    [row.addressPrefix, [row.source, row.name].filter((part) => part !== null).join(" "), nextHop(row)].map(plainText),
  );
  const width = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(width(column))).join("  "));
}

const LABELS = { won: "winner", lost: "lost", inactive: "inactive" } as const;

function candidateEntries(explanation: Explanation): { readonly won: Entry[]; readonly others: Entry[] } {
  const texts = facts(explanation.candidates);
  const won: Entry[] = [];
  const others: Entry[] = [];
  explanation.candidates.forEach((candidate, index) => {
    const label = LABELS[candidate.outcome];
    const fact = texts[index] ?? "";
    if (candidate.outcome === "won") won.push({ label, text: fact.trimEnd(), colour: "bold" });
    else {
      const reason = candidate.outcome === "lost" ? `  ${candidate.reason}: ` : "  ";
      const colour = candidate.outcome === "inactive" ? "dim" : null;
      others.push({ label, text: `${fact}${reason}${plainText(candidate.text)}`, colour });
    }
  });
  return { won, others };
}

function tagEntries({ serviceTags }: Explanation): Entry[] {
  const name = Math.max(0, ...serviceTags.map((tag) => tag.name.length));
  const prefix = Math.max(0, ...serviceTags.map((tag) => tag.addressPrefix.length));
  return serviceTags.map((tag) => ({
    label: "service tag",
    text: plainText(
      [tag.name.padEnd(name), tag.addressPrefix.padEnd(prefix), tag.region ?? "", tag.systemService ?? ""]
        .filter((part) => part !== "")
        .join("  "),
    ).trimEnd(),
    colour: null,
  }));
}

function watcherEntry({ agrees, text }: NetworkWatcherAnswer): Entry {
  return { label: "verified", text: plainText(text), colour: agrees === true ? "green" : "yellow" };
}

function proof(explanation: Explanation): Entry[] {
  const { rule, certainty, notes, networkWatcher } = explanation;
  const { won, others } = candidateEntries(explanation);
  return [
    ...won,
    {
      label: "rule",
      text: `${rule.id} (${certainty}): ${plainText(rule.text)}`,
      colour: certainty === "contested" ? "yellow" : null,
    },
    { label: "", text: rule.source, colour: "dim" },
    ...others,
    ...tagEntries(explanation),
    ...(networkWatcher === null ? [] : [watcherEntry(networkWatcher)]),
    ...notes.map(
      ({ id, text }): Entry => ({
        label: id === "contested" ? "contested" : "note",
        text: plainText(text),
        colour: id === "contested" ? "yellow" : null,
      }),
    ),
  ];
}

/** Entries with their labels in a column; a label that repeats is written once. */
function laidOut(entries: readonly Entry[], { chalk, columns }: OutputStream): string {
  const indent = " ".repeat(INDENT + LABEL);
  const width = columns === null || columns < NARROWEST ? null : columns - indent.length;
  let text = "";
  entries.forEach(({ label, text: body, colour }) => {
    const lines = wrap(body, width).map((line) => (colour === null ? line : chalk[colour](line)));
    text += `${" ".repeat(INDENT)}${chalk.cyan(label.padEnd(LABEL))}${lines.join(`\n${indent}`)}\n`;
  });
  return text;
}

function refusal({ destination, error }: RefusedDestination, { chalk }: OutputStream): string {
  const why = plainText(`${error.message}; ${error.hint}`);
  return `${chalk.bold(plainText(destination))}  ${chalk.red("refused")}  ${why}\n`;
}

/** Each destination's answer as a proof: verdict, winner, rule, losers, tags, notes; then on which data it rests. */
export function explanationsText(report: ExplanationReport, stdout: OutputStream): string {
  const blocks = report.explanations.map((entry) =>
    "error" in entry
      ? refusal(entry, stdout)
      : "outcomes" in entry
        ? splitText(entry, stdout)
        : `${headline(entry, stdout.chalk)}\n${laidOut(proof(entry), stdout)}`,
  );
  const data: Entry[] = [
    { label: "routes", text: plainText(routeTableText(report.routeTable)), colour: "dim" },
    { label: "service tags", text: plainText(serviceTagFileText(report.serviceTagFile)), colour: "dim" },
  ];
  return [...blocks, laidOut(data, stdout)].join("\n");
}
