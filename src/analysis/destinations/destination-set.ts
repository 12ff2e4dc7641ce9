import { type AddressRange, prefixesOf, rangeOf, unionOf } from "../../net/address-ranges.ts";
import type { Prefix } from "../../net/prefix.ts";
import { nearTags } from "../../service-tags/regions.ts";
import type { TagCatalogue } from "../../service-tags/tag-catalogue.ts";
import { quotedText } from "../../text/quoted-text.ts";
import { UserError } from "../../text/user-error.ts";
import { type Destination, type DestinationErrorCode, readDestination, tagsMissingError } from "./destination.ts";
import { keywordRanges } from "./keywords.ts";

/** A prefix, and how many times it occurs in the set. */
export interface CountedPrefix {
  readonly prefix: Prefix;
  readonly count: number;
}

/** A destination resolved to addresses. */
export interface DestinationSet {
  /** The destination in canonical spelling; for a tag, the spelling of the tag file. */
  readonly name: string;
  readonly kind: Destination["kind"] | "file";
  /**
   * The prefixes it consists of: of a tag as listed in the tag file, of a keyword the shortest list, of a file those
   * of all lines.
   */
  readonly own: Iterable<CountedPrefix>;
  /** The same addresses, normalised. */
  readonly ranges: readonly AddressRange[];
}

/**
 * Parses an address, a prefix, `tag:NAME`, `internet` or `private` and resolves it to addresses.
 * @throws UserError if the text is invalid (the hint suggests similar names), or if it is a tag and `tags` is null.
 */
export function parseDestination(text: string, tags: TagCatalogue | null): DestinationSet {
  return destinationSet(readDestination(text), tags);
}

/**
 * Resolves a destination to addresses.
 * @throws UserError for an unknown tag, or for any tag if `tags` is null.
 */
export function destinationSet(destination: Destination, tags: TagCatalogue | null): DestinationSet {
  const { kind, text } = destination;
  switch (destination.kind) {
    case "address":
    case "prefix":
      return { name: text, kind, own: once([destination.prefix]), ranges: [rangeOf(destination.prefix)] };
    case "keyword": {
      const ranges = keywordRanges(destination.text);
      return { name: text, kind, own: once(prefixesOf(ranges)), ranges };
    }
    case "tag": {
      const { name, prefixes } = tagNamed(destination.tag, tags);
      return { name: `tag:${name}`, kind, own: once(prefixes), ranges: unionOf(prefixes.map(rangeOf)) };
    }
    default:
      return destination satisfies never;
  }
}

const once = (prefixes: readonly Prefix[]) => prefixes.map((prefix) => ({ prefix, count: 1 }));

function tagNamed(wanted: string, tags: TagCatalogue | null) {
  if (tags === null) {
    throw tagsMissingError(`cannot look up tag:${quotedText(wanted)} without service tags`);
  }
  const tag = tags.tag(wanted);
  if (tag !== null) return tag;
  throw new UserError<DestinationErrorCode>(
    "destination-tag",
    `unknown service tag '${quotedText(wanted)}'`,
    tagHint(wanted, tags),
  );
}

/** Returns a hint for an unknown tag: similar names, or the command that lists all tags. */
export function tagHint(wanted: string, tags: TagCatalogue): string {
  const near = nearTags(wanted, tags.details());
  return near.length > 0 ? `did you mean: ${near.join(", ")}` : "run vnet-explain tags list to see all tags";
}
