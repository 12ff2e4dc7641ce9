import { type Address, bitsOf, formatAddress } from "../net/address.ts";
import { formatPrefix, type Prefix } from "../net/prefix.ts";
import type { ServiceTagFile, ServiceTagMatch } from "../routes/annotation.ts";
import type { TagCatalogue } from "./tag-catalogue.ts";

/** The tags that hold one address, or a whole prefix, most specific first. May be empty. */
export interface Lookup {
  /** The address or prefix. */
  readonly address: string;
  readonly serviceTags: readonly ServiceTagMatch[];
}

/** An input that is not an address. */
export interface RefusedLookup {
  /** The given text; of a long line only the start. */
  readonly address: string;
  /** Its line in the input, from 1. */
  readonly line: number;
  readonly error: { readonly code: string; readonly message: string; readonly hint: string };
}

/** The JSON of `tags lookup -o json`. */
export interface LookupReport {
  readonly schemaVersion: "1.0";
  readonly lookups: readonly (Lookup | RefusedLookup)[];
  readonly serviceTagFile: ServiceTagFile;
}

/** Looks up an address. */
export function lookupAddress(address: Address, tags: TagCatalogue): Lookup {
  return { address: formatAddress(address), serviceTags: tags.lookup(address) };
}

/** Looks up a prefix. One of a single address is that address. */
export function lookupPrefix(prefix: Prefix, tags: TagCatalogue): Lookup {
  const { family, first, length } = prefix;
  return length === bitsOf(family)
    ? lookupAddress({ family, value: first }, tags)
    : { address: formatPrefix(prefix), serviceTags: tags.lookupPrefix(prefix) };
}
