import type { Pace } from "./pace.ts";

/**
 * Between two requests that waited. Azure refills 25 reads and 10 writes a second; released all at once, those that
 * waited would be throttled again.
 * https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling
 */
const SPACING_MS = 50;

/** A request that was not sent, since Azure throttles the subscription for longer than its call may take. */
export class Throttled extends Error {
  /** When Azure takes requests again, in milliseconds from now. */
  readonly retryAfter: number;

  constructor(retryAfter: number) {
    super("Azure throttles requests");
    this.name = "Throttled";
    this.retryAfter = retryAfter;
  }
}

/** Lets the requests of a subscription pass, and holds all of them while Azure throttles it. */
export class Gate {
  readonly #pace: Pace;
  #opens = 0;
  /** When the next request may pass that has to wait. */
  #next = 0;

  constructor(pace: Pace) {
    this.#pace = pace;
  }

  /** Closes the gate for some milliseconds. */
  pause(ms: number): void {
    this.#opens = Math.max(this.#opens, this.#pace.now() + ms);
  }

  /**
   * Resolves when a request may be sent: at once, or one after the other after a pause.
   * @throws Throttled where that would be after the deadline; the signal's reason when it is aborted before.
   */
  async pass(deadline: number, signal: AbortSignal | undefined): Promise<void> {
    for (;;) {
      const now = this.#pace.now();
      const turn = Math.max(this.#opens, this.#next);
      if (turn <= now) return;
      if (turn > deadline) throw new Throttled(turn - now);
      this.#next = turn + SPACING_MS;
      await this.#pace.delay(turn - now, signal);
      if (this.#opens <= turn) return;
    }
  }
}
