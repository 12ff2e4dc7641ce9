import type { Address } from "../net/address.ts";
import type { EffectiveRoute } from "../routes/effective-route.ts";
import { coveringRows } from "./covering.ts";
import { type Decision, decide, decidePlatform } from "./decision.ts";
import { isPlatformAddress } from "./platform-address.ts";

/**
 * Which route Azure uses for one address, and why not the others. Cost: linear in the table's prefixes; for many addresses
 * compile a forwarding table.
 */
export function select(routes: readonly EffectiveRoute[], address: Address): Decision {
  const covering = coveringRows(routes, address);
  return isPlatformAddress(address) ? decidePlatform(covering) : decide(covering);
}
