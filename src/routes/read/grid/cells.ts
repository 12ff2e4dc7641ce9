import { quotedText } from "../../../text/quoted-text.ts";
import { UserError } from "../../../text/user-error.ts";
import { armName, isBeginningOfName } from "../../next-hop-types.ts";
import type { Column } from "../headings.ts";
import { HOW_TO_EXPORT, type RouteFileErrorCode } from "../route-file-error.ts";

/** What a tool prints in place of the rest of a cell: `...`, `…`, or the portal's "78 more". */
const CUT = /\.{3}|…|\b\d+\s+more\b/i;

/** Whether a text ends, or continues, where a tool left something out. */
export function isCut(text: string): boolean {
  return CUT.test(text);
}

/** What people and pagers write in place of rows, without the marks around it. */
const LEFT_OUT =
  /^((output |rows? |lines? )?(snip|snipped|omitted|truncated|removed|cut)|more|\d{1,9} more( rows| routes)?)$/i;

/** Whether a line says that rows were left out here: `...`, `<snip>`, `[output omitted]`, `--More--`. */
export function saysLeftOut(line: string): boolean {
  if (line.length > 80) return false;
  const words = line.match(/[\p{L}\d]+/gu) ?? [];
  return words.length === 0 ? /\.{3}|…/.test(line) : LEFT_OUT.test(words.join(" "));
}

/**
 * The value of a cell under ARM's field of its column: lists for address columns, ARM's name for the portal's words,
 * null for a blank cell. `at` names the row in messages.
 * @throws UserError for a cell that a tool has cut: the rest of it is missing.
 */
export function cellValue(column: Column, cell: string, at: string): unknown {
  // Azure's names may have dots inside, and end with a letter, a digit or an underscore.
  if (column === "name" ? /(\.{3}|…)\s*$/.test(cell) : isCut(cell)) throw cutCell(column, cell, at);
  const text = withoutMarks(cell);
  switch (column) {
    case "addressPrefix":
    case "nextHopIpAddress":
    case "destinationServiceTags":
      if (isUnfinished(text)) throw cutCell(column, cell, at);
      return listIn(text);
    case "source":
    case "state":
    case "nextHopType":
      if (!isBlank(text) && isBeginningOfName(text)) throw cutCell(column, cell, at);
      return isBlank(text) ? null : armName(text);
    default:
      return isNone(text) ? null : text;
  }
}

function cutCell(column: Column, cell: string, at: string): UserError<RouteFileErrorCode> {
  const code = column === "addressPrefix" ? "route-prefix-cut" : "cell-cut";
  return new UserError(code, `${at} has a cell that is cut: '${quotedText(cell.trim(), 30)}'`, HOW_TO_EXPORT);
}

/** Whether a list goes on: a brace or bracket that does not close, or a separator at the end. */
function isUnfinished(text: string): boolean {
  return (
    /[,;]$/.test(text) || (text.startsWith("{") && !text.endsWith("}")) || (text[0] === "[" && !text.endsWith("]"))
  );
}

/**
 * The text of a cell without the marks of Markdown, Jira and HTML: code, emphasis, links, an escaped dash, line
 * breaks, entities of blanks.
 */
function withoutMarks(cell: string): string {
  const text = cell
    .replace(/<br\s*\/?>|&nbsp;|&#160;|\\\\(?=\s|$)/gi, " ")
    .replace(/\{\{([^{}]*)\}\}/g, " $1 ")
    .replace(/\[([^[\]()]*)\]\([^()]*\)/g, "$1")
    .replaceAll("`", " ")
    .replace(/\\(?=[-_*[\]|])/g, "")
    .trim();
  return text.replace(/^(\*\*|__|~~|\*|_)(?=\S)(.*)\1$/s, "$2").trim();
}

/** Cells without content: nothing, or the portal's dash. */
function isNone(text: string): boolean {
  return /^[-–—]?$/.test(text);
}

/** The same for lists and words, with empty lists and nulls as tools print them. */
function isBlank(text: string): boolean {
  return isNone(text) || /^(\[\s*\]|\{\s*\}|null|n\/a)$/i.test(text);
}

/** The parts of a list: `{a, b}` of PowerShell, `[a, b]`, or parts between blanks, commas or semicolons. */
function listIn(text: string): readonly string[] {
  if (isBlank(text)) return [];
  const inner = /^\{(.*)\}$|^\[(.*)\]$/s.exec(text);
  return (inner?.[1] ?? inner?.[2] ?? text).split(/[\s,;|"']/).filter((part) => part !== "" && !isBlank(part));
}
