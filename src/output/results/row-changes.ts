import type { DiffRow, RowChange } from "../../analysis/diff/rows.ts";
import { plainText } from "../../terminal/plain-text.ts";
import type { OutputStream } from "../../terminal/streams.ts";
import { prefixesText } from "./address-text.ts";
import { isDefaultNone } from "./routes/routes.ts";

/** Longer cells do not widen their column. */
const WIDEST_CELL = 24;

/** The narrowest terminal with aligned columns. */
const NARROWEST = 80;

/** The source with its name, the prefix, the next hop and the state of rows, the first two aligned in a list. */
class RowColumns {
  readonly #widths: readonly number[];

  constructor(rows: readonly DiffRow[], { columns }: OutputStream) {
    const cells = columns !== null && columns < NARROWEST ? [] : rows.map(cellsOf);
    const widest = (column: number) =>
      cells
        .map((row) => row[column]?.length ?? 0)
        .reduce((most, each) => (each > WIDEST_CELL ? most : Math.max(most, each)), 0);
    this.#widths = [widest(0), widest(1)];
  }

  text(row: DiffRow): string {
    return this.joined(cellsOf(row));
  }

  joined(cells: readonly string[]): string {
    return cells.map((cell, column) => cell.padEnd(this.#widths[column] ?? 0)).join("  ");
  }
}

function cellsOf({ source, state, name, addressPrefixes, nextHopType, nextHopIpAddress }: DiffRow): readonly string[] {
  const hop = [nextHopType, nextHopIpAddress.join(", ")].filter((part) => part !== "").join(" ");
  const who = name === null ? source : `${source} ${name}`;
  return [who, prefixesText(addressPrefixes, 2), hop, state].map(plainText);
}

const SIGNS = { added: "+", removed: "-", changed: "~" } as const;

/** Returns one difference of a row that is in both tables. */
function fieldText(field: RowChange["fields"][number], before: DiffRow, after: DiffRow, arrow: string): string {
  const shown = (text: string) => (text === "" ? "none" : text);
  const change = (old: string, now: string) => `${field} ${shown(old)} ${arrow} ${shown(now)}`;
  switch (field) {
    case "name":
      return change(before.name ?? "", after.name ?? "");
    case "state":
    case "nextHopType":
      return change(before[field], after[field]);
    case "nextHopIpAddress":
      return change(before.nextHopIpAddress.join(", "), after.nextHopIpAddress.join(", "));
    case "addressPrefix":
    case "hasBgpOverride":
    case "destinationServiceTags":
      return field;
    default:
      return field satisfies never;
  }
}

function changeText(
  { change, before, after, fields, addressesAdded, addressesRemoved }: RowChange,
  columns: RowColumns,
  arrow: string,
): string {
  const row = after ?? before;
  if (row === null) return "";
  const what =
    before === null || after === null
      ? ""
      : `  (${fields.map((field) => plainText(fieldText(field, before, after, arrow))).join("; ")})`;
  const list = (label: string, prefixes: readonly string[]) =>
    prefixes.length === 0 ? "" : `      ${label} ${prefixesText(prefixes)}\n`;
  return `  ${SIGNS[change]} ${columns.text(row)}${what}\n${list("gained", addressesAdded)}${list("lost", addressesRemoved)}`;
}

/** Returns one line for all default None rows with the same change and state. */
function foldedNone(changes: readonly RowChange[], columns: RowColumns): string[] {
  const byKind = new Map<string, { readonly sign: string; readonly state: string; readonly prefixes: string[] }>();
  for (const { change, before, after } of changes) {
    const row = after ?? before;
    if (row === null) continue;
    const key = `${change} ${row.state}`;
    const kind = byKind.get(key) ?? { sign: SIGNS[change], state: row.state, prefixes: [] };
    for (const prefix of row.addressPrefixes) kind.prefixes.push(prefix);
    byKind.set(key, kind);
  }
  return [...byKind.values()].map(({ sign, state, prefixes }) =>
    plainText(
      `  ${sign} ${columns.joined(["Default", `${prefixes.length} default ${prefixes.length === 1 ? "prefix" : "prefixes"}: ${prefixesText(prefixes)}`, "None", state])}`,
    ),
  );
}

function sectionLines(changes: readonly RowChange[], stdout: OutputStream): string {
  const { arrow } = stdout.symbols;
  const isNone = ({ change, before, after }: RowChange) => {
    const row = after ?? before;
    return change !== "changed" && row !== null && isDefaultNone(row);
  };
  const none = changes.filter(isNone);
  const others = none.length < 2 ? changes : changes.filter((each) => !isNone(each));
  const columns = new RowColumns(
    others.flatMap(({ before, after }) => after ?? before ?? []),
    stdout,
  );
  const folded = none.length < 2 ? [] : foldedNone(none, columns);
  return [...others.map((each) => changeText(each, columns, arrow)), ...folded.map((line) => `${line}\n`)].join("");
}

/** Returns the rows that differ: first those that change a next hop, then those that change none. */
export function rowChangesText(rows: readonly RowChange[], stdout: OutputStream): string {
  const section = (title: string, moved: boolean) => {
    const own = rows.filter(({ addressesMoved }) => addressesMoved === moved);
    return own.length === 0 ? [] : [`${stdout.colours.cyan(title)}\n${sectionLines(own, stdout)}`];
  };
  return [
    ...section("rows that differ and change next hops", true),
    ...section("rows that differ without changing any next hop", false),
  ].join("\n");
}
