import { formatPrefix } from "../net/prefix.ts";
import type { EffectiveRoute, RouteTable } from "./effective-route.ts";

/**
 * The table in the form of Azure's answer, `{"value": [...]}`, which `readRouteTable` reads back to the same routes. A
 * remark for readers is written as `note`. Fields that the source lacks are left out; unknown fields are kept. Linear
 * in the table.
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
