/** Azure Resource Manager's next hop types that have been seen. The set is open: Azure may send others. */
export const NEXT_HOP_TYPES = [
  "VnetLocal",
  "VNetPeering",
  "VNetGlobalPeering",
  "ConnectedGroup",
  "VirtualNetworkGateway",
  "VirtualAppliance",
  "VirtualApplianceEcmp",
  "Internet",
  "None",
  "VirtualNetworkServiceEndpoint",
  "InterfaceEndpoint",
  "HyperNetGateway",
] as const;
