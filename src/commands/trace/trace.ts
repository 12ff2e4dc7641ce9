import { existsSync } from "node:fs";
import { type Command, InvalidArgumentError, Option } from "commander";
import type { TraceData, TraceQuestion } from "../../analysis/trace/question.ts";
import type { RoundTrip } from "../../analysis/trace/round-trip.ts";
import type { Protocol } from "../../analysis/trace/trace.ts";
import { type TraceSource, type TraceVerification, traceReport } from "../../output/results/trace/report.ts";
import { quotedText } from "../../text/quoted-text.ts";
import { same } from "../../text/same.ts";
import { UserError } from "../../text/user-error.ts";
import { SOURCE_OPTIONS } from "../help/option-groups.ts";
import type { CommandContext } from "../shared/command.ts";
import type { CommandIO } from "../shared/command-io.ts";
import { type AzureAccessOptions, addAzureAccess } from "../shared/live-options.ts";
import { isDirectory } from "../shared/snapshot/given-snapshot.ts";
import { addTagSource, loadTags, type TagSourceOptions } from "../shared/tag-source.ts";
import { refuseWord } from "../shared/words.ts";

const DESCRIPTION = `Trace the path of a packet, hop by hop, there and back.

Without a directory it reads from Azure: the networks by Resource Graph, then the
table of each hop on the path, one POST each.

Examples:
  vnet-explain trace --from vm:web01 --to 10.20.0.5 --return
  vnet-explain trace snapshot/ --from vm:web01 --to 10.20.0.5 --return
  vnet-explain trace snapshot/ --from subnet:spoke1/app --to 10.2.0.4 \\
    --port 443 --expect delivered via=10.0.1.4
  vnet-explain trace exports/ --addresses map.csv --from web01 --to 10.2.0.4`;

export interface TraceOptions extends TagSourceOptions, AzureAccessOptions {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly port?: number | undefined;
  readonly protocol?: Protocol | undefined;
  readonly snapshot?: string | undefined;
  readonly addresses?: string | undefined;
  readonly return?: boolean | undefined;
  readonly expect?: readonly string[] | undefined;
  readonly verify?: boolean | undefined;
}

/** Declares `trace`. */
export function declare(command: Command, { start }: CommandContext): void {
  command
    .description(DESCRIPTION)
    .usage("[directory] --from <start> --to <address> [options]")
    .argument("[directory...]", "a snapshot directory or a folder of exports (default: ask Azure)")
    .option("--from <start>", "nic:NAME, vm:NAME, subnet:NET/SUBNET, gateway:NAME, hub:NAME or an address")
    .option("--to <address>", "the destination, or nic:NAME or vm:NAME for its address")
    .option("--port <number>", "destination port, for rules of load balancers", portOf)
    .addOption(new Option("--protocol <name>", "tcp, udp or icmp, for the same rules").argParser(protocolOf))
    .option("--return", "also trace the reply, and say whether both pass the same appliances")
    .option("--expect <key...>", "exit 3 unless these hold: delivered, leaves-azure, via=NAME, symmetric ...")
    .option("--verify", "also ask Network Watcher, which sends packets from the VM, and print differences")
    .addOption(new Option("--snapshot <dir>", "the directory as an option").helpGroup(SOURCE_OPTIONS))
    .addOption(new Option("--addresses <file>", "CSV that names addresses; see help trace").helpGroup(SOURCE_OPTIONS));
  addTagSource(addAzureAccess(command)).action(
    async (words: readonly string[], options: TraceOptions, self: Command) => {
      await start(self, async (io) => runTrace(await withDirectory(words, options, self, io), io));
    },
  );
}

function portOf(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65_535) throw new InvalidArgumentError("a port is a number from 1 to 65535");
  return port;
}

const PROTOCOLS: readonly Protocol[] = ["tcp", "udp", "icmp"];

function protocolOf(text: string): Protocol {
  const protocol = PROTOCOLS.find((each) => same(each, text));
  if (protocol === undefined) throw new InvalidArgumentError(`a protocol is one of: ${PROTOCOLS.join(", ")}`);
  return protocol;
}

/** The options with the directory that a word names. @throws UserError for other words, and for two directories. */
async function withDirectory(
  words: readonly string[],
  options: TraceOptions,
  command: Command,
  { terminal }: CommandIO,
): Promise<TraceOptions> {
  for (const word of words) {
    if (isDirectory(word)) continue;
    if (existsSync(word)) throw notADirectory(word);
    await refuseWord(word, command, terminal);
  }
  const [first, second] = [...(options.snapshot === undefined ? [] : [options.snapshot]), ...words];
  if (second !== undefined) {
    const hint = `trace in one of them: ${quotedText(first ?? "", 100)}, ${quotedText(second, 100)}`;
    throw new UserError("two-sources", "two directories given", hint);
  }
  return { ...options, snapshot: first };
}

function notADirectory(file: string): UserError {
  const name = file.length > 50 ? `...${file.slice(-47)}` : file;
  const hint = "give a snapshot directory or a folder of exports; for a single table: vnet-explain whichroute";
  return new UserError("not-a-directory", `${quotedText(name, 50)}: it is a file, not a directory`, hint);
}

interface Asked {
  readonly from: string;
  readonly to: string;
  readonly question: (data: TraceData) => TraceQuestion;
  readonly withReturn: boolean;
}

/** Traces in a directory, or through Azure. */
async function traced(
  { from, to, question, withReturn }: Asked,
  options: TraceOptions,
  { terminal }: CommandIO,
): Promise<{
  readonly found: RoundTrip;
  readonly source: TraceSource;
  readonly verification: TraceVerification | null;
}> {
  const { snapshot } = options;
  if (snapshot === undefined) {
    const [{ traceLive }, { namedAddresses }] = await Promise.all([
      import("./live/trace-live.ts"),
      import("../shared/snapshot/load-snapshot.ts"),
    ]);
    const tags = await loadTags(options, terminal);
    const named = await namedAddresses(options);
    const live = await traceLive({ ends: [from, to], question, withReturn, tags, named }, options, terminal);
    if (options.verify !== true) return { ...live, verification: null };
    const { verifiedTrace } = await import("./live/verify-trace.ts");
    return { ...live, verification: await verifiedTrace(live.connection, live.found, terminal) };
  }
  const { loadTraceData } = await import("./load.ts");
  const { data, source } = await loadTraceData({ ...options, snapshot }, terminal, () => loadTags(options, terminal));
  const { roundTrip } = await import("../../analysis/trace/round-trip.ts");
  return { found: roundTrip(data, question(data), withReturn), source, verification: null };
}

/** Prints the trace of a packet, and of its reply if requested. */
export async function runTrace(options: TraceOptions, io: CommandIO): Promise<void> {
  const { from, to } = options;
  if (from === undefined || to === undefined) {
    const missing = [...(from === undefined ? ["--from"] : []), ...(to === undefined ? ["--to"] : [])].join(" and ");
    const hint = "for example: vnet-explain trace DIR --from vm:web01 --to 10.20.0.5";
    throw new UserError("trace-question", `${missing} ${missing.includes(" ") ? "are" : "is"} missing`, hint);
  }
  const { readTraceExpectation, mismatchOf } = await import("../../analysis/trace/expectation.ts");
  const expected = (options.expect ?? []).map(readTraceExpectation);
  const withReturn = options.return === true || expected.some(({ kind }) => kind === "symmetric");
  const { endsOf } = await import("../../analysis/trace/start.ts");
  const question = (data: TraceData): TraceQuestion => ({
    ...endsOf(data, from, to),
    protocol: options.protocol ?? null,
    port: options.port ?? null,
  });
  if (options.protocol === "icmp" && options.port !== undefined) {
    throw new UserError("trace-port", "icmp has no ports", "leave out --port, or choose --protocol tcp or udp");
  }
  if (options.verify === true && options.snapshot !== undefined) {
    const hint = "leave out the directory, so that the trace reads from Azure";
    throw new UserError("verify-without-azure", "--verify needs Azure, not a snapshot", hint);
  }
  const { found, source, verification } = await traced({ from, to, question, withReturn }, options, io);
  await io.print({
    kind: "trace",
    report: traceReport(found, source, verification),
    view: { verbose: io.terminal.verbose },
    page: { tables: [], carriedTags: null },
  });
  const unmet = expected.map((each) => mismatchOf(each, found)).filter((text) => text !== null);
  for (const text of unmet) io.terminal.ask(text);
  if (unmet.length > 0) {
    throw new UserError("unexpected-trace", "the trace is not as expected", "see the lines above", "unexpected");
  }
}
