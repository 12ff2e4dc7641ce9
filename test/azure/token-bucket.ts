/** Azure's allowance for one kind of request: a bucket that is refilled. */
export class TokenBucket {
  #tokens: number;
  #at = 0;
  readonly #size: number;
  readonly #aSecond: number;

  constructor(size: number, aSecond: number, tokens = size) {
    this.#size = size;
    this.#aSecond = aSecond;
    this.#tokens = tokens;
  }

  /** How many seconds to wait; 0 where the request is taken. */
  take(now: number): number {
    this.#tokens = Math.min(this.#size, this.#tokens + ((now - this.#at) * this.#aSecond) / 1000);
    this.#at = now;
    if (this.#tokens < 1) return Math.ceil((1 - this.#tokens) / this.#aSecond);
    this.#tokens -= 1;
    return 0;
  }
}
