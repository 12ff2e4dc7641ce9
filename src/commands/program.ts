import { Command, Option } from "commander";
import packageJson from "../../package.json" with { type: "json" };
import type { ColourMode } from "../output/colour.ts";
import { DEFAULT_FORMAT, FORMATS, type Format } from "../output/printers.ts";
import type { TerminalParts } from "../output/terminal.ts";
import type { Start } from "./command-io.ts";
import { declareCompletion } from "./completion.ts";
import { declareDiff } from "./diff.ts";
import { declareHelp, HELP_FOOTER, TOPIC_NAMES } from "./help.ts";
import { declareRoutes } from "./routes.ts";
import { declareTags } from "./tags.ts";
import { declareWhichroute } from "./whichroute.ts";

/** The options that every command has, before or after its name. */
export interface GlobalOptions {
  readonly output: Format;
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

/** The whole command line, ready to be parsed: what each command is called and takes; what it does is loaded when it runs. */
export function createProgram(parts: TerminalParts, start: Start): Command {
  const program = new Command("vnet-explain")
    .description(DESCRIPTION)
    .usage("<command> [options]")
    .version(packageJson.version, "-V, --version", "print the version")
    .helpOption("-h, --help", "show help")
    .helpCommand(false)
    .addOption(new Option("-o, --output <format>", FORMATS.join(", ")).choices(FORMATS).default(DEFAULT_FORMAT))
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
  declareRoutes(program, start);
  declareWhichroute(program, start);
  declareDiff(program, start);
  declareTags(program, start);
  declareCompletion(program, start);
  declareHelp(program, start);
  program.addHelpText("after", `\nTopics: vnet-explain help ${TOPIC_NAMES.join(" | ")}`);
  for (const command of everyCommand(program))
    command.helpOption("-h, --help", "show help").addHelpText("after", HELP_FOOTER);
  return program;
}

function everyCommand(command: Command): readonly Command[] {
  return command.commands.flatMap((each) => [each, ...everyCommand(each)]);
}
