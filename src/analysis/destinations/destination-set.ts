import { type AddressRange, prefixesOf, rangeOf, unionOf } from "../../net/address-ranges.ts";
import type { Prefix } from "../../net/prefix.ts";
import type { TagCatalogue } from "../../service-tags/tag-catalogue.ts";
import { nearNames } from "../../text/near-names.ts";
import { quotedText } from "../../text/quoted-text.ts";
import { type Destination, readDestination } from "./destination.ts";
import { DestinationError, DestinationTagsMissingError } from "./destination-error.ts";
import { keywordRanges } from "./keywords.ts";

/** The addresses that a destination names. */
export interface DestinationSet {
  /** The destination in its usual spelling, a tag in the tag file's. */
  readonly name: string;
  readonly kind: Destination["kind"] | "file";
  /** Its own prefixes: of a tag those of the tag file, in its order; of a keyword the shortest list; of a file those of all its lines. */
  readonly prefixes: readonly Prefix[];
  /** The same addresses, normalised. */
  readonly ranges: readonly AddressRange[];
}

/**
 * The addresses that a destination's text names: an address, a prefix, `tag:NAME`, `internet` or `private`.
 * @throws AddressError, DestinationError (with the nearest names); DestinationTagsMissingError for a tag without tags.
 */
export function parseDestination(text: string, tags: TagCatalogue | null): DestinationSet {
  return destinationSet(readDestination(text), tags);
}

/**
 * The addresses of a destination that has been read.
 * @throws DestinationError for an unknown tag, DestinationTagsMissingError for a tag without tags.
 */
export function destinationSet(destination: Destination, tags: TagCatalogue | null): DestinationSet {
  const { kind, text } = destination;
  switch (destination.kind) {
    case "address":
    case "prefix":
      return { name: text, kind, prefixes: [destination.prefix], ranges: [rangeOf(destination.prefix)] };
    case "keyword": {
      const ranges = keywordRanges(destination.text);
      return { name: text, kind, prefixes: prefixesOf(ranges), ranges };
    }
    case "tag": {
      const { name, prefixes } = tagNamed(destination.tag, tags);
      return { name: `tag:${name}`, kind, prefixes, ranges: unionOf(prefixes.map(rangeOf)) };
    }
    default:
      return destination satisfies never;
  }
}

/**
 * Everything that the lines of a file name, as one set. Cost: that of a sort.
 * @throws as destinationSet
 */
export function setOfFile(name: string, lines: readonly Destination[], tags: TagCatalogue | null): DestinationSet {
  const sets = lines.map((line) => destinationSet(line, tags));
  return {
    name,
    kind: "file",
    prefixes: sets.flatMap(({ prefixes }) => prefixes),
    ranges: unionOf(sets.flatMap(({ ranges }) => ranges)),
  };
}

function tagNamed(wanted: string, tags: TagCatalogue | null) {
  if (tags === null) {
    throw new DestinationTagsMissingError(`tag:${quotedText(wanted)} cannot be looked up without service tags`);
  }
  const tag = tags.tag(wanted);
  if (tag !== null) return tag;
  throw new DestinationError(
    "destination-tag",
    `there is no service tag '${quotedText(wanted)}'`,
    tagHint(wanted, tags),
  );
}

/** The nearest names of a tag that is not in the file, or how to see them all. */
export function tagHint(wanted: string, tags: TagCatalogue): string {
  const near = nearNames(wanted, tags.names());
  return near.length > 0 ? `did you mean: ${near.join(", ")}` : "vnet-explain tags list shows every tag of the file";
}
