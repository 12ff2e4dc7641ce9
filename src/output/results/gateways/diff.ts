import type { GatewayAnswer, GatewayMove } from "../../../analysis/diff/gateways.ts";
import type { ReportedRouter } from "../../../routes/gateways/gateway-report.ts";
import { inColumns } from "../../../terminal/columns.ts";
import { labelled, labelledText } from "../../../terminal/labelled-text.ts";
import { measureFor } from "../../../terminal/measure.ts";
import { plainText } from "../../../terminal/plain-text.ts";
import type { OutputStream } from "../../../terminal/streams.ts";
import { type Column, EMPTY, type Line } from "../../../terminal/table-form.ts";
import type { Kind } from "../kind.ts";
import { routerDataText } from "./router-text.ts";

/** The output of `diff -o json` for two tables of hubs, gateways, Route Servers or circuits. */
export interface GatewayDiffReport {
  readonly schemaVersion: "1.0";
  readonly moves: readonly GatewayMove[];
  readonly before: ReportedRouter;
  readonly after: ReportedRouter;
}

/** The columns of the flat formats. Scripts rely on their order. */
export const GATEWAY_MOVE_COLUMNS = [
  "prefix",
  "change",
  "beforeNextHop",
  "afterNextHop",
  "beforeAsPath",
  "afterAsPath",
] as const;

/** The difference between two tables of routers: a row for each prefix that is routed differently. */
export const gatewayDiff: Kind<GatewayDiffReport> = {
  elements: ({ moves }) => moves,
  columns: GATEWAY_MOVE_COLUMNS,
  givenUp: ["beforeAsPath", "afterAsPath"],
  *rows({ moves }) {
    for (const { prefix, change, before, after } of moves) {
      yield [
        prefix,
        change,
        before?.nextHops ?? null,
        after?.nextHops ?? null,
        before === null ? null : asPathsOf(before),
        after === null ? null : asPathsOf(after),
      ];
    }
  },
  *lines({ moves }, { symbols }) {
    for (const { prefix, change, before, after } of moves) {
      yield `${plainText(`${prefix}  ${change}  ${answerText(before)} ${symbols.arrow} ${answerText(after)}`)}\n`;
    }
  },
  text: diffText,
};

const COLUMNS: readonly Column[] = [
  { heading: "PREFIX" },
  { heading: "CHANGE" },
  { heading: "BEFORE" },
  { heading: "AFTER" },
];

/** Returns the AS paths of an answer. A route of the router's own has none. */
const asPathsOf = ({ asPaths }: GatewayAnswer) => asPaths.filter((path) => path !== "");

/** Returns an answer in a few words: next hops, and the AS path. */
function answerText(answer: GatewayAnswer | null): string {
  if (answer === null) return "no route";
  const { nextHops, nextHopTypes, origins } = answer;
  const to = [...nextHopTypes, nextHops.join(", ")].filter((part) => part !== "").join(" ");
  const paths = asPathsOf(answer);
  return `${to === "" ? origins.join(", ") || EMPTY : to}${paths.length === 0 ? "" : ` (AS ${paths.join(" or ")})`}`;
}

/** Yields the text for people: the prefixes, the tables compared, the number of changes. */
async function* diffText(report: GatewayDiffReport, stdout: OutputStream): AsyncGenerator<string> {
  const { moves, before, after } = report;
  const lines = moves.map(({ prefix, change, ...answers }): Line => {
    const cells = [prefix, change, answerText(answers.before), answerText(answers.after)].map(plainText);
    return { cells, colour: change === "lost" ? "red" : null };
  });
  if (moves.length > 0) yield* await inColumns([{ columns: COLUMNS, lines }], stdout);
  const { colours, symbols } = stdout;
  const title = plainText(`${routerDataText(before)} ${symbols.arrow} ${routerDataText(after)}`);
  const measure = await measureFor([title]);
  yield `${moves.length > 0 ? "\n" : ""}${labelledText(labelled("data", title, { text: "dim" }), stdout, measure)}\n`;
  const count = moves.length === 1 ? "1 prefix is" : `${moves.length} prefixes are`;
  yield moves.length === 0
    ? `${colours.green("no prefix is routed differently")}\n`
    : `${colours.yellow(`${count} routed differently`)}\n`;
}
