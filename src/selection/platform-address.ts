import { type Address, parseAddress } from "../net/address.ts";

/**
 * The addresses that the host answers itself, whatever the route table says: the wire server with DNS and health probes, and
 * the instance metadata service. The rest of 169.254.0.0/16 follows the table.
 * https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16
 */
export const PLATFORM_ADDRESSES: readonly Address[] = ["168.63.129.16", "169.254.169.254"].map((text) =>
  parseAddress(text),
);

/** Whether the address is answered by the platform and never routed. */
export function isPlatformAddress(address: Address): boolean {
  return PLATFORM_ADDRESSES.some((known) => known.family === address.family && known.value === address.value);
}
