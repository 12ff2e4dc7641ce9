import type { Place } from "../analysis/coverage/place.ts";
import { forwardingKey } from "../analysis/diff/forwarding.ts";
import type { MoveSide } from "../analysis/diff/tables.ts";
import { same } from "../text/same.ts";

/** One side of a move, as the page shows it. */
export type MovePlace = Place;

/** Returns where the addresses of a move go, before or after. */
export function placeOfSide(side: MoveSide): MovePlace {
  const { verdict, nextHops, serviceTag, serviceEndpoint } = side;
  const isEndpoint = nextHops.some(({ nextHopType }) => same(nextHopType, "VirtualNetworkServiceEndpoint"));
  return {
    key: forwardingKey(side),
    verdict,
    nextHopTypes: [...new Set(nextHops.map(({ nextHopType }) => nextHopType))],
    nextHopIpAddresses: nextHops.flatMap(({ nextHopIpAddress }) => nextHopIpAddress ?? []),
    service: isEndpoint ? (serviceTag ?? serviceEndpoint ?? "unnamed service") : null,
  };
}

/** Returns the rows that send them there, with the certainty unless it is documented, and whether they arrive. */
export function routesOfSide({ routes, certainty, undelivered }: MoveSide): string {
  const names = [...new Set(routes.map(({ source, name }) => (name === null ? source : `${source} ${name}`)))];
  const by = names.length === 0 ? "no route" : names.slice(0, 6).join(", ");
  const lost = undelivered === "all" ? ", not delivered: private addresses to Internet" : "";
  return `${certainty === "documented" ? by : `${by} (${certainty})`}${lost}`;
}
