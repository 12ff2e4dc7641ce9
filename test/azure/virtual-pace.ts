import { setImmediate } from "node:timers/promises";
import type { Pace } from "../../src/azure/arm/pace.ts";

interface Sleeper {
  readonly at: number;
  wake(): void;
}

/** Virtual time that advances while every task waits; the earliest wakes first. Not for real requests. */
export class VirtualPace implements Pace {
  #now = 0;
  #sleepers: Sleeper[] = [];
  readonly progressed: string[] = [];
  readonly progress = (text: string) => {
    this.progressed.push(text);
  };
  readonly now = () => this.#now;

  readonly delay = (ms: number, signal?: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      const sleeper = { at: this.#now + ms, wake: resolve };
      this.#sleepers.push(sleeper);
      signal?.addEventListener("abort", () => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
        reject(signal.reason);
      });
    });

  /** Lets time pass until the work is done. */
  async during<T>(work: Promise<T>): Promise<T> {
    let done = false;
    const end = () => {
      done = true;
    };
    work.then(end, end);
    for (;;) {
      await setImmediate(); // lets every runnable task run
      if (done) return work;
      const next = this.#sleepers.sort((left, right) => left.at - right.at).shift();
      if (next === undefined) throw new Error("everybody waits for nothing");
      this.#now = Math.max(this.#now, next.at);
      next.wake();
    }
  }
}
