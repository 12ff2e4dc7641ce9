import { Command, Option } from "commander";
import packageJson from "../../package.json" with { type: "json" };
import {
  DEFAULT_FORMAT,
  FORMATS,
  type Format,
  PIPELINE_FORMATS,
  type PipelineFormat,
} from "../output/formats/formats.ts";
import type { ColourMode } from "../terminal/colour.ts";
import type { TerminalParts } from "../terminal/terminal.ts";
import { checkCommand } from "./check/check.ts";
import { diffCommand } from "./diff/diff.ts";
import { completeCommand, completionCommand } from "./help/completion.ts";
import { HELP_FOOTER, HELP_TOPICS_LINES, helpCommand } from "./help/help.ts";
import { routesCommand } from "./routes/routes.ts";
import type { Start } from "./shared/command-io.ts";
import { type CommandWords, declareAll } from "./shared/declaration.ts";
import { tagsCommand } from "./tags/tags.ts";
import { whatifCommand } from "./whatif/whatif.ts";
import { whichrouteCommand } from "./whichroute/whichroute.ts";

/** The options that every command has, before or after its name. */
export interface GlobalOptions {
  readonly output: Format | PipelineFormat;
  readonly query?: string;
  readonly color: ColourMode;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly debug?: boolean;
}

const DESCRIPTION = `Explain the effective routes of an Azure network interface: which route wins
for a destination and why, and which service each endpoint prefix belongs to.

Examples:
  vnet-explain whichroute --ip 191.239.203.0 --sample udr-and-endpoint
  vnet-explain routes --nic vm-app197 -g rg-demo
  vnet-explain whichroute --ip 10.1.2.3 --file routes.json -o json
  vnet-explain tags update`;

const COMMANDS = [routesCommand, whichrouteCommand, whatifCommand, diffCommand, checkCommand, tagsCommand];

/** These tell of every command there is. */
const OVERVIEWS = ["help", "completion", "__complete"];

/** What the command line names, for who declares the commands. */
function wordsOf(args: readonly string[]): CommandWords {
  if (OVERVIEWS.some((name) => args.includes(name))) {
    const all: CommandWords = { first: undefined, names: () => true, inGroup: () => all };
    return all;
  }
  const from = (place: number): CommandWords => ({
    first: args[place],
    names: (name) => args.includes(name),
    inGroup: () => from(place + 1),
  });
  return from(0);
}

/**
 * The command line that can parse `args`: what each command is called and, for those that `args` may name, what it takes; what a command
 * does is loaded when it runs.
 */
export function createProgram(args: readonly string[], parts: TerminalParts, start: Start): Command {
  const program = new Command("vnet-explain")
    .description(DESCRIPTION)
    .usage("<command> [options]")
    .version(packageJson.version, "-V, --version", "print the version")
    .helpOption("-h, --help", "show help")
    .helpCommand(false)
    .addOption(
      new Option("-o, --output <format>", FORMATS.join(", "))
        .choices([...FORMATS, ...PIPELINE_FORMATS])
        .default(DEFAULT_FORMAT),
    )
    .option("--query <jmespath>", "print only what this JMESPath query finds, as in az")
    .addOption(new Option("--color <when>", "auto, always, never").choices(["auto", "always", "never"]).default("auto"))
    .option("-q, --quiet", "no notes on stderr")
    .option("-v, --verbose", "say on stderr where the data comes from")
    .option("--debug", "show the stack of an error")
    .configureHelp({
      // Choices and defaults stand in the descriptions, where they are worth their place.
      optionDescription: ({ description }) => description,
      optionTerm: ({ flags }) => flags,
      subcommandTerm: (command) => command.name(),
      visibleCommands: (command) => command.commands.filter((each) => !each.name().startsWith("_")),
    })
    .configureOutput({
      writeOut: (text) => parts.stdout.write(text),
      writeErr: (text) => parts.stderr.write(text),
      outputError: () => {}, // told in the same shape as every other error
      getOutHelpWidth: () => parts.stdout.columns ?? 80,
      getErrHelpWidth: () => parts.stderr.columns ?? 80,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .exitOverride();
  const commands = [...COMMANDS, completionCommand, completeCommand(program), helpCommand(program)];
  declareAll(program, commands, start, wordsOf(args));
  program.addHelpText("after", `\n${HELP_TOPICS_LINES}`);
  for (const command of everyCommand(program))
    command.helpOption("-h, --help", "show help").addHelpText("after", HELP_FOOTER);
  return program;
}

function everyCommand(command: Command): readonly Command[] {
  return command.commands.flatMap((each) => [each, ...everyCommand(each)]);
}
