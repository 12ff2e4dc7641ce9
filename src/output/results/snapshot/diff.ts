import type { Drift, MemberRowChange } from "../../../analysis/fleet/drift.ts";
import { groupedBy } from "../../../analysis/fleet/grouped-by.ts";
import type { SnapshotSummary } from "../../../analysis/fleet/summary.ts";
import type { ServiceTagFile } from "../../../routes/annotation.ts";
import { hanging } from "../../../terminal/hanging.ts";
import { type LabelledText, labelled, labelledText } from "../../../terminal/labelled-text.ts";
import { measureFor } from "../../../terminal/measure.ts";
import { plainText } from "../../../terminal/plain-text.ts";
import { type StackedRow, stackedPieces } from "../../../terminal/stacked-rows.ts";
import type { OutputStream } from "../../../terminal/streams.ts";
import { countText } from "../address-text.ts";
import type { Kind } from "../kind.ts";
import { MOVE_COLUMNS, MOVE_HEADING, moveCells, moveLines, moveMark, moveRows } from "../moves.ts";
import { rowChangesText } from "../row-changes.ts";
import { namesText, summaryText } from "./summary-text.ts";

/** The output of `diff -o json` for two snapshots. */
export interface SnapshotDiffReport extends Drift {
  readonly schemaVersion: "1.0";
  readonly before: SnapshotSummary;
  readonly after: SnapshotSummary;
  readonly serviceTagFile: ServiceTagFile | null;
}

/** The drift between two snapshots: a row for each prefix that changes its next hop in a subnet. */
export const snapshotDiff: Kind<SnapshotDiffReport> = {
  elements: ({ moves }) => moves,
  columns: [...MOVE_COLUMNS, "subnet"],
  *rows({ moves }) {
    for (const move of moves)
      for (const cells of moveRows([move])) for (const name of move.members) yield [...cells, name];
  },
  text: driftText,
  *lines(report, stdout) {
    for (const move of report.moves) {
      for (const line of moveLines([move], stdout)) yield `${line.trimEnd()}  ${plainText(whereText(move.members))}\n`;
    }
    for (const { label, text } of remarksOn(report)) yield `${label}  ${text}\n`;
  },
};

const whereText = (members: readonly string[]) => {
  const names = namesText(members.map((name) => ({ name })));
  return members.length === 1 ? names : `${countText(`${members.length}`)}: ${names}`;
};

async function* driftText(report: SnapshotDiffReport, stdout: OutputStream): AsyncGenerator<string> {
  const { moves, rows, before, after } = report;
  const texts = [...remarksOn(report), ...dataOf(before, after, stdout)];
  const moveRows = moves.map((move): StackedRow => {
    const cells = [...moveCells(move, stdout), plainText(whereText(move.members))];
    return { ...moveMark(move, stdout.symbols), cells, colour: null };
  });
  const measure = await measureFor([...moveRows.flatMap(({ cells }) => cells), ...texts.map(({ text }) => text)]);
  if (moveRows.length > 0) {
    yield* stackedPieces({ heading: [...MOVE_HEADING, "WHERE"], rows: moveRows, prose: 3, indent: 2 }, stdout, measure);
    yield "\n";
  }
  for (const text of rowTexts(rows, stdout)) yield `${await hanging(text, stdout)}\n`;
  yield texts.map((each) => labelledText(each, stdout, measure)).join("");
  yield `\n${await hanging(verdictText(report, stdout), stdout)}\n`;
}

/** The most groups of subnets with the same differing rows. Two others or more are counted. */
const MOST_GROUPS = 20;

/** Returns the rows that differ, once for all subnets with the same differences. */
function rowTexts(rows: readonly MemberRowChange[], stdout: OutputStream): readonly string[] {
  const groups = [...groupedBy(rows, ({ members }) => members.join("\n")).values()];
  const rest = groups.length - MOST_GROUPS;
  const shown = groups.slice(0, rest > 1 ? MOST_GROUPS : groups.length).map((own) => {
    const where = plainText(whereText(own[0]?.members ?? []));
    return `${stdout.colours.cyan("in")} ${where}\n${rowChangesText(own, stdout)}`;
  });
  return rest > 1 ? [...shown, `and other rows in ${rest} more groups of subnets; -o json has all\n`] : shown;
}

function remarksOn({ subnets, nics, appliances, notCompared }: Drift): readonly LabelledText[] {
  const list = (label: string, { came, went }: Drift["nics"]) => {
    const part = (sign: string, names: readonly string[]) =>
      names.length === 0 ? [] : [`${sign} ${whereText(names)}`];
    const parts = [...part("+", came), ...part("-", went)];
    return parts.length === 0 ? [] : [labelled(label, parts.join("; "))];
  };
  const missing = groupedBy(notCompared, ({ reason }) => reason);
  return [
    ...list("subnets", subnets),
    ...list("NICs", nics),
    ...list("appliances", appliances),
    ...[...missing].map(([reason, own]) => {
      const names = own.map(({ name }) => name);
      return labelled("not compared", `${whereText(names)}: ${reason}`, { label: "yellow" });
    }),
  ];
}

const dataOf = (
  before: SnapshotSummary,
  after: SnapshotSummary,
  { symbols }: OutputStream,
): readonly LabelledText[] => [
  labelled("data", `${summaryText(before)} ${symbols.arrow} ${summaryText(after)}`, { text: "dim" }),
];

function verdictText(report: SnapshotDiffReport, { colours }: OutputStream): string {
  const { compared, changed, moves, rows, notCompared, after } = report;
  const word = after.subnets > 0 ? "subnet" : "table";
  const of = `${countText(`${compared}`)} ${word}${compared === 1 ? "" : "s"}`;
  if (compared === 0 && notCompared.length > 0) {
    return colours.yellow(`nothing was compared: no ${word === "subnet" ? "subnet has a table" : "table is"} in both`);
  }
  if (moves.length > 0) return colours.yellow(`addresses change next hop in ${countText(`${changed}`)} of ${of}`);
  return `${colours.green(`no address changes next hop in ${of}`)}${rows.length === 0 ? ", and no row differs" : ""}`;
}
