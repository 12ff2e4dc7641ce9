/** A `--query` that was refused: `message` says why, `hint` what to do. */
export class QueryError extends Error {
  override readonly name = "QueryError";
  readonly code = "query";
  readonly hint = "see https://jmespath.org; the fields are those of -o json";
}
