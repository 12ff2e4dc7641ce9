import type { AddressCounts } from "../../analysis/destinations/address-counts.ts";
import type { PolicyCheck, PolicyResult } from "../../analysis/policy/result.ts";
import { inColumns, type Line } from "../../terminal/columns.ts";
import { hanging } from "../../terminal/hanging.ts";
import { plainText } from "../../terminal/plain-text.ts";
import type { OutputStream } from "../../terminal/terminal.ts";
import { addressesText, countText } from "./address-text.ts";
import { counterExamplesText } from "./counter-examples.ts";
import { routeTableText, serviceTagFileText } from "./provenance.ts";
import type { CheckReport } from "./reports.ts";
import type { CheckView } from "./result.ts";

const STATUS = { holds: "holds", violated: "violated", "not-judged": "not judged" } as const;

/** A checked policy for people: a line for each result, then the counter-examples, and last what it comes to. */
export async function checkText(report: CheckReport, view: CheckView, stdout: OutputStream): Promise<string> {
  const { policy, results, routeTables, serviceTagFile } = report;
  const { colours } = stdout;
  const name = policy.name === null ? "" : `: ${policy.name}`;
  const lines: Line[] = [
    { cells: ["STATUS", "SEVERITY", "RULE", "TABLE", "ADDRESSES"], colour: "bold" },
    ...results.map(resultLine),
  ];
  const details: string[] = [];
  for (const result of results.filter(({ counterExamples }) => counterExamples.length > 0)) {
    const head = await hanging(resultHead(result, policy.file, stdout), stdout);
    details.push(`\n${head}`, await counterExamplesText(result, view.expand, stdout));
  }
  const data = [
    ...leftOutTexts(results).map((text) => `left out      ${text}`),
    ...routeTables.map(({ origin }) => `routes        ${routeTableText(origin)}`),
    `service tags  ${serviceTagFileText(serviceTagFile)}`,
  ].map((line) => `${colours.dim(plainText(line))}\n`);
  return [
    `${colours.bold(plainText(`${policy.file}${name}`))}\n\n`,
    await inColumns(lines, stdout),
    ...details,
    `\n${await hanging(data.join(""), stdout)}`,
    `\n${tally(report, stdout)}\n`,
  ].join("");
}

function resultLine({ rule, tables, status, reason, addresses, violating }: PolicyResult): Line {
  const what = reason ?? (status === "violated" ? partText(violating, addresses) : addressesText(addresses));
  const bad = rule.severity === "error" ? "red" : "yellow";
  return {
    cells: [STATUS[status], rule.severity, rule.id, tables.join(" and "), what].map(plainText),
    colour: status === "holds" ? null : bad,
  };
}

/** `80 of 65,536 IPv4 addresses`; of both families each count for itself. */
function partText(part: AddressCounts, whole: AddressCounts): string {
  const alone = (["v4", "v6"] as const).filter((family) => whole[family] !== "0");
  const [family] = alone;
  const count = alone.length === 1 && family !== undefined ? countText(part[family]) : addressesText(part);
  return `${count} of ${addressesText(whole)}`;
}

function resultHead({ rule, tables }: PolicyResult, file: string, { colours }: OutputStream): string {
  const name = rule.name === null ? "" : `  ${plainText(rule.name)}`;
  const where = colours.dim(plainText(`${file}:${rule.line}`));
  return `${colours.bold(plainText(rule.id))}${name}  ${where}\n${plainText(tables.join(" and "))}\n`;
}

/** What the rules were not judged on: the same sentence once. */
function leftOutTexts(results: readonly PolicyResult[]): readonly string[] {
  return [...new Set(results.flatMap(({ leftOut }) => leftOut.map(({ text }) => text)))];
}

function tally({ passed, count: { holds, violated, notJudged } }: PolicyCheck, { colours }: OutputStream): string {
  const all = ({ error, warning, note }: typeof holds) => error + warning + note;
  const several = (number: number, word: string) =>
    number === 0 ? [] : [`${number} ${word}${number === 1 ? "" : "s"}`];
  const kinds = (counts: typeof holds) =>
    [...several(counts.error, "error"), ...several(counts.warning, "warning"), ...several(counts.note, "note")].join(
      ", ",
    );
  const parts = [
    ...(all(violated) > 0 ? [`violated: ${kinds(violated)}`] : []),
    ...(all(notJudged) > 0 ? [`not judged: ${kinds(notJudged)}`] : []),
    `holds: ${all(holds)}`,
  ];
  const word = passed ? colours.green("passed") : colours.red("failed");
  return `${word}  ${parts.join("; ")}`;
}
