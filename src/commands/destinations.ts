import { DESTINATION_KEYWORDS, type Destination, readDestination } from "../analysis/destination.ts";
import { type Address, parseAddress } from "../net/address.ts";
import type { Terminal } from "../output/terminal.ts";
import { isHostName } from "./host-name.ts";
import { UsageError } from "./usage-error.ts";

/** What is asked about: one address (and the name that it was asked by), or a prefix, tag or keyword whose addresses are to be split. */
export type Asked =
  | { readonly kind: "address"; readonly address: Address; readonly hostName: string | null }
  | { readonly kind: "set"; readonly destination: Destination };

/**
 * The destination that a text names.
 * @throws AddressError, DestinationError
 */
export function asked(text: string): Asked {
  const destination = readDestination(text);
  return destination.kind === "address"
    ? { kind: "address", address: parseAddress(destination.text), hostName: null }
    : { kind: "set", destination };
}

const isKeyword = (text: string) => DESTINATION_KEYWORDS.some((keyword) => keyword === text.toLowerCase());

/**
 * The destinations that were typed, in their order. With `resolve`, a host name stands for all its addresses.
 * @throws AddressError, DestinationError; UsageError for a name that does not resolve.
 */
export async function typedDestinations(
  texts: readonly string[],
  resolve: boolean,
  terminal: Terminal,
): Promise<readonly Asked[]> {
  const found: Asked[] = [];
  let names = 0;
  for (const text of texts) {
    if (resolve && isHostName(text) && !isKeyword(text)) {
      names++;
      const { resolveHost } = await import("./resolve-host.ts");
      for (const named of await resolveHost(text)) found.push({ kind: "address", ...named });
    } else if (isHostName(text) && text.includes(".")) {
      throw new UsageError(
        "host-name",
        `'${text.slice(0, 60)}' looks like a host name`,
        "add --resolve to ask about every address that it resolves to",
      );
    } else found.push(asked(text));
  }
  if (names > 0) {
    terminal.note(
      "names are resolved by this machine; inside the virtual network (private DNS zones, its own DNS servers) they may resolve differently",
    );
  }
  return found;
}
