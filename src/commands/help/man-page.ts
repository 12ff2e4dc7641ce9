import type { Command, Help, Option } from "commander";
import { VERSION } from "../../text/version.ts";
import { ENVIRONMENT } from "./environment.ts";
import { EXIT_CODES } from "./exit-codes.ts";
import { describedIn, fullName, leafCommands } from "./leaf-commands.ts";
import { SIGN_IN_OPTIONS, SOURCE_OPTIONS, sharedOptions } from "./option-groups.ts";

/** Escapes text for roff: backslashes, dashes, and dots or quotes at the start of a line. */
function roff(text: string): string {
  return text
    .replace(/\\/g, "\\e")
    .replace(/-/g, "\\-")
    .replace(/^([.'])/gm, "\\&$1");
}

const item = (term: string, text: string) => `.TP\n.B ${roff(term)}\n${roff(text)}\n`;

const items = (options: readonly Option[]) =>
  options.map(({ flags, description }) => item(flags, description)).join("");

const options = (command: Command, helper: Help) => items(helper.visibleOptions(command));

function commandSection(command: Command): string {
  const helper = command.createHelp();
  const { description, examples } = describedIn(command);
  const shown = examples === "" ? "" : `.PP\n.nf\n${roff(examples)}\n.fi\n`;
  const arguments_ = helper
    .visibleArguments(command)
    .map((argument) => item(helper.argumentTerm(argument), argument.description))
    .join("");
  return `.SS ${roff(fullName(command))}\n${roff(description)}\n${shown}${arguments_}${options(command, helper)}`;
}

/** The manual page of the whole program, in roff's man macros, from the same texts as `--help`. */
export function manPage(program: Command): string {
  const { description, examples } = describedIn(program);
  const helper = program.createHelp();
  return [
    `.TH VNET\\-EXPLAIN 1 "" "vnet\\-explain ${VERSION}" "User Commands"\n`,
    ".SH NAME\nvnet\\-explain \\- explain the effective routes of an Azure network interface\n",
    ".SH SYNOPSIS\n.B vnet\\-explain\n.I command\n[\\fIoptions\\fR]\n",
    `.SH DESCRIPTION\n${roff(description)}\n`,
    `.SH COMMANDS\n${leafCommands(program).map(commandSection).join("")}`,
    `.SH SOURCE OPTIONS\n${items(sharedOptions(leafCommands(program), SOURCE_OPTIONS))}`,
    `.SH SIGN\\-IN OPTIONS\n${items(sharedOptions(leafCommands(program), SIGN_IN_OPTIONS))}`,
    `.SH GLOBAL OPTIONS\n${options(program, helper)}`,
    `.SH EXIT STATUS\n${Object.values(EXIT_CODES)
      .map(({ code, meaning }) => item(String(code), meaning))
      .join("")}`,
    `.SH ENVIRONMENT\n${ENVIRONMENT.map(([name, meaning]) => item(name, meaning)).join("")}`,
    `.SH EXAMPLES\n.nf\n${roff(examples)}\n.fi\n`,
  ].join("");
}
