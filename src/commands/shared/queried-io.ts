import type { Format } from "../../output/formats/formats.ts";
import { printQueried } from "../../output/query/print-found.ts";
import { compileQuery } from "../../output/query/query.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { UserError } from "../../text/user-error.ts";
import type { CommandIO } from "./command-io.ts";

/**
 * Surroundings in which only what the query finds is printed. The query is read before the command's work begins.
 * @throws UserError
 */
export async function queriedIO(expression: string, format: Format, terminal: Terminal): Promise<CommandIO> {
  const query = await compileQuery(expression);
  return {
    terminal,
    print: async ({ report }) => {
      const found = query.search(report);
      const unknown = query.unknownNames(report);
      if (unknown !== null) terminal.note(unknown);
      await printQueried(found, format, terminal);
    },
    printRecords: async () => {
      throw new UserError(
        "query-of-stream",
        "--query needs the whole output, and a stream has no end",
        "filter each record instead: -o ndjson | jq ..., or pick columns: -o tsv | cut -f1,2",
      );
    },
  };
}
