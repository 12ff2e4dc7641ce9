import type { Address } from "../net/address.ts";
import type { Prefix } from "../net/prefix.ts";
import type { SubnetEndpoint } from "../routes/subnet-facts.ts";

/**
 * Networks and what is in them, at one moment, as plain data. Ids keep Azure's spelling and are compared ignoring case.
 * What a source leaves out is null, never a default: without its power state, a VM is not known to run.
 */
export interface Topology {
  readonly networks: readonly Network[];
  readonly nics: readonly NetworkInterface[];
  readonly virtualMachines: readonly VirtualMachine[];
  readonly scaleSets: readonly ScaleSet[];
  readonly routeTables: readonly RouteTableResource[];
  readonly loadBalancers: readonly LoadBalancer[];
  /** Azure Firewalls, in a subnet or in a hub. */
  readonly firewalls: readonly Firewall[];
  /** `virtualNetworkAppliances`: appliances that Azure runs. */
  readonly managedAppliances: readonly ManagedAppliance[];
  readonly gateways: readonly Gateway[];
  readonly connections: readonly GatewayConnection[];
  readonly localNetworkGateways: readonly LocalNetworkGateway[];
  /** Hubs of Virtual WAN and Route Servers, which Azure keeps as one type. */
  readonly hubs: readonly Hub[];
  readonly circuits: readonly Circuit[];
  readonly privateEndpoints: readonly PrivateEndpoint[];
  readonly publicAddresses: readonly PublicAddress[];
}

/** A topology without resources. */
export const EMPTY_TOPOLOGY: Topology = {
  networks: [],
  nics: [],
  virtualMachines: [],
  scaleSets: [],
  routeTables: [],
  loadBalancers: [],
  firewalls: [],
  managedAppliances: [],
  gateways: [],
  connections: [],
  localNetworkGateways: [],
  hubs: [],
  circuits: [],
  privateEndpoints: [],
  publicAddresses: [],
};

/** The fields of every resource, and of every part with an id. */
interface Named {
  /** The resource id. */
  readonly id: string;
  readonly name: string;
}

export interface Resource extends Named {
  /** Azure's name of the region, e.g. `westeurope`; null where the source does not say. */
  readonly region: string | null;
}

/** A virtual network. https://learn.microsoft.com/rest/api/virtualnetwork/virtual-networks/get */
export interface Network extends Resource {
  readonly addressPrefixes: readonly Prefix[];
  readonly subnets: readonly Subnet[];
  readonly peerings: readonly Peering[];
}

export interface Subnet extends Named {
  readonly networkId: string;
  readonly addressPrefixes: readonly Prefix[];
  readonly routeTableId: string | null;
  readonly natGatewayId: string | null;
  readonly networkSecurityGroupId: string | null;
  readonly serviceEndpoints: readonly SubnetEndpoint[];
  /** False for a private subnet. */
  readonly defaultOutboundAccess: boolean | null;
  /** `Disabled`, `Enabled`, `NetworkSecurityGroupEnabled` or `RouteTableEnabled`. */
  readonly privateEndpointNetworkPolicies: string | null;
}

/** One side of a peering. https://learn.microsoft.com/rest/api/virtualnetwork/virtual-network-peerings/get */
export interface Peering extends Named {
  /** The network that has it. */
  readonly networkId: string;
  readonly remoteNetworkId: string | null;
  /** The remote address space as this side last saw it. */
  readonly remoteAddressPrefixes: readonly Prefix[];
  /** `Connected`, `Initiated` or `Disconnected`. */
  readonly state: string | null;
  /** `FullyInSync`, `LocalNotInSync` … */
  readonly syncLevel: string | null;
  readonly allowVirtualNetworkAccess: boolean | null;
  readonly allowForwardedTraffic: boolean | null;
  readonly allowGatewayTransit: boolean | null;
  readonly useRemoteGateways: boolean | null;
}

/** A NIC of a VM, a scale set's instance or a private endpoint. */
export interface NetworkInterface extends Resource {
  readonly virtualMachineId: string | null;
  /** The scale set of a uniform scale set's NIC: Azure computes no effective routes for those. */
  readonly scaleSetId: string | null;
  readonly privateEndpointId: string | null;
  /** Whether Azure lets it receive and send packets of other addresses. */
  readonly ipForwarding: boolean | null;
  /** `00-0D-3A-F8-80-1A`; null or missing where the source does not say, as for a NIC that was never attached. */
  readonly macAddress?: string | null;
  readonly ipConfigurations: readonly IpConfiguration[];
}

export interface IpConfiguration {
  readonly id: string | null;
  readonly primary: boolean;
  readonly address: Address | null;
  readonly subnetId: string | null;
  readonly publicAddressId: string | null;
  /** The backend pools that it is in. */
  readonly poolIds: readonly string[];
}

export interface VirtualMachine extends Resource {
  /** `running`, `deallocated`, `stopped` …, as the part of Azure's code after `PowerState/`; null where unknown. */
  readonly powerState: string | null;
  /** Its NICs, the primary one first. */
  readonly nicIds: readonly string[];
  readonly scaleSetId: string | null;
}

interface ScaleSet extends Resource {
  /** `Uniform` or `Flexible`. */
  readonly orchestrationMode: string | null;
}

/** A configured route table, not an effective one. */
export interface RouteTableResource extends Resource {
  readonly disableBgpRoutePropagation: boolean | null;
  readonly routes: readonly ConfiguredRoute[];
  /** The subnets that have it, as the route table itself lists them. */
  readonly subnetIds: readonly string[];
}

export interface ConfiguredRoute {
  readonly name: string;
  /** Null for a service tag. */
  readonly prefix: Prefix | null;
  /** The prefix or service tag as it is written. */
  readonly destination: string;
  /** `VirtualAppliance`, `VirtualNetworkGateway`, `VnetLocal`, `Internet`, `None`. */
  readonly nextHopType: string;
  readonly nextHopAddress: Address | null;
}

export interface LoadBalancer extends Resource {
  readonly frontends: readonly Frontend[];
  readonly pools: readonly BackendPool[];
  readonly rules: readonly LoadBalancingRule[];
}

export interface Frontend extends Named {
  readonly address: Address | null;
  readonly subnetId: string | null;
  readonly publicAddressId: string | null;
}

export interface BackendPool extends Named {
  /** The IP configurations of NICs in it. */
  readonly ipConfigurationIds: readonly string[];
  /** The addresses in a pool by address. */
  readonly addresses: readonly Address[];
}

export interface LoadBalancingRule {
  readonly name: string;
  readonly frontendId: string;
  readonly poolIds: readonly string[];
  /** `Tcp`, `Udp` or `All`. An HA ports rule has `All` and the port 0. */
  readonly protocol: string;
  readonly frontendPort: number;
  readonly backendPort: number;
  readonly floatingIp: boolean;
}

export interface Firewall extends Resource {
  readonly subnetId: string | null;
  /** Its private addresses: of its IP configurations, or in a hub. */
  readonly addresses: readonly Address[];
  readonly hubId: string | null;
}

export interface ManagedAppliance extends Resource {
  readonly subnetId: string | null;
  readonly addresses: readonly Address[];
}

/** A virtual network gateway. */
export interface Gateway extends Resource {
  /** `Vpn` or `ExpressRoute`. */
  readonly gatewayType: string | null;
  readonly networkId: string | null;
  readonly subnetId: string | null;
  /** The private addresses of its instances, where Azure says (for VPN gateways, the BGP peering addresses). */
  readonly addresses: readonly Address[];
  readonly publicAddressIds: readonly string[];
  readonly asn: number | null;
}

/** A connection of a gateway. */
interface GatewayConnection extends Resource {
  /** `IPsec`, `Vnet2Vnet`, `ExpressRoute` … */
  readonly connectionType: string | null;
  readonly gatewayId: string;
  /** The other end: a virtual network gateway, a local network gateway or a circuit. */
  readonly peerId: string | null;
  /** `Connected` …; null where the source does not say. */
  readonly status: string | null;
}

/** A site outside Azure, as a gateway's connection knows it. */
export interface LocalNetworkGateway extends Resource {
  readonly addressPrefixes: readonly Prefix[];
  readonly gatewayAddress: Address | null;
  readonly bgpAddress: Address | null;
  readonly asn: number | null;
}

export interface Hub extends Resource {
  readonly kind: "virtual-hub" | "route-server";
  readonly addressPrefixes: readonly Prefix[];
  /** The addresses of its router's instances, the next hops in effective routes of spokes. */
  readonly routerAddresses: readonly Address[];
  readonly asn: number | null;
  /** The subnet of a Route Server. */
  readonly subnetId: string | null;
  readonly connections: readonly HubConnection[];
  /** The BGP peers of a Route Server. */
  readonly bgpPeers: readonly BgpPeer[];
  readonly firewallId: string | null;
  readonly gatewayIds: readonly string[];
}

export interface BgpPeer extends Named {
  readonly address: Address | null;
}

/** A network's connection to a virtual hub. */
export interface HubConnection extends Named {
  readonly networkId: string;
}

/** An ExpressRoute circuit. */
interface Circuit extends Resource {
  /** Whether it has a private peering, the one with routes to virtual networks. */
  readonly hasPrivatePeering: boolean;
}

interface PrivateEndpoint extends Resource {
  readonly subnetId: string | null;
  readonly nicIds: readonly string[];
}

export interface PublicAddress extends Resource {
  readonly address: Address | null;
}
