import { addressOrNull } from "./address.ts";

/** Returns the prefix length of a netmask such as `255.255.0.0`; null for any other text. */
export function lengthOfNetmask(text: string): number | null {
  const address = text.includes(":") ? null : addressOrNull(text);
  if (address === null) return null;
  const bits = address.value.toString(2).padStart(32, "0");
  const length = bits.lastIndexOf("1") + 1;
  return bits.slice(0, length).includes("0") ? null : length;
}
