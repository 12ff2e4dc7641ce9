import type { Command } from "commander";
import { stripped } from "../../text/stripped.ts";
import type { Correction } from "../../text/user-error.ts";

/** Words without special meaning in any shell. */
const PLAIN = /^[\w.,:=/+%@-]+$/;

/** A word, quoted for a shell if necessary. */
function quoted(word: string): string {
  if (PLAIN.test(word)) return word;
  return word.includes("'") && !/["$`\\!]/.test(word) ? `"${word}"` : `'${word.replaceAll("'", "'\\''")}'`;
}

/** A command line of the program that can be pasted into a shell. */
export function commandLine(args: readonly string[]): string {
  return ["vnet-explain", ...args.map(quoted)].join(" ");
}

/**
 * The hint for a command line that was rejected: without the typographic quotes and dashes of a document, with two
 * dashes before a long option, else with the correction. Null if there is none.
 */
export function usageHint(correction: Correction | null, args: readonly string[], program: Command): string | null {
  const flags = flagsOf(program);
  const plain = args.map(withoutTypography);
  const dashed = plain.map((word) => (/^-\w[\w-]+$/.test(word) && flags.has(`-${word}`) ? `-${word}` : word));
  if (plain.some((word, at) => word !== args[at])) {
    return `quotes or dashes come from a document; did you mean: ${commandLine(dashed)}`;
  }
  if (dashed.some((word, at) => word !== args[at])) return `did you mean: ${commandLine(dashed)}`;
  return correction === null ? null : correctedHint(correction, args);
}

/** The long options of the loaded commands. */
function flagsOf({ options, commands }: Command): ReadonlySet<string> {
  return new Set([...options.flatMap(({ long }) => long ?? []), ...commands.flatMap((each) => [...flagsOf(each)])]);
}

const QUOTES = new Set("\"'`“”„‟‘’‚‛«»");

/** A word with ASCII dashes at its start, and without quotes around it, if any of these are not ASCII. */
function withoutTypography(word: string): string {
  const dashed = word.replace(/^-?[‐‑‒–—―−]+-?(?=[a-z])/i, (dashes) =>
    word.length - dashes.length === 1 ? "-" : "--",
  );
  return /[“”„‟‘’‚‛«»]/.test(word) ? stripped(dashed, QUOTES) : dashed;
}

/**
 * The command line with the correction applied, as a hint. Null if it does not have the words in a row, for example
 * because they come from a file.
 */
function correctedHint(correction: Correction, args: readonly string[]): string | null {
  const line = "line" in correction ? correction.line : correctedArgs(args, correction.words, correction.instead);
  return line === null ? null : `${correction.lead ?? "did you mean"}: ${commandLine(line)}`;
}

/** The arguments with `instead` in the place of `words`; null if they do not have the words in a row. */
export function correctedArgs(args: readonly string[], words: readonly string[], instead: readonly string[]) {
  return replaced(args, words, instead) ?? joined(args, words, instead) ?? otherSpelling(args, words, instead);
}

/** The same for an option and its value that are one word: `--nic=NAME`, `nic:NAME`. */
function otherSpelling(args: readonly string[], [flag = "", value]: readonly string[], instead: readonly string[]) {
  const [newFlag = "", newValue] = instead;
  if (value === undefined || newValue === undefined || !flag.startsWith("--")) return null;
  return (
    replaced(args, [`${flag}=${value}`], [`${newFlag}=${newValue}`]) ??
    replaced(args, [`${flag.slice(2)}:${value}`], [`${newFlag.slice(2)}:${newValue}`])
  );
}

function replaced(args: readonly string[], words: readonly string[], instead: readonly string[]) {
  const at = args.findIndex((_, start) => words.every((word, k) => args[start + k] === word));
  return at < 0 ? null : [...args.slice(0, at), ...instead, ...args.slice(at + words.length)];
}

/** The same for a word that is joined to its option: `--ip=WORD`. */
function joined(args: readonly string[], [word, ...more]: readonly string[], instead: readonly string[]) {
  if (word === undefined || more.length > 0) return null;
  const at = args.findIndex((arg) => /^--[\w-]+=/.test(arg) && arg.slice(arg.indexOf("=") + 1) === word);
  const arg = args[at];
  if (arg === undefined) return null;
  const option = arg.slice(0, arg.indexOf("="));
  return [...args.slice(0, at), option, ...instead, ...args.slice(at + 1)];
}
