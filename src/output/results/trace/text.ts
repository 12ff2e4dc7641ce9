import type { Hop, Trace } from "../../../analysis/trace/trace.ts";
import { besideLabel, type LabelledText, labelled, labelledText } from "../../../terminal/labelled-text.ts";
import { measureFor } from "../../../terminal/measure.ts";
import { plainText } from "../../../terminal/plain-text.ts";
import { type StackedRow, stackedRows } from "../../../terminal/stacked-rows.ts";
import type { OutputStream } from "../../../terminal/streams.ts";
import { LEVEL_COLOUR } from "../answer-text.ts";
import { answerOf, askedOf, decisiveRule, LEVELS, routeOf, traceSourceText, verifiedTexts } from "./answer.ts";
import type { TraceReport, TraceView } from "./report.ts";

const asked = (trace: Trace, { symbols }: OutputStream) => askedOf(trace).replace("→", symbols.arrow);

/** Yields a line for the packet and one for its reply: the answer, then the hops. */
export function* traceLines(report: TraceReport, stdout: OutputStream): Generator<string> {
  for (const trace of [report.trace, ...(report.return === null ? [] : [report.return])]) {
    const hops = trace.hops.map(({ name }) => plainText(name)).join(", ");
    const answer = stdout.colours[LEVEL_COLOUR[LEVELS[trace.disposition]]](answerOf(trace));
    yield `${asked(trace, stdout)}  ${answer}  by ${hops}\n`;
  }
}

/** Yields the text for people: the answer, the hops, the assumptions, the reply, and the origin of the data. */
export async function* traceText(
  report: TraceReport,
  stdout: OutputStream,
  { verbose }: TraceView,
): AsyncGenerator<string> {
  yield await wayText(report.trace, stdout, verbose);
  const { return: back, returnReason, symmetry, symmetric, snapshot } = report;
  if (back !== null) yield `\n${await wayText(back, stdout, verbose)}`;
  const last: LabelledText[] = [];
  if (returnReason !== null) last.push(labelled("return", `not traced: ${returnReason}`));
  if (symmetry !== null) {
    const colour = symmetric === true ? "green" : "yellow";
    const word = symmetric === null ? "symmetry" : symmetric ? "symmetric" : "not symmetric";
    last.push(labelled(word, symmetry.text, { text: colour }));
    for (const { level, text } of symmetry.notes) {
      if (level === "remark") last.push(labelled("note", text));
    }
  }
  for (const { text, agrees } of verifiedTexts(report)) {
    last.push(labelled("verify", text, agrees === null ? {} : { text: agrees ? "green" : "yellow" }));
  }
  last.push(labelled("data", traceSourceText(snapshot), { text: "dim" }));
  const measure = await measureFor(last.map(({ text }) => text));
  yield `\n${last.map((each) => labelledText(each, stdout, measure)).join("")}`;
}

async function wayText(trace: Trace, stdout: OutputStream, verbose: boolean): Promise<string> {
  const rows = trace.hops.map((hop) => rowOf(hop, stdout, false));
  const shorter = trace.hops.map((hop) => rowOf(hop, stdout, true));
  const remarks = remarksOf(trace, stdout, verbose);
  const answer = answerOf(trace);
  const texts = [answer, ...rows.flatMap(({ cells }) => cells), ...remarks.map(({ text }) => text)];
  const measure = await measureFor(texts);
  const { colours } = stdout;
  const colour = colours[LEVEL_COLOUR[LEVELS[trace.disposition]]];
  const paint = { label: colours.bold, text: (text: string) => colours.bold(colour(text)) };
  const headline = besideLabel(`${asked(trace, stdout)}  `, answer, stdout, paint, measure);
  const table = stackedRows({ heading: ["HOP", "ROUTE", "WHY"], rows, shorter, indent: 2 }, stdout, measure);
  return `${headline}\n${table}${remarks.length === 0 ? "" : "\n"}${remarks
    .map((each) => labelledText(each, stdout, measure))
    .join("")}`;
}

function rowOf(hop: Hop, stdout: OutputStream, shorter: boolean): StackedRow {
  const level = hop.disposition === null ? null : LEVEL_COLOUR[LEVELS[hop.disposition]];
  const name = hop.network === null || shorter ? hop.name : `${hop.name} (${hop.network})`;
  return {
    mark: String(hop.index),
    markColour: level ?? "dim",
    cells: [name, routeOf(hop, shorter), whyOf(hop, stdout)].map(plainText),
    colour: level,
  };
}

/** The next hops, the rule and its certainty. */
function whyOf(hop: Hop, { symbols }: OutputStream): string {
  const { certainty, next, index } = hop;
  const decisive = decisiveRule(hop);
  const goesOn = next.length === 1 && next[0] === index + 1;
  const branches = next.length === 0 || goesOn ? "" : `${symbols.arrow} ${next.join(", ")}  `;
  return `${branches}${decisive.text} (${decisive.id}, ${certainty})`;
}

function remarksOf({ hops, notes }: Trace, { symbols }: OutputStream, verbose: boolean): readonly LabelledText[] {
  const all = [
    ...notes,
    ...hops.flatMap((hop) => hop.notes.map((note) => ({ ...note, text: `${hop.name}: ${note.text}` }))),
  ];
  const of = (wanted: string) => distinct(all.filter(({ level }) => level === wanted).map(({ text }) => text));
  const assumed = distinct(hops.flatMap(({ assumptions }) => assumptions.map(({ text }) => text)));
  const rules = verbose ? hops.flatMap((hop) => hop.rules.map((rule) => ({ ...rule, index: hop.index }))) : [];
  return [
    ...of("problem").map((text) => labelled(symbols.problem, text, { label: "yellow" })),
    ...assumed.map((text) => labelled("assumed", text)),
    ...of("remark").map((text) => labelled("note", text)),
    ...rules.map(({ index, id, status, text, source }) =>
      labelled(`rule ${index}`, `${id} (${status}): ${text}; ${source}`),
    ),
  ];
}

const distinct = (texts: readonly string[]) => [...new Set(texts)];
