/** The portal's words for ARM's values, blanks and case left out; Network Watcher's where they differ (PrivateEndpoint). */
const ARM_NAMES: ReadonlyMap<string, string> = new Map([
  ["virtualnetwork", "VnetLocal"],
  ["vnetlocal", "VnetLocal"],
  ["virtualnetworkpeering", "VNetPeering"],
  ["vnetpeering", "VNetPeering"],
  ["globalvirtualnetworkpeering", "VNetGlobalPeering"],
  ["virtualnetworkglobalpeering", "VNetGlobalPeering"],
  ["globalvnetpeering", "VNetGlobalPeering"],
  ["vnetglobalpeering", "VNetGlobalPeering"],
  ["connectedgroup", "ConnectedGroup"],
  ["virtualnetworkgateway", "VirtualNetworkGateway"],
  ["virtualappliance", "VirtualAppliance"],
  ["virtualapplianceecmp", "VirtualApplianceEcmp"],
  ["internet", "Internet"],
  ["none", "None"],
  ["virtualnetworkserviceendpoint", "VirtualNetworkServiceEndpoint"],
  ["serviceendpoint", "VirtualNetworkServiceEndpoint"],
  ["interfaceendpoint", "InterfaceEndpoint"],
  ["privateendpoint", "InterfaceEndpoint"],
  ["hypernetgateway", "HyperNetGateway"],
  ["default", "Default"],
  ["user", "User"],
  ["userdefined", "User"],
  ["active", "Active"],
  ["invalid", "Invalid"],
]);

/**
 * ARM's name for a source, state or next hop type that the portal words differently ("Virtual network" is VnetLocal); what
 * is not known is given back as it is.
 */
export function armName(text: string): string {
  return ARM_NAMES.get(text.toLowerCase().replace(/[\s_-]+/g, "")) ?? text;
}
