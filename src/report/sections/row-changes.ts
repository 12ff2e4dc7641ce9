import type { DiffRow } from "../../analysis/diff/rows.ts";
import { prefixesText } from "../../output/results/address-text.ts";
import { h, type Markup } from "../markup.ts";
import type { PageSubject, Section } from "../subject.ts";
import { counted, nextHop, table } from "../texts.ts";

/** The most rows listed. Others are counted. */
const MOST_ROWS = 200;

const SIGNS = { added: "+ added", removed: "− removed", changed: "~ changed" } as const;

/** The rows that differ between two tables, or that a change would add, remove or change. */
export const rowChanges: Section = {
  id: "rows",
  title: "Rows that differ",
  of({ result }: PageSubject) {
    const rows =
      result.kind === "diff"
        ? diffRows(result.report.rows)
        : result.kind === "whatif"
          ? predictedRows(result.report.rows)
          : null;
    if (rows === null) return null;
    if (rows.length === 0) return h("p", {}, "No row differs.");
    const shown = rows.slice(0, MOST_ROWS);
    return [
      table("The rows that differ", ["Change", "Prefix", "Next hop", "Route", "State", "Effect"], shown),
      rows.length > shown.length
        ? h("p", { class: "dim" }, `and ${counted(rows.length - shown.length, "more row")}`)
        : null,
    ];
  },
};

type Rows = readonly (readonly Markup[])[];

function diffRows(rows: Extract<PageSubject["result"], { kind: "diff" }>["report"]["rows"]): Rows {
  return rows.map(({ change, before, after, fields, addressesMoved }) => {
    const row = after ?? before;
    const effect = addressesMoved ? "moves addresses" : h("span", { class: "dim" }, "moves no address");
    const sign = change === "changed" ? `${SIGNS.changed}: ${fields.join(", ")}` : SIGNS[change];
    return row === null ? [] : [h("span", { class: `change ${change}` }, sign), ...rowCells(row), effect];
  });
}

function predictedRows(rows: Extract<PageSubject["result"], { kind: "whatif" }>["report"]["rows"]): Rows {
  return rows.map((row) => {
    const change = row.fate === "appears" ? "added" : row.fate === "goes" ? "removed" : "changed";
    return [h("span", { class: `change ${change}` }, SIGNS[change]), ...rowCells(row), row.text];
  });
}

function rowCells({ addressPrefixes, nextHopType, nextHopIpAddress, source, name, state }: DiffRow): readonly Markup[] {
  return [
    h("span", { class: "prefix" }, prefixesText(addressPrefixes, 1)),
    nextHop(nextHopType, nextHopIpAddress),
    [source, name].filter((part) => part !== null).join(" "),
    state,
  ];
}
