import { UserError } from "../../text/user-error.ts";

/** Counts the records of a stream that were refused in their place: the rest was answered, but the exit code tells. */
export class RefusedLines {
  #count = 0;

  /** The refusal itself, counted. */
  count<T extends { readonly error: object }>(refusal: T): T {
    this.#count++;
    return refusal;
  }

  /** @throws UserError where any was refused. */
  conclude(): void {
    if (this.#count === 0) return;
    throw new UserError(
      "refused-lines",
      `${this.#count} ${this.#count === 1 ? "record was" : "records were"} refused; all others are answered`,
      "each refused one has its error in its place: -o ndjson tells why",
    );
  }
}
