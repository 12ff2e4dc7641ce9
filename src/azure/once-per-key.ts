interface Reading<Value> {
  readonly value: Promise<Value>;
  readonly unwanted: AbortController;
  /** How many callers wait for it. */
  wanted: number;
}

/**
 * Keeps what was read, by a key, and shares what is being read. A failure is not kept: the next caller reads again. A
 * read that no caller waits for any more is aborted.
 */
export class OncePerKey<Value> {
  readonly #readings = new Map<string, Reading<Value>>();

  /** The value of the key. @throws what `read` throws; the reason of `until` when it is aborted before. */
  get(key: string, read: (unwanted: AbortSignal) => Promise<Value>, until?: AbortSignal): Promise<Value> {
    const reading = this.#readings.get(key) ?? this.#begin(key, read);
    reading.wanted++;
    if (until === undefined) return reading.value;
    return new Promise((resolve, reject) => {
      const leave = () => {
        reject(until.reason);
        reading.wanted--;
        if (reading.wanted > 0) return;
        this.#forget(key, reading);
        reading.unwanted.abort();
      };
      if (until.aborted) return leave();
      until.addEventListener("abort", leave, { once: true });
      reading.value.then(resolve, reject).finally(() => until.removeEventListener("abort", leave));
    });
  }

  /** Reads anew when the key is asked for the next time. */
  forget(key: string): void {
    this.#readings.delete(key);
  }

  #begin(key: string, read: (unwanted: AbortSignal) => Promise<Value>): Reading<Value> {
    const unwanted = new AbortController();
    const reading = { value: read(unwanted.signal), unwanted, wanted: 0 };
    this.#readings.set(key, reading);
    reading.value.catch(() => this.#forget(key, reading));
    return reading;
  }

  #forget(key: string, reading: Reading<Value>): void {
    if (this.#readings.get(key) === reading) this.#readings.delete(key);
  }
}
