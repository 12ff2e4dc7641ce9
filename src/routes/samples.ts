import type { RouteTable } from "./effective-route.ts";
import { effectiveRouteFromArm } from "./read/arm-row.ts";

/** The embedded tables: the test setups of an article on service endpoints and user-defined routes. */
export const SAMPLE_NAMES = ["no-udr", "udr", "udr-and-endpoint"] as const;

export type SampleName = (typeof SAMPLE_NAMES)[number];

/** A system row of the article's network. */
function systemRow(addressPrefix: string, nextHopType: string, state = "Active") {
  return {
    source: "Default",
    state,
    addressPrefix: [addressPrefix],
    nextHopType,
    nextHopIpAddress: [],
    disableBgpRoutePropagation: false,
  };
}

const NETWORK = systemRow("10.0.0.0/16", "VnetLocal");

/** Azure lists the route to an unreachable appliance with next hop None, and keeps the appliance's address. */
const TO_NVA = {
  name: "to-nva",
  source: "User",
  state: "Active",
  addressPrefix: ["0.0.0.0/0"],
  nextHopType: "None",
  nextHopIpAddress: ["10.10.10.10"],
  disableBgpRoutePropagation: false,
};

const WITH_UDR = [NETWORK, systemRow("0.0.0.0/0", "Internet", "Invalid"), TO_NVA];

const SAMPLES: Readonly<Record<SampleName, { readonly rows: readonly unknown[]; readonly note: string | null }>> = {
  "no-udr": {
    rows: [NETWORK, systemRow("0.0.0.0/0", "Internet")],
    note: "An excerpt: the network's own prefix and the default route; Azure's default None rows are left out.",
  },
  udr: { rows: WITH_UDR, note: null },
  "udr-and-endpoint": {
    rows: [
      ...WITH_UDR,
      systemRow("191.235.255.192/26", "VirtualNetworkServiceEndpoint"),
      systemRow("191.239.203.0/28", "VirtualNetworkServiceEndpoint"),
    ],
    note: "An excerpt: the article shows one prefix of each service endpoint row and mentions 68 and 78 more.",
  },
};

/** An embedded table. Its origin says that it is a sample, and what it leaves out. */
export function sampleRouteTable(name: SampleName): RouteTable {
  const { rows, note } = SAMPLES[name];
  const routes = rows.map((row, index) => effectiveRouteFromArm(row, `row ${index + 1}`));
  return { routes, origin: { kind: "sample", name, format: "arm", fetchedAt: null, note } };
}
