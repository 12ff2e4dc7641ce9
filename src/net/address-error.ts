import { UserError } from "../text/user-error.ts";

const CODES = [
  "address-empty",
  "address-leading-zero",
  "address-incomplete",
  "address-zone",
  "address-syntax",
  "prefix-length",
  "prefix-host-bits",
] as const;

/** Why a text is not an address or prefix. A closed set, so that callers can word or count each case. */
export type AddressErrorCode = (typeof CODES)[number];

/** Whether the error is the rejection of a text as an address or prefix. */
export function isAddressError(error: unknown): error is UserError<AddressErrorCode> {
  return error instanceof UserError && CODES.some((code) => code === error.code);
}

/**
 * The longest usual spelling of an address or prefix. A message with a text of this length keeps its first line below
 * 100 characters.
 */
const SHOWN = 43;

/** A rejected text as messages show it: cut after 43 characters. */
export function shownText(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN - 3)}...` : text;
}
