import { type AddressRange, prefixesOf, rangeOf, unionOf } from "../../net/address-ranges.ts";
import type { Prefix } from "../../net/prefix.ts";
import type { TagCatalogue } from "../../service-tags/tag-catalogue.ts";
import { nearNames } from "../../text/near-names.ts";
import { quotedText } from "../../text/quoted-text.ts";
import { UserError } from "../../text/user-error.ts";
import { type Destination, type DestinationErrorCode, readDestination, tagsMissingError } from "./destination.ts";
import { keywordRanges } from "./keywords.ts";

/** A prefix, and how many times the set is written with it. */
export interface CountedPrefix {
  readonly prefix: Prefix;
  readonly count: number;
}

/** The addresses that a destination names. */
export interface DestinationSet {
  /** The destination in its usual spelling, a tag in the tag file's. */
  readonly name: string;
  readonly kind: Destination["kind"] | "file";
  /** The prefixes that it is written as: a tag's as in the tag file, a keyword's shortest list, those of all lines of a file. */
  readonly own: Iterable<CountedPrefix>;
  /** The same addresses, normalised. */
  readonly ranges: readonly AddressRange[];
}

/**
 * The addresses that a destination's text names: an address, a prefix, `tag:NAME`, `internet` or `private`.
 * @throws UserError with the nearest names; also for a tag where there are no service tags.
 */
export function parseDestination(text: string, tags: TagCatalogue | null): DestinationSet {
  return destinationSet(readDestination(text), tags);
}

/**
 * The addresses of a destination that has been read.
 * @throws UserError for an unknown tag, and for any tag where there are no service tags.
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
    throw tagsMissingError(`tag:${quotedText(wanted)} cannot be looked up without service tags`);
  }
  const tag = tags.tag(wanted);
  if (tag !== null) return tag;
  throw new UserError<DestinationErrorCode>(
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
