import type { Command } from "commander";
import { destinationError } from "../../analysis/destinations/destination.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import type { RouteSourceOptions } from "../shared/route-source.ts";
import { namesSource, refuseWord, withOnlySource } from "../shared/words.ts";
import type { DestinationOptions } from "./destination-options.ts";
import { isHostName } from "./destinations.ts";

/** The bare words of the command, for help. */
export const DESTINATION_WORDS =
  "an address, prefix, tag:NAME, internet, private, @FILE or - (stdin); and a source: a file or a directory, nic:NAME, vm:NAME, sample:NAME or last";

interface WordOptions extends DestinationOptions, RouteSourceOptions {
  readonly expect?: readonly string[] | undefined;
}

/**
 * The options with the destinations and the route table that the bare words name. The values of `--ip` are such words
 * too, and so are those of `--expect` after its first that have no `=`, because both options take every word that
 * follows. A file whose name is a destination needs `./` before it.
 * @throws UserError for a word that is neither, and for two tables, by word or by option.
 */
export async function withWords<Options extends WordOptions>(
  words: readonly string[],
  options: Options,
  command: Command,
  terminal: Terminal,
): Promise<Options> {
  const { expect, stray } = expectations(options);
  const destinations: string[] = [];
  const sources: string[] = [];
  for (const word of [...words, ...(options.ip ?? []), ...stray]) {
    if (isDestination(word)) destinations.push(word);
    else if (namesSource(word)) sources.push(word);
    else if (options.resolve === true && isHostName(word)) destinations.push(word);
    else await refuseWord(word, command, terminal);
  }
  if (destinations.length > 1 && destinations.some((word) => word === "-" || word.startsWith("255."))) {
    const { refuseSequence } = await import("../mistakes/word-sequence.ts");
    refuseSequence(destinations, sources.length === 0 && options.file === undefined);
  }
  if (destinations.length === 0 && sources.length > 0 && options.flowLog === undefined && command.name() !== "report") {
    const { refuseSourcesAlone } = await import("../mistakes/word-sequence.ts");
    refuseSourcesAlone(sources);
  }
  const ip = destinations.length === 0 ? undefined : destinations;
  return { ...withOnlySource(sources, options), ip, expect };
}

function expectations({ expect }: WordOptions) {
  const isStray = (each: string, at: number) =>
    at > 0 && !each.includes("=") && (isDestination(each) || namesSource(each));
  return { expect: expect?.filter((each, at) => !isStray(each, at)), stray: expect?.filter(isStray) ?? [] };
}

function isDestination(word: string): boolean {
  if (word === "-" || word.startsWith("@")) return true;
  return destinationError(word) === null;
}
