import type { Command } from "commander";
import { showsTags } from "../../analysis/destinations/shown-tags.ts";
import { annotateTable } from "../../routes/annotate-table.ts";
import { requireRows } from "../../routes/empty-table.ts";
import type { Explanation } from "../../selection/explanation.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { UserError } from "../../text/user-error.ts";
import type { CommandContext } from "../shared/command.ts";
import type { CommandIO } from "../shared/command-io.ts";
import { addGatewayOptions } from "../shared/gateway/gateway-options.ts";
import { orGatewayTable } from "../shared/gateway/gateway-table-given.ts";
import { addRouteSource, loadRoutes, type RouteSourceOptions, withCloud } from "../shared/route-source.ts";
import { choosesTable, givenSnapshot, ofOneTable } from "../shared/snapshot/given-snapshot.ts";
import { addTagSource, loadTags, noteOnTags, type TagSourceOptions } from "../shared/tag-source.ts";
import { answersTo } from "./answers.ts";
import { addDestinations, type DestinationOptions } from "./destination-options.ts";
import { typedDestinations } from "./destinations.ts";
import type { Expectations } from "./expectations.ts";
import { DESTINATION_WORDS, withWords } from "./words.ts";

const DESCRIPTION = `Explain which route wins for a destination, by which rule, and why others lose.

Examples:
  vnet-explain whichroute 191.239.203.0 sample:udr-and-endpoint
  vnet-explain whichroute 10.1.2.3 nic:vm-app197 -g rg-demo
  vnet-explain whichroute 10.1.2.3 routes.json --expect via=10.0.1.4`;

export interface WhichrouteOptions extends DestinationOptions, RouteSourceOptions, TagSourceOptions {
  readonly verify?: boolean | undefined;
  readonly expect?: readonly string[] | undefined;
  readonly explain?: boolean | undefined;
  readonly expand?: boolean | undefined;
}

/** Declares `whichroute`. */
export function declare(command: Command, { start }: CommandContext): void {
  command
    .description(DESCRIPTION)
    .usage("<destination...> [source] [options]")
    .argument("[destinations...]", DESTINATION_WORDS);
  addTagSource(addGatewayOptions(addRouteSource(addDestinations(command))))
    .option("--explain", "explain each of several destinations in full")
    .option("--expand", "show equal outcomes of a set one by one, with all prefixes")
    .option("--expect <key=value...>", "exit 3 unless next-hop, via, tag ... match")
    .option("--verify", "compare with the next hop from Network Watcher")
    .action(async (words: readonly string[], options: WhichrouteOptions, self: Command) => {
      await start(self, async (io) => runWhichroute(await withWords(words, options, self, io.terminal), io));
    });
}

/**
 * Explains every destination in the order given. One invalid destination refuses the whole list before anything is
 * read; in a stream it is refused in its place.
 */
export async function runWhichroute(given: WhichrouteOptions, io: CommandIO): Promise<void> {
  const options = await withCloud(given, io.terminal);
  const streamed = streamedInput(options);
  const snapshot = choosesTable(options) ? null : givenSnapshot(options);
  if (snapshot !== null) {
    const { runWhichrouteOnSnapshot } = await import("./snapshot.ts");
    if (streamed) throw ofOneTable("a stream of destinations");
    const expectations = await expectationsOf(options, io.terminal);
    const destinations = await typedDestinations(options, io.terminal);
    refuseForSets(destinations, options);
    return runWhichrouteOnSnapshot(snapshot, { ...options, destinations, expectations }, io);
  }
  if (streamed) {
    const { runWhichrouteStream } = await import("./stream.ts");
    return runWhichrouteStream(options, io);
  }
  if (options.expect !== undefined) (await import("./expectations.ts")).checkExpectations(options.expect);
  const destinations = await typedDestinations(options, io.terminal);
  refuseForSets(destinations, options);
  const loaded = await orGatewayTable(loadRoutes(options, io.terminal));
  if (!("table" in loaded)) {
    const { printGatewayAnswers } = await import("./gateway/answers.ts");
    return printGatewayAnswers(loaded, destinations, options, io);
  }
  const expectations = await expectationsOf(options, io.terminal);
  requireRows(loaded.table);
  const { table } = loaded;
  const tags = await loadTags(options, io.terminal);
  expectations?.requireTagsIn(tags, options.cloud);
  expectations?.requireNextHopsIn(new Set(table.routes.map(({ nextHopType }) => nextHopType)));
  const annotated = annotateTable(table, tags);
  const answers = await answersTo(destinations, annotated, tags);
  if (showsTags(answers)) noteOnTags(tags, options.cloud, io.terminal);
  const explanations = answers.filter((answer): answer is Explanation => !("outcomes" in answer));
  const verify = async () => {
    const { verified } = await import("./verify-next-hops.ts");
    return verified(explanations, loaded, options, io.terminal);
  };
  await io.print({
    kind: "whichroute",
    report: {
      schemaVersion: "1.0",
      explanations: options.verify === true ? await verify() : answers,
      routeTable: table.origin,
      serviceTagFile: annotated.serviceTagFile,
    },
    view: { explain: options.explain === true, expand: options.expand === true, verbose: io.terminal.verbose },
    page: { tables: [{ label: "", annotated }], carriedTags: null },
  });
  for (const explanation of explanations) expectations?.hold(explanation);
  expectations?.conclude();
}

/** Null without `--expect`, so that most runs do not load its code. */
async function expectationsOf({ expect }: WhichrouteOptions, terminal: Terminal): Promise<Expectations | null> {
  if (expect === undefined) return null;
  const { Expectations } = await import("./expectations.ts");
  return new Expectations(expect, terminal);
}

/** @throws UserError if an option works only with single addresses and a destination is not one. */
function refuseForSets(
  destinations: readonly { readonly kind: string }[],
  { verify, expect }: WhichrouteOptions,
): void {
  if (verify !== true && expect === undefined) return;
  if (destinations.every(({ kind }) => kind === "address")) return;
  throw new UserError(
    "option-of-addresses",
    `${verify === true ? "--verify" : "--expect"} works only with single addresses, not prefixes, tags and files`,
    "give addresses; vnet-explain check judges every address of a prefix or a tag",
  );
}

/**
 * Whether the destinations come as a stream: `--ip -` or `--flow-log`.
 * @throws UserError for options that cannot be combined.
 */
function streamedInput({ ip, flowLog, column, field, delimiter, file, verify, resolve }: WhichrouteOptions): boolean {
  const dash = ip?.includes("-") === true;
  const ofFile = ip?.some((text) => text.startsWith("@")) === true;
  const refuse = (message: string, hint: string) => new UserError("destination-options", message, hint);
  if (ip === undefined && flowLog === undefined) {
    throw refuse("no destination given", "give an address, such as 10.1.2.3, - for stdin, or --flow-log <file>");
  }
  if (ip !== undefined && flowLog !== undefined)
    throw refuse("--ip and --flow-log cannot be combined", "give one of them");
  if (dash && ip.length > 1)
    throw refuse("--ip - cannot be combined with other destinations", "give all on stdin, or all as words");
  if (!dash && !ofFile && [column, field, delimiter].some((each) => each !== undefined)) {
    throw refuse("--column, --field and --delimiter work only with --ip - and --ip @FILE", "give a file: --ip @FILE");
  }
  if ([...(ip ?? []).filter((text) => text === "-" || text === "@-"), flowLog, file].filter(isStdin).length > 1) {
    throw refuse("stdin can be only one input", "save the other to a file: --file routes.json, --ip @FILE");
  }
  const streamed = dash || flowLog !== undefined;
  if (streamed && (verify === true || resolve === true)) {
    throw refuse("--verify and --resolve do not work with a stream", "give a few destinations after --ip");
  }
  return streamed;
}

const isStdin = (source: string | undefined) => source === "-" || source === "@-";
