import { parentPort, workerData } from "node:worker_threads";
import { minimise } from "./minimise.ts";
import { signatureOf } from "./oracle.ts";
import { Campaign } from "./target.ts";
import { targetNamed } from "./targets.ts";

/** What a worker is to do. */
export interface Work {
  readonly target: string;
  readonly seed: string;
  /** The number of the first input. */
  readonly from: number;
  /** When to stop, in milliseconds since 1970. */
  readonly until: number;
  /** The number of the input that is being read, for whoever watches: an input that never ends tells nothing else. */
  readonly progress: SharedArrayBuffer;
  /** Defects that are known already. */
  readonly known: readonly string[];
}

/** A defect, by the smallest input that was found to show it. */
export interface Finding {
  readonly kind: "finding";
  readonly index: number;
  readonly signature: string;
  readonly told: string;
  readonly input: string;
}

/** How many inputs were read, and what became of them. */
export interface Tally {
  readonly kind: "tally";
  readonly answered: number;
  readonly refused: number;
  readonly failed: number;
}

/** Set in place of a number while an input is made smaller, which takes its time. */
export const MINIMISING = -1;

async function campaign({ target: name, seed, from, until, progress, known }: Work): Promise<void> {
  const target = targetNamed(name);
  const inputs = await Campaign.of(target, seed);
  const current = new Int32Array(progress);
  const signatures = new Set(known);
  const counts = { answered: 0, refused: 0, failed: 0 };
  for (let index = from; Date.now() < until; index++) {
    Atomics.store(current, 0, index);
    const input = inputs.input(index);
    try {
      counts[await target.check(input)]++;
    } catch (error) {
      counts.failed++;
      const signature = signatureOf(error);
      if (signatures.has(signature)) continue;
      signatures.add(signature);
      Atomics.store(current, 0, MINIMISING);
      const smallest = await minimise(target, input, signature);
      const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
      parentPort?.postMessage({ kind: "finding", index, signature, told, input: smallest } satisfies Finding);
    }
  }
  await target.close?.();
  parentPort?.postMessage({ kind: "tally", ...counts } satisfies Tally);
}

await campaign(workerData as Work);
