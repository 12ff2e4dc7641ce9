import type { TraceRuleId } from "../../../src/analysis/trace/rules.ts";
import type { Disposition, Protocol } from "../../../src/analysis/trace/trace.ts";
import { parseAddress } from "../../../src/net/address.ts";
import { parsePrefix } from "../../../src/net/prefix.ts";
import {
  change,
  changePeering,
  configured,
  type Draft,
  gateway,
  hub,
  hubAndSpokes,
  learned,
  loadBalancer,
  network,
  nic,
  peering,
  subnetId,
} from "./lab.ts";

/** A case of a rule: a lab in which it applies to a trace, or one that differs little and in which it does not. */
export interface RuleCase extends Packet {
  readonly rule: TraceRuleId;
  readonly applies: boolean;
  readonly name: string;
  readonly disposition: Disposition;
}

/** What differs from a packet from web to db through the hub and its spokes. */
interface Packet {
  readonly from?: string;
  readonly to?: string;
  readonly protocol?: Protocol;
  readonly port?: number;
  /** The names of all hops, separated by blanks. */
  readonly path?: string;
  /** Whether it is a reply, to a port that the client chose. */
  readonly isReply?: boolean;
  /** Changes the hub and its spokes. */
  readonly lab?: (draft: Draft) => void;
}

export const applies = (rule: TraceRuleId, name: string, disposition: Disposition, packet: Packet = {}): RuleCase => ({
  rule,
  applies: true,
  name,
  disposition,
  ...packet,
});

export const doesNotApply = (...of: Parameters<typeof applies>): RuleCase => ({ ...applies(...of), applies: false });

/** Routes of a NIC in spoke1, after those of its network and of the peering with the hub. */
export const inSpoke1 = (...routes: readonly string[]) => [
  "10.1.0.0/16 Default VnetLocal",
  "10.0.0.0/16 Default VNetPeering",
  ...routes,
];

/** A second appliance in the hub, 10.0.1.5, with the routes of the first where none are given. */
function withSecondAppliance(draft: Draft, routes: readonly string[] = draft.tables.nva ?? []): void {
  draft.nics.push(nic("nva2", "hub", "10.0.1.5", { ipForwarding: true }));
  draft.tables.nva2 = routes;
}

/** A route table with one route for a subnet of the hub. */
export function withRouteTable(draft: Draft, subnet: string, route: ReturnType<typeof configured>): void {
  const table = { id: "rt", name: "rt", region: null, disableBgpRoutePropagation: null, subnetIds: [] };
  draft.routeTables.push({ ...table, routes: [route] });
  change(draft.networks, "hub", (each) => ({
    ...each,
    subnets: each.subnets.map((own) => (own.name === subnet ? { ...own, routeTableId: "rt" } : own)),
  }));
}

/** An on-premises network on the other side of a VPN gateway in the hub, with the spokes' gateway transit. */
export function withGateway(draft: Draft, rows: readonly string[] | null): void {
  draft.gateways.push(gateway("vpn", "hub", ["10.0.0.4", "10.0.0.5"]));
  if (rows !== null) draft.gatewayTables.push(learned("vpn", rows));
  draft.tables.nva = [
    ...(draft.tables.nva ?? []),
    "192.168.0.0/16 VirtualNetworkGateway VirtualNetworkGateway 10.0.0.4,10.0.0.5",
  ];
}

/** A second site with a gateway of its own, in Azure, connected to the hub's gateway. */
function withSite(draft: Draft): void {
  withGateway(draft, ["10.0.0.0/16 - Network 32768", "192.168.0.0/16 192.168.0.4 EBgp 32768 65001"]);
  draft.networks.push(network("site", "192.168.0.0/16"));
  draft.gateways.push(gateway("site-vpn", "site", ["192.168.0.4"]));
  draft.gatewayTables.push(
    learned("site-vpn", ["192.168.0.0/16 - Network 32768", "10.0.0.0/16 10.0.0.4 EBgp 32768 65515"]),
  );
  draft.nics.push(nic("pc", "site", "192.168.1.4"));
  draft.connections.push({ ...CONNECTION, gatewayId: "vpn", peerId: "site-vpn" });
}

export const CONNECTION = {
  id: "c",
  name: "c",
  region: null,
  connectionType: "Vnet2Vnet",
  status: "Connected",
} as const;

const FIREWALL = { id: "azfw", name: "azfw", region: null, subnetId: subnetId("hub", "main"), hubId: null } as const;

export const toFirewall = (draft: Draft) => {
  draft.firewalls.push({ ...FIREWALL, addresses: [parseAddress("10.0.9.4")] });
  draft.tables.web = inSpoke1("0.0.0.0/0 User VirtualAppliance 10.0.9.4");
};

const toManaged = (draft: Draft) => {
  const { hubId: _, ...plain } = FIREWALL;
  draft.managedAppliances.push({ ...plain, id: "vna", name: "vna", addresses: [parseAddress("10.0.9.4")] });
  draft.tables.web = inSpoke1("0.0.0.0/0 User VirtualAppliance 10.0.9.4");
};

/** The spokes' way by a load balancer with two appliances behind it. */
export function toLoadBalancer(draft: Draft, rules: Parameters<typeof loadBalancer>[4]): void {
  withSecondAppliance(draft);
  draft.loadBalancers.push(loadBalancer("ilb", "hub", "10.0.1.99", ["nva", "nva2"], rules));
  draft.tables.web = inSpoke1("0.0.0.0/0 User VirtualAppliance 10.0.1.99");
}

export const withHub = (draft: Draft, rows: readonly string[] | null) => {
  draft.networks = [network("spoke1", "10.1.0.0/16"), network("spoke2", "10.2.0.0/16")];
  draft.hubs.push(
    hub("vhub", {
      routerAddresses: [parseAddress("10.0.0.68")],
      connections: [
        { id: "vhub/c1", name: "c1", networkId: "spoke1" },
        { id: "vhub/c2", name: "c2", networkId: "spoke2" },
      ],
    }),
  );
  if (rows !== null) draft.gatewayTables.push(learned("vhub", rows, "hub", "defaultRouteTable"));
  draft.tables.web = [
    "10.1.0.0/16 Default VnetLocal",
    "10.2.0.0/16 VirtualNetworkGateway VirtualNetworkGateway 20.0.0.1",
  ];
};

/**
 * Two hubs with routing intent: each sends private addresses to its firewall. Where the firewalls go on is in no table.
 */
const withFirewalls = (draft: Draft) => {
  const toHub = (own: string) => peering(own, "HV_hub", "10.0.0.0/23", { useRemoteGateways: true });
  draft.networks = ["spoke1", "spoke2", "spoke3"].map((own, at) => network(own, `10.${at + 1}.0.0/16`, [toHub(own)]));
  draft.nics.push(nic("far", "spoke3", "10.3.0.4"));
  const connected = (name: string, ...spokes: readonly string[]) =>
    hub(name, { connections: spokes.map((networkId) => ({ id: `${name}/${networkId}`, name: networkId, networkId })) });
  draft.hubs.push(connected("hub1", "spoke1", "spoke2"), connected("hub2", "spoke3"));
  for (const [at, name] of ["hub1", "hub2"].entries()) {
    const firewall = { id: `azfw${at + 1}`, name: `azfw${at + 1}`, region: null, subnetId: null, hubId: name };
    draft.firewalls.push({ ...firewall, addresses: [parseAddress("10.0.0.132")] });
    draft.gatewayTables.push(learned(name, [`10.0.0.0/8 azfw${at + 1} Azure_Firewall`], "hub", "defaultRouteTable"));
  }
  draft.tables.web = [
    ...["10.1.0.0/16 Default VnetLocal", "10.0.0.0/23 Default VNetPeering"],
    "10.0.0.0/8 VirtualNetworkGateway VirtualNetworkGateway 10.0.0.132",
  ];
};

/** Two cases for each rule at least: where it applies, and where little differs and it does not. */
export const RULE_CASES: readonly RuleCase[] = [
  applies("hop-own-table", "a NIC's own table", "delivered", { path: "web nva db" }),
  doesNotApply("hop-own-table", "a NIC without a table", "unknown", { lab: (draft) => delete draft.tables.web }),
  applies("next-hop-owner", "an appliance in a peered network", "delivered"),
  applies("next-hop-owner", "a peering route that a user route overrides still leads to the appliance", "delivered", {
    path: "web nva db",
    lab: (draft) => {
      draft.tables.web = [
        "10.1.0.0/16 Default VnetLocal",
        "10.0.0.0/16 Default VNetPeering - Invalid",
        "10.0.0.0/16 User VirtualAppliance 10.0.1.4",
        "0.0.0.0/0 User VirtualAppliance 10.0.1.4",
      ];
    },
  }),
  applies("next-hop-owner", "the same address in a network that is not peered is another host", "delivered", {
    path: "web nva db",
    lab: (draft) => {
      draft.networks.push(network("twin", "10.0.0.0/16"));
      draft.nics = [nic("twin-nva", "twin", "10.0.1.4", { ipForwarding: true }), ...draft.nics];
    },
  }),
  applies(
    "next-hop-owner",
    "an appliance of the own network, in a table that leaves out the network's row",
    "delivered",
    {
      path: "web own-nva nva db",
      lab: (draft) => {
        draft.nics.push(nic("own-nva", "spoke1", "10.1.0.9", { ipForwarding: true }));
        draft.tables["own-nva"] = draft.tables.web ?? [];
        draft.tables.web = ["0.0.0.0/0 User VirtualAppliance 10.1.0.9"];
      },
    },
  ),
  applies("next-hop-owner", "two owners in one network are ambiguous", "unknown", {
    path: "web",
    lab: (draft) => draft.nics.push(nic("double", "hub", "10.0.1.4", { ipForwarding: true })),
  }),
  applies("next-hop-owner", "a next hop that nothing in its network has is unknown, not dropped", "unknown", {
    path: "web",
    lab: (draft) => {
      draft.nics = draft.nics.filter(({ name }) => name !== "nva");
    },
  }),
  applies("next-hop-owner", "a next hop that only an unrelated network has is out of reach", "dropped", {
    path: "web",
    lab: (draft) => {
      draft.tables.web = ["10.1.0.0/16 Default VnetLocal", "0.0.0.0/0 User VirtualAppliance 10.0.1.4"];
    },
  }),
  doesNotApply("next-hop-owner", "a destination in the own network", "delivered", { to: "10.1.0.4" }),
  applies("ip-forwarding", "an appliance without IP forwarding", "dropped", {
    path: "web nva",
    lab: (draft) => change(draft.nics, "nva", (each) => ({ ...each, ipForwarding: false })),
  }),
  doesNotApply("ip-forwarding", "an appliance with IP forwarding", "delivered"),
  doesNotApply(
    "ip-forwarding",
    "IP forwarding that nothing says is assumed, so the packet is not dropped",
    "delivered",
    {
      lab: (draft) => change(draft.nics, "nva", (each) => ({ ...each, ipForwarding: null })),
    },
  ),
  applies("appliance-inside", "a packet through an appliance", "delivered"),
  applies("appliance-inside", "any NIC of the machine may be the way out", "depends", {
    path: "web nva db nva-out",
    lab: (draft) => {
      change(draft.nics, "nva", (each) => ({ ...each, virtualMachineId: "vm" }));
      draft.nics.push(nic("nva-out", "hub", "10.0.2.4", { ipForwarding: true, virtualMachineId: "vm" }));
      draft.tables["nva-out"] = ["10.0.0.0/16 Default VnetLocal", "10.2.0.0/16 Default None"];
    },
  }),
  doesNotApply("appliance-inside", "a packet for the appliance itself", "delivered", {
    to: "10.0.1.4",
    path: "web nva",
  }),
  applies("self-next-hop", "the appliance's own route names the appliance", "depends", {
    path: "web nva",
    lab: (draft) => {
      draft.tables.nva = [
        "10.0.0.0/16 Default VnetLocal",
        "0.0.0.0/0 VirtualNetworkGateway VirtualNetworkGateway 10.0.1.4",
      ];
    },
  }),
  applies(
    "self-next-hop",
    "the appliance's own route names the load balancer before it, as it announced to a Route Server",
    "depends",
    {
      path: "web ilb nva",
      lab: (draft) => {
        draft.loadBalancers.push(loadBalancer("ilb", "hub", "10.0.1.99", ["nva"], [{}]));
        draft.tables.web = inSpoke1("10.2.0.0/16 VirtualNetworkGateway VirtualNetworkGateway 10.0.1.99");
        draft.tables.nva = [
          "10.0.0.0/16 Default VnetLocal",
          "10.2.0.0/16 VirtualNetworkGateway VirtualNetworkGateway 10.0.1.99",
        ];
      },
    },
  ),
  doesNotApply("self-next-hop", "a load balancer before another appliance", "delivered", {
    path: "web nva ilb nva2 db",
    lab: (draft) => {
      draft.loadBalancers.push(loadBalancer("ilb", "hub", "10.0.1.99", ["nva2"], [{}]));
      draft.tables.nva = ["10.0.0.0/16 Default VnetLocal", "0.0.0.0/0 User VirtualAppliance 10.0.1.99"];
      withSecondAppliance(draft, ["10.0.0.0/16 Default VnetLocal", "10.2.0.0/16 Default VNetPeering"]);
    },
  }),
  doesNotApply("self-next-hop", "another appliance as the next hop", "delivered", {
    path: "web nva nva2 db",
    lab: (draft) => {
      draft.tables.nva = ["10.0.0.0/16 Default VnetLocal", "0.0.0.0/0 User VirtualAppliance 10.0.1.5"];
      withSecondAppliance(draft, ["10.0.0.0/16 Default VnetLocal", "10.2.0.0/16 Default VNetPeering"]);
    },
  }),
  applies("loop", "two appliances that name each other", "loop", {
    path: "web nva nva2",
    lab: (draft) => {
      draft.tables.nva = ["10.0.0.0/16 Default VnetLocal", "0.0.0.0/0 User VirtualAppliance 10.0.1.5"];
      withSecondAppliance(draft, ["10.0.0.0/16 Default VnetLocal", "0.0.0.0/0 User VirtualAppliance 10.0.1.4"]);
    },
  }),
  doesNotApply("loop", "two branches that meet at one host", "delivered", {
    path: "web nva db nva2",
    lab: (draft) => {
      withSecondAppliance(draft);
      draft.tables.web = inSpoke1("0.0.0.0/0 User VirtualAppliance 10.0.1.4,10.0.1.5");
    },
  }),
  applies("lb-frontend", "an HA ports rule passes everything", "delivered", {
    path: "web ilb nva db nva2",
    lab: (draft) => toLoadBalancer(draft, [{}]),
  }),
  applies("lb-frontend", "another rule passes its port", "delivered", {
    protocol: "tcp",
    port: 443,
    lab: (draft) => toLoadBalancer(draft, [{ protocol: "Tcp", frontendPort: 443 }]),
  }),
  applies("lb-frontend", "a rule refuses another port", "refused", {
    protocol: "tcp",
    port: 22,
    lab: (draft) => toLoadBalancer(draft, [{ protocol: "Tcp", frontendPort: 443 }]),
  }),
  applies("lb-frontend", "a rule refuses another protocol", "refused", {
    protocol: "udp",
    port: 443,
    lab: (draft) => toLoadBalancer(draft, [{ protocol: "Tcp", frontendPort: 443 }]),
  }),
  applies("lb-frontend", "a pool without backends refuses", "refused", {
    lab: (draft) => {
      draft.loadBalancers.push(loadBalancer("ilb", "hub", "10.0.1.99", [], [{}]));
      draft.tables.web = inSpoke1("0.0.0.0/0 User VirtualAppliance 10.0.1.99");
    },
  }),
  applies("no-table", "a rule's pool that was not read has unknown backends", "unknown", {
    path: "web ilb",
    lab: (draft) => {
      draft.loadBalancers.push({ ...loadBalancer("ilb", "hub", "10.0.1.99", [], [{}]), pools: [] });
      draft.tables.web = inSpoke1("0.0.0.0/0 User VirtualAppliance 10.0.1.99");
    },
  }),
  applies("lb-frontend", "NICs name the pool of a rule, although the pool was not read", "delivered", {
    path: "web ilb nva db",
    lab: (draft) => {
      draft.loadBalancers.push({ ...loadBalancer("ilb", "hub", "10.0.1.99", [], [{}]), pools: [] });
      change(draft.nics, "nva", (each) => ({
        ...each,
        ipConfigurations: each.ipConfigurations.map((own) => ({ ...own, poolIds: ["ILB/p"] })),
      }));
      draft.tables.web = inSpoke1("0.0.0.0/0 User VirtualAppliance 10.0.1.99");
    },
  }),
  doesNotApply("lb-frontend", "an appliance without a load balancer", "delivered"),
  applies("firewall", "a firewall follows the peerings of its network", "delivered", {
    path: "web azfw db",
    lab: toFirewall,
  }),
  applies("firewall", "a firewall follows its subnet's route table", "dropped", {
    path: "web azfw",
    lab: (draft) => {
      toFirewall(draft);
      withRouteTable(draft, "main", configured("drop", "10.2.0.0/16", "None", null));
    },
  }),
  applies("firewall", "learned routes that are missing are unknown, not the Internet", "unknown", {
    to: "172.30.0.1",
    path: "web azfw",
    lab: (draft) => {
      toFirewall(draft);
      draft.gateways.push(gateway("vpn", "hub", ["10.0.0.4"]));
    },
  }),
  doesNotApply("firewall", "an appliance of a virtual machine", "delivered"),
  applies("managed-appliance", "an appliance that Azure runs", "delivered", { path: "web vna db", lab: toManaged }),
  doesNotApply("managed-appliance", "a firewall", "delivered", { lab: toFirewall }),
  applies("peering-access", "access denied by the far side", "dropped", {
    path: "web",
    lab: (draft) => changePeering(draft, "hub", "spoke1", { allowVirtualNetworkAccess: false }),
  }),
  applies("peering-access", "access denied by the near side", "dropped", {
    path: "web",
    lab: (draft) => changePeering(draft, "spoke1", "hub", { allowVirtualNetworkAccess: false }),
  }),
  doesNotApply("peering-access", "access denied by a peering that is not on the way", "delivered", {
    lab: (draft) =>
      draft.networks.push(
        network("spoke3", "10.3.0.0/16", [
          peering("spoke3", "hub", "10.0.0.0/16", { allowVirtualNetworkAccess: false }),
        ]),
      ),
  }),
  applies("peering-forwarded", "the receiving side refuses forwarded packets", "dropped", {
    path: "web nva",
    lab: (draft) => changePeering(draft, "spoke2", "hub", { allowForwardedTraffic: false }),
  }),
  applies("peering-forwarded", "the receiving side accepts forwarded packets", "delivered"),
  doesNotApply("peering-forwarded", "a packet of the network's own", "delivered", {
    to: "10.0.1.4",
    lab: (draft) => changePeering(draft, "hub", "spoke1", { allowForwardedTraffic: false }),
  }),
  applies("peering-forwarded", "the sending side's flag does not matter", "delivered", {
    path: "web nva db",
    lab: (draft) => changePeering(draft, "hub", "spoke2", { allowForwardedTraffic: false }),
  }),
  applies("vnet-host", "a host in the snapshot", "delivered"),
  applies("vnet-host", "no such host in the snapshot", "unknown", { to: "10.2.0.99", path: "web nva" }),
  doesNotApply("vnet-host", "a route of the table to None", "dropped", {
    path: "web",
    lab: (draft) => {
      draft.tables.web = ["10.0.0.0/8 Default None"];
    },
  }),
  applies("gateway", "an instance of the gateway", "leaves-azure", {
    from: "nic:nva",
    to: "192.168.1.1",
    path: "nva vpn",
    lab: (draft) => withGateway(draft, ["192.168.0.0/16 192.168.0.4 EBgp 32768 65001"]),
  }),
  applies("gateway", "a Microsoft edge address means the ExpressRoute gateway of the peering", "leaves-azure", {
    to: "172.16.0.1",
    path: "web er",
    lab: (draft) => {
      draft.gateways.push(
        gateway("er", "hub", ["10.0.0.12"], { gatewayType: "ExpressRoute" }),
        gateway("vpn", "hub", ["10.0.0.4"]),
      );
      draft.gatewayTables.push(learned("er", ["172.16.0.0/16 10.0.0.6 EBgp 32769 12076"]));
      changePeering(draft, "spoke1", "hub", { useRemoteGateways: true });
      draft.tables.web = inSpoke1("172.16.0.0/16 VirtualNetworkGateway VirtualNetworkGateway 10.63.110.248");
    },
  }),
  applies(
    "gateway",
    "an edge address may lie in the address space of a peered network that has no such host",
    "leaves-azure",
    {
      from: "nic:nva",
      to: "172.16.0.1",
      path: "nva er",
      lab: (draft) => {
        draft.gateways.push(gateway("er", "hub", ["10.0.0.12"], { gatewayType: "ExpressRoute" }));
        draft.gatewayTables.push(learned("er", ["172.16.0.0/16 10.0.0.6 EBgp 32769 12076"]));
        draft.tables.nva = [
          "10.0.0.0/16 Default VnetLocal",
          "10.2.0.0/16 Default VNetPeering",
          "172.16.0.0/16 VirtualNetworkGateway VirtualNetworkGateway 10.2.146.52",
        ];
      },
    },
  ),
  doesNotApply("gateway", "an appliance that a Route Server announced", "delivered", {
    path: "web nva db",
    lab: (draft) => {
      draft.tables.web = inSpoke1("0.0.0.0/0 VirtualNetworkGateway VirtualNetworkGateway 10.0.1.4");
    },
  }),
  applies("gateway-route", "a learned route to another gateway", "delivered", {
    from: "nic:nva",
    to: "192.168.1.4",
    path: "nva vpn site-vpn pc",
    lab: withSite,
  }),
  applies("gateway-route", "no learned route covers it", "no-route", {
    from: "nic:nva",
    to: "192.168.1.4",
    path: "nva vpn",
    lab: (draft) => withGateway(draft, ["172.16.0.0/16 172.16.0.4 EBgp 32768 65001"]),
  }),
  applies("gateway-route", "the highest weight wins before the shorter AS path", "leaves-azure", {
    from: "nic:nva",
    to: "192.168.1.4",
    lab: (draft) =>
      withGateway(draft, ["192.168.0.0/16 10.0.0.4 IBgp 0", "192.168.0.0/16 192.168.0.4 EBgp 32768 65001-65002"]),
  }),
  doesNotApply("gateway-route", "a gateway whose routes are missing", "unknown", {
    from: "nic:nva",
    to: "192.168.1.4",
    path: "nva vpn",
    lab: (draft) => withGateway(draft, null),
  }),
  applies("gateway-recursion", "the best route names the gateway's own instance", "loop", {
    from: "nic:nva",
    to: "192.168.1.4",
    path: "nva vpn",
    lab: (draft) =>
      withGateway(draft, ["192.168.0.0/16 192.168.0.4 EBgp 32768 65001", "192.168.0.0/16 10.0.0.5 EBgp 32768 65001"]),
  }),
  doesNotApply("gateway-recursion", "an IBGP route of the other instance beside a better one", "leaves-azure", {
    from: "nic:nva",
    to: "192.168.1.4",
    lab: (draft) =>
      withGateway(draft, ["192.168.0.0/16 192.168.0.4 EBgp 32768 65001", "192.168.0.0/16 10.0.0.5 IBgp 32768 65001"]),
  }),
  applies("gateway-recursion", "an IBGP route of its own instance hides the next hop", "unknown", {
    from: "gateway:vpn",
    to: "172.16.1.4",
    lab: (draft) => withGateway(draft, ["172.16.0.0/16 10.0.0.4 IBgp 0"]),
  }),
  doesNotApply("gateway-recursion", "the Route Server's routes say the hidden next hop", "delivered", {
    from: "gateway:vpn",
    path: "vpn nva db",
    lab: (draft) => {
      withGateway(draft, ["10.2.0.0/15 10.0.0.4 IBgp 0"]);
      changePeering(draft, "hub", "spoke2", { state: "Disconnected" });
      draft.hubs.push(hub("rs", { kind: "route-server", subnetId: subnetId("hub", "main") }));
      draft.gatewayTables.push(learned("rs", ["10.2.0.0/15 10.0.1.4 EBgp 32768 65010"], "route-server-learned", "nva"));
    },
  }),
  applies("gateway-subnet", "inbound into the gateway's network", "delivered", {
    from: "gateway:vpn",
    to: "10.0.1.4",
    path: "vpn nva",
    lab: (draft) => withGateway(draft, ["10.0.0.0/16 - Network 32768"]),
  }),
  applies("gateway-subnet", "the GatewaySubnet's route table sends it to an appliance first", "delivered", {
    from: "gateway:vpn",
    path: "vpn nva db",
    lab: (draft) => {
      withGateway(draft, ["10.0.0.0/16 - Network 32768", "10.2.0.0/16 - Network 32768"]);
      withRouteTable(draft, "GatewaySubnet", configured("to-nva", "10.2.0.0/16", "VirtualAppliance", "10.0.1.4"));
    },
  }),
  doesNotApply("gateway-subnet", "outbound by a learned route", "leaves-azure", {
    from: "nic:nva",
    to: "192.168.1.4",
    lab: (draft) => withGateway(draft, ["192.168.0.0/16 192.168.0.4 EBgp 32768 65001"]),
  }),
  applies("hub", "a spoke's route to the hub goes on in the hub's table", "delivered", {
    path: "web vhub db",
    lab: (draft) => withHub(draft, ["10.2.0.0/16 vhub/c2 Virtual_Network_Connection"]),
  }),
  applies("next-hop-owner", "two owners in a network behind a hub are ambiguous", "unknown", {
    path: "web vhub",
    lab: (draft) => {
      withHub(draft, ["10.2.0.0/16 vhub/c2 Virtual_Network_Connection"]);
      draft.nics.push(nic("double", "spoke2", "10.2.0.4"));
    },
  }),
  applies("hub", "the hub's table has no route", "no-route", {
    path: "web vhub",
    lab: (draft) => withHub(draft, ["10.3.0.0/16 vhub/c3 Virtual_Network_Connection"]),
  }),
  applies("hub", "the firewall of a hub goes on to the hub's own spoke", "delivered", {
    path: "web azfw1 db",
    lab: withFirewalls,
  }),
  applies("hub", "the firewall of a hub goes on to a spoke of another hub, by that hub's firewall", "delivered", {
    to: "10.3.0.4",
    path: "web azfw1 hub2 azfw2 far",
    lab: withFirewalls,
  }),
  applies("leaves-azure", "the firewall of a hub with routing intent for the Internet", "leaves-azure", {
    to: "8.8.8.8",
    path: "web azfw1",
    lab: (draft) => {
      withFirewalls(draft);
      draft.tables.web = [
        ...(draft.tables.web ?? []),
        "0.0.0.0/0 VirtualNetworkGateway VirtualNetworkGateway 10.0.0.132",
      ];
    },
  }),
  doesNotApply(
    "leaves-azure",
    "the firewall of a hub for a private address that nothing that was read has",
    "unknown",
    { to: "10.50.0.1", path: "web azfw1", lab: withFirewalls },
  ),
  applies("hub", "the hub's router as the next hop", "delivered", {
    path: "web vhub db",
    lab: (draft) => {
      withHub(draft, ["10.2.0.0/16 vhub/c2 Virtual_Network_Connection"]);
      draft.tables.web = [
        ...["10.1.0.0/16 Default VnetLocal", "10.0.0.0/23 Default VNetPeering"],
        "10.2.0.0/16 VirtualNetworkGateway VirtualNetworkGateway 10.0.0.68",
      ];
    },
  }),
  doesNotApply("hub", "a network that is connected to no hub", "delivered"),
  applies("leaves-azure", "the Internet", "leaves-azure", { from: "nic:nva", to: "8.8.8.8", path: "nva" }),
  applies("leaves-azure", "a site of a gateway without learned routes", "leaves-azure", {
    from: "nic:nva",
    to: "192.168.1.4",
    path: "nva vpn",
    lab: (draft) => {
      withGateway(draft, null);
      draft.localNetworkGateways.push({
        id: "lng",
        name: "paris",
        region: null,
        addressPrefixes: [parsePrefix("192.168.0.0/16")],
        gatewayAddress: null,
        bgpAddress: null,
        asn: null,
      });
      draft.connections.push({ ...CONNECTION, gatewayId: "vpn", peerId: "lng" });
    },
  }),
  doesNotApply("leaves-azure", "a private address does not leave for the Internet", "dropped", {
    from: "nic:nva",
    to: "10.99.0.1",
    path: "nva",
  }),
  applies("no-table", "a stopped appliance's table is missing, so the way is unknown", "unknown", {
    path: "web nva",
    lab: (draft) => {
      delete draft.tables.nva;
      draft.outcomes.nva = "stopped";
    },
  }),
  applies("no-table", "a hub without a table", "unknown", { path: "web vhub", lab: (draft) => withHub(draft, null) }),
  doesNotApply("no-table", "no table is missing", "delivered"),
];

export const labOf = ({ lab }: RuleCase): Draft => {
  const draft = hubAndSpokes();
  lab?.(draft);
  return draft;
};
