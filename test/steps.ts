import { Session } from "node:inspector/promises";

/**
 * How many pieces of code of the program's own (blocks, as V8 counts them for coverage) run while the work is done: a measure of work that is
 * the same on every machine. What is done within one call of the engine (JSON.parse, a regular expression, a sort) counts as nothing.
 */
export class StepCounter {
  readonly #session = new Session();

  async start(): Promise<void> {
    this.#session.connect();
    await this.#session.post("Profiler.enable");
    await this.#session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
  }

  async count(work: () => unknown): Promise<number> {
    await this.#session.post("Profiler.takePreciseCoverage"); // which begins to count anew
    await work();
    const { result } = await this.#session.post("Profiler.takePreciseCoverage");
    let steps = 0;
    for (const { url, functions } of result) {
      if (!/\/src\/|csv-parse|streamparser|jmespath/.test(url)) continue;
      for (const { ranges } of functions) for (const { count } of ranges) steps += count;
    }
    return steps;
  }

  async stop(): Promise<void> {
    await this.#session.post("Profiler.stopPreciseCoverage");
    this.#session.disconnect();
  }
}
