import type { Command } from "commander";
import { DESTINATION_KEYWORDS, destinationError } from "../../analysis/destinations/destination.ts";
import { meantBy, withMeaning } from "../../analysis/destinations/meant/meant.ts";
import { SAMPLE_NAMES } from "../../routes/samples.ts";
import { nearTags } from "../../service-tags/regions.ts";
import { cacheDirectory } from "../../store/files/cache-directory.ts";
import { fileNotFound } from "../../store/files/input-file.ts";
import { cachedNics } from "../../store/last-table.ts";
import { nearFiles } from "../../store/near/near-files.ts";
import { loadTags } from "../../store/tags/kept-tags.ts";
import { nearNames } from "../../text/near-names.ts";
import { quotedText } from "../../text/quoted-text.ts";
import { same } from "../../text/same.ts";
import { UNSET_VARIABLE } from "../../text/unset-variable.ts";
import { type Correction, UserError } from "../../text/user-error.ts";
import { isShared } from "../help/option-groups.ts";
import { isHostName } from "../whichroute/destinations.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** The word, and the command that does not know it. */
interface Unknown {
  readonly word: string;
  readonly command: Command;
  readonly env: Environment;
  /** Whether the command takes destinations. */
  readonly asks: boolean;
}

type Guess = (unknown: Unknown) => UserError | null | Promise<UserError | null>;

/** The error for a word that is neither a route table nor, where the command takes them, a destination. */
export async function unknownWord(word: string, command: Command, env: Environment): Promise<UserError> {
  const unknown = { word, command, env, asks: ["whichroute", "report"].includes(command.name()) };
  for (const guess of command.name() === "trace" ? OF_A_DIRECTORY : GUESSES) {
    const error = await guess(unknown);
    if (error !== null) return error;
  }
  return plain(unknown);
}

const GUESSES: readonly Guess[] = [
  empty,
  helpWord,
  option,
  kindAndName,
  sample,
  fileByItsName,
  destination,
  keyword,
  nearFile,
  serviceTag,
  knownNic,
  hostName,
];

/** The guesses of `trace`, whose only word is a directory. */
const OF_A_DIRECTORY: readonly Guess[] = [empty, helpWord, option, nearDirectory, directory];

function directory({ word }: Unknown): UserError {
  return new UserError(
    "unknown-word",
    `'${quotedText(word)}' is not a directory`,
    "give a snapshot or a folder of exports, or none to ask Azure; the ends are --from and --to",
  );
}

function nearDirectory(unknown: Unknown): UserError | null {
  const [near] = nearFiles(unknown.word);
  if (near === undefined) return null;
  const { message } = directory(unknown);
  const correction = { words: [unknown.word], instead: [near] };
  return new UserError("unknown-word", message, `did you mean: ${near}`, "usage", { correction });
}

function unknownError({ word, asks }: Unknown, hint: string, correction: Correction | null = null): UserError {
  const what = asks ? "is neither a destination nor a route table" : "is not a route table";
  return new UserError(asks ? "destination-unknown" : "unknown-word", `'${quotedText(word)}' ${what}`, hint, "usage", {
    correction,
  });
}

function didYouMean(unknown: Unknown, ...instead: readonly string[]): UserError {
  return unknownError(unknown, `did you mean: ${instead.join(" ")}`, { words: [unknown.word], instead });
}

/** `"$IP"` without a value. */
function empty({ word, command, asks }: Unknown): UserError | null {
  if (word.trim() !== "") return null;
  const what = command.name() === "trace" ? "a directory" : asks ? "a destination or a route table" : "a route table";
  return new UserError(
    asks ? "destination-unknown" : "unknown-word",
    `the argument for ${what} is empty`,
    UNSET_VARIABLE,
  );
}

/** `vnet-explain routes help`. */
function helpWord(unknown: Unknown): UserError | null {
  if (!same(unknown.word, "help")) return null;
  return unknownError(unknown, "see: --help", { line: ["help", ...namesOf(unknown.command)] });
}

function namesOf(command: Command): readonly string[] {
  return command.parent === null ? [] : [...namesOf(command.parent), command.name()];
}

/** An option without its dashes. */
function option(unknown: Unknown): UserError | null {
  const flag = `--${unknown.word.toLowerCase()}`;
  const found = unknown.command.options.find(({ long }) => long === flag);
  // Without a word after it, an option that takes a value is an error too.
  if (found === undefined || (found.required && unknown.command.args.at(-1) === unknown.word)) return null;
  return didYouMean(unknown, flag);
}

/** `nic=web01`, `file:r.json`. */
function kindAndName(unknown: Unknown): UserError | null {
  const [, kind = "", name = ""] = /^(nic|vm|sample|file)[=:](.+)$/i.exec(unknown.word) ?? [];
  if (name === "") return null;
  return didYouMean(unknown, same(kind, "file") ? name : `${kind.toLowerCase()}:${name}`);
}

function sample(unknown: Unknown): UserError | null {
  const word = unknown.word.toLowerCase();
  const name = word === "sample" ? "udr" : SAMPLE_NAMES.find((each) => each === word);
  return name === undefined ? null : didYouMean(unknown, `sample:${name}`);
}

const FILE_NAME = /\.(json|jsonl|ndjson|csv|tsv|txt|ya?ml|md|log|out|xlsx?|zip|gz)$/i;

async function fileByItsName({ word }: Unknown): Promise<UserError | null> {
  return FILE_NAME.test(word) && !word.includes("://") ? fileNotFound(word) : null;
}

/** A valid or misspelt destination: its correction. */
function destination(unknown: Unknown): UserError | null {
  const { word, asks } = unknown;
  const rejected = destinationError(word);
  if (!asks) return rejected === null ? misplaced(unknown) : null;
  if (rejected?.code === "destination-tag") return rejected;
  const meant = meantBy(word);
  if (meant?.kind === "host") return hostError(word, meant.words[0] ?? "", meant.problem);
  const looksLikeAddress = /^[\d./]+$|:.*:/.test(word);
  return rejected !== null && (meant !== null || looksLikeAddress) ? withMeaning(rejected, word) : null;
}

const EVERYTHING = ["default", "any", "all", "*"];

/** `intrnet`, `default`. */
function keyword(unknown: Unknown): UserError | null {
  if (unknown.asks && EVERYTHING.includes(unknown.word.toLowerCase())) return didYouMean(unknown, "0.0.0.0/0");
  const [near] = unknown.asks ? nearNames(unknown.word, DESTINATION_KEYWORDS) : [];
  return near === undefined ? null : didYouMean(unknown, near);
}

/** A destination for a command that takes none. */
function misplaced({ word, command }: Unknown): UserError {
  const name = command.name();
  const given = command.options.filter((each) => command.getOptionValueSource(each.attributeName()) === "cli");
  const isOnlySource = given.every(isShared);
  const message = `${name} takes no destination: '${quotedText(word)}'`;
  const ask = `ask: vnet-explain whichroute ${quotedText(word)}`;
  return new UserError("misplaced-destination", message, ask, "usage", {
    correction:
      name !== "routes"
        ? null
        : isOnlySource
          ? { words: [name], instead: ["whichroute"] }
          : { words: [word], instead: ["--contains", word] },
  });
}

async function nearFile({ word }: Unknown): Promise<UserError | null> {
  return /[\\/~]/.test(word) || nearFiles(word).length > 0 ? fileNotFound(word) : null;
}

/** A tag of the cached tag file, or a near name. */
async function serviceTag(unknown: Unknown): Promise<UserError | null> {
  const { word, asks, env } = unknown;
  if (!asks || !/^[a-z][\w.]*$/i.test(word)) return null;
  const { catalogue } = await loadTags(cacheDirectory(env), "public");
  if (catalogue === null) return null;
  const [name] = catalogue.knows(word) ? [word] : nearTags(word, catalogue.details());
  return name === undefined ? null : didYouMean(unknown, `tag:${name}`);
}

/** A NIC whose table was fetched before, or a near name. */
async function knownNic(unknown: Unknown): Promise<UserError | null> {
  const names = (await cachedNics(cacheDirectory(unknown.env))).map(({ name }) => name);
  const [near] = nearNames(unknown.word, names);
  return near === undefined ? null : didYouMean(unknown, `nic:${near}`);
}

function hostName({ word, asks }: Unknown): UserError | null {
  return asks && word.includes(".") && isHostName(word) ? hostError(word, word, "looks like a host name") : null;
}

function hostError(word: string, host: string, problem: string): UserError {
  return new UserError(
    "host-name",
    `'${quotedText(word)}' ${problem}`,
    `add --resolve to use every address that ${quotedText(host)} resolves to`,
    "usage",
    { correction: { words: [word], instead: [host, "--resolve"], lead: "for every address that it resolves to" } },
  );
}

function plain(unknown: Unknown): UserError {
  const shown = quotedText(unknown.word);
  const names = `for a NIC write nic:${shown}, for a VM vm:${shown}`;
  const more = `, for a service tag tag:${shown}, for a host name add --resolve`;
  return unknownError(unknown, unknown.asks ? `${names}${more}` : names);
}
