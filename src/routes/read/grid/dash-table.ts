import { UserError } from "../../../text/user-error.ts";
import { type Column, columnOf, missingColumns } from "../headings.ts";
import { HOW_TO_EXPORT, type RouteFileErrorCode } from "../route-file-error.ts";
import { isCut, saysLeftOut } from "./cells.ts";
import { type Grid, type GridRow, withoutRows } from "./grid.ts";
import { rowCells } from "./row-tokens.ts";
import { titleAbove } from "./titles.ts";

/** A line of dashes under each heading, as az and PowerShell print it. */
const DASHES = /^\s*-{2,}(\s+-{2,})+\s*$/;

/** The line without the tags of HTML that a page or a note has around or inside a table. */
const withoutTags = (line: string) => (saysLeftOut(line) ? line : line.replace(/<\/?[a-z][^<>]{0,200}>/gi, ""));

/** The start of a command line, with its prompt: not a row, whatever addresses it has. */
const COMMAND = /^\s*(\S{0,80}[$#>%]\s|PS\s|az\s|Get-Az|\$)/;

/** Lines that people write under or between rows, and that end no table. */
const COMMENT = /^\s*(#|\/\/|;|<-|<=|=>|->|-->|\(|\*|←|→)/;

/** Where a column begins and ends; the last has no end. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/** The heading of a table, taken apart. */
interface Heading {
  readonly headings: readonly string[];
  readonly columns: readonly (Column | null)[];
  readonly spans: readonly Span[];
}

/**
 * The tables in a text whose headings have dashes below: those of `az -o table`, PowerShell's Format-Table and `column
 * -t`. Other lines (prompts, titles, remarks) are skipped.
 * @throws UserError for a line inside a table that looks like a row and does not fit its columns. Linear in the text.
 */
export function dashTables(text: string): readonly Grid[] {
  const lines = text.split("\n").map(withoutTags);
  const starts = lines.flatMap((line, at) => (DASHES.test(line) ? [at] : []));
  return starts.map((dashes, index) => {
    const above = headingAbove(lines, dashes);
    const heading = headingOf(lines[above] ?? "", lines[dashes] ?? "");
    const next = starts[index + 1];
    const until = next === undefined ? lines.length : headingAbove(lines, next);
    const title = titleAbove(lines, above, index === 0 ? 0 : (starts[index - 1] ?? 0) + 1);
    // The rows of other tables are not taken apart: their columns are unknown.
    const isRoutes = missingColumns(heading.headings).length === 0;
    const found = isRoutes ? rowsBetween(lines, dashes + 1, until, heading) : { rows: [], leftOut: null };
    return { title, headings: heading.headings, ...found };
  });
}

/** The headings in the texts of all dash tables of a text, without their rows: enough to tell whose they are. */
export function dashHeadings(text: string): readonly (readonly string[])[] {
  const lines = text.split("\n");
  return lines.flatMap((line, at) =>
    DASHES.test(line) ? [headingOf(withoutTags(lines[headingAbove(lines, at)] ?? ""), line).headings] : [],
  );
}

/** The line of the headings: right above the dashes, or one further where each line has a blank one below; else -1. */
function headingAbove(lines: readonly string[], dashes: number): number {
  return lines[dashes - 1]?.trim() === "" ? dashes - 2 : dashes - 1;
}

function headingOf(line: string, dashes: string): Heading {
  const starts = [...dashes.matchAll(/-+/g)].map(({ index }) => index);
  const spans = starts.map((start, at) => ({ start: at === 0 ? 0 : start, end: starts[at + 1] ?? Infinity }));
  const sliced = spans.map((span) => cellAt(line, span));
  const headings = sliced.every((each) => columnOf(each) !== null) ? sliced : (inWords(line, spans.length) ?? sliced);
  return { headings, columns: headings.map(columnOf), spans };
}

/**
 * The headings of a line whose words a tool has set apart (`column -t` takes "Address Prefix" for two columns): the
 * only way to join its words to as many known headings. Null where there is none, or several.
 */
function inWords(line: string, count: number): readonly string[] | null {
  const words = line.trim().split(/\s+/);
  if (words.length > 40) return null;
  const ways = (from: number, left: number): readonly (readonly string[])[] => {
    if (left === 0) return from === words.length ? [[]] : [];
    return [1, 2, 3, 4].flatMap((taken) => {
      const heading = words.slice(from, from + taken).join(" ");
      if (columnOf(heading) === null) return [];
      return ways(from + taken, left - 1).map((rest) => [heading, ...rest]);
    });
  };
  const [way, ...others] = ways(0, count);
  return way === undefined || others.length > 0 ? null : way;
}

const cellAt = (line: string, span: Span | undefined) => line.slice(span?.start, span?.end).trim();

interface Row {
  readonly line: number;
  text: string;
  /** The cells by place, to which the lines that continue this row are joined. */
  cells: string[];
}

function rowsBetween(lines: readonly string[], from: number, until: number, heading: Heading) {
  const { columns, spans } = heading;
  const rows: Row[] = [];
  let leftOut: number | null = null;
  // The line of text that ends the table, and whether the line above is a row.
  let end: number | null = null;
  let open = true;
  for (const [index, line] of lines.slice(from, until).entries()) {
    const at = from + index;
    const last = rows.at(-1);
    if (line.trim() === "") {
      open = false;
    } else if (end === null && saysLeftOut(line)) {
      leftOut ??= at + 1;
    } else if (open && last !== undefined && continues(line, last, heading)) {
      last.cells = last.cells.map((cell, column) => joined(cell, cellAt(line, spans[column])));
      last.text = last.cells.join(" ");
    } else if (isRowLike(line, heading, { open, ended: end !== null })) {
      if (end !== null) throw strayRow(at + 1, end);
      open = true;
      rows.push({ line: at + 1, text: line, cells: spans.map((span) => cellAt(line, span)) });
    } else if (open && isCut(line) && !isCommand(line, columns)) {
      leftOut ??= at + 1;
    } else if (!COMMENT.test(line)) {
      end ??= at + 1;
      open = false;
    }
  }
  if (rows.length === 0) throw withoutRows();
  return { rows: rows.map((row) => gridRow(row, columns, spans)), leftOut };
}

/** @throws UserError for a row below other text: whose row it is, the text does not say. */
function strayRow(line: number, end: number): UserError<RouteFileErrorCode> {
  return new UserError(
    "row-unreadable",
    `line ${line} is a row below other text (line ${end}), without a heading of its own`,
    `paste each table with its heading, and nothing between its rows; ${HOW_TO_EXPORT}`,
  );
}

/** Whether a line is a command with its prompt. A route may be called `az`, so a line that is a row is none. */
function isCommand(line: string, columns: readonly (Column | null)[]): boolean {
  return COMMAND.test(line) && rowCells(line, columns) === null;
}

/**
 * Whether a line has what only rows have: a prefix, a list in braces or a state. After a blank line it must have a
 * state too, or Azure's words at the places of their columns: prose has prefixes as well.
 */
function isRowLike(line: string, { columns, spans }: Heading, { open, ended }: { open: boolean; ended: boolean }) {
  if (isCommand(line, columns)) return false;
  const hasState = /\b(Active|Invalid)\b/i.test(line);
  const hasList = /[0-9a-f.:]\/\d{1,3}\b|\{[^{}]*\}|\{[0-9a-f.:]+/i.test(line);
  if (hasState && hasList) return true;
  if (ended) return false;
  if (open && (hasState || hasList || /^[\s\d.,;]*\d\.\d[\s\d.,;]*$/.test(line))) return true;
  return (["source", "state"] as const).some((column) => {
    const cell = cellAt(line, spans[columns.indexOf(column)] ?? { start: 0, end: 0 });
    return /^(Default|User|VirtualNetworkGateway|Active|Invalid)$/i.test(cell);
  });
}

/**
 * Whether a line continues the row above, as `Format-Table -Wrap` prints it: it has no state, and a cell of that row
 * is unfinished.
 */
function continues(line: string, row: Row, { columns, spans }: Heading): boolean {
  const cells = spans.map((span) => cellAt(line, span));
  if (cells[columns.indexOf("state")] !== "" || isCommand(line, columns)) return false;
  const unfinished = row.cells.map((cell, at) => {
    const { start, end } = spans[at] ?? { start: 0, end: 0 };
    return (cell.startsWith("{") && !cell.includes("}")) || cell.length >= end - start - 1;
  });
  return cells.every((cell, at) => cell === "" || unfinished[at] === true);
}

/** The parts of a cell that was wrapped: between two elements of a list is a blank, inside a word none. */
function joined(cell: string, next: string): string {
  return cell.endsWith(",") && next !== "" ? `${cell} ${next}` : cell + next;
}

/** @throws UserError for a row whose tokens do not fit its columns in just one way. */
function gridRow({ line, text, cells }: Row, columns: readonly (Column | null)[], spans: readonly Span[]): GridRow {
  const found = rowCells(text, columns) ?? (columns.includes(null) ? placedCells(text, cells, columns, spans) : null);
  if (found !== null) return { at: `line ${line}`, cells: found };
  throw new UserError<RouteFileErrorCode>(
    "row-unreadable",
    `line ${line} does not fit the columns of its table`,
    `paste the table whole, each route on a line of its own; ${HOW_TO_EXPORT}`,
  );
}

/**
 * The cells by their places, for tables with a user's own columns: each cell must be what its column holds, and
 * none cross a border.
 */
function placedCells(
  text: string,
  cells: readonly string[],
  columns: readonly (Column | null)[],
  spans: readonly Span[],
): readonly string[] | null {
  const crosses = spans.some(({ start }) => start > 0 && /\S\S/.test(text.slice(start - 1, start + 1)));
  const fits = columns.every((column, at) => column === null || rowCells(cells[at] ?? "", [column]) !== null);
  return fits && !crosses ? cells : null;
}

/**
 * Whether headings are PowerShell's, which writes ARM's field names without blanks; az puts a blank between the words.
 */
export function isPowerShellHeading(headings: readonly string[]): boolean {
  return headings.every((heading) => !heading.includes(" "));
}
