import { parseAddress } from "../net/address.ts";
import type { Terminal } from "../output/terminal.ts";
import { isHostName, type NamedAddress, resolveHost } from "./resolve-host.ts";

/**
 * The destinations that were typed, in their order. With `resolve`, a host name stands for all its addresses.
 * @throws AddressError for what is no address, UsageError for a name that does not resolve.
 */
export async function typedDestinations(
  texts: readonly string[],
  resolve: boolean,
  terminal: Terminal,
): Promise<readonly NamedAddress[]> {
  const found: NamedAddress[] = [];
  let names = 0;
  for (const text of texts) {
    if (resolve && isHostName(text)) {
      names++;
      found.push(...(await resolveHost(text)));
    } else found.push({ address: parseAddress(text), hostName: null });
  }
  if (names > 0) {
    terminal.note(
      "names are resolved by this machine; inside the virtual network (private DNS zones, its own DNS servers) they may resolve differently",
    );
  }
  return found;
}
