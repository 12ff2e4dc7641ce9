/** Why lines cannot be read as asked. Closed, so that scripts and tests can tell the cases apart. */
export type AddressLinesErrorCode =
  | "field-number"
  | "field-delimiter"
  | "field-and-column"
  | "column-empty"
  | "column-delimiter"
  | "column-missing"
  | "column-twice"
  | "header-missing"
  | "header-unreadable";

/** The whole input was refused: a choice that cannot be, or a header that does not hold the column. */
export class AddressLinesError extends Error {
  override readonly name = "AddressLinesError";
  readonly code: AddressLinesErrorCode;
  readonly hint: string;

  constructor(code: AddressLinesErrorCode, message: string, hint: string) {
    super(message);
    this.code = code;
    this.hint = hint;
  }
}
