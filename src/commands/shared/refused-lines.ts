import { UserError } from "../../text/user-error.ts";

/** Counts the invalid records of a stream. The others are answered, and the exit code shows that some were not. */
export class RefusedLines {
  #count = 0;

  /** Counts a refusal and returns it. */
  count<T extends { readonly error: object }>(refusal: T): T {
    this.#count++;
    return refusal;
  }

  /** @throws UserError if any record was refused. */
  conclude(): void {
    if (this.#count === 0) return;
    throw new UserError(
      "refused-lines",
      `${this.#count} ${this.#count === 1 ? "record was" : "records were"} refused`,
      "each has an error in its place among the answers; -o ndjson shows why",
    );
  }
}
