import { type Address, formatAddress } from "../net/address.ts";
import type { ServiceTagFile, ServiceTagMatch, ServiceTagSource } from "../routes/annotation.ts";

/** The tags that hold one address, most specific first; none is an answer too. */
interface Lookup {
  readonly address: string;
  readonly serviceTags: readonly ServiceTagMatch[];
}

/** What `tags lookup -o json` prints. */
export interface LookupReport {
  readonly schemaVersion: "1.0";
  readonly lookups: readonly Lookup[];
  readonly serviceTagFile: ServiceTagFile;
}

/** Looks every address up, in the order given. */
export function lookupReport(addresses: readonly Address[], tags: ServiceTagSource): LookupReport {
  return {
    schemaVersion: "1.0",
    lookups: addresses.map((address) => ({ address: formatAddress(address), serviceTags: tags.lookup(address) })),
    serviceTagFile: tags.file,
  };
}
