import { showsTags } from "../../analysis/destinations/shown-tags.ts";
import { AnswerFolds } from "../../analysis/fleet/answers.ts";
import { memberTables } from "../../analysis/fleet/members.ts";
import { ownerNames } from "../../analysis/fleet/owner-names.ts";
import { summaryOf } from "../../analysis/fleet/summary.ts";
import { answerText } from "../../output/results/answer-text.ts";
import { splitLine } from "../../output/results/destination-sets.ts";
import type { Result } from "../../output/results/kinds.ts";
import { annotateTable } from "../../routes/annotate-table.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import type { CommandIO } from "../shared/command-io.ts";
import { ofOneTable } from "../shared/snapshot/given-snapshot.ts";
import { type LoadOptions, loadSnapshot, namedAddresses } from "../shared/snapshot/load-snapshot.ts";
import { snapshotPage } from "../shared/snapshot/page.ts";
import { loadTags, noteOnTags, type TagSourceOptions } from "../shared/tag-source.ts";
import { answersTo } from "./answers.ts";
import type { TypedDestination } from "./destinations.ts";
import type { Expectations } from "./expectations.ts";
import { SnapshotExpectations } from "./snapshot-expectations.ts";

/** The question to each table. */
interface Question extends LoadOptions, TagSourceOptions {
  readonly verify?: boolean | undefined;
  readonly explain?: boolean | undefined;
  readonly expand?: boolean | undefined;
  readonly destinations: readonly TypedDestination[];
  readonly expectations: Expectations | null;
}

/** The answers of a snapshot, ready to be printed. */
interface SnapshotAnswers {
  readonly result: Result;
  /** @throws UserError for unexpected answers. */
  readonly conclude: () => void;
}

/**
 * Explains every destination with each table of a snapshot, and folds equal answers.
 * @throws UserError for options that need one table, and for answers other than expected, after printing.
 */
export async function runWhichrouteOnSnapshot(path: string, question: Question, io: CommandIO): Promise<void> {
  if (question.verify === true) throw ofOneTable("--verify");
  const { result, conclude } = await answersOfSnapshot(path, question, io.terminal);
  await io.print(result);
  conclude();
}

/** Returns the answers without printing them. */
export async function answersOfSnapshot(
  path: string,
  { destinations, expectations, ...options }: Question,
  terminal: Terminal,
): Promise<SnapshotAnswers> {
  const { snapshot, members, cloud } = await loadSnapshot(path, options, terminal);
  const tags = await loadTags({ ...options, cloud: options.cloud ?? cloud ?? undefined }, terminal);
  expectations?.requireTagsIn(tags, options.cloud ?? cloud);
  const folds = new AnswerFolds(ownerNames(snapshot.topology, await namedAddresses(options)));
  const expected = expectations === null ? null : new SnapshotExpectations(expectations);
  const nextHopTypes = new Set<string>();
  for (const each of memberTables(members, snapshot)) {
    for (const { nextHopType } of each.table.routes) nextHopTypes.add(nextHopType);
    const answers = await answersTo(destinations, annotateTable(each.table, tags), tags);
    folds.add(each.members, answers, (answer) => ("outcomes" in answer ? splitLine(answer).text : answerText(answer)));
    for (const answer of answers) if (!("outcomes" in answer)) expected?.hold(answer, each.members);
  }
  expectations?.requireNextHopsIn(nextHopTypes);
  const answers = folds.all();
  if (showsTags(answers.flatMap((each) => each.answers.map(({ answer }) => answer))))
    noteOnTags(tags, options.cloud ?? cloud, terminal);
  const summary = summaryOf(snapshot, members);
  return {
    result: {
      kind: "snapshot-whichroute",
      report: { schemaVersion: "1.0", destinations: answers, snapshot: summary, serviceTagFile: tags?.file ?? null },
      view: { expand: options.expand === true, explain: options.explain === true, verbose: terminal.verbose },
      page: snapshotPage({ snapshot, members }, tags),
    },
    conclude: () => expected?.conclude(summary, terminal),
  };
}
