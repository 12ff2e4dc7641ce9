import { type Address, formatAddress } from "../net/address.ts";
import type { ServiceTagFile, ServiceTagMatch, ServiceTagSource } from "../routes/annotation.ts";

/** The tags that hold one address, most specific first. May be empty. */
interface Lookup {
  readonly address: string;
  readonly serviceTags: readonly ServiceTagMatch[];
}

/** The JSON of `tags lookup -o json`. */
export interface LookupReport {
  readonly schemaVersion: "1.0";
  readonly lookups: readonly Lookup[];
  readonly serviceTagFile: ServiceTagFile;
}

/** Looks up each address, in the given order. */
export function lookupReport(addresses: readonly Address[], tags: ServiceTagSource): LookupReport {
  return {
    schemaVersion: "1.0",
    lookups: addresses.map((address) => ({ address: formatAddress(address), serviceTags: tags.lookup(address) })),
    serviceTagFile: tags.file,
  };
}
