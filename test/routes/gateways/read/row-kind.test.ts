import { expect, test } from "vitest";
import { rowKindOf } from "../../../../src/routes/gateways/read/row-kind.ts";

test.each<[fields: readonly string[], kind: string | null]>([
  [["addressPrefixes", "nextHopType", "nextHops", "routeOrigin", "asPath"], "hub"],
  [["Address Prefixes", "Next Hop Type", "Next Hops"], "hub"],
  [["addressPrefix", "nextHopType", "routeOrigin"], "hub"],
  [["nextHopType", "nextHops", "routeOrigin"], null],
  [["addressPrefixes", "nextHopType"], null],
  [["addressPrefixes", "nextHops", "routeOrigin"], null],
  [["addressPrefix", "nextHopType", "nextHops", "state", "source"], null],
  [["neighbor", "statePfxRcd", "as"], "summary"],
  [["neighbor", "asn", "state"], "peers"],
  [["neighbor", "state"], null],
  [["network", "nextHop", "path"], "circuit"],
  [["network", "locPrf"], "circuit"],
  [["network", "path"], null],
  [["network", "nextHop", "asPath", "weight"], "bgp"],
  [["network", "sourcePeer", "origin"], "bgp"],
  [["network", "nextHop", "weight"], null],
  [["nextHop", "asPath", "weight", "origin"], null],
  [[], null],
])("rows with %j are of kind %s", (fields, kind) => {
  expect(rowKindOf(fields)).toBe(kind);
});
