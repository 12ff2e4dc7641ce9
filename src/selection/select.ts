import { type Address, hasAddress, parseAddress } from "../net/address.ts";
import type { EffectiveRoute } from "../routes/effective-route.ts";
import { coveringRows } from "./covering.ts";
import { type Decision, decide, decidePlatform } from "./decision.ts";

/**
 * The addresses that the host answers itself, whatever the route table says: the wire server (DNS, health probes) and
 * the instance metadata service. The rest of 169.254.0.0/16 follows the table.
 * https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16
 */
export const PLATFORM_ADDRESSES: readonly Address[] = ["168.63.129.16", "169.254.169.254"].map((text) =>
  parseAddress(text),
);

function isPlatformAddress(address: Address): boolean {
  return hasAddress(PLATFORM_ADDRESSES, address);
}

/**
 * Which route Azure uses for one address, and why not the others. Cost: linear in the table's prefixes. For many
 * addresses compile a `ForwardingTable`.
 */
export function select(routes: readonly EffectiveRoute[], address: Address): Decision {
  const covering = coveringRows(routes, address);
  return isPlatformAddress(address) ? decidePlatform(covering) : decide(covering);
}
