/** Why an expectation was refused. Closed, so that scripts and tests can tell the cases apart. */
export type ExpectationErrorCode = "expectation-syntax" | "expectation-key" | "expectation-value";

/** An expectation that cannot be read: `message` says why, `hint` says what to write instead. */
export class ExpectationError extends Error {
  override readonly name = "ExpectationError";
  readonly code: ExpectationErrorCode;
  readonly hint: string;

  constructor(code: ExpectationErrorCode, message: string, hint: string) {
    super(message);
    this.code = code;
    this.hint = hint;
  }
}
