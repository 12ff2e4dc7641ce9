import type { Figure, Verdict } from "./measure.ts";

const digits = (value: number) => value.toFixed(value < 0.1 ? 3 : value < 10 ? 2 : value < 100 ? 1 : 0);

function mark({ of, is, reach }: Verdict, unit: string): string {
  const amount = of === null ? `${digits(is)} ${unit}` : `${digits(is)}× ${of}`;
  return `${is <= reach ? "reached" : "MISSED "}  ${amount} (at most ${digits(reach)}${of === null ? ` ${unit}` : "×"})`;
}

/** A row of the table as text: each contender, then the limits. */
export function figureText({ what, unit, rounds, results, absent, verdicts }: Figure): string {
  const [ours] = results;
  const lines = results.map(({ name, median, least, cpu }) => {
    const ratio = ours === undefined ? "" : `${digits(ours.median / median)}×`;
    const columns = [`${digits(median)} ${unit}`.padStart(12), `${digits(least)} least`.padStart(14)];
    columns.push((cpu === null ? "" : `${digits(cpu)} cpu`).padStart(10), ratio.padStart(8));
    return `  ${name.padEnd(44)}${columns.join("")}`;
  });
  const skipped = absent.map(({ name, why }) => `  ${name.padEnd(44)}skipped: ${why}`);
  return [
    `${what}  (${rounds} rounds)`,
    ...lines,
    ...skipped,
    ...verdicts.map((each) => `  ${mark(each, unit)}`),
    "",
  ].join("\n");
}
