import { type Command, CommanderError } from "commander";
import { DestinationError, DestinationTagsMissingError } from "./analysis/destinations/destination-error.ts";
import { ExpectationError } from "./analysis/expectation/expectation-error.ts";
import { FlowLogError } from "./analysis/flow-log/flow-log-error.ts";
import { AddressLinesError } from "./analysis/lines/address-lines-error.ts";
import { PolicyError } from "./analysis/policy/policy-error.ts";
import { WhatIfError } from "./analysis/whatif/whatif-error.ts";
import { AzureError, type AzureErrorKind } from "./azure/failure/azure-error.ts";
import { EXIT_CODES } from "./commands/help/exit-codes.ts";
import { createProgram, type GlobalOptions } from "./commands/program.ts";
import type { CommandIO } from "./commands/shared/command-io.ts";
import { UsageError } from "./commands/shared/errors.ts";
import { ServiceTagsMissingError } from "./commands/shared/service-tags-missing-error.ts";
import { tellFailure } from "./commands/shared/tell-failure.ts";
import { UnexpectedAnswer } from "./commands/shared/unexpected-answer.ts";
import { AddressError } from "./net/address-error.ts";
import { printerOf } from "./output/formats/formats.ts";
import { RouteFileError } from "./routes/read/route-file-error.ts";
import { TagFileError } from "./service-tags/tag-file-error.ts";
import { InputFileError } from "./store/files/input-file-error.ts";
import { StoreError } from "./store/files/store-error.ts";
import { NO_COLOURS } from "./terminal/colour.ts";
import { errorText, type Failure } from "./terminal/error-text.ts";
import { processTerminal } from "./terminal/process-terminal.ts";
import { openTerminal, type Terminal, type TerminalParts } from "./terminal/terminal.ts";
import { UserError } from "./text/user-error.ts";

const { answered, failed, usage, unexpected, notAllowed, tagsMissing, interrupted } = EXIT_CODES;

/** The exit code of every class of error that tells a user what to do; any other is a fault of ours. */
const EXITS = [
  [UsageError, usage],
  [AddressError, usage],
  [AddressLinesError, usage],
  [DestinationError, usage],
  [DestinationTagsMissingError, tagsMissing],
  [ExpectationError, usage],
  [FlowLogError, usage],
  [PolicyError, usage],
  [InputFileError, usage],
  [RouteFileError, usage],
  [TagFileError, usage],
  [WhatIfError, usage],
  [UnexpectedAnswer, unexpected],
  [ServiceTagsMissingError, tagsMissing],
  [StoreError, failed],
] as const;

const AZURE_EXITS: Readonly<Record<AzureErrorKind, { readonly code: number }>> = {
  "sign-in": notAllowed,
  permission: notAllowed,
  usage,
  failed,
};

function terminalFor(parts: TerminalParts, options: GlobalOptions): Promise<Terminal> {
  const { color, quiet, verbose } = options;
  return openTerminal(parts, { colour: color, quiet: quiet === true, verbose: verbose === true });
}

/** A command's surroundings: where it reads and prints, in the format and through the query that the user asked for. */
async function surroundings(parts: TerminalParts, command: string, options: GlobalOptions): Promise<CommandIO> {
  const terminal = await terminalFor(parts, options);
  const { output, query } = options;
  if (output === "junit" || output === "sarif") {
    const { pipelineIO } = await import("./commands/shared/pipeline-io.ts");
    return pipelineIO(output, command, query, terminal);
  }
  if (query !== undefined) {
    const { queriedIO } = await import("./commands/shared/queried-io.ts");
    return queriedIO(query, output, terminal);
  }
  return {
    terminal,
    print: async (result) => (await printerOf(output))(result, terminal),
    printRecords: async (pieces, kind) => {
      const { printRecords } = await import("./output/formats/record-stream.ts");
      await printRecords(pieces, kind, output, terminal.stdout);
    },
  };
}

/** The command that the words name, as it is typed. */
function typedCommand(program: Command, args: readonly string[]): string {
  let command = program;
  const names = [program.name()];
  for (const word of args) {
    const next = command.commands.find((each) => each.name() === word);
    if (next === undefined) continue;
    command = next;
    names.push(word);
  }
  return names.join(" ");
}

/** commander's message, told as ours are: what is wrong, then the near name if it has one. */
function usageFailure(error: CommanderError, command: string): Failure {
  const [first = "", ...rest] = error.message.replace(/^error: /, "").split("\n");
  const suggestion = rest
    .join(" ")
    .trim()
    .replace(/^\((.*)\)$/, "$1");
  const code = error.code.replace(/^commander\./, "").replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return { code, message: first, hint: suggestion === "" ? `see: ${command} --help` : suggestion };
}

interface Outcome {
  readonly exitCode: number;
  /** Null where nothing needs to be told: help and version, or help in place of a missing command. */
  readonly failure: Failure | null;
}

/** `command`: what the command line names, for hints. */
function outcomeOf(error: unknown, command: string): Outcome {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return { exitCode: answered.code, failure: null };
    return { exitCode: usage.code, failure: error.code === "commander.help" ? null : usageFailure(error, command) };
  }
  if (error instanceof UserError) return { exitCode: EXIT_CODES[error.exit].code, failure: error };
  if (error instanceof AzureError) return { exitCode: AZURE_EXITS[error.kind].code, failure: error };
  for (const [ErrorClass, { code }] of EXITS) {
    if (error instanceof ErrorClass) return { exitCode: code, failure: error };
  }
  const message = `unexpected: ${error instanceof Error ? error.message : String(error)}`;
  const hint = "this is a fault of the program; run it again with --debug and report what it prints";
  return { exitCode: failed.code, failure: { code: "internal", message, hint } };
}

/**
 * Runs one command line (without the program's own name) and gives its exit code. Everything is read from and printed to the
 * given streams; on an error nothing is printed to stdout but what a stream had answered before.
 */
export async function main(args: readonly string[], parts: TerminalParts): Promise<number> {
  const program = createProgram(args, parts, async (command, run) => {
    await run(await surroundings(parts, command.name(), command.optsWithGlobals<GlobalOptions>()));
  });
  try {
    await program.parseAsync(args, { from: "user" });
    return answered.code;
  } catch (error) {
    const { exitCode, failure } = outcomeOf(error, typedCommand(program, args));
    const options = program.opts<GlobalOptions>();
    if (failure !== null) {
      const thrown = options.debug === true ? error : null;
      tellFailure(failure, { json: options.output === "json", thrown }, await terminalFor(parts, options));
    }
    return exitCode;
  }
}

/** Runs the command line of this process. */
export async function runProcess(): Promise<void> {
  // Files are replaced as one step, so nothing is left half-written when the user wants to go.
  process.once("SIGINT", () => {
    if (process.stderr.isTTY) process.stderr.write("\r\u001b[2K");
    process.exit(interrupted.code);
  });
  const parts = processTerminal((error) => {
    parts.stderr.write(errorText(unwritable(error), { colours: NO_COLOURS }));
    process.exit(failed.code);
  });
  process.exitCode = await main(process.argv.slice(2), parts);
  await Promise.all([parts.stdout.drained(), parts.stderr.drained()]);
  // Not left to the event loop: a connection through a proxy that never answers is not closed by giving up on it (agent-base 7.1).
  process.exit();
}

function unwritable(error: Error): Failure {
  return {
    code: "output-unwritable",
    message: `the output cannot be written: ${error.message}`,
    hint: "what is there is not the whole answer; free some space, or send it elsewhere, and run again",
  };
}
