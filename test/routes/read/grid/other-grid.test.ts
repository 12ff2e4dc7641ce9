import { expect, test } from "vitest";
import { otherGrid } from "../../../../src/routes/read/grid/other-grid.ts";
import { EXPORT } from "../refusals.ts";

const HUB = "the effective routes of a virtual hub, not of a network interface";
const GATEWAY = "the routes of a gateway or Route Server, not of a network interface";
const PEERING = "a virtual network peering";
const RULES = "a network security group's rules";
const SYSTEM = "the route table of an operating system, not Azure's";
const NEXT_HOP = "a next hop result of Network Watcher";
const RESOURCE = "a route table resource, which has only the user-defined routes";
const RESOURCES = "a list of route table resources";

test.each<[headings: string, code: string | null, article: string | null]>([
  ["Next Hop Type, AS Path", "hub-routes", HUB],
  ["Next Hop Type, Route Origin", "hub-routes", HUB],
  ["Next Hop Type, Origin", "hub-routes", HUB],
  ["Next Hop Type, Origin, State", null, null],
  ["Next Hop Type, Prefix", null, null],
  ["AS Path, Route Origin, Origin", null, null],
  ["Network, Source Peer", "gateway-routes", GATEWAY],
  ["Network, Next Hop", "gateway-routes", GATEWAY],
  ["Network, AS Path", "gateway-routes", GATEWAY],
  ["Network, Weight", null, null],
  ["Source Peer, Next Hop, AS Path", null, null],
  ["Neighbor, ASN", "gateway-routes", GATEWAY],
  ["Neighbor, AS", "gateway-routes", GATEWAY],
  ["Neighbor, State", null, null],
  ["ASN, AS", null, null],
  ["Peering State", "peering", PEERING],
  ["PeeringSyncStatus", "peering", PEERING],
  ["Priority, Direction, Access", "security-rules", RULES],
  ["Priority, Direction", null, null],
  ["Priority, Access", null, null],
  ["Direction, Access", null, null],
  ["DestinationPrefix, NextHop", "system-routes", SYSTEM],
  ["DestinationPrefix, Metric", null, null],
  ["NextHop, Metric", null, null],
  ["RouteTableId", "next-hop-result", NEXT_HOP],
  ["AddressPrefix, NextHopType, ProvisioningState", "route-table-resource", RESOURCE],
  ["AddressPrefix, NextHopType, Name", "route-table-resource", RESOURCE],
  ["AddressPrefix, NextHopType, Name, State", null, null],
  ["AddressPrefix, NextHopType, Name, Source", null, null],
  ["AddressPrefix, NextHopType", null, null],
  ["AddressPrefix, ProvisioningState", null, null],
  ["NextHopType, ProvisioningState", null, null],
  ["DisableBgpRoutePropagation, Location, ResourceGroup", "route-table-resource", RESOURCES],
  ["DisableBgpRoutePropagation, Location", null, null],
  ["DisableBgpRoutePropagation, ResourceGroup", null, null],
  ["Location, ResourceGroup", null, null],
  ["", null, null],
])("a table with %s is refused as %s", (headings, code, article) => {
  const error = otherGrid(headings.split(", "));
  expect(error && { code: error.code, message: error.message, hint: error.hint }).toEqual(
    code && { code, message: `it looks like ${article}`, hint: EXPORT },
  );
});
