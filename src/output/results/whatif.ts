import type { AddressCounts } from "../../analysis/destinations/address-counts.ts";
import type { Caution, RowFate } from "../../analysis/whatif/draft.ts";
import type { PredictedMove } from "../../analysis/whatif/moves.ts";
import type { PredictedRow } from "../../analysis/whatif/predict.ts";
import type { PredictionRule } from "../../analysis/whatif/rules.ts";
import type { ServiceTagFile } from "../../routes/annotation.ts";
import type { RouteTableOrigin } from "../../routes/effective-route.ts";
import type { ReportedRoute } from "../../routes/routes-report.ts";
import type { Certainty } from "../../selection/certainty.ts";
import { inColumns } from "../../terminal/columns.ts";
import { hanging } from "../../terminal/hanging.ts";
import { besideLabel, type LabelledText, labelled, labelledText } from "../../terminal/labelled-text.ts";
import { type Measure, measureFor } from "../../terminal/measure.ts";
import { plainText } from "../../terminal/plain-text.ts";
import type { OutputStream } from "../../terminal/streams.ts";
import { wrap } from "../../terminal/wrap.ts";
import { addressesText, prefixesText } from "./address-text.ts";
import { certaintyText } from "./answer-text.ts";
import type { Kind } from "./kind.ts";
import { MOVE_COLUMNS, moveLines, moveRows, movesText } from "./moves.ts";
import { dataText } from "./provenance.ts";
import type { RowMark } from "./routes/form.ts";
import { routeForms } from "./routes/routes.ts";

/** The output of `whatif -o json`: a prediction and its basis. */
export interface WhatIfReport {
  readonly schemaVersion: "1.0";
  /** The changes, in the order in which they are applied. */
  readonly changes: readonly string[];
  /** The certainty of the predicted table: the status of the least certain of `rules`. */
  readonly certainty: Certainty;
  /** The number of addresses that would change their next hop. */
  readonly moved: AddressCounts;
  /** Each such address is in exactly one move; the largest comes first. */
  readonly moves: readonly PredictedMove[];
  /** The rows that appear, disappear or change; `row` is an index into `routes`. */
  readonly rows: readonly PredictedRow[];
  /** The rules by which the table was predicted. */
  readonly rules: readonly PredictionRule[];
  /** The facts that cannot be predicted, and what depends on them. */
  readonly cautions: readonly Caution[];
  /** The whole predicted table, in Azure's order. */
  readonly routes: readonly ReportedRoute[];
  readonly routeTable: RouteTableOrigin;
  readonly serviceTagFile: ServiceTagFile | null;
}

/** A prediction: the columns of a diff, then each move's certainty. A row for each prefix that would move. */
export const whatIf: Kind<WhatIfReport, WhatIfView> = {
  elements: ({ moves }) => moves,
  columns: [...MOVE_COLUMNS, "certainty", "predictedBy"],
  *rows({ moves }) {
    for (const move of moves) {
      for (const cells of moveRows([move])) yield [...cells, move.certainty, move.predictedBy];
    }
  },
  text: whatIfText,
  lines: ({ moves }, stdout) => moveLines(moves, stdout),
};

/** The marks of rows in the predicted table. */
const MARKS: Readonly<Record<RowFate, RowMark>> = {
  appears: { text: "new", sign: "+" },
  goes: { text: "removed", sign: "-" },
  "turns-invalid": { text: "now Invalid", sign: "~" },
  "turns-active": { text: "now Active", sign: "~" },
  "loses-appliance": { text: "now None", sign: "~" },
  "finds-appliance": { text: "now reachable", sign: "~" },
};

/** What several rows do. */
const FATES: Readonly<Record<RowFate, string>> = {
  appears: "appear",
  goes: "disappear",
  "turns-invalid": "become Invalid",
  "turns-active": "become Active",
  "loses-appliance": "become None, because their appliance is unreachable",
  "finds-appliance": "reach their appliance",
};

/** Options for the text of a prediction. */
export interface WhatIfView {
  /** Show the whole predicted table. */
  readonly expand: boolean;
  /** Show the rules of the prediction with their sources, and those of each row and move. */
  readonly verbose: boolean;
}

/**
 * Yields the text for people: the changes, the moves, the rows that change, the limits of the prediction, the verdict.
 */
async function* whatIfText(
  report: WhatIfReport,
  stdout: OutputStream,
  { expand, verbose }: WhatIfView,
): AsyncGenerator<string> {
  const { changes, moves, rows, rules, cautions, routeTable, serviceTagFile } = report;
  const { colours, symbols } = stdout;
  const data = dataText({ ...routeTable, note: null }, serviceTagFile);
  const changed = rowLines(rows, verbose);
  const basis = verbose ? rules.flatMap(ruleLines) : [];
  const measure = await measureFor([...changes, ...changed, ...basis, ...cautions.map(({ text }) => text), data]);
  const lines = (texts: readonly LabelledText[]) => texts.map((each) => labelledText(each, stdout, measure)).join("");
  yield changes
    .map((change) => {
      const paint = { label: colours.bold, text: (text: string) => text };
      return besideLabel("what if  ", plainText(change), stdout, paint, measure);
    })
    .join("");
  if (moves.length > 0) yield "\n";
  yield* movesText(moves, stdout);
  const sections = [
    section("rows that change", changed, stdout, measure),
    expand ? await predictedTable(report, stdout) : "",
    section("rules of the prediction", basis, stdout, measure),
    lines([
      ...cautions.map(({ text }) => labelled(symbols.problem, text, { label: "yellow" })),
      labelled("data", data, { text: "dim" }),
    ]),
    await hanging(verdictText(report, stdout), stdout),
  ];
  for (const text of sections) if (text !== "") yield `\n${text}`;
}

async function predictedTable({ rows, routes, ...report }: WhatIfReport, stdout: OutputStream): Promise<string> {
  const markOf = new Map(rows.map(({ row, fate }) => [row, MARKS[fate]]));
  const marks = routes.map((_, at) => markOf.get(at) ?? null);
  const forms = routeForms({ ...report, routes }, { expandPrefixes: false, expandNone: false, marks });
  return [...(await inColumns(forms, stdout, { whole: "-o json has all" }))].join("");
}

/** Returns the last line: the number of addresses that would move, and the certainty. */
function verdictText({ moved, moves, certainty }: WhatIfReport, { colours }: OutputStream): string {
  const sure = certaintyText(certainty);
  if (moves.length === 0) return `${colours.green("no address would change next hop")}${sure}\n`;
  return `${colours.yellow(`${addressesText(moved)} would change next hop`)}${sure}\n`;
}

const basisText = (certainty: string, rules: readonly string[]) => `  ${certainty}, by ${rules.join(", ")}`;

/** Returns a line for each row that changes; three or more of a kind, e.g. Azure's default None rows, share one. */
function rowLines(rows: readonly PredictedRow[], verbose: boolean): string[] {
  const basis = (certainty: string, rules: readonly string[]) => (verbose ? [basisText(certainty, rules)] : []);
  const groups = new Map<string, [PredictedRow, ...PredictedRow[]]>();
  for (const row of rows) {
    const { fate, source, name, nextHopType, nextHopIpAddress, rules } = row;
    const key = JSON.stringify([fate, source, name, nextHopType, nextHopIpAddress, rules]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return [...groups.values()].flatMap((group) => {
    if (group.length < 3) {
      return group.flatMap(({ text, certainty, rules }) => [text, ...basis(certainty, rules)]);
    }
    const [{ source, nextHopType, fate, certainty, rules }] = group;
    const prefixes = group.flatMap(({ addressPrefixes }) => addressPrefixes);
    const rowsOf = `${group.length} rows of source ${source} to ${nextHopType}`;
    return [`${rowsOf} ${FATES[fate]}: ${prefixesText(prefixes)}`, ...basis(certainty, rules)];
  });
}

const ruleLines = ({ id, status, text, source }: PredictionRule) => [`${id} (${status}): ${text}`, `  ${source}`];

/** Returns a heading and lines under it, wrapped at the terminal's width. */
function section(
  title: string,
  lines: readonly string[],
  { colours, columns }: OutputStream,
  measure: Measure,
): string {
  if (lines.length === 0) return "";
  const text = lines.flatMap((line) => {
    const indent = line.startsWith("  ") ? "    " : "  ";
    return wrap(plainText(line.trimStart()), columns === null ? null : columns - indent.length, measure).map(
      (part) => `${indent}${part}\n`,
    );
  });
  return `${colours.cyan(title)}\n${text.join("")}`;
}
