import packageJson from "../../../package.json" with { type: "json" };
import { type PipelineFormat, pipelineTextOf } from "../../output/formats/formats.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { UserError } from "../../text/user-error.ts";
import type { CommandIO } from "./command-io.ts";

/**
 * Surroundings in which a checked policy is printed for pipelines.
 * @throws UserError for any command but `check`, and for a query.
 */
export async function pipelineIO(
  format: PipelineFormat,
  command: string,
  query: string | undefined,
  terminal: Terminal,
): Promise<CommandIO> {
  const ofCheck = new UserError(
    "format-of-check",
    `-o ${format} is a format of check alone`,
    "vnet-explain help output lists the formats of every command",
  );
  if (command !== "check") throw ofCheck;
  if (query !== undefined) {
    throw new UserError(
      "query-of-format",
      `--query picks from a report, and -o ${format} has a form of its own`,
      "leave one of them out",
    );
  }
  const text = await pipelineTextOf(format);
  return {
    terminal,
    print: async (result) => {
      if (result.kind !== "check") throw ofCheck;
      terminal.stdout.write(await text(result.report, packageJson.version));
    },
    printRecords: async () => {
      throw ofCheck;
    },
  };
}
