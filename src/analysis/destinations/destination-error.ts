/** Why a destination was refused, where it is no matter of an address's or a prefix's own syntax. */
export type DestinationErrorCode = "destination-unknown" | "destination-tag" | "destination-not-address";

/** A text that names no destination: `message` says why, `hint` says what to write instead. */
export class DestinationError extends Error {
  override readonly name = "DestinationError";
  readonly code: DestinationErrorCode;
  readonly hint: string;

  constructor(code: DestinationErrorCode, message: string, hint: string) {
    super(message);
    this.code = code;
    this.hint = hint;
  }
}

/** A destination is named by a service tag, and there is no tag file to look it up in. */
export class DestinationTagsMissingError extends Error {
  override readonly name = "DestinationTagsMissingError";
  readonly code = "service-tags-missing";
  readonly hint = "run vnet-explain tags update, or give --tags ServiceTags_Public_<date>.json";
}
