import { bitsOf, parseAddress } from "../../net/address.ts";
import { isAddressError } from "../../net/address-error.ts";
import { formatPrefix, type Prefix, parsePrefix, prefixOf } from "../../net/prefix.ts";
import { nearNames } from "../../text/near-names.ts";
import { quotedText } from "../../text/quoted-text.ts";
import { UserError } from "../../text/user-error.ts";

const ERROR_CODES = ["destination-unknown", "destination-tag", "destination-not-address"] as const;

/** Codes for invalid destinations. Malformed addresses and prefixes have codes of their own. */
export type DestinationErrorCode = (typeof ERROR_CODES)[number];

/** Whether the error reports an invalid destination, including a malformed address or prefix. */
export function isDestinationError(error: unknown): error is UserError {
  return isAddressError(error) || (error instanceof UserError && ERROR_CODES.some((code) => code === error.code));
}

/** Returns the error for a service tag that cannot be looked up because no service tags are loaded. */
export function tagsMissingError(message: string): UserError<"service-tags-missing"> {
  const hint = "run vnet-explain tags update (with the same --cloud), or pass --tags ServiceTags_Public_<date>.json";
  return new UserError("service-tags-missing", message, hint, "tagsMissing");
}

/** Named sets of addresses, defined in keywords.ts. */
export const DESTINATION_KEYWORDS = ["internet", "private"] as const;

export type DestinationKeyword = (typeof DESTINATION_KEYWORDS)[number];

/** A parsed destination, before any tag is looked up. `text` is its canonical spelling. */
export type Destination =
  | { readonly kind: "address" | "prefix"; readonly text: string; readonly prefix: Prefix }
  | { readonly kind: "tag"; readonly text: string; readonly tag: string }
  | { readonly kind: "keyword"; readonly text: DestinationKeyword };

/**
 * Parses an address, a prefix (strict: no host bits), `tag:NAME`, `internet` or `private`. Words are case-insensitive.
 * @throws UserError
 */
export function readDestination(text: string): Destination {
  const typed = text.trim();
  const lower = typed.toLowerCase();
  const keyword = DESTINATION_KEYWORDS.find((known) => known === lower);
  if (keyword !== undefined) return { kind: "keyword", text: keyword };
  if (lower.startsWith("tag:")) {
    const tag = typed.slice("tag:".length).trimStart();
    if (/^[\w.-]+$/.test(tag)) return { kind: "tag", text: `tag:${tag}`, tag };
    throw new UserError(
      "destination-tag",
      `'${quotedText(typed)}' is not a valid service tag`,
      "write tag:NAME, e.g. tag:Storage",
    );
  }
  if (/^[a-z][\w.-]*$/.test(lower) && !/^[\da-f]*$/.test(lower)) throw unknown(typed);
  if (typed.includes("/")) {
    const prefix = parsePrefix(typed);
    return { kind: "prefix", text: formatPrefix(prefix), prefix };
  }
  const address = parseAddress(typed);
  const prefix = prefixOf(address, bitsOf(address.family));
  return { kind: "address", text: formatPrefix(prefix).replace(/\/.*/, ""), prefix };
}

function unknown(typed: string): UserError<DestinationErrorCode> {
  const near = nearNames(typed, DESTINATION_KEYWORDS);
  const shown = quotedText(typed);
  const hint =
    near.length > 0
      ? `did you mean: ${near.join(", ")}`
      : `write tag:${shown} for a service tag, or an address, a prefix, internet or private`;
  return new UserError("destination-unknown", `'${shown}' is not a valid destination`, hint);
}

/** Returns why a text is not a destination; null where it is one. */
export function destinationError(text: string): UserError | null {
  try {
    readDestination(text);
    return null;
  } catch (error) {
    if (isDestinationError(error)) return error;
    throw error;
  }
}
