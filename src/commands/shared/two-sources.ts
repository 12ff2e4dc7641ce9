import { UserError } from "../../text/user-error.ts";

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
  const words = both.map(({ flag, value }) => (flag === null ? value : `${PREFIXES[flag]}${value}`));
  const comparable = both.every(({ flag }) => flag === null || PREFIXES[flag] !== undefined);
  const message = `two route tables given: ${both.map(shown).join(" and ")}`;
  return new UserError("two-sources", message, "give one of them", "usage", {
    correction: comparable ? { line: ["diff", ...words], lead: "give one of them, or compare them" } : null,
  });
}

function shown({ flag, value }: GivenSource): string {
  const end = value.length > 25 ? `...${value.slice(-22)}` : value;
  return flag === null ? end : `${flag} ${end}`;
}
