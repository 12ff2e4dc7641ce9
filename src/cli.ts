import { type Command, CommanderError } from "commander";
import { EXIT_CODES } from "./commands/help/exit-codes.ts";
import { fullName } from "./commands/help/leaf-commands.ts";
import { commandsFor, createProgram, type GlobalOptions, VERSION_ASKED } from "./commands/program.ts";
import { type CommandIO, commandIO } from "./commands/shared/command-io.ts";
import { DEFAULT_FORMAT } from "./output/formats/formats.ts";
import { NO_COLOURS } from "./terminal/colour.ts";
import { errorText, type Failure } from "./terminal/error-text.ts";
import { processTerminal } from "./terminal/process-terminal.ts";
import { openTerminal, type Terminal, type TerminalParts } from "./terminal/terminal.ts";
import { UserError } from "./text/user-error.ts";
import { VERSION } from "./text/version.ts";

const { answered, failed, usage, interrupted } = EXIT_CODES;

/** What the program prints without a command. */
const SHORT_HELP = `vnet-explain says which route wins in Azure, and why.

Without Azure, from an export, from Azure:
  vnet-explain whichroute 191.239.203.0 sample:udr-and-endpoint
  vnet-explain whichroute 10.1.2.3 routes.json
  vnet-explain whichroute 10.1.2.3 nic:vm-app197 -g rg-demo

All commands: vnet-explain --help
`;

/**
 * Runs one command line (without the program's own name) and returns its exit code. Reads and writes only the given
 * streams. After an error stdout holds nothing but what a stream had answered before.
 */
export async function main(args: readonly string[], parts: TerminalParts): Promise<number> {
  if (args.length === 0) {
    const { fittedHelp, helpWidth } = await import("./commands/help/fitted-help.ts");
    parts.stderr.write(fittedHelp(SHORT_HELP, helpWidth(parts.stderr.columns)));
    return usage.code;
  }
  const start = async (command: Command, run: (io: CommandIO) => Promise<void>) => {
    const options = command.optsWithGlobals<GlobalOptions>();
    await run(await commandIO(fullName(command).replaceAll(" ", "-"), options, await terminalFor(parts, options)));
  };
  const program = await createProgram(args, parts, start, commandsFor(args));
  try {
    await parsed(program, args, parts);
    return answered.code;
  } catch (error) {
    const options = program.opts<GlobalOptions>();
    const report = async (failure: Failure) => {
      const { printFailure } = await import("./commands/shared/print-failure.ts");
      const thrown = options.debug === true ? error : null;
      const { output } = options;
      const printed = { json: output === "json", thrown, answer: answerOf(error, output) };
      printFailure(failure, printed, await terminalFor(parts, options));
    };
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return answered.code; // --help
      if (error.code !== "commander.help") {
        const { parseFailure } = await import("./commands/mistakes/parse-failure.ts");
        await report(parseFailure(error, program, args));
      }
      return usage.code;
    }
    const { failure, exitCode } = outcomeOf(error);
    await report(exitCode === usage.code || isCorrected(failure) ? await corrected(failure, program, args) : failure);
    return exitCode;
  }
}

/** Parses the command line, which runs the command. */
async function parsed(program: Command, args: readonly string[], parts: TerminalParts): Promise<void> {
  try {
    await program.parseAsync(args, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError && error.code === VERSION_ASKED)) throw error;
    await printVersion(program, args, parts);
  }
}

/** Prints the version on one line; with -v or -o also what the program runs on. */
async function printVersion(program: Command, args: readonly string[], parts: TerminalParts): Promise<void> {
  program.parseOptions([...args]);
  const options = program.opts<GlobalOptions>();
  if (options.verbose !== true && options.output === DEFAULT_FORMAT) {
    parts.stdout.write(`${VERSION}\n`);
    return;
  }
  const { versionDetails } = await import("./commands/help/version-details.ts");
  const { terminal, print } = await commandIO("version", options, await terminalFor(parts, options));
  await print({ kind: "version", report: { schemaVersion: "1.0", version: await versionDetails(terminal) } });
}

function terminalFor(parts: TerminalParts, { color, quiet, verbose }: GlobalOptions): Promise<Terminal> {
  return openTerminal(parts, { colour: color, quiet: quiet === true, verbose: verbose === true });
}

const isCorrected = (failure: Failure) => failure instanceof UserError && failure.correction !== null;

/** A usage error whose hint is the command line that was meant, if that is known. */
async function corrected(failure: Failure, program: Command, args: readonly string[]): Promise<Failure> {
  const { usageHint } = await import("./commands/mistakes/corrected-line.ts");
  const hint = usageHint(failure instanceof UserError ? failure.correction : null, args, program);
  return hint === null ? failure : { code: failure.code, message: failure.message, hint };
}

/** How to print an answer other than expected, which is not a failure; null for any other error. */
function answerOf(error: unknown, output: GlobalOptions["output"]): "message" | "nothing" | null {
  if (!(error instanceof UserError) || error.exit !== "unexpected") return null;
  return error.isShown && (output === "table" || output === "short") ? "nothing" : "message";
}

function outcomeOf(error: unknown): { readonly failure: Failure; readonly exitCode: number } {
  if (error instanceof UserError) return { failure: error, exitCode: EXIT_CODES[error.exit].code };
  const message = `unexpected: ${error instanceof Error ? error.message : String(error)}`;
  const hint = "this is a bug; run again with --debug and report the output";
  return { failure: { code: "internal", message, hint }, exitCode: failed.code };
}

/** Runs the command line of this process. */
export async function runProcess(): Promise<void> {
  // Safe at any moment: files are replaced in one step.
  process.once("SIGINT", () => {
    if (process.stderr.isTTY) process.stderr.write("\r\u001b[2K");
    process.exit(interrupted.code);
  });
  const parts = processTerminal((error) => {
    parts.stderr.write(errorText(unwritable(error), { colours: NO_COLOURS, columns: null }));
    process.exit(failed.code);
  });
  process.exitCode = await main(process.argv.slice(2), parts);
  await Promise.all([parts.stdout.drained(), parts.stderr.drained()]);
  // A connection through a proxy that never answers stays open (agent-base 7.1) and would keep the process alive.
  process.exit();
}

function unwritable(error: Error): Failure {
  return {
    code: "output-unwritable",
    message: `the output cannot be written: ${error.message}`,
    hint: "the output is incomplete; free some space or write it elsewhere, and run again",
  };
}
