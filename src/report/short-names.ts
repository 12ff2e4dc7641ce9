import type { CounterExample, PolicyCheck, PolicyResult } from "../analysis/policy/result.ts";

/**
 * Returns the shortest end of each path or resource id that is unique. A page may be shared, so it shows no home
 * directory and no subscription.
 */
export function shortNames(names: readonly string[]): ReadonlyMap<string, string> {
  const parts = new Map(names.map((name) => [name, name.split(/[\\/]/)]));
  const end = (name: string, count: number) => parts.get(name)?.slice(-count).join("/") ?? name;
  return new Map(
    [...parts].map(([name, own]) => {
      let count = 1;
      while (count < own.length && names.some((other) => other !== name && end(other, count) === end(name, count)))
        count++;
      const isCut = count < own.length;
      return [name, isCut && name.startsWith("nic:") ? `nic:${end(name, count)}` : end(name, count)];
    }),
  );
}

/** Returns a policy's results with the tables' short names, in sentences too. */
export function withShortNames<Check extends PolicyCheck>(check: Check, names: ReadonlyMap<string, string>): Check {
  const long = [...names.keys()].sort((a, b) => b.length - a.length);
  const short = (text: string) => long.reduce((told, name) => told.replaceAll(name, names.get(name) ?? name), text);
  const ofTable = <Part extends { readonly table: string }>(part: Part): Part => ({
    ...part,
    table: short(part.table),
  });
  const example = (each: CounterExample): CounterExample => ({
    ...ofTable(each),
    mismatches: each.mismatches.map(short),
    back: each.back && ofTable(each.back),
  });
  return {
    ...check,
    results: check.results.map(
      (result): PolicyResult => ({
        ...result,
        tables: result.tables.map(short),
        reason: result.reason && short(result.reason),
        leftOut: result.leftOut.map((each) => ({ ...each, text: short(each.text) })),
        counterExamples: result.counterExamples.map(example),
      }),
    ),
  };
}
