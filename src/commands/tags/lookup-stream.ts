import { isDestinationError } from "../../analysis/destinations/destination.ts";
import { meantBy, withMeaning } from "../../analysis/destinations/meant/meant.ts";
import { type LineContent, readLines } from "../../analysis/lines/batches.ts";
import { type LineOptions, lineChoice } from "../../analysis/lines/choice.ts";
import { AddressBatch } from "../../net/address-batch.ts";
import { LOOKUP_COLUMNS, LOOKUP_GIVEN_UP, lookupLine, lookupRows } from "../../output/results/tags/lookups.ts";
import { type Lookup, lookupAddress, type RefusedLookup } from "../../service-tags/lookup-report.ts";
import type { TagCatalogue } from "../../service-tags/tag-catalogue.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import type { UserError } from "../../text/user-error.ts";
import type { CommandIO } from "../shared/command-io.ts";
import { RefusedLines } from "../shared/refused-lines.ts";
import { type Asked, lookupOf, notAddress } from "./lookup-of.ts";

/**
 * Prints look-ups as their lines arrive, in constant memory; refusals in their place.
 * @throws UserError at the end if any line was refused.
 */
export async function printLookups(
  asked: readonly Asked[],
  tags: TagCatalogue,
  options: LineOptions,
  io: CommandIO,
): Promise<void> {
  const refused = new RefusedLines();
  const choice = lineChoice(options);
  async function* pieces(): AsyncGenerator<Iterable<Lookup | RefusedLookup>> {
    for (const each of asked) {
      if (typeof each !== "string") {
        yield [each(tags)];
        continue;
      }
      for await (const contents of readLines(await linesOf(each, io.terminal), choice)) {
        yield lookups(contents, tags, refused);
      }
    }
  }
  const rest = { serviceTagFile: tags.file };
  const columns = { columns: LOOKUP_COLUMNS, givenUp: LOOKUP_GIVEN_UP };
  await io.printRecords(pieces(), { list: "lookups", ...columns, rows: lookupRows, line: lookupLine, rest });
  refused.conclude();
}

async function linesOf(input: string, terminal: Terminal): Promise<AsyncIterable<Uint8Array>> {
  if (input === "-" || input === "@-") {
    if (terminal.stdin.isTTY) terminal.note("reading addresses from the keyboard, one per line; end with Ctrl-D");
    return terminal.stdin.passing();
  }
  const { streamInputFile } = await import("../../store/files/input-file.ts");
  return streamInputFile(input.slice(1));
}

function* lookups(
  contents: Iterable<LineContent>,
  tags: TagCatalogue,
  refused: RefusedLines,
): Generator<Lookup | RefusedLookup> {
  for (const content of contents) {
    if (content instanceof AddressBatch) {
      for (let at = 0; at < content.count; at++) yield lookupAddress(content.address(at), tags);
    } else if ("error" in content) {
      const { destination, line, error } = content;
      yield refused.count({ address: destination, line, error });
    } else yield lookedUpOrRefused(content, tags, refused);
  }
}

function lookedUpOrRefused(
  { destination, line }: { readonly destination: string; readonly line: number },
  tags: TagCatalogue,
  refused: RefusedLines,
): Lookup | RefusedLookup {
  try {
    return lookupOf(destination)(tags);
  } catch (error) {
    if (!isDestinationError(error)) throw error;
    const { code, message, hint } = lineError(error, destination);
    return refused.count({ address: destination.slice(0, 60), line, error: { code, message, hint } });
  }
}

/** The error for a line, with the addresses that it probably means. It suggests no tag or keyword: they are refused too. */
function lineError(error: UserError, line: string): UserError {
  const words = meantBy(line)?.words ?? [];
  if (words.length > 0 && !words.some((word) => /^(tag:|internet$|private$)/.test(word)))
    return withMeaning(error, line);
  return error.code.startsWith("destination-") ? notAddress(error.code, line.trim()) : error;
}
