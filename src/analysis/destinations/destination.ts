import { bitsOf, parseAddress } from "../../net/address.ts";
import { isAddressError } from "../../net/address-error.ts";
import { formatPrefix, type Prefix, parsePrefix, prefixOf } from "../../net/prefix.ts";
import { nearNames } from "../../text/near-names.ts";
import { quotedText } from "../../text/quoted-text.ts";
import { UserError } from "../../text/user-error.ts";

const ERROR_CODES = ["destination-unknown", "destination-tag", "destination-not-address"] as const;

/** Why a text is not a destination, where it is not a malformed address or prefix. */
export type DestinationErrorCode = (typeof ERROR_CODES)[number];

/** Whether the error rejects a text as a destination, malformed addresses and prefixes included. */
export function isDestinationError(error: unknown): error is UserError {
  return isAddressError(error) || (error instanceof UserError && ERROR_CODES.some((code) => code === error.code));
}

/** The error for a service tag that is named where there are no service tags. */
export function tagsMissingError(message: string): UserError<"service-tags-missing"> {
  const hint = "run vnet-explain tags update, or give --tags ServiceTags_Public_<date>.json";
  return new UserError("service-tags-missing", message, hint, "tagsMissing");
}

/** Sets of addresses with a name of their own: see keywords.ts. */
export const DESTINATION_KEYWORDS = ["internet", "private"] as const;

export type DestinationKeyword = (typeof DESTINATION_KEYWORDS)[number];

/** What a destination's text names, before any tag is looked up. `text` is its usual spelling. */
export type Destination =
  | { readonly kind: "address" | "prefix"; readonly text: string; readonly prefix: Prefix }
  | { readonly kind: "tag"; readonly text: string; readonly tag: string }
  | { readonly kind: "keyword"; readonly text: DestinationKeyword };

const FORMS = "write an address, a prefix, tag:NAME, internet or private";

/**
 * Reads an address, a prefix (strictly: no host bits), `tag:NAME`, `internet` or `private`. Words without case.
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
    throw new UserError("destination-tag", `'${quotedText(typed)}' names no service tag`, "e.g. tag:Storage");
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
  const hint = near.length > 0 ? `did you mean: ${near.join(", ")}` : `a service tag is written tag:${shown}; ${FORMS}`;
  return new UserError("destination-unknown", `'${shown}' is no destination`, hint);
}
