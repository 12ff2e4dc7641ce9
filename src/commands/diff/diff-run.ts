import { diffTables } from "../../analysis/diff/tables.ts";
import { addressesText } from "../../output/results/address-text.ts";
import { annotateTable } from "../../routes/annotate-table.ts";
import type { CommandIO } from "../shared/command-io.ts";
import { loadTagsFor, loadTwoTables, type TableSourceOptions } from "../shared/table-source.ts";
import { HOW_TO_GET_TAGS } from "../shared/tag-source.ts";
import { UnexpectedAnswer } from "../shared/unexpected-answer.ts";

export interface DiffOptions extends TableSourceOptions {
  readonly exitCode?: boolean | undefined;
}

/** Prints which addresses go elsewhere between two tables, and the rows that differ without moving any. */
export async function runDiff(before: string, after: string, options: DiffOptions, io: CommandIO): Promise<void> {
  const [old, now] = await loadTwoTables(before, after, options, io.terminal);
  const tags = await loadTagsFor([before, after], options, io.terminal);
  if (tags === null) io.terminal.note(`no service tags, so no service is named: ${HOW_TO_GET_TAGS}`);
  const diff = diffTables(annotateTable(old.table, tags), annotateTable(now.table, tags), tags);
  await io.print({
    kind: "diff",
    report: {
      schemaVersion: "1.0",
      ...diff,
      before: old.table.origin,
      after: now.table.origin,
      serviceTagFile: tags?.file ?? null,
    },
  });
  if (options.exitCode === true && diff.moves.length > 0) {
    throw new UnexpectedAnswer(
      "addresses-moved",
      `${addressesText(diff.moved)} go elsewhere`,
      "the list is on stdout; --exit-code makes that exit 3",
    );
  }
}
