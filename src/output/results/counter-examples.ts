import type { CounterExample, PolicyResult } from "../../analysis/policy/result.ts";
import { hanging } from "../../terminal/hanging.ts";
import { plainText } from "../../terminal/plain-text.ts";
import type { OutputStream } from "../../terminal/terminal.ts";
import { addressesText, groupText } from "./address-text.ts";
import { explanationText } from "./proof.ts";

/** How many counter-examples of a result are explained without --expand. */
const EXPLAINED = 3;

const INDENT = "  ";

/**
 * Yields the counter-examples of a result: addresses, unmet expectations, and the explanation of one address of each.
 */
export async function* counterExamplesText(
  { counterExamples }: PolicyResult,
  expand: boolean,
  stdout: OutputStream,
): AsyncGenerator<string> {
  for (const [index, each] of counterExamples.entries()) {
    const head = await hanging(headOf(each, expand, stdout), stdout);
    yield index === 0 ? head : `\n${head}`;
    if (expand || index < EXPLAINED) yield await proofsOf(each, stdout);
  }
  const hidden = expand ? 0 : counterExamples.length - EXPLAINED;
  if (hidden > 0) yield `${INDENT}${stdout.colours.dim(`--expand explains the other ${hidden} too`)}\n`;
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

/** Explains the example and, for a symmetric rule, the return path. */
async function proofsOf({ explanation, back }: CounterExample, stdout: OutputStream): Promise<string> {
  const indent = INDENT + INDENT;
  const columns = stdout.columns === null ? null : stdout.columns - indent.length;
  const own = await explanationText(explanation, { ...stdout, columns });
  const other = back === null ? "" : await explanationText(back.explanation, { ...stdout, columns });
  return (own + other).replace(/^(?=.)/gm, indent);
}
