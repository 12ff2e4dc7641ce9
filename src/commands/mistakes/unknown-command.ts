import type { Command } from "commander";
import { destinationError } from "../../analysis/destinations/destination.ts";
import { meantBy } from "../../analysis/destinations/meant/meant.ts";
import { nearNames } from "../../text/near-names.ts";
import type { Correction } from "../../text/user-error.ts";
import { TOPIC_NAMES } from "../help/topic-list.ts";
import { namesSource } from "../shared/words.ts";
import { subcommands } from "../tags/tags.ts";

/** Other names of commands. */
const SYNONYMS: Readonly<Record<string, readonly string[]>> = {
  explain: ["whichroute"],
  why: ["whichroute"],
  where: ["whichroute"],
  which: ["whichroute"],
  get: ["whichroute"],
  "next-hop": ["whichroute"],
  predict: ["whatif"],
  simulate: ["whatif"],
  compare: ["diff"],
  verify: ["check"],
  test: ["check"],
  version: ["--version"],
  download: ["tags", "update"],
};

const TAG_COMMANDS = subcommands.map(({ name }) => name);

/** The likely command for a word in its place: a destination, a file, a tag, a synonym or a near name. */
export function unknownCommand(word: string, command: Command, args: readonly string[]): Correction | null {
  const instead = command.parent === null ? atTheTop(word, command, args) : inTags(word);
  return instead === null ? null : { words: [word], instead };
}

function atTheTop(word: string, program: Command, args: readonly string[]): readonly string[] | null {
  const synonym = SYNONYMS[word.toLowerCase()];
  if (synonym !== undefined) return synonym;
  if (TAG_COMMANDS.includes(word)) return ["tags", word];
  if (TOPIC_NAMES.includes(word)) return ["help", word];
  const meant = destinationsMeant(word);
  if (meant !== null) return meant.tag === null ? ["whichroute", ...meant.words] : ["tags", "show", meant.tag];
  const near = nearNames(word, visibleNames(program));
  if (namesSource(word) || (near.length === 0 && /[./\\]/.test(word))) {
    return [args.some((each) => each !== word && destinationError(each) === null) ? "whichroute" : "routes", word];
  }
  const [first = nearNames(word, TAG_COMMANDS)[0]] = near;
  if (first === undefined) return null;
  return near.length > 0 ? [first] : ["tags", first];
}

function visibleNames(program: Command): readonly string[] {
  return program.commands.map((each) => each.name()).filter((name) => !name.startsWith("_"));
}

/** `tags Storage` is `tags show Storage`, `tags 1.2.3.4` is `tags lookup 1.2.3.4`. */
function inTags(word: string): readonly string[] | null {
  const meant = destinationsMeant(word);
  if (meant !== null) return meant.tag === null ? ["lookup", ...meant.words] : ["show", meant.tag];
  const [near] = nearNames(word, TAG_COMMANDS);
  if (near !== undefined) return [near];
  return /^[a-z][\w.]*$/i.test(word) ? ["show", word] : null;
}

/** The destinations that the word is or means; `tag` is the name of a service tag. */
function destinationsMeant(word: string): { readonly words: readonly string[]; readonly tag: string | null } | null {
  const meant = destinationError(word) === null ? { words: [word], kind: "destinations" } : meantBy(word);
  if (meant === null) return null;
  if (meant.kind === "host") return { words: [...meant.words, "--resolve"], tag: null };
  const [, tag = null] = /^tag:(.+)$/i.exec(meant.words[0] ?? "") ?? [];
  return { words: meant.words, tag };
}
