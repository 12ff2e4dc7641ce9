/** Why a text is not an address or prefix. Closed, so that callers can word or count each case. */
export type AddressErrorCode =
  | "address-empty"
  | "address-leading-zero"
  | "address-incomplete"
  | "address-zone"
  | "address-syntax"
  | "prefix-length"
  | "prefix-host-bits";

/** A text that was refused as an address or prefix: `message` says why, `hint` says what to write instead. */
export class AddressError extends Error {
  override readonly name = "AddressError";
  readonly code: AddressErrorCode;
  readonly hint: string;

  constructor(code: AddressErrorCode, message: string, hint: string) {
    super(message);
    this.code = code;
    this.hint = hint;
  }
}

/** As long as any address or prefix is written, but for rare spellings; a message with it keeps its first line below 100 characters. */
const SHOWN = 43;

/** A text that is no address, as a message shows it: how it starts. */
export function shownText(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN - 3)}...` : text;
}
