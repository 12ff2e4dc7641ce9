import { existsSync } from "node:fs";
import type { Command } from "commander";
import type { Terminal } from "../../terminal/terminal.ts";
import type { RouteSourceOptions } from "./route-source.ts";
import { isDirectory } from "./snapshot/given-snapshot.ts";
import { sourceOf } from "./source-word.ts";
import { twoSources } from "./two-sources.ts";

/** Whether a word names a route table: `nic:`, `vm:`, `sample:`, `last`, or the path of something that exists. */
export function namesSource(word: string): boolean {
  return /^(nic|vm|sample|gateway|hub|circuit):/i.test(word) || word === "last" || existsSync(word);
}

/** Rejects a word that is neither a route table nor anything else that the command takes. Loaded when needed. */
export async function refuseWord(word: string, command: Command, { env }: Terminal): Promise<never> {
  const { unknownWord } = await import("../mistakes/unknown-word.ts");
  throw await unknownWord(word, command, env);
}

/**
 * The options with the route table that the words name.
 * @throws UserError for a word that names none, and for two tables, by word or by option.
 */
export async function withSource<Options extends RouteSourceOptions>(
  words: readonly string[],
  options: Options,
  command: Command,
  terminal: Terminal,
): Promise<Options> {
  for (const word of words) if (word !== "-" && !namesSource(word)) await refuseWord(word, command, terminal);
  return withOnlySource(words, options);
}

/** The options that name a route table. */
const OPTIONS = [
  ["file", "--file"],
  ["sample", "--sample"],
  ["snapshot", "--snapshot"],
  ["nic", "--nic"],
  ["vm", "--vm"],
  ["privateIp", "--private-ip"],
  ["gateway", "--gateway"],
  ["hub", "--hub"],
  ["routeServer", "--route-server"],
  ["circuit", "--circuit"],
] as const;

/** Options that also choose a table of a snapshot. */
const OF_SNAPSHOT = ["nic", "gateway", "hub", "routeServer", "circuit"] as const;

/**
 * The same for words that all name route tables.
 * @throws UserError for two tables.
 */
export function withOnlySource<Options extends RouteSourceOptions>(
  words: readonly string[],
  options: Options,
): Options {
  const [word] = words;
  if (word === undefined) return options;
  // Beside a snapshot, these name one of its tables.
  const isSnapshot = words.length === 1 && OF_SNAPSHOT.some((name) => options[name] !== undefined) && isDirectory(word);
  const byOption = OPTIONS.flatMap(([name, flag]) =>
    options[name] === undefined || (isSnapshot && OF_SNAPSHOT.some((own) => own === name))
      ? []
      : [{ flag, value: options[name] }],
  );
  const [first, second] = [...byOption, ...words.map((value) => ({ flag: null, value }))];
  if (first !== undefined && second !== undefined) throw twoSources(first, second);
  return { ...options, ...sourceOf(word) };
}
