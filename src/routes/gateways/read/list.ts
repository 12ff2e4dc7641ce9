import { quotedText } from "../../../text/quoted-text.ts";
import { FIT } from "../../read/form.ts";
import { type GatewayForm, type RecordTable, rejection, type TableRecord } from "./record-table.ts";
import { rowKindOf } from "./row-kind.ts";
import { titleIn } from "./titles.ts";

/** A property as Format-List prints it, padded to the longest name. */
const PROPERTY = /^(?<name>[A-Z][A-Za-z0-9]*) *:(?: (?<value>.*))?$/;

/** Names that only rows of routers have. */
const OWN = /^(Network|Neighbor|AddressPrefixes) *:/m;

/** Format-List of PowerShell, which it prints these rows as: a property a line, a blank line between rows. */
export const list: GatewayForm = {
  name: "powershell-list",
  recognises: (text) => (OWN.test(text) && tablesIn(text).length > 0 ? FIT.full : FIT.none),
  tables: (text) => tablesIn(text),
};

interface Draft {
  readonly from: number;
  readonly records: { at: string; fields: Map<string, string> }[];
  /** The line after its last row. */
  until: number;
}

function tablesIn(text: string): readonly RecordTable[] {
  const lines = text.split("\n").map((line) => line.trimEnd());
  let draft: Draft = { from: 0, records: [], until: 0 };
  const drafts = [draft];
  let row: { readonly fields: Map<string, string>; property: string } | null = null;
  for (const [index, line] of lines.entries()) {
    const { name, value = "" } = PROPERTY.exec(line)?.groups ?? {};
    if (line === "") {
      row = null;
    } else if (row !== null && /^\s/.test(line)) {
      const before: string = row.fields.get(row.property) ?? "";
      row.fields.set(row.property, before.endsWith(",") ? `${before} ${line.trim()}` : before + line.trim());
      draft.until = index + 1;
    } else if (name === undefined) {
      // Other text ends a table: a title of the next, or a prompt.
      draft = { from: index + 1, records: [], until: index + 1 };
      drafts.push(draft);
      row = null;
    } else {
      if (row === null || row.fields.has(name)) {
        row = { fields: new Map(), property: name };
        draft.records.push({ at: `line ${index + 1}`, fields: row.fields });
      }
      row.fields.set(name, value.trim());
      row.property = name;
      draft.until = index + 1;
    }
  }
  let above = 0;
  return drafts.flatMap(splitAtTitles).flatMap(({ from, records: rows, until }) => {
    const first = rows[0];
    if (first === undefined) return [];
    const title = titleIn(lines.slice(above, Math.max(from, lineOf(first))));
    above = until;
    const headings = [...new Set(rows.flatMap((row) => [...row.fields.keys()]))];
    const rowKind = rowKindOf(headings);
    if (rowKind === null) return [];
    const whole = rows.map((row): TableRecord => wholeRow(row, headings));
    return [{ title, rowKind, records: whole, headings, roles: null, note: null }];
  });
}

/** The index of a record's first line. */
const lineOf = ({ at }: Draft["records"][number]) => Number(at.slice("line ".length)) - 1;

/** A line such as "Gateway: gw2" is a title, and begins a table of its own. */
function splitAtTitles({ from, records, until }: Draft): readonly Draft[] {
  let own: Draft = { from, records: [], until };
  const parts = [own];
  for (const record of records) {
    const [name = ""] = record.fields.keys();
    if (record.fields.size > 1 || OWN.test(`${name}:`)) {
      own.records.push(record);
      continue;
    }
    own.until = lineOf(record);
    own = { from: lineOf(record), records: [], until };
    parts.push(own);
  }
  return parts;
}

/** @throws UserError where a row lacks a property that the others have: part of it was not pasted. */
function wholeRow({ at, fields }: Draft["records"][number], headings: readonly string[]): TableRecord {
  const missing = headings.find((heading) => !fields.has(heading));
  if (missing === undefined) return { at, fields: Object.fromEntries(fields), instance: null };
  throw rejection(
    "row-unreadable",
    `the row at ${at} has no ${quotedText(missing, 30)}`,
    "paste every property of every row",
  );
}
