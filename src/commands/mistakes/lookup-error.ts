import { existsSync } from "node:fs";
import { meantBy, withMeaning } from "../../analysis/destinations/meant/meant.ts";
import { quotedText } from "../../text/quoted-text.ts";
import { UNSET_VARIABLE } from "../../text/unset-variable.ts";
import { UserError } from "../../text/user-error.ts";

/** The error for a word of `tags lookup`, with the likely command line. */
export function lookupError(error: unknown, word: string): unknown {
  if (!(error instanceof UserError)) return error;
  if (word.trim() === "")
    return new UserError(error.code, "the argument for an address is empty", UNSET_VARIABLE, error.exit);
  const { code, message, hint, exit } = error;
  if (existsSync(word)) {
    return new UserError(code, `'${quotedText(word)}' is a file, not an address`, `write @${word}`, exit, {
      correction: { words: [word], instead: [`@${word}`] },
    });
  }
  const tag = tagNamed(word) ?? tagNamed(meantBy(word)?.words[0] ?? "");
  if (tag === null && (code === "destination-unknown" || code === "destination-tag")) {
    const only = "give an address or a prefix; vnet-explain tags show NAME prints the prefixes of a tag";
    return withMeaning(new UserError(code, `'${quotedText(word)}' is not an address or a prefix`, only, exit), word);
  }
  if (tag === null) return withMeaning(error, word);
  const show = { line: ["tags", "show", tag], lead: "for the prefixes of a tag" };
  return new UserError(code, message, hint, exit, { correction: show });
}

function tagNamed(destination: string): string | null {
  return /^tag:(.+)$/i.exec(destination)?.[1] ?? null;
}
