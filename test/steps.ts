import { Session } from "node:inspector/promises";

/**
 * How many pieces of code of the program's own (blocks, as V8 counts them for coverage) run while the work is done: a
 * measure of work that is the same on every machine. A search through a list (includes, indexOf) counts as many as the
 * list has items; what else is done within one call of the engine (JSON.parse, a regular expression, a sort) counts as
 * nothing.
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
    let steps = await countSearches(work);
    const { result } = await this.#session.post("Profiler.takePreciseCoverage");
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

const SEARCHES = ["includes", "indexOf", "lastIndexOf"] as const;

/** The items of all lists that are searched while the work is done. */
async function countSearches(work: () => unknown): Promise<number> {
  let items = 0;
  const own = SEARCHES.map((name) => [name, Array.prototype[name]] as const);
  for (const [name, search] of own) {
    // biome-ignore lint/suspicious/noExplicitAny: the arguments are whatever is searched for
    Array.prototype[name] = function (this: unknown[], ...args: any[]): any {
      items += this.length;
      return Reflect.apply(search, this, args);
    };
  }
  try {
    await work();
  } finally {
    for (const [name, search] of own) Object.assign(Array.prototype, { [name]: search });
  }
  return items;
}
