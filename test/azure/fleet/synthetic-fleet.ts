/** A resource as Azure Resource Manager sends it, with what the program must never keep. */
export interface FleetResource {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly location: string;
  readonly kind?: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface FleetSize {
  readonly subscription: string;
  /** Of spokes; each has a network and its subnets. */
  readonly networks: number;
  /** In each network. */
  readonly subnets: number;
  /** In all subnets together, spread evenly. */
  readonly nics: number;
}

/** No value of a resource that has this text may leave the program. */
export const SECRET = "s3cret-of-the-fleet";

const REGION = "westeurope";

/**
 * A hub with two appliances behind a load balancer, a gateway with a connection, a Route Server, and spokes that are
 * peered with it. One VM of 20 is deallocated. `nics` counts those of the spokes.
 */
export function syntheticFleet({ subscription, networks, subnets, nics }: FleetSize): readonly FleetResource[] {
  const group = `/subscriptions/${subscription}/resourceGroups/rg-fleet/providers`;
  const id = (type: string, name: string) => `${group}/${type}/${name}`;
  const ref = (type: string, name: string) => ({ id: id(type, name) });
  const resource = (type: string, name: string, properties: object, more: object = {}): FleetResource => ({
    id: id(type, name),
    name,
    type,
    location: REGION,
    properties: { ...properties, provisioningState: "Succeeded", resourceGuid: SECRET },
    ...more,
  });
  const NETWORK = "Microsoft.Network/virtualNetworks";
  const NIC = "Microsoft.Network/networkInterfaces";
  const VM = "Microsoft.Compute/virtualMachines";
  const RT = "Microsoft.Network/routeTables";
  const LB = "Microsoft.Network/loadBalancers";
  const GW = "Microsoft.Network/virtualNetworkGateways";
  const PIP = "Microsoft.Network/publicIPAddresses";
  const HUB = "Microsoft.Network/virtualHubs";
  const pool = { id: `${id(LB, "lb-nva")}/backendAddressPools/nva` };
  const frontend = { id: `${id(LB, "lb-nva")}/frontendIPConfigurations/nva` };
  const subnetId = (network: string, subnet: string) => `${id(NETWORK, network)}/subnets/${subnet}`;

  const machine = (name: string, subnet: string, address: string, running: boolean, more: object = {}) => [
    resource(NIC, `nic-${name}`, {
      enableIPForwarding: false,
      macAddress: "00-0D-3A-00-00-00",
      virtualMachine: ref(VM, name),
      ...more,
      ipConfigurations: [
        {
          id: `${id(NIC, `nic-${name}`)}/ipConfigurations/ipconfig1`,
          name: "ipconfig1",
          properties: {
            primary: true,
            privateIPAddress: address,
            privateIPAllocationMethod: "Dynamic",
            subnet: { id: subnet },
            ...("enableIPForwarding" in more ? { loadBalancerBackendAddressPools: [pool] } : {}),
          },
        },
      ],
    }),
    resource(VM, name, {
      vmId: SECRET,
      osProfile: { adminUsername: SECRET, adminPassword: SECRET, customData: SECRET },
      userData: SECRET,
      networkProfile: { networkInterfaces: [{ ...ref(NIC, `nic-${name}`), properties: { primary: true } }] },
      extended: { instanceView: { powerState: { code: running ? "PowerState/running" : "PowerState/deallocated" } } },
    }),
  ];

  const spokes = Array.from({ length: networks }, (_, k) => `vnet-spoke${k}`);
  const spokeSpace = (k: number) => `10.${1 + Math.floor(k / 4)}.${64 * (k % 4)}.0/18`;
  const peering = (network: string, remote: string, prefix: string, more: object) => ({
    id: `${id(NETWORK, network)}/virtualNetworkPeerings/to-${remote}`,
    name: `to-${remote}`,
    properties: {
      remoteVirtualNetwork: ref(NETWORK, remote),
      remoteAddressSpace: { addressPrefixes: [prefix] },
      peeringState: "Connected",
      peeringSyncLevel: "FullyInSync",
      allowVirtualNetworkAccess: true,
      allowForwardedTraffic: true,
      allowGatewayTransit: false,
      useRemoteGateways: false,
      ...more,
    },
  });
  const hub = resource(NETWORK, "vnet-hub", {
    addressSpace: { addressPrefixes: ["10.0.0.0/16"] },
    subnets: ["GatewaySubnet", "RouteServerSubnet", "nva"].map((name, k) => ({
      id: subnetId("vnet-hub", name),
      name,
      properties: { addressPrefix: `10.0.${k}.0/24` },
    })),
    virtualNetworkPeerings: spokes.map((spoke, k) =>
      peering("vnet-hub", spoke, spokeSpace(k), { allowGatewayTransit: true }),
    ),
  });
  const perSubnet = Math.ceil(nics / (networks * subnets));
  const bits = Math.ceil(Math.log2(subnets));
  const spokeResources = spokes.flatMap((spoke, k) => {
    const [, second = 0, third = 0] = spokeSpace(k).split(/[./]/).map(Number);
    const base = (second << 16) + (third << 8);
    const text = (value: number) => `10.${(value >> 16) & 255}.${(value >> 8) & 255}.${value & 255}`;
    const first = (n: number) => base + n * 2 ** (14 - bits);
    const network = resource(NETWORK, spoke, {
      addressSpace: { addressPrefixes: [spokeSpace(k)] },
      subnets: Array.from({ length: subnets }, (_, n) => ({
        id: subnetId(spoke, `snet${n}`),
        name: `snet${n}`,
        properties: {
          addressPrefix: `${text(first(n))}/${18 + bits}`,
          routeTable: ref(RT, "rt-spokes"),
          ipConfigurations: [{ id: SECRET }],
        },
      })),
      virtualNetworkPeerings: [peering(spoke, "vnet-hub", "10.0.0.0/16", { useRemoteGateways: true })],
    });
    const machines = Array.from({ length: subnets }, (_, n) => {
      const before = (k * subnets + n) * perSubnet;
      return Array.from({ length: Math.max(0, Math.min(perSubnet, nics - before)) }, (_, m) =>
        machine(`vm-${k}-${n}-${m}`, subnetId(spoke, `snet${n}`), text(first(n) + 4 + m), (before + m) % 20 !== 7),
      );
    });
    return [network, ...machines.flat(2)];
  });
  return [
    hub,
    ...spokeResources,
    ...machine("vm-nva1", subnetId("vnet-hub", "nva"), "10.0.2.4", true, { enableIPForwarding: true }),
    ...machine("vm-nva2", subnetId("vnet-hub", "nva"), "10.0.2.5", true, { enableIPForwarding: true }),
    resource(LB, "lb-nva", {
      frontendIPConfigurations: [
        {
          ...frontend,
          name: "nva",
          properties: { privateIPAddress: "10.0.2.99", subnet: { id: subnetId("vnet-hub", "nva") } },
        },
      ],
      backendAddressPools: [
        {
          ...pool,
          name: "nva",
          properties: {
            backendIPConfigurations: ["nic-vm-nva1", "nic-vm-nva2"].map((nic) => ({
              id: `${id(NIC, nic)}/ipConfigurations/ipconfig1`,
            })),
          },
        },
      ],
      loadBalancingRules: [
        {
          name: "ha",
          properties: {
            frontendIPConfiguration: frontend,
            backendAddressPool: pool,
            protocol: "All",
            frontendPort: 0,
            backendPort: 0,
            enableFloatingIP: true,
          },
        },
      ],
    }),
    resource(RT, "rt-spokes", {
      disableBgpRoutePropagation: true,
      routes: [
        {
          name: "to-nva",
          properties: { addressPrefix: "0.0.0.0/0", nextHopType: "VirtualAppliance", nextHopIpAddress: "10.0.2.99" },
        },
      ],
      subnets: spokes.flatMap((spoke) =>
        Array.from({ length: subnets }, (_, n) => ({ id: subnetId(spoke, `snet${n}`) })),
      ),
    }),
    resource(GW, "gw-hub", {
      gatewayType: "Vpn",
      vpnClientConfiguration: { radiusServerSecret: SECRET, vpnClientRootCertificates: [{ name: SECRET }] },
      ipConfigurations: [
        {
          id: `${id(GW, "gw-hub")}/ipConfigurations/default`,
          name: "default",
          properties: {
            subnet: { id: subnetId("vnet-hub", "GatewaySubnet") },
            publicIPAddress: ref(PIP, "pip-gw"),
          },
        },
      ],
      bgpSettings: {
        asn: 65515,
        bgpPeeringAddress: "10.0.0.4",
        bgpPeeringAddresses: [{ defaultBgpIpAddresses: ["10.0.0.4"], tunnelIpAddresses: [SECRET] }],
      },
    }),
    resource(PIP, "pip-gw", { ipAddress: "203.0.113.4", dnsSettings: { fqdn: SECRET } }),
    resource("Microsoft.Network/localNetworkGateways", "site", {
      localNetworkAddressSpace: { addressPrefixes: ["192.168.0.0/16"] },
      gatewayIpAddress: "198.51.100.7",
    }),
    resource("Microsoft.Network/connections", "to-site", {
      connectionType: "IPsec",
      sharedKey: SECRET,
      authorizationKey: SECRET,
      virtualNetworkGateway1: ref(GW, "gw-hub"),
      localNetworkGateway2: ref("Microsoft.Network/localNetworkGateways", "site"),
    }),
    resource(
      HUB,
      "rs-hub",
      { sku: "Standard", virtualRouterAsn: 65515, virtualRouterIps: ["10.0.1.4", "10.0.1.5"] },
      {
        kind: "RouteServer",
      },
    ),
    child(`${id(HUB, "rs-hub")}/ipConfigurations/place`, {
      subnet: { id: subnetId("vnet-hub", "RouteServerSubnet") },
    }),
    child(`${id(HUB, "rs-hub")}/bgpConnections/nva1`, { peerIp: "10.0.2.4", peerAsn: 65001 }),
  ];
}

/** A uniform scale set with its NICs in the subnet. */
export function syntheticScaleSet(subscription: string, name: string, subnetId: string, instances: number) {
  const id = `/subscriptions/${subscription}/resourceGroups/rg-fleet/providers/Microsoft.Compute/virtualMachineScaleSets/${name}`;
  return [
    {
      id,
      name,
      type: "Microsoft.Compute/virtualMachineScaleSets",
      location: REGION,
      properties: {
        orchestrationMode: "Uniform",
        virtualMachineProfile: { osProfile: { adminPassword: SECRET } },
      },
    },
    ...Array.from({ length: instances }, (_, k) =>
      child(`${id}/virtualMachines/${k}/networkInterfaces/${name}-nic`, {
        ipConfigurations: [
          { name: "i", properties: { primary: true, privateIPAddress: `10.0.2.${100 + k}`, subnet: { id: subnetId } } },
        ],
      }),
    ),
  ];
}

/** A resource below another one. */
function child(id: string, properties: object): FleetResource {
  const [, provider = "", rest = ""] = /\/providers\/([^/]+)\/(.+)$/.exec(id) ?? [];
  const parts = rest.split("/");
  const type = [provider, ...parts.filter((_, index) => index % 2 === 0)].join("/");
  return { id, name: parts.at(-1) ?? "", type, location: REGION, properties: { ...properties } };
}
