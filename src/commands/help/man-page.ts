import type { Command, Help } from "commander";
import { ENVIRONMENT } from "./environment.ts";
import { EXIT_CODES } from "./exit-codes.ts";

/** Escapes text for roff: backslashes, dashes, and dots or quotes at the start of a line. */
function roff(text: string): string {
  return text
    .replace(/\\/g, "\\e")
    .replace(/-/g, "\\-")
    .replace(/^([.'])/gm, "\\&$1");
}

const item = (term: string, text: string) => `.TP\n.B ${roff(term)}\n${roff(text)}\n`;

function options(command: Command, helper: Help): string {
  return helper
    .visibleOptions(command)
    .map((option) => item(option.flags, helper.optionDescription(option)))
    .join("");
}

/** A command's name after the names of its groups. */
function fullName(command: Command): string {
  const parent = command.parent;
  return parent === null || parent.parent === null ? command.name() : `${fullName(parent)} ${command.name()}`;
}

function leaves(command: Command): readonly Command[] {
  const visible = command.createHelp().visibleCommands(command);
  return visible.flatMap((each) => (each.commands.length > 0 ? leaves(each) : [each]));
}

function commandSection(command: Command): string {
  const helper = command.createHelp();
  const [description = "", examples = ""] = command.description().split("\n\nExamples:\n");
  const shown = examples === "" ? "" : `.PP\n.nf\n${roff(examples)}\n.fi\n`;
  const arguments_ = helper
    .visibleArguments(command)
    .map((argument) => item(helper.argumentTerm(argument), argument.description))
    .join("");
  return `.SS ${roff(fullName(command))}\n${roff(description)}\n${shown}${arguments_}${options(command, helper)}`;
}

/** The manual page of the whole program, in roff's man macros, from the same texts as `--help`. */
export function manPage(program: Command): string {
  const [description = "", examples = ""] = program.description().split("\n\nExamples:\n");
  const helper = program.createHelp();
  return [
    `.TH VNET\\-EXPLAIN 1 "" "vnet\\-explain ${program.version() ?? ""}" "User Commands"\n`,
    ".SH NAME\nvnet\\-explain \\- explain the effective routes of an Azure network interface\n",
    ".SH SYNOPSIS\n.B vnet\\-explain\n.I command\n[\\fIoptions\\fR]\n",
    `.SH DESCRIPTION\n${roff(description)}\n`,
    `.SH COMMANDS\n${leaves(program).map(commandSection).join("")}`,
    `.SH GLOBAL OPTIONS\n${options(program, helper)}`,
    `.SH EXIT STATUS\n${Object.values(EXIT_CODES)
      .map(({ code, meaning }) => item(String(code), meaning))
      .join("")}`,
    `.SH ENVIRONMENT\n${ENVIRONMENT.map(([name, meaning]) => item(name, meaning)).join("")}`,
    `.SH EXAMPLES\n.nf\n${roff(examples)}\n.fi\n`,
  ].join("");
}
