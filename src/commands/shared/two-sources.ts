import { quotedText } from "../../text/quoted-text.ts";
import { type Correction, UserError } from "../../text/user-error.ts";
import { isDirectory } from "./snapshot/given-snapshot.ts";

/** A route table as it was given: by an option, or by a word (null). */
export interface GivenSource {
  readonly flag: string | null;
  readonly value: string;
}

/** The word that names the same route table as an option: its prefix. */
const PREFIXES: Readonly<Record<string, string>> = {
  "--file": "",
  "--sample": "sample:",
  "--snapshot": "",
  "--nic": "nic:",
  "--vm": "vm:",
};

/** The error for two route tables instead of one. It suggests diff. */
export function twoSources(first: GivenSource, second: GivenSource): UserError {
  const both = [first, second];
  const chosen = routerBesideDirectory(both);
  const words = both.map(({ flag, value }) => (flag === null ? value : `${PREFIXES[flag]}${value}`));
  const comparable = both.every(({ flag }) => flag === null || PREFIXES[flag] !== undefined);
  const message = `two route tables given:\n${both.map(shown).join(" and ")}`;
  return new UserError("two-sources", message, "give one of them", "usage", {
    correction: chosen ?? (comparable ? { line: ["diff", ...words], lead: "give one of them, or compare them" } : null),
  });
}

/** A router that a word names beside a directory: probably the directory's table of it, not one from Azure. */
function routerBesideDirectory([first, second]: readonly GivenSource[]): Correction | null {
  const [, kind, name] = /^(gateway|hub|circuit):(.+)$/i.exec(second?.flag === null ? second.value : "") ?? [];
  if (kind === undefined || name === undefined || second === undefined) return null;
  if (first === undefined || !isDirectory(first.value)) return null;
  return { words: [second.value], instead: [`--${kind.toLowerCase()}`, name], lead: "for the table that it keeps" };
}

function shown({ flag, value }: GivenSource): string {
  // Two paths may differ only in their first folders, so a line of their own has both.
  const whole = quotedText(value, 200);
  return flag === null ? whole : `${flag} ${whole}`;
}
