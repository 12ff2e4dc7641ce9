/** Why an input could not be read at all. */
export type InputFileErrorCode =
  | "file-not-found"
  | "file-is-directory"
  | "file-not-permitted"
  | "file-too-large"
  | "file-unreadable";

/** An input that could not be read: `message` says which and why, `hint` says what to do next. */
export class InputFileError extends Error {
  override readonly name = "InputFileError";
  readonly code: InputFileErrorCode;
  readonly hint: string;

  constructor(code: InputFileErrorCode, message: string, hint: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.hint = hint;
  }
}
