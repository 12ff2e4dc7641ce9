import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { curves, curveText } from "./curves.ts";
import { type Figure, measure } from "./measure.ts";
import { ROWS } from "./rows.ts";
import { figureText } from "./text.ts";
import { DATA, openWorkbench } from "./workbench.ts";

const OPTIONS = {
  json: { type: "boolean", default: false },
  check: { type: "boolean", default: false },
  curves: { type: "boolean", default: false },
  only: { type: "string", multiple: true },
  rounds: { type: "string" },
} as const;

function machine() {
  const [cpu] = cpus();
  return {
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    cpu: cpu?.model ?? "",
    cpus: cpus().length,
  };
}

/**
 * Measures the rows and prints them as text, or with `--json` as one object. With `--check` exits with 1 if a bound is
 * broken. `--only ID` (repeatable) selects a row, or the rows whose ids begin with it. `--rounds N` sets how often each
 * contender runs. `--curves` prints how cost grows instead.
 */
export async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: OPTIONS });
  if (values.curves) {
    const found = await curves();
    console.log(values.json ? JSON.stringify(found, null, 2) : found.map(curveText).join("\n"));
    return 0;
  }
  const { only } = values;
  const rows =
    only === undefined
      ? ROWS
      : ROWS.filter(({ id }) => only.some((wanted) => id === wanted || id.startsWith(`${wanted}-`)));
  if (rows.length === 0) {
    console.error(`no such row; there are: ${ROWS.map(({ id }) => id).join(" ")}`);
    return 2;
  }
  const rounds = values.rounds === undefined ? undefined : Number(values.rounds);
  const text = (line: string) => values.json || console.log(line);
  const about = machine();
  text(`Node ${about.node}, ${about.platform}, ${about.cpus} × ${about.cpu}; tag file ${DATA}\n`);
  const figures: Figure[] = [];
  const bench = await openWorkbench();
  try {
    for (const row of rows) {
      const figure = await measure(row, bench, rounds);
      figures.push(figure);
      text(figureText(figure));
    }
  } finally {
    bench.close();
  }
  const broken = figures.flatMap(({ what, verdicts }) =>
    verdicts.filter(({ is, bound }) => !(is <= bound)).map(({ of, is, bound }) => ({ what, of, is, bound })),
  );
  if (values.json) console.log(JSON.stringify({ machine: about, data: DATA, figures, broken }, null, 2));
  if (!values.check) return 0;
  for (const { what, of, is, bound } of broken)
    console.error(`broken: ${what}: ${is} is more than ${bound} (${of ?? "alone"})`);
  return broken.length === 0 ? 0 : 1;
}
