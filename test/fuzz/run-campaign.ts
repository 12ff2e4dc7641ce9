import { Worker } from "node:worker_threads";
import type { Finding, Tally, Work } from "./campaign-worker.ts";
import { INPUT, READS, sharedProgress } from "./progress.ts";
import { Campaign, type Target } from "./target.ts";

/** An input that takes longer than this counts as hanging, in milliseconds. */
const HANGS_AFTER = 60_000;

/** The result of a long run of one target. */
export interface Outcome {
  readonly tried: number;
  readonly answered: number;
  readonly refused: number;
  readonly findings: readonly Finding[];
}

/** Settings for tests of the run itself. */
export interface RunOptions {
  /** The URL of a module with other targets. */
  readonly targets?: string;
  /** Milliseconds. */
  readonly hangsAfter?: number;
  /** The number of inputs. */
  readonly most?: number;
}

/**
 * Reads inputs in a watched thread until the time is up. An input on which the thread hangs or dies is a finding, and
 * the run continues after it.
 */
export async function runCampaign(
  target: string,
  seed: string,
  seconds: number,
  options: RunOptions = {},
): Promise<Outcome> {
  const { targets = new URL("./targets.ts", import.meta.url).href, hangsAfter = HANGS_AFTER } = options;
  const { targetNamed }: { targetNamed(name: string): Target } = await import(targets);
  const before = options.most ?? Number.POSITIVE_INFINITY;
  const until = Date.now() + seconds * 1000;
  const findings: Finding[] = [];
  const counts = { answered: 0, refused: 0, failed: 0 };
  let from = 0;
  while (from < before && Date.now() < until) {
    const progress = sharedProgress();
    const known = findings.map(({ signature }) => signature);
    const ended = await oneWorker({ target, targets, seed, from, until, before, progress, known }, hangsAfter);
    findings.push(...ended.findings);
    if (ended.tally !== null) {
      counts.answered += ended.tally.answered;
      counts.refused += ended.tally.refused;
      counts.failed += ended.tally.failed;
      break;
    }
    const index = new Int32Array(progress)[INPUT] ?? 0;
    counts.failed++;
    counts.answered += Math.max(0, index - from); // read by the worker before, whose outcomes are lost
    const input = (await Campaign.of(targetNamed(target), seed)).input(index);
    findings.push({ kind: "finding", index, signature: ended.death, told: ended.death, input });
    from = index + 1;
  }
  const { answered, refused, failed } = counts;
  return { tried: answered + refused + failed, answered, refused, findings };
}

interface Ended {
  /** Null if the worker hung or died. */
  readonly tally: Tally | null;
  readonly findings: readonly Finding[];
  readonly death: string;
}

function oneWorker(work: Work, hangsAfter: number): Promise<Ended> {
  return new Promise((resolve) => {
    const findings: Finding[] = [];
    let tally: Tally | null = null;
    let death = "it ended without a word";
    // The same stack size as the program.
    const worker = new Worker(new URL("./campaign-worker.ts", import.meta.url), {
      workerData: work,
      resourceLimits: { stackSizeMb: 1, maxOldGenerationSizeMb: 3000 },
    });
    const current = new Int32Array(work.progress);
    let last = 0; // no read has begun
    const watch = setInterval(() => {
      const now = Atomics.load(current, READS);
      if (now === last && now > 0) {
        death = `hangs: it was not read within ${hangsAfter / 1000} s`;
        worker.terminate();
      }
      last = now;
    }, hangsAfter);
    worker.on("message", (message: Finding | Tally) => {
      if (message.kind === "tally") tally = message;
      else findings.push(message);
    });
    worker.on("error", (error) => {
      death = `dies: ${error instanceof Error ? error.message : String(error)}`;
    });
    worker.on("exit", () => {
      clearInterval(watch);
      resolve({ tally, findings, death });
    });
  });
}
