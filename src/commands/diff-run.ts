import { diffTables } from "../analysis/table-diff.ts";
import { annotateTable } from "../routes/annotate-table.ts";
import type { CommandIO } from "./command-io.ts";
import { loadTable, loadTagsFor, type TableSourceOptions } from "./table-source.ts";
import { HOW_TO_GET_TAGS } from "./tag-source.ts";
import { UnexpectedAnswer } from "./unexpected-answer.ts";
import { UsageError } from "./usage-error.ts";

export interface DiffOptions extends TableSourceOptions {
  readonly exitCode?: boolean | undefined;
}

/** Prints which addresses go elsewhere between two tables, and the rows that differ without moving any. */
export async function runDiff(before: string, after: string, options: DiffOptions, io: CommandIO): Promise<void> {
  if (before === "-" && after === "-") {
    throw new UsageError("stdin-twice", "stdin cannot be both tables", "save one of them in a file");
  }
  const old = await loadTable(before, options, io.terminal);
  const now = await loadTable(after, options, io.terminal);
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
    throw new UnexpectedAnswer("addresses-moved", "destinations go elsewhere now", "see the list of them");
  }
}
