import { parseAddress } from "./address.ts";
import { isAddressError } from "./address-error.ts";

/** Returns the prefix length of a netmask such as `255.255.0.0`; null for any other text. */
export function lengthOfNetmask(text: string): number | null {
  if (!/^\d+(\.\d+){3}$/.test(text)) return null;
  try {
    const bits = parseAddress(text).value.toString(2).padStart(32, "0");
    const length = bits.lastIndexOf("1") + 1;
    return bits.slice(0, length).includes("0") ? null : length;
  } catch (error) {
    if (isAddressError(error)) return null;
    throw error;
  }
}
