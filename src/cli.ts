import process from "node:process";
import { Command, CommanderError, Option } from "commander";
import packageJson from "../package.json" with { type: "json" };
import { AzureError, type AzureErrorKind } from "./azure/azure-error.ts";
import type { CommandIO, Start } from "./commands/command-io.ts";
import { declareRoutes } from "./commands/routes.ts";
import { ServiceTagsMissingError } from "./commands/service-tags-missing-error.ts";
import { declareTags } from "./commands/tags.ts";
import { UsageError } from "./commands/usage-error.ts";
import { declareWhichroute } from "./commands/whichroute.ts";
import { AddressError } from "./net/address-error.ts";
import type { ColourMode } from "./output/colour.ts";
import { errorJson, errorText, type Failure } from "./output/error-text.ts";
import { DEFAULT_FORMAT, FORMATS, type Format, printerOf } from "./output/printers.ts";
import { processTerminal } from "./output/process-terminal.ts";
import { openTerminal, type Terminal, type TerminalParts } from "./output/terminal.ts";
import { RouteFileError } from "./routes/route-file-error.ts";
import { TagFileError } from "./service-tags/tag-file-error.ts";
import { InputFileError } from "./store/input-file-error.ts";
import { StoreError } from "./store/store-error.ts";

const NAME = "vnet-explain";

const ANSWERED = 0;
const FAILED = 1;
const USAGE = 2;
const NOT_ALLOWED = 4;
const TAGS_MISSING = 5;
const INTERRUPTED = 130;

/** The exit code of every class of error that tells a user what to do; any other is a fault of ours. */
const EXIT_CODES = [
  [UsageError, USAGE],
  [AddressError, USAGE],
  [InputFileError, USAGE],
  [RouteFileError, USAGE],
  [TagFileError, USAGE],
  [ServiceTagsMissingError, TAGS_MISSING],
  [StoreError, FAILED],
] as const;

const AZURE_EXIT_CODES: Readonly<Record<AzureErrorKind, number>> = {
  "sign-in": NOT_ALLOWED,
  permission: NOT_ALLOWED,
  usage: USAGE,
  failed: FAILED,
};

/** The options that every command has, before or after its name. */
interface GlobalOptions {
  readonly output: Format;
  readonly color: ColourMode;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly debug?: boolean;
}

function terminalFor(parts: TerminalParts, options: GlobalOptions): Terminal {
  const { color, quiet, verbose } = options;
  return openTerminal(parts, { colour: color, quiet: quiet === true, verbose: verbose === true });
}

const DESCRIPTION = `Explain the effective routes of an Azure network interface: which route wins for a
destination and why, and which service each service endpoint prefix belongs to.

Examples:
  vnet-explain whichroute --ip 191.239.203.0 --sample udr-and-endpoint
  vnet-explain routes --nic vm-app197 -g rg-demo
  vnet-explain routes --file routes.json --tags ServiceTags_Public_20231106.json
  vnet-explain tags lookup 191.239.203.0 --tags ServiceTags_Public_20231106.json`;

function assemble(parts: TerminalParts, start: Start): Command {
  const program = new Command(NAME)
    .description(DESCRIPTION)
    .version(packageJson.version, "-V, --version", "print the version")
    .helpOption("-h, --help", "show help")
    .helpCommand("help [command]", "show help for a command")
    .addOption(new Option("-o, --output <format>", "output format").choices(FORMATS).default(DEFAULT_FORMAT))
    .addOption(new Option("--color <when>", "colour the output").choices(["auto", "always", "never"]).default("auto"))
    .option("-q, --quiet", "no notes on stderr")
    .option("-v, --verbose", "say on stderr where the data comes from")
    .option("--debug", "show the stack of an error")
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => parts.stdout.write(text),
      writeErr: (text) => parts.stderr.write(text),
      outputError: () => {}, // told by `report`, in the same shape as every other error
      getOutHelpWidth: () => parts.stdout.columns ?? 80,
      getErrHelpWidth: () => parts.stderr.columns ?? 80,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .exitOverride();
  declareRoutes(program, start);
  declareWhichroute(program, start);
  declareTags(program, start);
  return program;
}

/** commander's message, told as ours are: what is wrong, then the near name if it has one. */
function usageFailure(error: CommanderError): Failure {
  const [first = "", ...rest] = error.message.replace(/^error: /, "").split("\n");
  const suggestion = rest
    .join(" ")
    .trim()
    .replace(/^\((.*)\)$/, "$1");
  const code = error.code.replace(/^commander\./, "").replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return { code, message: first, hint: suggestion === "" ? `see: ${NAME} --help` : suggestion };
}

interface Outcome {
  readonly exitCode: number;
  /** Null where nothing needs to be told: help and version, or help in place of a missing command. */
  readonly failure: Failure | null;
}

function outcomeOf(error: unknown): Outcome {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return { exitCode: ANSWERED, failure: null };
    return { exitCode: USAGE, failure: error.code === "commander.help" ? null : usageFailure(error) };
  }
  if (error instanceof AzureError) return { exitCode: AZURE_EXIT_CODES[error.kind], failure: error };
  for (const [ErrorClass, exitCode] of EXIT_CODES) {
    if (error instanceof ErrorClass) return { exitCode, failure: error };
  }
  const message = `unexpected: ${error instanceof Error ? error.message : String(error)}`;
  const hint = "this is a fault of the program; run it again with --debug and report what it prints";
  return { exitCode: FAILED, failure: { code: "internal", message, hint } };
}

/**
 * Runs one command line (without the program's own name) and gives its exit code. Everything is read from and printed to the
 * given streams; on an error nothing is printed to stdout.
 */
export async function main(args: readonly string[], parts: TerminalParts): Promise<number> {
  const program = assemble(parts, async (command, run) => {
    const options = command.optsWithGlobals<GlobalOptions>();
    const terminal = terminalFor(parts, options);
    const io: CommandIO = {
      terminal,
      print: async (result) => (await printerOf(options.output))(result, terminal),
    };
    await run(io);
  });
  try {
    await program.parseAsync(args, { from: "user" });
    return ANSWERED;
  } catch (error) {
    const { exitCode, failure } = outcomeOf(error);
    const options = program.opts<GlobalOptions>();
    if (failure !== null) {
      const { stderr } = terminalFor(parts, options);
      stderr.write(errorText(failure, stderr));
      if (options.output === "json") stderr.write(errorJson(failure));
    }
    if (options.debug === true && error instanceof Error && failure !== null) {
      const detail = error instanceof AzureError && error.detail !== null ? `${error.detail}\n` : "";
      parts.stderr.write(`${detail}${error.stack ?? error.message}\n`);
    }
    return exitCode;
  }
}

/** Runs the command line of this process. */
export async function runProcess(): Promise<void> {
  // Files are replaced as one step, so nothing is left half-written when the user wants to go.
  process.once("SIGINT", () => {
    if (process.stderr.isTTY) process.stderr.write("\r\u001b[2K");
    process.exit(INTERRUPTED);
  });
  process.exitCode = await main(process.argv.slice(2), processTerminal());
}
