import type { RowFate } from "../../analysis/whatif/draft.ts";
import type { PredictedRow } from "../../analysis/whatif/predict.ts";
import type { PredictionRule } from "../../analysis/whatif/rules.ts";
import { hanging } from "../../terminal/hanging.ts";
import { plainText } from "../../terminal/plain-text.ts";
import type { OutputStream } from "../../terminal/terminal.ts";
import { wrap } from "../../terminal/wrap.ts";
import { addressesText, prefixesText } from "./address-text.ts";
import { movesText } from "./moves.ts";
import { routeTableText, serviceTagFileText } from "./provenance.ts";
import type { WhatIfReport } from "./reports.ts";
import { routesText } from "./routes.ts";

/** What the predicted table's first column says of a row. */
const MARKS: Readonly<Record<RowFate, string>> = {
  appears: "new",
  goes: "goes",
  "turns-invalid": "now Invalid",
  "turns-active": "now Active",
  "loses-appliance": "now None",
  "finds-appliance": "now reached",
};

/** The predicted table, which addresses would go elsewhere, and what the prediction rests on, for people. */
export async function whatIfText(report: WhatIfReport, stdout: OutputStream): Promise<string> {
  const { changes, certainty, rows, routes, rules, cautions, routeTable, serviceTagFile } = report;
  const marks = new Map(rows.map(({ row, fate }) => [row, MARKS[fate]]));
  const ofRoutes = routes.map((_, at) => marks.get(at) ?? null);
  const sections = [
    changes.map((change) => `${stdout.colours.bold("what if")}  ${plainText(change)}\n`).join(""),
    await routesText(report, { expandPrefixes: false, expandNone: false, marks: ofRoutes }, stdout),
    await hanging(movedText(report, stdout), stdout),
    section("rows that change", rowLines(rows), stdout),
    section(
      "what the prediction cannot know",
      cautions.map(({ text }) => text),
      stdout,
    ),
    section(`rules of the prediction, all in all ${certainty}`, rules.flatMap(ruleLines), stdout),
    [`routes        ${routeTableText(routeTable)}`, `service tags  ${serviceTagFileText(serviceTagFile)}`]
      .map((line) => `${stdout.colours.dim(plainText(line))}\n`)
      .join(""),
  ];
  return sections.filter((text) => text !== "").join("\n");
}

function movedText({ moved, moves }: WhatIfReport, stdout: OutputStream): string {
  if (moves.length === 0) return "no address would go elsewhere\n";
  const each = moves.map(
    (move) => `${movesText([move], stdout)}${stdout.colours.dim(basisText(move.certainty, move.predictedBy))}\n`,
  );
  return `${addressesText(moved)} would go elsewhere:\n\n${each.join("")}`;
}

const basisText = (certainty: string, rules: readonly string[]) => `  ${certainty}, by ${rules.join(", ")}`;

/** The rows that change: many of a kind, as Azure's default None rows are, in one line. */
function rowLines(rows: readonly PredictedRow[]): string[] {
  const groups = new Map<string, PredictedRow[]>();
  for (const row of rows) {
    const { fate, source, name, nextHopType, nextHopIpAddress, rules } = row;
    const key = JSON.stringify([fate, source, name, nextHopType, nextHopIpAddress, rules]);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined || group.length < 3) {
      return group.flatMap(({ text, certainty, rules }) => [text, basisText(certainty, rules)]);
    }
    const { source, nextHopType, fate, certainty, rules } = first;
    const prefixes = group.flatMap(({ addressPrefixes }) => addressPrefixes);
    const rowsOf = `${group.length} rows of ${source} to ${nextHopType}`;
    return [`${rowsOf}, ${MARKS[fate]}: ${prefixesText(prefixes)}`, basisText(certainty, rules)];
  });
}

const ruleLines = ({ id, status, text, source }: PredictionRule) => [`${id} (${status}): ${text}`, `  ${source}`];

/** A heading and lines under it, broken between words at the terminal's width. */
function section(title: string, lines: readonly string[], { colours, columns }: OutputStream): string {
  if (lines.length === 0) return "";
  const text = lines.flatMap((line) => {
    const indent = line.startsWith("  ") ? "    " : "  ";
    return wrap(plainText(line.trimStart()), columns === null ? null : Math.max(40, columns - indent.length)).map(
      (part) => `${indent}${part}\n`,
    );
  });
  return `${colours.cyan(title)}\n${text.join("")}`;
}
