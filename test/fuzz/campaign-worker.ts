import { parentPort, workerData } from "node:worker_threads";
import { minimise } from "./minimise.ts";
import { signatureOf } from "./oracle.ts";
import { INPUT, READS } from "./progress.ts";
import { Campaign, type Target } from "./target.ts";

/** The task of a worker. */
export interface Work {
  readonly target: string;
  /** The URL of the module whose `targetNamed` returns the target. */
  readonly targets: string;
  readonly seed: string;
  /** The number of the first input. */
  readonly from: number;
  /** When to stop, in milliseconds since 1970, and before which input. */
  readonly until: number;
  readonly before: number;
  /** Shared with the watching thread, since a worker that hangs sends no messages. */
  readonly progress: SharedArrayBuffer;
  /** Defects found before. */
  readonly known: readonly string[];
}

/** A defect, with the smallest input known to cause it. */
export interface Finding {
  readonly kind: "finding";
  readonly index: number;
  readonly signature: string;
  readonly told: string;
  readonly input: string;
}

/** How many inputs were read, by outcome. */
export interface Tally {
  readonly kind: "tally";
  readonly answered: number;
  readonly refused: number;
  readonly failed: number;
}

async function campaign({ target: name, targets, seed, from, until, before, progress, known }: Work): Promise<void> {
  const { targetNamed }: { targetNamed(name: string): Target } = await import(targets);
  const given = targetNamed(name);
  const current = new Int32Array(progress);
  const target: Target = {
    ...given,
    check: (input) => {
      Atomics.add(current, READS, 1);
      return given.check(input);
    },
  };
  const inputs = await Campaign.of(target, seed);
  const signatures = new Set(known);
  const counts = { answered: 0, refused: 0, failed: 0 };
  for (let index = from; index < before && Date.now() < until; index++) {
    Atomics.store(current, INPUT, index);
    const input = inputs.input(index);
    try {
      counts[await target.check(input)]++;
    } catch (error) {
      counts.failed++;
      const signature = signatureOf(error);
      if (signatures.has(signature)) continue;
      signatures.add(signature);
      const smallest = await minimise(target, input, signature);
      const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
      parentPort?.postMessage({ kind: "finding", index, signature, told, input: smallest } satisfies Finding);
    }
  }
  await target.close?.();
  parentPort?.postMessage({ kind: "tally", ...counts } satisfies Tally);
}

await campaign(workerData as Work);
