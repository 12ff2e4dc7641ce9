import { formatPrefix } from "../net/prefix.ts";
import type { EffectiveRoute, RouteTable } from "./effective-route.ts";

/**
 * The table as Azure would answer it, `{"value": [...]}`, which `readRouteTable` reads again to the same routes. What a reader of the table
 * must know goes along as `note`. Fields that the source did not have are left out, unknown ones are kept. Linear in the table.
 */
export function armText({ routes, origin }: RouteTable): string {
  return `${JSON.stringify({ ...(origin.note === null ? {} : { note: origin.note }), value: routes.map(armRow) }, null, 2)}\n`;
}

function armRow(route: EffectiveRoute): Readonly<Record<string, unknown>> {
  const { name, source, state, nextHopType, nextHopIpAddress, destinationServiceTags, fields } = route;
  const { disableBgpRoutePropagation, hasBgpOverride } = route;
  return {
    ...fields,
    ...(name === null ? {} : { name }),
    ...(disableBgpRoutePropagation === null ? {} : { disableBgpRoutePropagation }),
    source,
    state,
    ...(hasBgpOverride || "hasBgpOverride" in fields ? { hasBgpOverride } : {}),
    addressPrefix: route.addressPrefix.map(formatPrefix),
    nextHopType,
    nextHopIpAddress,
    ...(destinationServiceTags.length > 0 || "destinationServiceTags" in fields ? { destinationServiceTags } : {}),
  };
}
