import { readDestination } from "../../analysis/destinations/destination.ts";
import { type Lookup, lookupPrefix } from "../../service-tags/lookup-report.ts";
import type { TagCatalogue } from "../../service-tags/tag-catalogue.ts";
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
  throw new UserError(
    "destination-not-address",
    `'${destination.text}' is not an address or a prefix`,
    "vnet-explain tags show prints the prefixes of a tag",
  );
}
