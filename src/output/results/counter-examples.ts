import type { CounterExample, PolicyResult } from "../../analysis/policy/result.ts";
import { hanging } from "../../terminal/hanging.ts";
import { plainText } from "../../terminal/plain-text.ts";
import type { OutputStream } from "../../terminal/terminal.ts";
import { addressesText, groupText } from "./address-text.ts";
import { explanationText } from "./explanations.ts";

/** So many counter-examples of a result are explained, unless all are asked for. */
const EXPLAINED = 3;

const INDENT = "  ";

/** The counter-examples of a result: their addresses, what is not met, the explanation of one of them. */
export async function counterExamplesText(
  { counterExamples }: PolicyResult,
  expand: boolean,
  stdout: OutputStream,
): Promise<string> {
  const blocks: string[] = [];
  for (const [index, each] of counterExamples.entries()) {
    const proofs = expand || index < EXPLAINED ? await proofsOf(each, stdout) : "";
    blocks.push((await hanging(headOf(each, expand, stdout), stdout)) + proofs);
  }
  const hidden = expand ? 0 : counterExamples.length - EXPLAINED;
  const rest = hidden > 0 ? `${INDENT}${stdout.colours.dim(`--expand explains the last ${hidden}, too`)}\n` : "";
  return `${blocks.join("\n")}${rest}`;
}

function headOf(example: CounterExample, expand: boolean, { colours }: OutputStream): string {
  const { mismatches, back } = example;
  return [
    `${INDENT}${colours.bold(setText(example, expand))}  ${colours.dim(addressesText(example.addresses))}\n`,
    ...(back === null
      ? []
      : [`${INDENT}back to ${colours.bold(setText(back, expand))}  ${colours.dim(addressesText(back.addresses))}\n`]),
    ...mismatches.map((line) => `${INDENT}${INDENT}${colours.red(plainText(line))}\n`),
  ].join("");
}

function setText({ prefixes, outline }: Pick<CounterExample, "prefixes" | "outline">, expand: boolean): string {
  return expand ? prefixes.join(", ") : groupText({ prefixes, outline });
}

/** Why the example goes where it goes; of a symmetric rule also why the answer does. */
async function proofsOf({ explanation, back }: CounterExample, stdout: OutputStream): Promise<string> {
  const indent = INDENT + INDENT;
  const columns = stdout.columns === null ? null : stdout.columns - indent.length;
  const own = await explanationText(explanation, { ...stdout, columns });
  const other = back === null ? "" : await explanationText(back.explanation, { ...stdout, columns });
  return (own + other).replace(/^(?=.)/gm, indent);
}
