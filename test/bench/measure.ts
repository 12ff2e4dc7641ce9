import type { Contender, Limit, Row, Sample, Workbench } from "./row.ts";

/** The result of one contender. */
interface Result {
  readonly name: string;
  readonly median: number;
  readonly least: number;
  /** The median of the processor time, in milliseconds. */
  readonly cpu: number | null;
}

/** A limit, and our value. */
export interface Verdict extends Limit {
  /** Our median: absolute, or as a multiple of the other contender's. */
  readonly is: number;
}

/** A measured row. */
export interface Figure extends Pick<Row, "id" | "what" | "unit" | "rounds"> {
  /** Ours first. */
  readonly results: readonly Result[];
  readonly absent: readonly { readonly name: string; readonly why: string }[];
  /** The limits whose contender ran, if ours did. */
  readonly verdicts: readonly Verdict[];
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[half - 1] ?? Number.NaN)) / 2;
}

/**
 * Runs the contenders in turn, so that other load on the machine affects all of them equally. The first turn does not
 * count: it fills the caches of the file system.
 */
async function interleaved(contenders: readonly Contender[], rounds: number): Promise<Result[]> {
  const samples = contenders.map((): Sample[] => []);
  for (let round = -1; round < rounds; round++) {
    for (const [index, contender] of contenders.entries()) {
      const sample = await contender.sample();
      if (round >= 0) samples[index]?.push(sample);
    }
  }
  return contenders.map(({ name }, index) => {
    const own = samples[index] ?? [];
    const values = own.map(({ value }) => value);
    const cpu = own.flatMap((sample) => sample.cpu ?? []);
    return { name, median: median(values), least: Math.min(...values), cpu: cpu.length > 0 ? median(cpu) : null };
  });
}

/** Measures one row. `rounds` replaces the row's own number. */
export async function measure(row: Row, bench: Workbench, rounds: number = row.rounds): Promise<Figure> {
  const opened = await row.open(bench);
  try {
    const present = opened.contenders.filter((each): each is Contender => "sample" in each);
    const results = await interleaved(present, rounds);
    const [own] = opened.contenders;
    const ours = own !== undefined && "sample" in own ? results[0]?.median : undefined;
    const medians = new Map(results.map(({ name, median }) => [name, median]));
    return {
      id: row.id,
      what: row.what,
      unit: row.unit,
      rounds,
      results,
      absent: opened.contenders.flatMap((each) => ("absent" in each ? [{ name: each.name, why: each.absent }] : [])),
      verdicts: row.limits.flatMap((limit) => {
        const theirs = limit.of === null ? 1 : medians.get(limit.of);
        return ours === undefined || theirs === undefined ? [] : [{ ...limit, is: ours / theirs }];
      }),
    };
  } finally {
    await opened.close?.();
  }
}
