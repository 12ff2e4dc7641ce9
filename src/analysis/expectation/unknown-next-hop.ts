import { armName, NEXT_HOP_TYPES } from "../../routes/next-hop-types.ts";
import { nearNames } from "../../text/near-names.ts";
import { same } from "../../text/same.ts";

/** What people call a next hop type, without blanks, dashes and case. */
const MEANT: readonly (readonly [RegExp, (typeof NEXT_HOP_TYPES)[number]])[] = [
  [/nva|firewall|appliance|^(az)?fw$/, "VirtualAppliance"],
  [/^(virtualnetwork|vnet|azure)?(vpn|expressroute|er|gateway|gw)(gateway|gw)?$/, "VirtualNetworkGateway"],
  [/^(drop|dropped|blackhole|null)$/, "None"],
];

/**
 * Returns a hint for a next hop type that is neither known nor in `present`, the types of the tables; null for any
 * other. Azure may add types, so one that a table has is right. Any other never matches, so `not` always would.
 */
export function unknownNextHopHint(typed: string, present: Iterable<string>): string | null {
  const types = [...new Set([...NEXT_HOP_TYPES, ...present])];
  if (types.some((type) => same(armName(type), armName(typed)))) return null;
  const folded = typed.toLowerCase().replace(/[^a-z]+/g, "");
  const meant = MEANT.find(([words]) => words.test(folded))?.[1];
  const near = meant === undefined ? nearNames(typed, types) : [meant];
  return near.length > 0 ? `did you mean: ${near.join(", ")}` : `one of: ${types.join(", ")}`;
}
