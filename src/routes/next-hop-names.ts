/** What one next hop type is called in each place that shows it. */
interface NextHopName {
  /** In Azure Resource Manager, az and PowerShell. */
  readonly raw: string;
  readonly portal: string;
  /** In Network Watcher's next hop; null where it has no word of its own or was never seen to say one. */
  readonly networkWatcher: string | null;
  readonly meaning: string;
}

/**
 * The next hop types side by side. Raw: https://learn.microsoft.com/rest/api/virtualnetwork/network-interfaces/get-effective-route-table
 * Network Watcher: https://learn.microsoft.com/azure/network-watcher/network-watcher-next-hop-overview
 */
export const NEXT_HOP_NAMES: readonly NextHopName[] = [
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
];
