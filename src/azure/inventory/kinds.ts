import { isRecord, textField } from "../../text/type-guards.ts";
import { typeOf } from "../../topology/resource-id.ts";
import { keep, part, REFERENCE, type Shape } from "./shape.ts";

/** A kind of resource of the inventory. */
interface InventoryKind {
  /** In Azure's spelling. */
  readonly type: string;
  /** What is kept of its `properties`. */
  readonly properties: { readonly [field: string]: Shape };
  /**
   * How the resources of a subscription are listed where Resource Graph does not answer: by one list, by one for each
   * resource group that has some, or with their parent.
   */
  readonly listed: "of-subscription" | "of-group" | "with-parent";
}

const BGP: Shape = {
  asn: true,
  bgpPeeringAddress: true,
  bgpPeeringAddresses: [{ defaultBgpIpAddresses: true }],
};

const NIC_PROPERTIES = {
  enableIPForwarding: true,
  macAddress: true,
  virtualMachine: REFERENCE,
  privateEndpoint: REFERENCE,
  ipConfigurations: [
    part({
      primary: true,
      privateIPAddress: true,
      subnet: REFERENCE,
      publicIPAddress: REFERENCE,
      loadBalancerBackendAddressPools: [REFERENCE],
    }),
  ],
} as const satisfies Shape;

/** Every kind of resource of the inventory. */
export const INVENTORY_KINDS: readonly InventoryKind[] = [
  { type: "Microsoft.Network/networkInterfaces", listed: "of-subscription", properties: NIC_PROPERTIES },
  {
    type: "Microsoft.Network/virtualNetworks",
    listed: "of-subscription",
    properties: {
      addressSpace: { addressPrefixes: true },
      subnets: [
        part({
          addressPrefix: true,
          addressPrefixes: true,
          routeTable: REFERENCE,
          natGateway: REFERENCE,
          networkSecurityGroup: REFERENCE,
          serviceEndpoints: [{ service: true, locations: true }],
          defaultOutboundAccess: true,
          privateEndpointNetworkPolicies: true,
        }),
      ],
      virtualNetworkPeerings: [
        part({
          remoteVirtualNetwork: REFERENCE,
          remoteAddressSpace: { addressPrefixes: true },
          remoteVirtualNetworkAddressSpace: { addressPrefixes: true },
          peeringState: true,
          peeringSyncLevel: true,
          allowVirtualNetworkAccess: true,
          allowForwardedTraffic: true,
          allowGatewayTransit: true,
          useRemoteGateways: true,
        }),
      ],
    },
  },
  {
    type: "Microsoft.Compute/virtualMachines",
    listed: "of-subscription",
    properties: {
      networkProfile: { networkInterfaces: [{ id: true, properties: { primary: true } }] },
      virtualMachineScaleSet: REFERENCE,
      extended: { instanceView: { powerState: { code: true } } },
      instanceView: { statuses: [{ code: true }] },
    },
  },
  {
    type: "Microsoft.Compute/virtualMachineScaleSets",
    listed: "of-subscription",
    properties: { orchestrationMode: true },
  },
  {
    type: "Microsoft.Network/routeTables",
    listed: "of-subscription",
    properties: {
      disableBgpRoutePropagation: true,
      subnets: [REFERENCE],
      routes: [part({ addressPrefix: true, nextHopType: true, nextHopIpAddress: true })],
    },
  },
  {
    type: "Microsoft.Network/loadBalancers",
    listed: "of-subscription",
    properties: {
      frontendIPConfigurations: [part({ privateIPAddress: true, subnet: REFERENCE, publicIPAddress: REFERENCE })],
      backendAddressPools: [
        part({
          backendIPConfigurations: [REFERENCE],
          loadBalancerBackendAddresses: [part({ ipAddress: true })],
        }),
      ],
      loadBalancingRules: [
        part({
          frontendIPConfiguration: REFERENCE,
          backendAddressPool: REFERENCE,
          backendAddressPools: [REFERENCE],
          protocol: true,
          frontendPort: true,
          backendPort: true,
          enableFloatingIP: true,
        }),
      ],
    },
  },
  {
    type: "Microsoft.Network/azureFirewalls",
    listed: "of-subscription",
    properties: {
      ipConfigurations: [part({ privateIPAddress: true, subnet: REFERENCE, publicIPAddress: REFERENCE })],
      hubIPAddresses: { privateIPAddress: true },
      virtualHub: REFERENCE,
    },
  },
  {
    type: "Microsoft.Network/virtualHubs",
    listed: "of-subscription",
    properties: {
      virtualWan: REFERENCE,
      addressPrefix: true,
      virtualRouterIps: true,
      virtualRouterAsn: true,
      azureFirewall: REFERENCE,
      vpnGateway: REFERENCE,
      expressRouteGateway: REFERENCE,
      p2SVpnGateway: REFERENCE,
    },
  },
  {
    type: "Microsoft.Network/expressRouteCircuits",
    listed: "of-subscription",
    properties: { peerings: [part({ peeringType: true })] },
  },
  {
    type: "Microsoft.Network/privateEndpoints",
    listed: "of-subscription",
    properties: { subnet: REFERENCE, networkInterfaces: [REFERENCE] },
  },
  {
    type: "Microsoft.Network/publicIPAddresses",
    listed: "of-subscription",
    properties: { ipAddress: true },
  },
  {
    type: "Microsoft.Network/virtualNetworkGateways",
    listed: "of-group",
    properties: {
      gatewayType: true,
      ipConfigurations: [part({ privateIPAddress: true, subnet: REFERENCE, publicIPAddress: REFERENCE })],
      bgpSettings: BGP,
    },
  },
  {
    type: "Microsoft.Network/connections",
    listed: "of-group",
    properties: {
      connectionType: true,
      connectionStatus: true,
      virtualNetworkGateway1: REFERENCE,
      virtualNetworkGateway2: REFERENCE,
      localNetworkGateway2: REFERENCE,
      peer: REFERENCE,
    },
  },
  {
    type: "Microsoft.Network/localNetworkGateways",
    listed: "of-group",
    properties: {
      localNetworkAddressSpace: { addressPrefixes: true },
      gatewayIpAddress: true,
      bgpSettings: { asn: true, bgpPeeringAddress: true },
    },
  },
  {
    type: "Microsoft.Network/virtualNetworkAppliances",
    listed: "of-group",
    properties: { subnet: REFERENCE, ipConfigurations: [part({ privateIPAddress: true })] },
  },
  {
    type: "Microsoft.Compute/virtualMachineScaleSets/virtualMachines/networkInterfaces",
    listed: "with-parent",
    properties: NIC_PROPERTIES,
  },
  {
    type: "Microsoft.Network/virtualHubs/hubVirtualNetworkConnections",
    listed: "with-parent",
    properties: { remoteVirtualNetwork: REFERENCE },
  },
  {
    type: "Microsoft.Network/virtualHubs/ipConfigurations",
    listed: "with-parent",
    properties: { subnet: REFERENCE },
  },
  {
    type: "Microsoft.Network/virtualHubs/bgpConnections",
    listed: "with-parent",
    properties: { peerIp: true, peerAsn: true },
  },
];

/** A resource with only what the program uses, in the shape of Azure Resource Manager. */
export type InventoryResource = Readonly<Record<string, unknown>> & {
  readonly id: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
};

const SHAPES: ReadonlyMap<string, { readonly type: string; readonly shape: Shape }> = new Map(
  INVENTORY_KINDS.map(({ type, properties }) => [
    type.toLowerCase(),
    { type, shape: { id: true, name: true, location: true, kind: true, properties } },
  ]),
);

/** What is kept of a resource; null for one without an id, or of a type that the inventory does not have. */
export function kept(resource: unknown): InventoryResource | null {
  const id = textField(resource, "id");
  const kind = id === null ? undefined : SHAPES.get(typeOf(id) ?? "");
  if (id === null || kind === undefined) return null;
  const found = keep(resource, kind.shape);
  const fields = isRecord(found) ? found : {};
  return { ...fields, id, type: kind.type, properties: isRecord(fields.properties) ? fields.properties : {} };
}
