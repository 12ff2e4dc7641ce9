import { quotedText } from "../../../text/quoted-text.ts";
import { UserError } from "../../../text/user-error.ts";
import { armName } from "../../next-hop-types.ts";
import type { Column } from "../headings.ts";
import { HOW_TO_EXPORT, type RouteFileErrorCode } from "../route-file-error.ts";

/** What a tool prints in place of the rest of a cell: `...`, `…`, or the portal's "78 more". */
const CUT = /\.{3}|…|\b\d+\s+more\b/i;

/** Whether a text ends, or continues, where a tool left something out. */
export function isCut(text: string): boolean {
  return CUT.test(text);
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
      return listIn(text);
    case "source":
    case "state":
    case "nextHopType":
      return isBlank(text) ? null : armName(text);
    default:
      return isNone(text) ? null : text;
  }
}

function cutCell(column: Column, cell: string, at: string): UserError<RouteFileErrorCode> {
  const code = column === "addressPrefix" ? "route-prefix-cut" : "cell-cut";
  return new UserError(code, `${at} has a cell that is cut: '${quotedText(cell.trim(), 30)}'`, HOW_TO_EXPORT);
}

/** The text of a cell without the marks of Markdown and HTML: backticks, emphasis, an escaped dash, `<br>`. */
function withoutMarks(cell: string): string {
  return cell
    .replace(/<br\s*\/?>/gi, " ")
    .replaceAll("`", " ")
    .replace(/\\(?=[-_*[\]|])/g, "")
    .trim()
    .replace(/^(\*\*|__)(.*)\1$/s, "$2");
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
  return (inner?.[1] ?? inner?.[2] ?? text).split(/[\s,;|"']+/).filter((part) => part !== "" && !isBlank(part));
}
