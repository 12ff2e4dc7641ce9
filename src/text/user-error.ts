/** What a failure means for the exit code; the numbers are in `commands/help/exit-codes.ts`. */
export type Exit = "failed" | "usage" | "unexpected" | "notAllowed" | "tagsMissing";

/**
 * What the user probably meant to type: `instead` of `words`, which follow each other in the command line, or another
 * `line`. The program prints it as a whole command line. If the command line does not have the words, the error's hint
 * stays.
 */
export type Correction = {
  /** What the command line is for; default: "did you mean". */
  readonly lead?: string;
} & ({ readonly words: readonly string[]; readonly instead: readonly string[] } | { readonly line: readonly string[] });

/** The parts of a UserError that most errors do not need. */
export interface UserErrorOptions extends ErrorOptions {
  readonly correction?: Correction | null;
  /** More for `--debug`, e.g. Azure's own words with request ids. Never holds a token. */
  readonly detail?: string | null;
  /** Whether the text for people on stdout (`-o table`, `-o short`) says it already. */
  readonly isShown?: boolean;
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
  readonly correction: Correction | null;
  readonly isShown: boolean;

  constructor(code: Code, message: string, hint: string, exit: Exit = "usage", options: UserErrorOptions = {}) {
    super(message, options);
    this.code = code;
    this.hint = hint;
    this.exit = exit;
    this.detail = options.detail ?? null;
    this.correction = options.correction ?? null;
    this.isShown = options.isShown === true;
  }
}
