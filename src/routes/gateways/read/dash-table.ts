import { quotedText } from "../../../text/quoted-text.ts";
import { FIT } from "../../read/form.ts";
import { isCut, saysLeftOut } from "../../read/grid/cells.ts";
import { lettersOf } from "../../read/headings.ts";
import { type GatewayForm, type RecordTable, rejection, type TableRecord } from "./record-table.ts";
import { rowKindOf } from "./row-kind.ts";
import { titleIn } from "./titles.ts";

/** A line of dashes under each heading, as az and PowerShell print it. */
const DASHES = /^ *-+(?: +-+)+ *$/;

/** The output of az `-o table` and of Format-Table, with the prompts, titles and remarks that a paste has around it. */
export const dashTable: GatewayForm = {
  name: "dash-table",
  recognises: (text) => {
    const lines = text.split("\n");
    const isKnown = headingsIn(lines).some(({ headings }) => rowKindOf(headings) !== null);
    return isKnown ? FIT.full : FIT.none;
  },
  tables: tablesIn,
};

/** Where the dashes of a column begin and end. */
interface Span {
  readonly start: number;
  readonly end: number;
}

interface Heading {
  /** The line of the dashes. */
  readonly line: number;
  readonly headings: readonly string[];
  readonly spans: readonly Span[];
}

function headingsIn(lines: readonly string[]): readonly Heading[] {
  return lines.flatMap((line, at) => {
    if (!DASHES.test(line)) return [];
    const spans = [...line.matchAll(/-+/g)].map(({ index, 0: { length } }) => ({ start: index, end: index + length }));
    const above = lines[at - 1] ?? "";
    const headings = spans.map(({ start }, column) =>
      above.slice(column === 0 ? 0 : start, spans[column + 1]?.start).trim(),
    );
    return [{ line: at, headings, spans }];
  });
}

/** @throws UserError for a row that does not fit its columns, or is below other text. Linear. */
function tablesIn(text: string): readonly RecordTable[] {
  const lines = text.split("\n");
  const headings = headingsIn(lines);
  let above = 0;
  return headings.flatMap((heading, index) => {
    const next = headings[index + 1];
    const rowKind = rowKindOf(heading.headings);
    const title = titleIn(lines.slice(above, heading.line - 1));
    const { records, note, end } = rowsBelow(lines, heading, next === undefined ? lines.length : next.line - 1);
    above = end;
    if (rowKind === null) return [];
    if (records.length === 0) throw rejection("rows-missing", "the table has a heading and no rows");
    return [{ title, rowKind, records, headings: heading.headings, roles: null, note }];
  });
}

/** The column whose cells only rows fill: a prefix, or the address of a neighbor. */
const KEYS = ["network", "addressprefixes", "addressprefix", "neighbor"];

/** An address or a prefix, or a list that begins with one. */
const KEY_CELL = /^\{?[\da-f.:]*[\da-f:](\/\d{1,3})?(?=$|[\s,}])/i;

function rowsBelow(lines: readonly string[], { line, headings, spans }: Heading, until: number) {
  const key = headings.findIndex((heading) => KEYS.includes(lettersOf(heading)));
  const rows: { at: number; cells: readonly string[] }[] = [];
  let leftOut: number | null = null;
  let ended: number | null = null;
  let end = line + 1;
  for (const [index, text] of (key < 0 ? [] : lines.slice(line + 1, until)).entries()) {
    const at = line + 1 + index;
    if (text.trim() === "") continue;
    const cells = cellsOf(text, spans);
    const last = rows.at(-1);
    const isRow = cells !== null && KEY_CELL.test(cells[key] ?? "");
    if (ended !== null) {
      if (isRow) throw strayRow(at + 1, ended);
    } else if (isRow) {
      rows.push({ at: at + 1, cells });
      end = at + 1;
    } else if (saysLeftOut(text)) {
      leftOut ??= at + 1;
    } else if (cells === null && looksLikeRow(text)) {
      throw rejection("row-unreadable", `line ${at + 1} does not fit the columns of its table`);
    } else if (last !== undefined && cells !== null && continues(cells, key, text, last.cells)) {
      rows[rows.length - 1] = {
        at: last.at,
        cells: last.cells.map((cell, column) => joined(cell, cells[column] ?? "")),
      };
      end = at + 1;
    } else ended = at + 1;
  }
  const records = rows.map(({ at, cells }): TableRecord => {
    const fields = headings.map((heading, column) => [heading, whole(cells[column] ?? "", at)] as const);
    return { at: `line ${at}`, fields: Object.fromEntries(fields), instance: null };
  });
  const note =
    leftOut === null ? null : `An excerpt: line ${leftOut} says that rows were left out. A left-out row may win.`;
  return { records, note, end };
}

/** @throws UserError for a cell that a tool has cut. */
function whole(cell: string, line: number): string {
  if (!isCut(cell)) return cell;
  throw rejection("cell-cut", `line ${line} has a cell that is cut: '${quotedText(cell, 30)}'`);
}

/** @throws UserError for a row below other text: whose row it is, the text does not say. */
function strayRow(line: number, end: number) {
  return rejection(
    "row-unreadable",
    `line ${line} is a row below other text (line ${end}), without a heading of its own`,
    "paste each table with its heading, and nothing between its rows",
  );
}

const looksLikeRow = (text: string) => /^ *[\da-f.:]+\/\d{1,3}\s/i.test(text);

/** A line that continues the row above, as `Format-Table -Wrap` prints it: only cells below unfinished ones. */
function continues(cells: readonly string[], key: number, text: string, above: readonly string[]): boolean {
  return (
    /^\s/.test(text) &&
    cells[key] === "" &&
    cells.every((cell, column) => cell === "" || /[-,{/]$|^\{[^}]*$|^\/[^}]*$/.test(above[column] ?? ""))
  );
}

const joined = (cell: string, next: string) => (cell.endsWith(",") && next !== "" ? `${cell} ${next}` : cell + next);

/**
 * The cells of a row. A word belongs to the column whose dashes are above it, as az's always are; else to the column
 * that begins before it, as PowerShell's texts are longer than their headings. Null where a word is below two columns.
 */
function cellsOf(line: string, spans: readonly Span[]): readonly string[] | null {
  const cells: string[][] = spans.map(() => []);
  for (const { index, 0: word } of line.matchAll(/\S+/g)) {
    const over = spans.flatMap(({ start, end }, column) =>
      index < end && index + word.length > start ? [column] : [],
    );
    if (over.length > 1) return null;
    const before = spans.findLastIndex(({ start }) => start <= index);
    const column = over[0] ?? Math.max(0, before);
    cells[column]?.push(word);
  }
  return cells.map((words) => words.join(" "));
}
