import type { DestinationAnswers } from "../../../analysis/fleet/answers.ts";
import type { SnapshotSummary } from "../../../analysis/fleet/summary.ts";
import type { ServiceTagFile } from "../../../routes/annotation.ts";
import { labelled, labelledText } from "../../../terminal/labelled-text.ts";
import { type Measure, measureFor } from "../../../terminal/measure.ts";
import { plainText } from "../../../terminal/plain-text.ts";
import { type StackedRow, stackedRows } from "../../../terminal/stacked-rows.ts";
import type { OutputStream } from "../../../terminal/streams.ts";
import type { Cell } from "../../formats/cell.ts";
import { headlineText, LEVEL_COLOUR, levelMark } from "../answer-text.ts";
import { splitText } from "../destination-sets.ts";
import { EXPLANATION_COLUMNS, EXPLANATION_GIVEN_UP, explanationRows } from "../explanations.ts";
import type { Kind } from "../kind.ts";
import { explanationText } from "../proof.ts";
import { foldedAnswerText } from "./answer-text.ts";
import { membersText, namesText, summaryTexts } from "./summary-text.ts";

/** The output of `whichroute -o json` for a snapshot. */
export interface SnapshotAnswersReport {
  readonly schemaVersion: "1.0";
  /** In the order given. */
  readonly destinations: readonly DestinationAnswers[];
  readonly snapshot: SnapshotSummary;
  readonly serviceTagFile: ServiceTagFile | null;
}

/** Options for the text of a snapshot's answers. */
export interface SnapshotAnswersView {
  /** Show each subnet by itself. */
  readonly expand: boolean;
  /** Explain each answer in full. */
  readonly explain: boolean;
  /** Explain with the rule and its source. */
  readonly verbose: boolean;
}

/** The answers of a snapshot: a row for each destination and subnet. */
export const snapshotAnswers: Kind<SnapshotAnswersReport, SnapshotAnswersView> = {
  elements: ({ destinations }) => destinations,
  columns: [...EXPLANATION_COLUMNS, "subnet", "nic"],
  givenUp: [...EXPLANATION_GIVEN_UP.filter((name) => name !== "nextHopType"), "nic", "nextHopType"],
  *rows({ destinations, snapshot: { withoutTable } }) {
    const nameAt = EXPLANATION_COLUMNS.indexOf("name");
    for (const { destination, answers } of destinations) {
      for (const { members, answer } of answers) {
        for (const { name, nic, route } of members) {
          for (const cells of explanationRows(answer)) yield [...cells.with(nameAt, route), name, nic];
        }
      }
      for (const { name } of withoutTable) {
        yield [...EXPLANATION_COLUMNS.map((column) => noTable(column, destination)), name, null];
      }
    }
  },
  text: answersText,
  *lines({ destinations }, { colours }) {
    for (const { destination, answers } of destinations) {
      for (const each of answers) {
        const answer = colours[LEVEL_COLOUR[each.level]](plainText(foldedAnswerText(each)));
        yield `${destination}  ${membersText(each.members)}  ${answer}  ${plainText(namesText(each.members))}\n`;
      }
    }
  },
};

const noTable = (column: string, destination: string): Cell =>
  column === "destination" ? destination : column === "error" ? "no-table" : null;

async function* answersText(
  { destinations, snapshot, serviceTagFile }: SnapshotAnswersReport,
  stdout: OutputStream,
  { expand, explain, verbose }: SnapshotAnswersView,
): AsyncGenerator<string> {
  const last = summaryTexts(snapshot, serviceTagFile, stdout.symbols);
  const texts = destinations.flatMap(({ answers }) =>
    answers.flatMap((each) => [foldedAnswerText(each), ...each.members.flatMap(({ name, text }) => [name, text])]),
  );
  const measure = await measureFor([...texts, ...last.map(({ text }) => text)]);
  for (const [at, each] of destinations.entries()) {
    if (at > 0) yield "\n";
    yield headline(each, stdout, measure);
    if (explain || verbose) yield* explained(each, stdout, verbose, measure);
    else if (expand || each.answers.length > 1) yield `\n${rowsOf(each, expand, stdout, measure)}`;
    const problem = each.answers.find(({ level }) => level !== "fine")?.answer;
    if (explain || verbose || problem === undefined || !("next" in problem) || problem.next === null) continue;
    yield `\n${labelledText(labelled("next", problem.next), stdout, measure)}`;
  }
  yield `\n${last.map((each) => labelledText(each, stdout, measure)).join("")}`;
}

/** Returns the answer if there is only one, else the number of answers. */
function headline(each: DestinationAnswers, stdout: OutputStream, measure: Measure): string {
  const { answers } = each;
  const asked = plainText(each.hostName === null ? each.destination : `${each.destination} (${each.hostName})`);
  const [first] = answers;
  if (first === undefined) return headlineText(asked, "unknown: no table in this snapshot", "problem", stdout, measure);
  const all = answers.flatMap(({ members }) => members);
  const from = all.length === 1 ? (all[0]?.name ?? "") : `all ${membersText(all)}`;
  const answer =
    answers.length === 1
      ? `${foldedAnswerText(first)}, from ${from}`
      : `${answers.length} answers, from ${membersText(all)}`;
  return headlineText(asked, plainText(answer), first.level, stdout, measure);
}

function rowsOf({ answers }: DestinationAnswers, expand: boolean, stdout: OutputStream, measure: Measure): string {
  const rows = answers.flatMap((each): readonly StackedRow[] => {
    const of = (...cells: readonly string[]): StackedRow => {
      const mark = levelMark(each.level, stdout.symbols);
      return { mark, markColour: LEVEL_COLOUR[each.level], cells: cells.map(plainText), colour: null };
    };
    if (expand) return each.members.map(({ name, text }) => of(name, text));
    return [of(membersText(each.members), foldedAnswerText(each), namesText(each.members))];
  });
  const heading = expand ? ["FROM", "ANSWER"] : ["FROM", "ANSWER", "NAMES"];
  return stackedRows({ heading, rows, prose: expand ? 1 : 2, indent: 2 }, stdout, measure);
}

async function* explained(
  { answers }: DestinationAnswers,
  stdout: OutputStream,
  verbose: boolean,
  measure: Measure,
): AsyncGenerator<string> {
  for (const { members, answer } of answers) {
    const from = labelled("from", `${membersText(members)}: ${namesText(members, MOST_FROM)}`, { text: "bold" });
    yield `\n${labelledText(from, stdout, measure)}`;
    yield "outcomes" in answer
      ? await splitText(answer, stdout, false)
      : await explanationText(answer, stdout, verbose);
  }
}

/** The most names of an answer that is explained in full. */
const MOST_FROM = 50;
