import { expect, test } from "vitest";
import { unknownNextHopHint } from "../../../src/analysis/expectation/unknown-next-hop.ts";
import { NEXT_HOP_TYPES } from "../../../src/routes/next-hop-types.ts";

test.each<[string, readonly string[], string | null]>([
  ["Internet", [], null],
  ["internet", [], null],
  ["Virtual network gateway", [], null],
  ["NewFromAzure", ["Other", "NEWFROMAZURE"], null],
  ["NewFromAzur", ["NewFromAzure"], "did you mean: NewFromAzure"],
  ["Interent", [], "did you mean: Internet"],
  ["NVA", [], "did you mean: VirtualAppliance"],
  ["my-nva", [], "did you mean: VirtualAppliance"],
  ["Azure Firewall", [], "did you mean: VirtualAppliance"],
  ["appliance 2", [], "did you mean: VirtualAppliance"],
  ["fw", [], "did you mean: VirtualAppliance"],
  ["az-fw", [], "did you mean: VirtualAppliance"],
  ["VPN", [], "did you mean: VirtualNetworkGateway"],
  ["vpn-gateway", [], "did you mean: VirtualNetworkGateway"],
  ["ExpressRoute", [], "did you mean: VirtualNetworkGateway"],
  ["er gw", [], "did you mean: VirtualNetworkGateway"],
  ["gateway", [], "did you mean: VirtualNetworkGateway"],
  ["VNet gateway", [], "did you mean: VirtualNetworkGateway"],
  ["Azure VPN", [], "did you mean: VirtualNetworkGateway"],
  ["drop", [], "did you mean: None"],
  ["Dropped", [], "did you mean: None"],
  ["black hole", [], "did you mean: None"],
  ["null", [], "did you mean: None"],
  ["tokyo", ["NewFromAzure"], `one of: ${NEXT_HOP_TYPES.join(", ")}, NewFromAzure`],
  ["fwd", [], `one of: ${NEXT_HOP_TYPES.join(", ")}`],
  ["xfw", [], `one of: ${NEXT_HOP_TYPES.join(", ")}`],
  ["vpns", [], `one of: ${NEXT_HOP_TYPES.join(", ")}`],
  ["xvpn", [], `one of: ${NEXT_HOP_TYPES.join(", ")}`],
  ["xdrop", [], `one of: ${NEXT_HOP_TYPES.join(", ")}`],
  ["nullx", [], `one of: ${NEXT_HOP_TYPES.join(", ")}`],
])("the next hop type %j beside those of tables, %j: %j", (typed, present, hint) => {
  expect(unknownNextHopHint(typed, present)).toBe(hint);
});
