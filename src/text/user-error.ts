/** What a failure means for the exit code; the numbers are in `commands/help/exit-codes.ts`. */
export type Exit = "failed" | "usage" | "unexpected" | "notAllowed" | "tagsMissing";

/** The parts of a UserError that most errors do not need. */
export interface UserErrorOptions extends ErrorOptions {
  /** More for `--debug`, e.g. Azure's own words with request ids. Never holds a token. */
  readonly detail?: string | null;
}

/**
 * An error that tells the user what to do. `message` says what failed and why, `hint` what to do next, `code` names
 * the case for scripts and tests, `exit` decides the exit code. Any other error that reaches the top is a bug of the
 * program.
 */
export class UserError<Code extends string = string> extends Error {
  override readonly name = "UserError";
  readonly code: Code;
  readonly hint: string;
  readonly exit: Exit;
  readonly detail: string | null;

  constructor(code: Code, message: string, hint: string, exit: Exit = "usage", options: UserErrorOptions = {}) {
    super(message, options);
    this.code = code;
    this.hint = hint;
    this.exit = exit;
    this.detail = options.detail ?? null;
  }
}
