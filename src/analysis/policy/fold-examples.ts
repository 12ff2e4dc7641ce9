import { rangeOf } from "../../net/address-ranges.ts";
import { parsePrefix } from "../../net/prefix.ts";
import { describeAddresses } from "../destinations/address-counts.ts";
import { splitSize } from "../destinations/split.ts";
import type { CounterExample } from "./result.ts";

/** Counter-examples that differ only in the prefix that wins. */
export interface FoldedExample extends CounterExample {
  /** How many counter-examples are folded into this one. */
  readonly folded: number;
}

/**
 * Folds counter-examples with the same table, next hop and unmet expectations into one, in the place of the largest: 16
 * default None rows, say. Its mismatches name the number of rows instead of a prefix. Those of symmetric rules stay
 * apart. Cost: a sort of the folded prefixes.
 */
export function foldExamples(examples: readonly CounterExample[]): readonly FoldedExample[] {
  const groups = new Map<string, [CounterExample, ...CounterExample[]]>();
  for (const [at, each] of examples.entries()) {
    const key = each.back === null ? keyOf(each) : `${at}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [each]);
    else group.push(each);
  }
  return [...groups.values()].map(folded);
}

function keyOf(example: CounterExample): string {
  const { verdict, winner, certainty } = example.explanation;
  const row = winner && { ...winner, addressPrefix: null };
  return JSON.stringify([example.table, verdict, certainty, row, mismatchesOf(example, "")]);
}

/** Returns the mismatches without the example's address, and with `rows` in place of the winning prefix. */
function mismatchesOf({ mismatches, explanation, example }: CounterExample, rows: string): readonly string[] {
  const prefix = explanation.winner?.addressPrefix;
  return mismatches.map((text) => {
    const own = text.slice(`${example}: `.length);
    return prefix === undefined ? own : own.replace(`(${prefix}`, `(${rows}`);
  });
}

function folded(group: readonly [CounterExample, ...CounterExample[]]): FoldedExample {
  const [first] = group;
  if (group.length === 1) return { ...first, folded: 1 };
  const ranges = group.flatMap(({ prefixes }) => prefixes.map((prefix) => rangeOf(parsePrefix(prefix))));
  return {
    ...first,
    ...describeAddresses(ranges, splitSize()),
    mismatches: mismatchesOf(first, `${group.length} rows`),
    folded: group.length,
  };
}
