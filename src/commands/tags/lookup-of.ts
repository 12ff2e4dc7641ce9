import { readDestination } from "../../analysis/destinations/destination.ts";
import { type Lookup, lookupPrefix } from "../../service-tags/lookup-report.ts";
import type { TagCatalogue } from "../../service-tags/tag-catalogue.ts";
import { quotedText } from "../../text/quoted-text.ts";
import { UserError } from "../../text/user-error.ts";

/** An input (`-` or `@FILE`), or the look-up of an argument. */
export type Asked = string | ((tags: TagCatalogue) => Lookup);

/**
 * Parses an address or a prefix and returns its look-up.
 * @throws UserError
 */
export function lookupOf(text: string): (tags: TagCatalogue) => Lookup {
  const destination = readDestination(text);
  if (destination.kind === "address" || destination.kind === "prefix") {
    return (tags) => lookupPrefix(destination.prefix, tags);
  }
  throw notAddress("destination-not-address", destination.text);
}

/** The error for a tag, a keyword or a word, which have no look-up. */
export function notAddress(code: string, text: string): UserError {
  const hint = "vnet-explain tags show prints the prefixes of a tag";
  return new UserError(code, `'${quotedText(text)}' is not an address or a prefix`, hint);
}
