import type { JSONObject, JSONValue } from "@jmespath-community/jmespath";

/** The steps and the characters that every query may use; a large report allows more. */
const BASE = 4_000_000;

/** The remaining budget of a query. A step takes roughly 50 ns; a size is a length as JSON, in characters. */
export class Budget {
  readonly #sizes = new WeakMap<object, number>();
  readonly #mostCharacters: number;
  #steps: number;

  constructor(report: JSONValue) {
    const size = this.sizeOf(report);
    this.#mostCharacters = BASE + 4 * size;
    this.#steps = BASE + 2 * size;
  }

  spend(steps: number): void {
    this.#steps -= steps;
    if (this.#steps < 0) throw new Error("it takes too many steps");
  }

  /** Rejects a text or value that is too long, before or after it is created. */
  limit(characters: number): void {
    if (characters > this.#mostCharacters) throw new Error("the result is too large");
  }

  /** Charges the value that a node of the query returned. */
  charge(value: unknown): void {
    if (typeof value === "string") this.spend(1 + value.length / 8);
    else if (typeof value === "object" && value !== null && !this.#sizes.has(value)) {
      this.spend(20 + (Array.isArray(value) ? value.length : 4 * Object.keys(value).length));
      this.limit(this.sizeOf(value));
    } else this.spend(1);
  }

  /**
   * A list that holds another one twice counts it twice, so the size of what is printed is known before it is printed.
   */
  sizeOf(value: unknown): number {
    if (typeof value === "string") return value.length + 2;
    if (typeof value !== "object" || value === null) return 4;
    const known = this.#sizes.get(value);
    if (known !== undefined) return known;
    let size = 2;
    if (Array.isArray(value)) for (const item of value) size += 1 + this.sizeOf(item);
    else for (const key of Object.keys(value)) size += key.length + 4 + this.sizeOf((value as JSONObject)[key]);
    this.#sizes.set(value, size);
    return size;
  }
}
