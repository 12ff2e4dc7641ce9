/** The names of one next hop type. */
interface NextHopName {
  /** In Azure Resource Manager, az and PowerShell. */
  readonly raw: string;
  readonly portal: string;
  /** In Network Watcher's next hop; null where it has no word for it, or none that was seen. */
  readonly networkWatcher: string | null;
  /** Other spellings in use, blanks and case left out. */
  readonly alsoCalled?: readonly string[];
  readonly meaning: string;
}

/**
 * The next hop types that have been seen, with their names. The set is open: Azure may send others.
 * https://learn.microsoft.com/rest/api/virtualnetwork/network-interfaces/get-effective-route-table
 * https://learn.microsoft.com/azure/network-watcher/network-watcher-next-hop-overview
 */
export const NEXT_HOP_NAMES = [
  { raw: "VnetLocal", portal: "Virtual network", networkWatcher: "VnetLocal", meaning: "within the virtual network" },
  {
    raw: "VNetPeering",
    portal: "Virtual network peering",
    networkWatcher: "VNetPeering",
    meaning: "a peered network of the region",
  },
  {
    raw: "VNetGlobalPeering",
    portal: "Global virtual network peering",
    networkWatcher: "VNetGlobalPeering",
    alsoCalled: ["virtualnetworkglobalpeering", "globalvnetpeering"],
    meaning: "a peered network of another region",
  },
  {
    raw: "VirtualNetworkGateway",
    portal: "Virtual network gateway",
    networkWatcher: "VirtualNetworkGateway",
    meaning: "a VPN or ExpressRoute gateway",
  },
  {
    raw: "VirtualNetworkServiceEndpoint",
    portal: "VirtualNetworkServiceEndpoint",
    networkWatcher: "VirtualNetworkServiceEndpoint",
    alsoCalled: ["serviceendpoint"],
    meaning: "straight to a service, by a service endpoint",
  },
  {
    raw: "InterfaceEndpoint",
    portal: "InterfaceEndpoint",
    networkWatcher: "PrivateEndpoint",
    meaning: "a private endpoint",
  },
  {
    raw: "VirtualAppliance",
    portal: "Virtual appliance",
    networkWatcher: "VirtualAppliance",
    meaning: "an appliance, at the next hop address",
  },
  {
    raw: "VirtualApplianceEcmp",
    portal: "VirtualApplianceEcmp",
    networkWatcher: null,
    meaning: "several appliances that share the traffic",
  },
  {
    raw: "HyperNetGateway",
    portal: "HyperNetGateway",
    networkWatcher: "HyperNetGateway",
    meaning: "Microsoft's own gateway",
  },
  {
    raw: "ConnectedGroup",
    portal: "Connected group",
    networkWatcher: null,
    meaning: "a mesh of Virtual Network Manager",
  },
  {
    raw: "Internet",
    portal: "Internet",
    networkWatcher: "Internet",
    meaning: "the internet, or Azure's backbone for Azure's addresses",
  },
  { raw: "None", portal: "None", networkWatcher: "None", meaning: "dropped" },
] as const satisfies readonly NextHopName[];

/** Azure Resource Manager's next hop types that have been seen. */
export const NEXT_HOP_TYPES = NEXT_HOP_NAMES.map(({ raw }) => raw);

const folded = (text: string) => text.toLowerCase().replace(/[\s_-]+/g, "");

const SOURCES_AND_STATES = ["Default", "User", "Active", "Invalid"];

/** ARM's names by every other name, folded. */
const ARM_NAMES: ReadonlyMap<string, string> = new Map([
  ...NEXT_HOP_NAMES.flatMap((name: NextHopName) =>
    [name.raw, name.portal, name.networkWatcher ?? name.raw, ...(name.alsoCalled ?? [])].map(
      (each) => [folded(each), name.raw] as const,
    ),
  ),
  ...SOURCES_AND_STATES.map((name) => [folded(name), name] as const),
  ["userdefined", "User"],
]);

/**
 * ARM's name for a source, state or next hop type that the portal or Network Watcher calls otherwise: "Virtual
 * network" is VnetLocal. An unknown name is returned unchanged.
 */
export function armName(text: string): string {
  return ARM_NAMES.get(folded(text)) ?? text;
}

const SPELLINGS: ReadonlySet<string> = new Set(
  [...NEXT_HOP_NAMES.flatMap(({ raw, portal }) => [raw, portal]), ...SOURCES_AND_STATES].map((name) =>
    name.toLowerCase(),
  ),
);

/**
 * Whether a text is only the beginning of a longer source, state or next hop type, as a narrow window leaves it:
 * `VirtualNetworkGa`, and `VirtualNetwork` too, which the portal writes with a blank.
 */
export function isBeginningOfName(text: string): boolean {
  if (SPELLINGS.has(text.toLowerCase()) || (/\s/.test(text) && ARM_NAMES.has(folded(text)))) return false;
  const start = folded(text);
  return [...ARM_NAMES.keys()].some((name) => name.length > start.length && name.startsWith(start));
}
