import type { CounterExample, PolicyResult } from "../../../analysis/policy/result.ts";
import { hanging } from "../../../terminal/hanging.ts";
import { plainText } from "../../../terminal/plain-text.ts";
import type { OutputStream } from "../../../terminal/streams.ts";
import { addressesText } from "../address-text.ts";
import { explanationText } from "../proof.ts";

const INDENT = "  ";

/**
 * Yields the counter-examples of a result in full: all their addresses, unmet expectations, and the explanation of one
 * address of each.
 */
export async function* counterExamplesText(
  { counterExamples }: PolicyResult,
  stdout: OutputStream,
): AsyncGenerator<string> {
  for (const [index, each] of counterExamples.entries()) {
    const head = await hanging(headOf(each, stdout), stdout);
    yield index === 0 ? head : `\n${head}`;
    yield await proofsOf(each, stdout);
  }
}

function headOf(example: CounterExample, { colours }: OutputStream): string {
  const { mismatches, back } = example;
  const setText = ({ prefixes, addresses }: Pick<CounterExample, "prefixes" | "addresses">) =>
    `${colours.bold(prefixes.join(", "))}  ${colours.dim(addressesText(addresses))}\n`;
  return [
    `${INDENT}${setText(example)}`,
    ...(back === null ? [] : [`${INDENT}back to ${setText(back)}`]),
    ...mismatches.map((line) => `${INDENT}${INDENT}${colours.red(plainText(line))}\n`),
  ].join("");
}

/** Explains the example and, for a symmetric rule, the return path. */
async function proofsOf({ explanation, back }: CounterExample, stdout: OutputStream): Promise<string> {
  const indent = INDENT + INDENT;
  const columns = stdout.columns === null ? null : stdout.columns - indent.length;
  const own = await explanationText(explanation, { ...stdout, columns });
  const other = back === null ? "" : await explanationText(back.explanation, { ...stdout, columns });
  return (own + other).replace(/^(?=.)/gm, indent);
}
