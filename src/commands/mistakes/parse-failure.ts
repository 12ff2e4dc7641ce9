import { existsSync } from "node:fs";
import type { Command, CommanderError } from "commander";
import type { Failure } from "../../terminal/error-text.ts";
import { nearNames } from "../../text/near-names.ts";
import { quotedText } from "../../text/quoted-text.ts";
import type { Correction } from "../../text/user-error.ts";
import { commandLine, usageHint } from "./corrected-line.ts";
import { unknownCommand } from "./unknown-command.ts";
import { unknownOption } from "./unknown-option.ts";

/** commander's error as a UserError: what is wrong, and the likely command line or the help to read. */
export function parseFailure(error: CommanderError, program: Command, args: readonly string[]): Failure {
  const message = error.message.replace(/^error: /, "");
  const code = error.code.replace(/^commander\./, "").replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const command = typedCommand(program, args);
  if (code === "invalid-argument") return invalidValue(message, program, command, args);
  const correction = correctionOf(code, message, command, args);
  return { code, message, hint: usageHint(correction, args, program) ?? hintFor(code, command) };
}

/** An invalid value of an option. commander appends the valid ones in one long line. */
function invalidValue(message: string, program: Command, command: Command, args: readonly string[]): Failure {
  const [, flags = "", value = "", rest = ""] =
    /^option '([^']*)' argument '(.*)' is invalid\. (.*)$/s.exec(message) ?? [];
  const [option = flags] = /--[\w-]+/.exec(flags) ?? [];
  const valid = rest.replace(/^Allowed choices are /, "one of: ").replace(/^[A-Z]/, (first) => first.toLowerCase());
  const near =
    usageHint(nearChoice(flags, value, command), args, program) ??
    (option === "--output" ? "see: vnet-explain help output" : "");
  return {
    code: "invalid-argument",
    message: `invalid value '${quotedText(value, 40)}' for ${option}`,
    hint: [valid.replace(/\.$/, ""), near].filter((part) => part !== "").join("\n"),
  };
}

function correctionOf(code: string, message: string, command: Command, args: readonly string[]): Correction | null {
  const [, name = ""] = /^[^']*'(.*)'$/s.exec(message) ?? [];
  switch (code) {
    case "unknown-command":
      return unknownCommand(name, command, args);
    case "unknown-option":
      return unknownOption(name, command, args);
    case "excess-arguments":
      return optionForWord(command);
    default:
      return null;
  }
}

function hintFor(code: string, command: Command): string {
  const line = commandLine(namesOf(command));
  if (code === "missing-argument") return `usage: ${line} ${command.usage()}`;
  if (code === "conflicting-option") return "give one of them";
  return `see: ${line} --help`;
}

/** The command that the words name. */
function typedCommand(program: Command, args: readonly string[]): Command {
  let command = program;
  for (const arg of args) command = command.commands.find((each) => each.name() === arg) ?? command;
  return command;
}

function namesOf(command: Command): readonly string[] {
  return command.parent === null ? [] : [...namesOf(command.parent), command.name()];
}

/** The nearest valid value of an option. A path given to `-o` is probably a route table. */
function nearChoice(flags: string, value: string, command: Command): Correction | null {
  if (existsSync(value)) return { words: ["-o", value], instead: ["-f", value] };
  if (/[\\/]/.test(value)) return null;
  const options = [...command.options, ...rootOf(command).options];
  const [near] = nearNames(value, options.find((option) => option.flags === flags)?.argChoices ?? []);
  return near === undefined ? null : { words: [value], instead: [near] };
}

function rootOf(command: Command): Command {
  return command.parent === null ? command : rootOf(command.parent);
}

/** Commands without arguments, with the option that takes what people write as a word. */
const OPTION_FOR_WORD: Readonly<Record<string, string>> = { list: "--service", update: "--from" };

function optionForWord(command: Command): Correction | null {
  const flag = OPTION_FOR_WORD[command.name()];
  const [word] = command.args;
  return flag === undefined || word === undefined ? null : { words: [word], instead: [flag, word] };
}
