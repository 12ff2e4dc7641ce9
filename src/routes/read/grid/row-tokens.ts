import type { Column } from "../headings.ts";
import { isCut } from "./cells.ts";

/** The words of a line. A list in braces is one token, also where the braces do not close. */
function tokensOf(line: string): readonly string[] {
  return line.match(/\{[^{}]*\}?|[^\s{]+/g) ?? [];
}

/** A test for a value, or for several that a comma or semicolon joins without a blank. */
function joinedBySeparators(value: string): (text: string) => boolean {
  const list = new RegExp(`^${value}([,;]${value})*[,;]?$`, "i");
  return (text) => list.test(text);
}

const isPrefix = joinedBySeparators(String.raw`[0-9a-f:.]+\/\d{1,3}`);
const isAddress = joinedBySeparators(String.raw`(\d{1,3}(\.\d{1,3}){3}|[0-9a-f]*:[0-9a-f:.]+)`);
const isBraced = (text: string) => text.startsWith("{");
const isFlag = (text: string) => /^(true|false)$/i.test(text);
/** Azure's words begin with a letter: `10.2.0` is what is left of a prefix. */
const isAzureWord = (text: string) => /^\p{L}/u.test(text) && isWord(text);
const isWord = (text: string) => /^[\p{L}\d][\p{L}\d_.-]*$/u.test(text) && !isAddress(text) && !isFlag(text);
const isDash = (text: string) => text === "-";

/** Where a remark after the last column begins, as people write it: `=> to the hub`, `# branch`, `<-- here`. */
const REMARK = /^(=>|->|<-|-->|<=|#|\/\/|\(|\*|;|←|→)/;

/** How many tokens a column may take, and which. */
interface Taking {
  readonly least: 0 | 1;
  readonly most: number;
  readonly fits: (text: string) => boolean;
}

const LIST = Number.POSITIVE_INFINITY;

const TAKING: Readonly<Record<Column | "other", Taking>> = {
  source: { least: 1, most: 1, fits: isAzureWord },
  state: { least: 1, most: 1, fits: isAzureWord },
  nextHopType: { least: 1, most: 1, fits: isAzureWord },
  addressPrefix: { least: 1, most: LIST, fits: isPrefix },
  nextHopIpAddress: { least: 0, most: LIST, fits: isAddress },
  destinationServiceTags: { least: 0, most: 1, fits: isBraced },
  name: { least: 0, most: 1, fits: (text) => isWord(text) || isDash(text) },
  nic: { least: 1, most: 1, fits: isWord },
  disableBgpRoutePropagation: { least: 0, most: 1, fits: isFlag },
  hasBgpOverride: { least: 0, most: 1, fits: isFlag },
  other: { least: 0, most: 1, fits: () => true },
};

/** The most tokens of a line that are taken apart. A longer line is not a row. */
const MOST_TOKENS = 20_000;

/**
 * The cells of a row, one per column, by what its tokens are rather than where they are: pasted tables are often out
 * of line. Null where the tokens fit the columns in no way or in several, so that no cell is guessed. A remark after
 * the last column is left out.
 *
 * A token that is cut stays in its cell, for the reader of the cell to refuse.
 */
export function rowCells(line: string, columns: readonly (Column | null)[]): readonly string[] | null {
  const all = tokensOf(line);
  if (all.length > MOST_TOKENS) return null;
  const remark = all.findIndex((text, at) => at >= 3 && REMARK.test(text));
  const tokens = remark < 0 ? all : all.slice(0, remark);
  // What follows the tokens that one column took is judged once, whatever came before.
  const known = new Map<number, Way>();
  const wayFrom = (column: number, token: number): Way => {
    if (column === columns.length) return token === tokens.length ? [] : "none";
    const key = column * (tokens.length + 1) + token;
    const found = known.get(key);
    if (found !== undefined) return found;
    const { least, most, fits } = takingOf(columns[column] ?? null, tokens[token]);
    let way: Way = "none";
    for (let taken = 0; taken <= most; taken++) {
      const last = tokens[token + taken - 1];
      if (taken > 0 && (last === undefined || !fits(last))) break;
      if (taken < least) continue;
      const rest = wayFrom(column + 1, token + taken);
      if (rest !== "none") way = way === "none" && rest !== "several" ? [taken, ...rest] : "several";
    }
    known.set(key, way);
    return way;
  };
  const way = wayFrom(0, 0);
  if (way === "none" || way === "several") return null;
  const ends = way.map((_, column) => way.slice(0, column + 1).reduce((sum, taken) => sum + taken, 0));
  return ends.map((end, column) => tokens.slice(end - (way[column] ?? 0), end).join(" "));
}

/** How many tokens each column takes, where tokens fit columns in just one way. */
type Way = readonly number[] | "none" | "several";

/** A list in braces is the whole cell, for columns that PowerShell prints as lists. */
function takingOf(column: Column | null, token: string | undefined): Taking {
  const taking = TAKING[column ?? "other"];
  const isList = column === "addressPrefix" || column === "nextHopIpAddress";
  if (isList && token !== undefined && isBraced(token)) return { least: 1, most: 1, fits: isBraced };
  if (isList) return { ...taking, fits: (text) => taking.fits(text) || isCutPart(text) };
  return { ...taking, fits: (text) => taking.fits(text) || (isCut(text) && /[\p{L}\d]/u.test(text)) };
}

/** Part of a list that was cut: `10.0.0.0/8...`, `…`, or the `78 more` of the portal. */
function isCutPart(text: string): boolean {
  return isCut(text) || /^more$/i.test(text);
}
