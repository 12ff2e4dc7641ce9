import { Command, CommanderError, Help, InvalidArgumentError, Option } from "commander";
import { DEFAULT_FORMAT, FORMATS, type FormatName, formatNamed, formatsOf } from "../output/formats/formats.ts";
import type { ColourMode } from "../terminal/colour.ts";
import type { TerminalParts } from "../terminal/terminal.ts";
import { VERSION } from "../text/version.ts";
import { fittedHelp, helpWidth } from "./help/fitted-help.ts";
import { commandFooter, PROGRAM_FOOTER } from "./help/footers.ts";
import { isShared } from "./help/option-groups.ts";
import { COMMANDS } from "./registry.ts";
import { addCommands, type CommandContext, type CommandEntry, type Words } from "./shared/command.ts";
import type { PrintOptions } from "./shared/command-io.ts";

/** The options that every command has, before or after its name. */
export interface GlobalOptions extends PrintOptions {
  readonly color: ColourMode;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly debug?: boolean;
}

const DESCRIPTION = `Explain the effective routes of an Azure network interface: which route wins
for a destination and why, and which service each endpoint prefix belongs to.

Examples:
  vnet-explain whichroute 191.239.203.0 sample:udr-and-endpoint
  vnet-explain whichroute 10.1.2.3 routes.json
  vnet-explain routes nic:vm-app197 -g rg-demo`;

/** The code of the CommanderError for `--version`. */
export const VERSION_ASKED = "commander.version";

/** commander breaks no line of help, because `fittedHelp` does. */
const UNBROKEN = Number.MAX_SAFE_INTEGER;

/** The command that the first word names, alone, since adding ten others takes half a millisecond of each start. */
export function commandsFor([first]: readonly string[]): readonly CommandEntry[] {
  const named = COMMANDS.filter(({ name }) => name === first);
  return named.length > 0 ? named : COMMANDS;
}

/**
 * The program with `commands`, ready to parse words; those that `words` may name are loaded. `start` runs a command's
 * work.
 */
export async function createProgram(
  words: Words,
  parts: TerminalParts,
  start: CommandContext["start"],
  commands = COMMANDS,
): Promise<Command> {
  const program = new Command("vnet-explain")
    .description(DESCRIPTION)
    .usage("<command> [options]")
    .option("-V, --version", "version; with -v also Node.js, tag file, cache")
    .helpOption("-h, --help", "show help")
    .helpCommand(false)
    .addOption(
      new Option("-o, --output <format>", formatsOf().join(", "))
        .choices(FORMATS)
        .argParser(outputFormat)
        .default(DEFAULT_FORMAT),
    )
    .option("--query <jmespath>", "print only the result of this JMESPath query, as in az")
    .option("--columns <names>", "only these columns, comma-separated, in this order")
    .option("--sort <names>", "sort the rows by these columns; -NAME: descending")
    .option("--no-headers", "no heading line in table, wide, csv, markdown")
    .addOption(new Option("--color <when>", "auto, always, never").choices(["auto", "always", "never"]).default("auto"))
    .option("-q, --quiet", "no notes on stderr")
    .option("-v, --verbose", "rules with their sources, where the data is from")
    .option("--debug", "show the stack trace of an error")
    .configureHelp({
      // The descriptions name choices and defaults themselves, where they help.
      optionDescription: ({ description }) => description,
      optionTerm: ({ flags }) => flags,
      subcommandTerm: (command) => command.name(),
      visibleOptions: (command) => {
        const isOwn = (option: Option) => !isShared(option) && (command.parent === null || option.long !== "--help");
        return Help.prototype.visibleOptions(command).filter(isOwn);
      },
      visibleCommands: (command) => command.commands.filter((each) => !each.name().startsWith("_")),
    })
    .configureOutput({
      writeOut: (text) => parts.stdout.write(fittedHelp(text, helpWidth(parts.stdout.columns))),
      writeErr: (text) => parts.stderr.write(fittedHelp(text, helpWidth(parts.stderr.columns))),
      outputError: () => {}, // main() prints it, in the form of all errors
      getOutHelpWidth: () => UNBROKEN,
      getErrHelpWidth: () => UNBROKEN,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .showSuggestionAfterError(false) // mistakes/ has a better one
    .exitOverride();
  let isAsked = false;
  program.on("option:version", () => {
    // The caller reads -v and -o, which may come later, before it prints the version.
    if (isAsked) return;
    isAsked = true;
    throw new CommanderError(0, VERSION_ASKED, VERSION);
  });
  await addCommands(program, commands, words, {
    start,
    programFor: (others) => createProgram(others, parts, start),
  });
  program.addHelpText("after", PROGRAM_FOOTER);
  for (const command of everyCommand(program)) {
    command.helpOption("-h, --help", "show help").addHelpText("after", () => commandFooter(command));
  }
  return program;
}

/** @throws InvalidArgumentError for an unknown format, which commander reports. */
function outputFormat(typed: string): FormatName {
  const format = formatNamed(typed);
  if (format === null) throw new InvalidArgumentError(`Allowed choices are ${FORMATS.join(", ")}.`);
  return format;
}

function everyCommand(command: Command): readonly Command[] {
  return command.commands.flatMap((each) => [each, ...everyCommand(each)]);
}
