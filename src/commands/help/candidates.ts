import type { Command, Option } from "commander";
import { DESTINATION_KEYWORDS } from "../../analysis/destinations/destination.ts";
import { EXPECTATION_KEYS, VERDICTS } from "../../analysis/expectation/expectation.ts";
import { formatsOf } from "../../output/formats/formats.ts";
import { columnsOf } from "../../output/results/kinds.ts";
import { NEXT_HOP_TYPES } from "../../routes/next-hop-types.ts";
import { SERVICE_ENDPOINTS } from "../../service-tags/service-endpoints.ts";
import { fullName } from "./leaf-commands.ts";
import { TOPIC_NAMES } from "./topic-list.ts";

/** A word that may complete the command line. */
interface Candidate {
  readonly name: string;
  readonly meaning: string;
}

/** The kinds of names that come from the user's data. */
export type NameKind = "subnet" | "sample" | "tag" | "nic" | "region" | "service" | "table";

/** The names of a kind. Those of tables come from the file on the command line. */
type Names = (kind: NameKind, file?: string) => Promise<readonly string[]>;

/** The candidates; `files`: a path is valid too. */
export interface Candidates {
  readonly files: boolean;
  readonly found: readonly Candidate[];
}

/** Options whose values are names of a kind. */
const NAMED: Readonly<Record<string, NameKind>> = {
  "--sample": "sample",
  "--table": "table",
  "--subnet": "subnet",
  "--tag": "tag",
  "--nic": "nic",
  "--region": "region",
  "--service": "service",
};

/** The service endpoints that have a service tag. */
const ENDPOINTS = [...SERVICE_ENDPOINTS, "Microsoft.Storage.Global"].sort();

/** Options with known values that are not commander choices. */
const LISTED: Readonly<Record<string, readonly string[]>> = {
  "--source": ["Default", "User", "VirtualNetworkGateway"],
  "--state": ["Active", "Invalid"],
  "--add-endpoint": ENDPOINTS,
  "--remove-endpoint": ENDPOINTS,
  "--next-hop": NEXT_HOP_TYPES,
};

const FILES = new Set(["--file", "--snapshot", "--addresses", "--tags", "--save", "--from", "--flow-log", "--out"]);

const plain = (names: readonly string[]): Candidate[] => names.map((name) => ({ name, meaning: "" }));

/**
 * The candidates for the last word of a command line (without the program's name). `names` returns names from the
 * user's data and is called only where they are valid.
 */
export async function candidates(program: Command, words: readonly string[], namesOf: Names): Promise<Candidates> {
  const names: Names = (kind) => namesOf(kind, fileIn(words));
  const current = words.at(-1) ?? "";
  let command = program;
  let awaiting: Option | null = null;
  let isFirstValue = false; // commander takes it even if it starts with a dash
  let operands = 0;
  let optionsEnded = false;
  for (const word of words.slice(0, -1)) {
    if (awaiting !== null && (isFirstValue || !word.startsWith("-"))) {
      if (!awaiting.variadic) awaiting = null;
      isFirstValue = false;
      continue;
    }
    awaiting = null;
    if (word.startsWith("-") && !optionsEnded) {
      optionsEnded = word === "--";
      const option = optionOf(command, program, word.split("=")[0] ?? word);
      if (option === undefined || !takesValue(option) || word.includes("=")) continue;
      awaiting = option;
      isFirstValue = option.required;
      continue;
    }
    const sub = command.commands.find((each) => each.name() === word);
    if (sub === undefined) operands++;
    else command = sub;
  }
  if (awaiting !== null && (isFirstValue || !current.startsWith("-"))) {
    return valuesOf(awaiting, command, current, names);
  }
  if (optionsEnded) return operandsOf(command, operands, current, names);
  if (current.startsWith("--") && current.includes("=")) return joinedValuesOf(command, program, current, names);
  if (current.startsWith("-")) return { files: false, found: optionsOf(command, program) };
  if (command.commands.length > 0 && operands === 0) return { files: false, found: subcommandsOf(command) };
  return operandsOf(command, operands, current, names);
}

/**
 * The value of `--file` or `--snapshot` in a command line, else the first word that looks like a path; undefined if
 * there is neither.
 */
function fileIn(words: readonly string[]): string | undefined {
  const at = words.findIndex((word) => word === "-f" || word === "--file" || word === "--snapshot");
  if (at >= 0) return words[at + 1];
  const joined = words.find((word) => word.startsWith("--file="))?.slice("--file=".length);
  return joined ?? words.find((word) => /^[^-@]/.test(word) && /[a-z]/i.test(word) && /[./\\]/.test(word));
}

const takesValue = (option: Option) => option.required || option.optional;

function optionOf(command: Command, program: Command, flag: string): Option | undefined {
  return [...command.options, ...program.options].find(({ short, long }) => short === flag || long === flag);
}

async function valuesOf(option: Option, command: Command, current: string, names: Names): Promise<Candidates> {
  const flag = option.long ?? "";
  if (flag === "--ip") return destinationsOf(current, names);
  if (flag === "--expect") return expectationsOf(current, names);
  if (flag === "--columns" || flag === "--sort") return columnsIn(current, command);
  if (flag === "--output") return { files: false, found: plain(formatsOf(command.name())) };
  const kind = NAMED[flag];
  const found = kind === undefined ? (option.argChoices ?? LISTED[flag] ?? []) : await names(kind);
  return { files: FILES.has(flag), found: plain(found) };
}

/** Candidates for the last name in a list of columns, after the names before it: `source,state`. */
async function columnsIn(current: string, command: Command): Promise<Candidates> {
  const begun = current.slice(0, current.lastIndexOf(",") + 1);
  const sign = /^-?/.exec(current.slice(begun.length))?.[0] ?? "";
  const given = begun.split(",").map((name) => name.replace(/^-/, ""));
  const columns = (await columnsOf(fullName(command).replaceAll(" ", "-"))) ?? [];
  const left = columns.map(({ name }) => name).filter((name) => !given.includes(name));
  return { files: false, found: plain(left.map((name) => `${begun}${sign}${name}`)) };
}

/** Candidates for an option and its value in one word: `--sample=udr`. */
async function joinedValuesOf(command: Command, program: Command, current: string, names: Names): Promise<Candidates> {
  const flag = current.slice(0, current.indexOf("="));
  const option = optionOf(command, program, flag);
  if (option === undefined || !takesValue(option)) return { files: false, found: [] };
  const { found } = await valuesOf(option, command, current.slice(flag.length + 1), names);
  return { files: false, found: found.map((value) => ({ ...value, name: `${flag}=${value.name}` })) };
}

/** Candidates for `verdict=drop`: first keys, then the known values of a key. */
async function expectationsOf(current: string, names: Names): Promise<Candidates> {
  const [, begun = "", key = ""] = /^(([a-z-]+)!?=)/i.exec(current) ?? [];
  if (begun === "") return { files: false, found: plain(EXPECTATION_KEYS.map((each) => `${each}=`)) };
  const values =
    key === "verdict" ? VERDICTS : key === "next-hop" ? NEXT_HOP_TYPES : key === "tag" ? await names("tag") : [];
  return { files: false, found: plain(values.map((value) => `${begun}${value}`)) };
}

/** Offers tags only after `tag:`, since there are thousands. */
async function destinationsOf(current: string, names: Names): Promise<Candidates> {
  if (current.startsWith("@")) return { files: true, found: [] };
  if (!/^tag:/i.test(current)) return { files: false, found: plain([...DESTINATION_KEYWORDS, "tag:", "@"]) };
  return { files: false, found: plain((await names("tag")).map((name) => `tag:${name}`)) };
}

function optionsOf(command: Command, program: Command): Candidate[] {
  const all = [
    ...command.options,
    ...program.options.filter((option) => command.options.every((own) => own.long !== option.long)),
  ];
  const help = { name: "--help", meaning: "show help" };
  return [...all.map(({ long, description }) => ({ name: long ?? "", meaning: description })), help];
}

function subcommandsOf(command: Command): Candidate[] {
  return command
    .createHelp()
    .visibleCommands(command)
    .map((each) => ({ name: each.name(), meaning: each.summary() }));
}

async function operandsOf(command: Command, at: number, current: string, names: Names): Promise<Candidates> {
  const words = (found: Iterable<string>, files = false) => ({ files, found: plain([...found]) });
  if (command.name() === "help" && at === 0) {
    const commands = command.parent === null ? [] : subcommandsOf(command.parent);
    return { files: false, found: [...commands, ...plain(TOPIC_NAMES)] };
  }
  const argument = command.registeredArguments[Math.min(at, command.registeredArguments.length - 1)];
  switch (argument?.name()) {
    case "tag":
      return words(await names("tag"));
    case "shell":
      return words(["bash", "zsh", "fish", "powershell"]);
    case "policy":
    case "directory":
      return words([], true);
    case "destinations": {
      const { files, found } = await destinationsOf(current, names);
      const isPath = current.startsWith("@") || /^tag:/i.test(current);
      return isPath ? { files, found } : { files: true, found: [...found, ...plain(await tableWords(names))] };
    }
    case "before":
    case "after":
    case "source":
    case "tables":
    case "words":
      return words(await tableWords(names), true);
    case "old":
    case "new":
      return words(["previous", "current"], true);
    default:
      return words([]);
  }
}

/** The words that name a route table, except paths. */
async function tableWords(names: Names): Promise<readonly string[]> {
  const samples = (await names("sample")).map((name) => `sample:${name}`);
  const nics = (await names("nic")).map((name) => `nic:${name}`);
  return [...samples, ...(nics.length > 0 ? ["last", ...nics] : ["nic:"]), "vm:"];
}
