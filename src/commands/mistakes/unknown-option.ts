import type { Command } from "commander";
import { destinationError } from "../../analysis/destinations/destination.ts";
import { FORMATS } from "../../output/formats/formats.ts";
import { nearNames } from "../../text/near-names.ts";
import type { Correction } from "../../text/user-error.ts";
import { correctedArgs } from "./corrected-line.ts";

/** Other names of options. */
const SYNONYMS: readonly (readonly [flag: string, names: readonly string[]])[] = [
  ["--ip", ["dest", "destination", "address", "addr", "dst", "target", "to", "ip-address", "host", "destination-ip"]],
  ["--file", ["input", "path", "routes", "route-file", "routes-file", "from-file", "i"]],
  ["--nic", ["name", "nic-name", "network-interface", "n", "nic-id", "id"]],
  ["--vm", ["vm-name", "virtual-machine"]],
  ["--resource-group", ["rg", "group"]],
  ["--tags", ["tag-file", "service-tags", "tags-file"]],
  ["--output", ["format", "out", "fmt", "output-format"]],
  ["--quiet", ["silent", "s"]],
  ["--expand", ["all", "full", "a"]],
  ["--contains", ["prefix"]],
  ["--resolve", ["dns"]],
];

/** Options whose value a command takes as a word, with the prefix of the word. */
const WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  diff: { file: "", f: "", nic: "nic:", vm: "vm:", sample: "sample:" },
  lookup: { ip: "", address: "", file: "@", f: "@" },
  show: { tag: "", name: "" },
  check: { policy: "", p: "", rules: "" },
};

/** Options that only one command has. */
const OWNERS: readonly (readonly [command: string, options: readonly string[]])[] = [
  ["whichroute", ["ip", "dest", "destination", "address", "addr", "dst", "target", "flow-log", "verify", "expect"]],
  ["whatif", ["add-route", "remove-route", "add-endpoint", "remove-endpoint", "add-peering", "remove-peering"]],
  ["routes", ["wait-for", "export", "contains"]],
];

/** An option that the command does not have. */
interface UnknownOption {
  /** As typed: `--Dest=10.1.2.3`. */
  readonly flag: string;
  /** In lower case, without dashes: `dest`. */
  readonly name: string;
  /** The value after `=`, if there is one. */
  readonly value: readonly string[];
  readonly command: Command;
  /** The whole command line. */
  readonly args: readonly string[];
}

/** Returns the likely correction of an option that the command does not have. `flag` may end with `=VALUE`. */
export function unknownOption(flag: string, command: Command, args: readonly string[]): Correction | null {
  const [, name = "", value] = /^-{1,2}([^=]*)(?:=(.*))?$/s.exec(flag) ?? [];
  const option = { flag, name: name.toLowerCase(), value: value === undefined ? [] : [value], command, args };
  return (
    asFormat(option) ??
    asWord(option) ??
    asOption(option) ??
    asPredicted(option) ??
    asCommandless(option) ??
    asOwned(option) ??
    asNear(option)
  );
}

/** `--json` is `-o json`. */
function asFormat({ flag, name }: UnknownOption): Correction | null {
  if (name.startsWith("no-colo")) return { words: [flag], instead: ["--color", "never"] };
  const format = FORMATS.find((each) => each === name);
  return format === undefined ? null : { words: [flag], instead: ["-o", format] };
}

/** An option whose value is a word of this command, each time it is given. */
function asWord({ name, command, args }: UnknownOption): Correction | null {
  const prefixes = WORDS[command.name()] ?? {};
  const prefixOf = (each: string) => prefixes[each.replace(/^-{1,2}/, "").toLowerCase()];
  if (prefixOf(name) === undefined) return null;
  const line = args.flatMap((arg, at) => {
    const [, option = "", value = ""] = /^(-[^=]+)=(.*)$/s.exec(arg) ?? [];
    if (option !== "" && prefixOf(option) !== undefined) return [`${prefixOf(option)}${value}`];
    if (arg.startsWith("-") && prefixOf(arg) !== undefined) return [];
    const before = args[at - 1] ?? "";
    return [before.startsWith("-") && prefixOf(before) !== undefined ? `${prefixOf(before)}${arg}` : arg];
  });
  return { line };
}

function asOption({ flag, name, value, command }: UnknownOption): Correction | null {
  const found = SYNONYMS.find(([option, names]) => names.includes(name) && has(command, option));
  return found === undefined ? null : { words: [flag], instead: [found[0], ...value] };
}

/**
 * A destination with a change of routes: whatif predicts and saves the table, and whichroute answers from it. Returns
 * the whatif line; null for other options.
 */
function asPredicted({ name, command, args }: UnknownOption): Correction | null {
  const namesOf = (owner: string) => OWNERS.find(([each]) => each === owner)?.[1] ?? [];
  const asks = SYNONYMS.find(([option]) => option === "--ip")?.[1] ?? [];
  const isIp = (word: string) => ["ip", ...asks].includes(word);
  const nameOf = (word: string) => /^--?([^=]+)/.exec(word)?.[1]?.toLowerCase() ?? "";
  const isChange = (word: string) => namesOf("whatif").includes(nameOf(word));
  const fits = command.name() === "whatif" ? isIp(name) : command.name() === "whichroute" && isChange(`--${name}`);
  if (!fits || !args.some(isChange)) return null;
  const rest = args.filter((word, at) => {
    if (word.startsWith("-")) return !isIp(nameOf(word));
    const before = args[at - 1] ?? "";
    return !(before.startsWith("-") && isIp(nameOf(before))) && !isQuestion(word, before);
  });
  const line = rest.map((word) => (word === "whichroute" ? "whatif" : word));
  const lead = "predict the table, then ask whichroute about predicted.json";
  return { line: [...line, "--save", "predicted.json"], lead };
}

/** Whether the word is a destination, and not the value of an option. */
function isQuestion(word: string, before: string): boolean {
  if (before.startsWith("-")) return false;
  return destinationError(word) === null;
}

/** Options that name a route table. */
const SOURCES = ["file", "f", "nic", "vm", "sample"];

/** An option without a command: whichroute if a destination is given, else the command that has the option. */
function asCommandless({ flag, name, value, command, args }: UnknownOption): Correction | null {
  if (command.parent !== null) return null;
  const asks = args.some((arg) => destinationError(arg) === null);
  const owner = SOURCES.includes(name) ? (asks ? "whichroute" : "routes") : ownerOf(name);
  const option = SOURCES.includes(name) ? flag.replace(/=.*/s, "") : optionOf(owner, name);
  const line = owner === undefined ? null : correctedArgs(args, [flag], [option, ...value]);
  return line === null || owner === undefined ? null : { line: [owner, ...line] };
}

const ownerOf = (name: string) => OWNERS.find(([, names]) => names.includes(name))?.[0];

/** The option of a command for a name. Most names that whichroute owns are synonyms of `--ip`. */
const optionOf = (owner: string | undefined, name: string) =>
  owner === "whichroute" && !["flow-log", "verify", "expect"].includes(name) ? "--ip" : `--${name}`;

/** An option that only another command has: the command line with that command. */
function asOwned({ flag, name, value, command, args }: UnknownOption): Correction | null {
  const owner = ownerOf(name);
  if (owner === undefined || owner === command.name() || !OWNERS.some(([other]) => other === command.name()))
    return null;
  const option = optionOf(owner, name);
  const moved = correctedArgs(args, [command.name()], [owner]);
  const line = moved && correctedArgs(moved, [flag], [option, ...value]);
  return line === null ? null : { line };
}

function asNear({ flag, name, value, command }: UnknownOption): Correction | null {
  const [near] = nearNames(
    `--${name}`,
    optionsOf(command).map(({ long }) => long ?? ""),
  );
  return near === undefined ? null : { words: [flag], instead: [near, ...value] };
}

const has = (command: Command, flag: string) => optionsOf(command).some(({ long }) => long === flag);

function optionsOf(command: Command): Command["options"] {
  return command.parent === null ? command.options : [...command.options, ...optionsOf(command.parent)];
}
