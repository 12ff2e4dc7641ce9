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
export interface RuleCase {
  readonly rule: TraceRuleId;
  readonly applies: boolean;
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly protocol?: Protocol;
  readonly port?: number;
  /** Changes the hub and its spokes. */
  readonly lab: (draft: Draft) => void;
  readonly disposition: Disposition;
  readonly path?: readonly string[];
}

const there = { from: "nic:web", to: "10.2.0.4" } as const;
const none = () => undefined;

/** An on-premises network on the other side of a VPN gateway in the hub, with the spokes' gateway transit. */
function withGateway(
  draft: Draft,
  rows: readonly string[] | null,
  more: Partial<ReturnType<typeof gateway>> = {},
): void {
  draft.gateways.push(gateway("vpn", "hub", ["10.0.0.4", "10.0.0.5"], more));
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

const CONNECTION = { id: "c", name: "c", region: null, connectionType: "Vnet2Vnet", status: "Connected" } as const;

const FIREWALL = { id: "azfw", name: "azfw", region: null, subnetId: subnetId("hub", "main"), hubId: null } as const;

const toFirewall = (draft: Draft) => {
  draft.firewalls.push({ ...FIREWALL, addresses: [parseAddress("10.0.9.4")] });
  draft.tables.web = [
    "10.1.0.0/16 Default VnetLocal",
    "10.0.0.0/16 Default VNetPeering",
    "0.0.0.0/0 User VirtualAppliance 10.0.9.4",
  ];
};

const toManaged = (draft: Draft) => {
  const { hubId: _, ...plain } = FIREWALL;
  draft.managedAppliances.push({ ...plain, id: "vna", name: "vna", addresses: [parseAddress("10.0.9.4")] });
  draft.tables.web = [
    "10.1.0.0/16 Default VnetLocal",
    "10.0.0.0/16 Default VNetPeering",
    "0.0.0.0/0 User VirtualAppliance 10.0.9.4",
  ];
};

/** The spokes' way by a load balancer with two appliances behind it. */
function toLoadBalancer(draft: Draft, rules: Parameters<typeof loadBalancer>[4]): void {
  draft.nics.push(nic("nva2", "hub", "10.0.1.5", { ipForwarding: true }));
  draft.tables.nva2 = draft.tables.nva ?? [];
  draft.loadBalancers.push(loadBalancer("ilb", "hub", "10.0.1.99", ["nva", "nva2"], rules));
  draft.tables.web = [
    "10.1.0.0/16 Default VnetLocal",
    "10.0.0.0/16 Default VNetPeering",
    "0.0.0.0/0 User VirtualAppliance 10.0.1.99",
  ];
}

const withHub = (draft: Draft, rows: readonly string[] | null) => {
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

/** Two hubs with routing intent: each sends private addresses to its firewall. Where the firewalls go on is in no table. */
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
  {
    rule: "hop-own-table",
    applies: true,
    name: "a NIC's own table",
    ...there,
    lab: none,
    disposition: "delivered",
    path: ["web", "nva", "db"],
  },
  {
    rule: "hop-own-table",
    applies: false,
    name: "a NIC without a table",
    ...there,
    lab: (draft) => delete draft.tables.web,
    disposition: "unknown",
  },
  {
    rule: "next-hop-owner",
    applies: true,
    name: "an appliance in a peered network",
    ...there,
    lab: none,
    disposition: "delivered",
  },
  {
    rule: "next-hop-owner",
    applies: true,
    name: "a peering route that a user route overrides still leads to the appliance",
    ...there,
    lab: (draft) => {
      draft.tables.web = [
        "10.1.0.0/16 Default VnetLocal",
        "10.0.0.0/16 Default VNetPeering - Invalid",
        "10.0.0.0/16 User VirtualAppliance 10.0.1.4",
        "0.0.0.0/0 User VirtualAppliance 10.0.1.4",
      ];
    },
    disposition: "delivered",
    path: ["web", "nva", "db"],
  },
  {
    rule: "next-hop-owner",
    applies: true,
    name: "the same address in a network that is not peered is another host",
    ...there,
    lab: (draft) => {
      draft.networks.push(network("twin", "10.0.0.0/16"));
      draft.nics = [nic("twin-nva", "twin", "10.0.1.4", { ipForwarding: true }), ...draft.nics];
    },
    disposition: "delivered",
    path: ["web", "nva", "db"],
  },
  {
    rule: "next-hop-owner",
    applies: true,
    name: "an appliance of the own network, in a table that leaves out the network's row",
    ...there,
    lab: (draft) => {
      draft.nics.push(nic("own-nva", "spoke1", "10.1.0.9", { ipForwarding: true }));
      draft.tables["own-nva"] = draft.tables.web ?? [];
      draft.tables.web = ["0.0.0.0/0 User VirtualAppliance 10.1.0.9"];
    },
    disposition: "delivered",
    path: ["web", "own-nva", "nva", "db"],
  },
  {
    rule: "next-hop-owner",
    applies: true,
    name: "two owners in one network are ambiguous",
    ...there,
    lab: (draft) => draft.nics.push(nic("double", "hub", "10.0.1.4", { ipForwarding: true })),
    disposition: "unknown",
    path: ["web"],
  },
  {
    rule: "next-hop-owner",
    applies: true,
    name: "a next hop that nothing in its network has is unknown, not dropped",
    ...there,
    lab: (draft) => {
      draft.nics = draft.nics.filter(({ name }) => name !== "nva");
    },
    disposition: "unknown",
    path: ["web"],
  },
  {
    rule: "next-hop-owner",
    applies: true,
    name: "a next hop that only an unrelated network has is out of reach",
    ...there,
    lab: (draft) => {
      draft.tables.web = ["10.1.0.0/16 Default VnetLocal", "0.0.0.0/0 User VirtualAppliance 10.0.1.4"];
    },
    disposition: "dropped",
    path: ["web"],
  },
  {
    rule: "next-hop-owner",
    applies: false,
    name: "a destination in the own network",
    from: "nic:web",
    to: "10.1.0.4",
    lab: none,
    disposition: "delivered",
  },
  {
    rule: "ip-forwarding",
    applies: true,
    name: "an appliance without IP forwarding",
    ...there,
    lab: (draft) => change(draft.nics, "nva", (each) => ({ ...each, ipForwarding: false })),
    disposition: "dropped",
    path: ["web", "nva"],
  },
  {
    rule: "ip-forwarding",
    applies: false,
    name: "an appliance with it",
    ...there,
    lab: none,
    disposition: "delivered",
  },
  {
    rule: "ip-forwarding",
    applies: false,
    name: "where nothing says it, it is an assumption and no drop",
    ...there,
    lab: (draft) => change(draft.nics, "nva", (each) => ({ ...each, ipForwarding: null })),
    disposition: "delivered",
  },
  {
    rule: "appliance-inside",
    applies: true,
    name: "a packet through an appliance",
    ...there,
    lab: none,
    disposition: "delivered",
  },
  {
    rule: "appliance-inside",
    applies: true,
    name: "any NIC of the machine may be the way out",
    ...there,
    lab: (draft) => {
      change(draft.nics, "nva", (each) => ({ ...each, virtualMachineId: "vm" }));
      draft.nics.push(nic("nva-out", "hub", "10.0.2.4", { ipForwarding: true, virtualMachineId: "vm" }));
      draft.tables["nva-out"] = ["10.0.0.0/16 Default VnetLocal", "10.2.0.0/16 Default None"];
    },
    disposition: "depends",
    path: ["web", "nva", "db", "nva-out"],
  },
  {
    rule: "appliance-inside",
    applies: false,
    name: "a packet for the appliance itself",
    from: "nic:web",
    to: "10.0.1.4",
    lab: none,
    disposition: "delivered",
    path: ["web", "nva"],
  },
  {
    rule: "self-next-hop",
    applies: true,
    name: "the appliance's own route names the appliance",
    ...there,
    lab: (draft) => {
      draft.tables.nva = [
        "10.0.0.0/16 Default VnetLocal",
        "0.0.0.0/0 VirtualNetworkGateway VirtualNetworkGateway 10.0.1.4",
      ];
    },
    disposition: "depends",
    path: ["web", "nva"],
  },
  {
    rule: "self-next-hop",
    applies: true,
    name: "the appliance's own route names the load balancer before it, as it announced to a Route Server",
    ...there,
    lab: (draft) => {
      draft.loadBalancers.push(loadBalancer("ilb", "hub", "10.0.1.99", ["nva"], [{}]));
      draft.tables.web = [
        ...["10.1.0.0/16 Default VnetLocal", "10.0.0.0/16 Default VNetPeering"],
        "10.2.0.0/16 VirtualNetworkGateway VirtualNetworkGateway 10.0.1.99",
      ];
      draft.tables.nva = [
        "10.0.0.0/16 Default VnetLocal",
        "10.2.0.0/16 VirtualNetworkGateway VirtualNetworkGateway 10.0.1.99",
      ];
    },
    disposition: "depends",
    path: ["web", "ilb", "nva"],
  },
  {
    rule: "self-next-hop",
    applies: false,
    name: "a load balancer before another appliance",
    ...there,
    lab: (draft) => {
      draft.loadBalancers.push(loadBalancer("ilb", "hub", "10.0.1.99", ["nva2"], [{}]));
      draft.tables.nva = ["10.0.0.0/16 Default VnetLocal", "0.0.0.0/0 User VirtualAppliance 10.0.1.99"];
      draft.nics.push(nic("nva2", "hub", "10.0.1.5", { ipForwarding: true }));
      draft.tables.nva2 = ["10.0.0.0/16 Default VnetLocal", "10.2.0.0/16 Default VNetPeering"];
    },
    disposition: "delivered",
    path: ["web", "nva", "ilb", "nva2", "db"],
  },
  {
    rule: "self-next-hop",
    applies: false,
    name: "another appliance as the next hop",
    ...there,
    lab: (draft) => {
      draft.tables.nva = ["10.0.0.0/16 Default VnetLocal", "0.0.0.0/0 User VirtualAppliance 10.0.1.5"];
      draft.nics.push(nic("nva2", "hub", "10.0.1.5", { ipForwarding: true }));
      draft.tables.nva2 = ["10.0.0.0/16 Default VnetLocal", "10.2.0.0/16 Default VNetPeering"];
    },
    disposition: "delivered",
    path: ["web", "nva", "nva2", "db"],
  },
  {
    rule: "loop",
    applies: true,
    name: "two appliances that name each other",
    ...there,
    lab: (draft) => {
      draft.nics.push(nic("nva2", "hub", "10.0.1.5", { ipForwarding: true }));
      draft.tables.nva = ["10.0.0.0/16 Default VnetLocal", "0.0.0.0/0 User VirtualAppliance 10.0.1.5"];
      draft.tables.nva2 = ["10.0.0.0/16 Default VnetLocal", "0.0.0.0/0 User VirtualAppliance 10.0.1.4"];
    },
    disposition: "loop",
    path: ["web", "nva", "nva2"],
  },
  {
    rule: "loop",
    applies: false,
    name: "two branches that meet at one host",
    ...there,
    lab: (draft) => {
      draft.nics.push(nic("nva2", "hub", "10.0.1.5", { ipForwarding: true }));
      draft.tables.nva2 = draft.tables.nva ?? [];
      draft.tables.web = [
        "10.1.0.0/16 Default VnetLocal",
        "10.0.0.0/16 Default VNetPeering",
        "0.0.0.0/0 User VirtualAppliance 10.0.1.4,10.0.1.5",
      ];
    },
    disposition: "delivered",
    path: ["web", "nva", "db", "nva2"],
  },
  {
    rule: "lb-frontend",
    applies: true,
    name: "an HA ports rule passes everything",
    ...there,
    lab: (draft) => toLoadBalancer(draft, [{}]),
    disposition: "delivered",
    path: ["web", "ilb", "nva", "db", "nva2"],
  },
  {
    rule: "lb-frontend",
    applies: true,
    name: "another rule passes its port",
    ...there,
    protocol: "tcp",
    port: 443,
    lab: (draft) => toLoadBalancer(draft, [{ protocol: "Tcp", frontendPort: 443 }]),
    disposition: "delivered",
  },
  {
    rule: "lb-frontend",
    applies: true,
    name: "and refuses any other",
    ...there,
    protocol: "tcp",
    port: 22,
    lab: (draft) => toLoadBalancer(draft, [{ protocol: "Tcp", frontendPort: 443 }]),
    disposition: "refused",
  },
  {
    rule: "lb-frontend",
    applies: true,
    name: "and another protocol",
    ...there,
    protocol: "udp",
    port: 443,
    lab: (draft) => toLoadBalancer(draft, [{ protocol: "Tcp", frontendPort: 443 }]),
    disposition: "refused",
  },
  {
    rule: "lb-frontend",
    applies: false,
    name: "an appliance without a load balancer",
    ...there,
    lab: none,
    disposition: "delivered",
  },
  {
    rule: "firewall",
    applies: true,
    name: "a firewall goes on by the peerings of its network",
    ...there,
    lab: toFirewall,
    disposition: "delivered",
    path: ["web", "azfw", "db"],
  },
  {
    rule: "firewall",
    applies: true,
    name: "a firewall follows its subnet's route table",
    ...there,
    lab: (draft) => {
      toFirewall(draft);
      draft.routeTables.push({
        id: "rt",
        name: "rt",
        region: null,
        disableBgpRoutePropagation: null,
        subnetIds: [],
        routes: [configured("drop", "10.2.0.0/16", "None", null)],
      });
      change(draft.networks, "hub", (each) => ({
        ...each,
        subnets: each.subnets.map((own) => ({ ...own, routeTableId: "rt" })),
      }));
    },
    disposition: "dropped",
    path: ["web", "azfw"],
  },
  {
    rule: "firewall",
    applies: true,
    name: "learned routes that are missing are unknown, not the Internet",
    from: "nic:web",
    to: "172.30.0.1",
    lab: (draft) => {
      toFirewall(draft);
      draft.gateways.push(gateway("vpn", "hub", ["10.0.0.4"]));
    },
    disposition: "unknown",
    path: ["web", "azfw"],
  },
  {
    rule: "firewall",
    applies: false,
    name: "an appliance of a virtual machine",
    ...there,
    lab: none,
    disposition: "delivered",
  },
  {
    rule: "managed-appliance",
    applies: true,
    name: "an appliance that Azure runs",
    ...there,
    lab: toManaged,
    disposition: "delivered",
    path: ["web", "vna", "db"],
  },
  {
    rule: "managed-appliance",
    applies: false,
    name: "a firewall",
    ...there,
    lab: toFirewall,
    disposition: "delivered",
  },
  {
    rule: "peering-access",
    applies: true,
    name: "access denied by the far side",
    ...there,
    lab: (draft) => changePeering(draft, "hub", "spoke1", { allowVirtualNetworkAccess: false }),
    disposition: "dropped",
    path: ["web"],
  },
  {
    rule: "peering-access",
    applies: true,
    name: "access denied by the near side",
    ...there,
    lab: (draft) => changePeering(draft, "spoke1", "hub", { allowVirtualNetworkAccess: false }),
    disposition: "dropped",
    path: ["web"],
  },
  {
    rule: "peering-access",
    applies: false,
    name: "access denied by a peering that is not on the way",
    ...there,
    lab: (draft) =>
      draft.networks.push(
        network("spoke3", "10.3.0.0/16", [
          peering("spoke3", "hub", "10.0.0.0/16", { allowVirtualNetworkAccess: false }),
        ]),
      ),
    disposition: "delivered",
  },
  {
    rule: "peering-forwarded",
    applies: true,
    name: "the receiving side refuses forwarded packets",
    ...there,
    lab: (draft) => changePeering(draft, "spoke2", "hub", { allowForwardedTraffic: false }),
    disposition: "dropped",
    path: ["web", "nva"],
  },
  {
    rule: "peering-forwarded",
    applies: true,
    name: "the receiving side takes them",
    ...there,
    lab: none,
    disposition: "delivered",
  },
  {
    rule: "peering-forwarded",
    applies: false,
    name: "a packet of the network's own",
    from: "nic:web",
    to: "10.0.1.4",
    lab: (draft) => changePeering(draft, "hub", "spoke1", { allowForwardedTraffic: false }),
    disposition: "delivered",
  },
  {
    rule: "peering-forwarded",
    applies: true,
    name: "the sending side's flag does not matter",
    ...there,
    lab: (draft) => changePeering(draft, "hub", "spoke2", { allowForwardedTraffic: false }),
    disposition: "delivered",
    path: ["web", "nva", "db"],
  },
  { rule: "vnet-host", applies: true, name: "a host in the snapshot", ...there, lab: none, disposition: "delivered" },
  {
    rule: "vnet-host",
    applies: true,
    name: "no such host in the snapshot",
    from: "nic:web",
    to: "10.2.0.99",
    lab: none,
    disposition: "unknown",
    path: ["web", "nva"],
  },
  {
    rule: "vnet-host",
    applies: false,
    name: "a route of the table to None",
    ...there,
    lab: (draft) => {
      draft.tables.web = ["10.0.0.0/8 Default None"];
    },
    disposition: "dropped",
    path: ["web"],
  },
  {
    rule: "gateway",
    applies: true,
    name: "an instance of the gateway",
    from: "nic:nva",
    to: "192.168.1.1",
    lab: (draft) => withGateway(draft, ["192.168.0.0/16 192.168.0.4 EBgp 32768 65001"]),
    disposition: "leaves-azure",
    path: ["nva", "vpn"],
  },
  {
    rule: "gateway",
    applies: true,
    name: "a Microsoft edge address means the ExpressRoute gateway of the peering",
    from: "nic:web",
    to: "172.16.0.1",
    lab: (draft) => {
      draft.gateways.push(
        gateway("er", "hub", ["10.0.0.12"], { gatewayType: "ExpressRoute" }),
        gateway("vpn", "hub", ["10.0.0.4"]),
      );
      draft.gatewayTables.push(learned("er", ["172.16.0.0/16 10.0.0.6 EBgp 32769 12076"]));
      changePeering(draft, "spoke1", "hub", { useRemoteGateways: true });
      draft.tables.web = [
        "10.1.0.0/16 Default VnetLocal",
        "10.0.0.0/16 Default VNetPeering",
        "172.16.0.0/16 VirtualNetworkGateway VirtualNetworkGateway 10.63.110.248",
      ];
    },
    disposition: "leaves-azure",
    path: ["web", "er"],
  },
  {
    rule: "gateway",
    applies: true,
    name: "an edge address may lie in the address space of a peered network that has no such host",
    from: "nic:nva",
    to: "172.16.0.1",
    lab: (draft) => {
      draft.gateways.push(gateway("er", "hub", ["10.0.0.12"], { gatewayType: "ExpressRoute" }));
      draft.gatewayTables.push(learned("er", ["172.16.0.0/16 10.0.0.6 EBgp 32769 12076"]));
      draft.tables.nva = [
        "10.0.0.0/16 Default VnetLocal",
        "10.2.0.0/16 Default VNetPeering",
        "172.16.0.0/16 VirtualNetworkGateway VirtualNetworkGateway 10.2.146.52",
      ];
    },
    disposition: "leaves-azure",
    path: ["nva", "er"],
  },
  {
    rule: "gateway",
    applies: false,
    name: "an appliance that a Route Server announced",
    ...there,
    lab: (draft) => {
      draft.tables.web = [
        "10.1.0.0/16 Default VnetLocal",
        "10.0.0.0/16 Default VNetPeering",
        "0.0.0.0/0 VirtualNetworkGateway VirtualNetworkGateway 10.0.1.4",
      ];
    },
    disposition: "delivered",
    path: ["web", "nva", "db"],
  },
  {
    rule: "gateway-route",
    applies: true,
    name: "a learned route to another gateway",
    from: "nic:nva",
    to: "192.168.1.4",
    lab: withSite,
    disposition: "delivered",
    path: ["nva", "vpn", "site-vpn", "pc"],
  },
  {
    rule: "gateway-route",
    applies: true,
    name: "no learned route covers it",
    from: "nic:nva",
    to: "192.168.1.4",
    lab: (draft) => withGateway(draft, ["172.16.0.0/16 172.16.0.4 EBgp 32768 65001"]),
    disposition: "no-route",
    path: ["nva", "vpn"],
  },
  {
    rule: "gateway-route",
    applies: true,
    name: "the highest weight wins before the shorter AS path",
    from: "nic:nva",
    to: "192.168.1.4",
    lab: (draft) =>
      withGateway(draft, ["192.168.0.0/16 10.0.0.4 IBgp 0", "192.168.0.0/16 192.168.0.4 EBgp 32768 65001-65002"]),
    disposition: "leaves-azure",
  },
  {
    rule: "gateway-route",
    applies: false,
    name: "a gateway whose routes are missing",
    from: "nic:nva",
    to: "192.168.1.4",
    lab: (draft) => withGateway(draft, null),
    disposition: "unknown",
    path: ["nva", "vpn"],
  },
  {
    rule: "gateway-recursion",
    applies: true,
    name: "the best route names the gateway's own instance",
    from: "nic:nva",
    to: "192.168.1.4",
    lab: (draft) =>
      withGateway(draft, ["192.168.0.0/16 192.168.0.4 EBgp 32768 65001", "192.168.0.0/16 10.0.0.5 EBgp 32768 65001"]),
    disposition: "loop",
    path: ["nva", "vpn"],
  },
  {
    rule: "gateway-recursion",
    applies: false,
    name: "an IBGP route of the other instance beside a better one",
    from: "nic:nva",
    to: "192.168.1.4",
    lab: (draft) =>
      withGateway(draft, ["192.168.0.0/16 192.168.0.4 EBgp 32768 65001", "192.168.0.0/16 10.0.0.5 IBgp 32768 65001"]),
    disposition: "leaves-azure",
  },
  {
    rule: "gateway-recursion",
    applies: true,
    name: "an IBGP route of its own instance hides the next hop",
    from: "gateway:vpn",
    to: "172.16.1.4",
    lab: (draft) => withGateway(draft, ["172.16.0.0/16 10.0.0.4 IBgp 0"]),
    disposition: "unknown",
  },
  {
    rule: "gateway-recursion",
    applies: false,
    name: "the Route Server's routes say the hidden next hop",
    from: "gateway:vpn",
    to: "10.2.0.4",
    lab: (draft) => {
      withGateway(draft, ["10.2.0.0/15 10.0.0.4 IBgp 0"]);
      changePeering(draft, "hub", "spoke2", { state: "Disconnected" });
      draft.hubs.push(hub("rs", { kind: "route-server", subnetId: subnetId("hub", "main") }));
      draft.gatewayTables.push(learned("rs", ["10.2.0.0/15 10.0.1.4 EBgp 32768 65010"], "route-server-learned", "nva"));
    },
    disposition: "delivered",
    path: ["vpn", "nva", "db"],
  },
  {
    rule: "gateway-subnet",
    applies: true,
    name: "inbound into the gateway's network",
    from: "gateway:vpn",
    to: "10.0.1.4",
    lab: (draft) => withGateway(draft, ["10.0.0.0/16 - Network 32768"]),
    disposition: "delivered",
    path: ["vpn", "nva"],
  },
  {
    rule: "gateway-subnet",
    applies: true,
    name: "the GatewaySubnet's route table sends it to an appliance first",
    from: "gateway:vpn",
    to: "10.2.0.4",
    lab: (draft) => {
      withGateway(draft, ["10.0.0.0/16 - Network 32768", "10.2.0.0/16 - Network 32768"]);
      draft.routeTables.push({
        id: "rt",
        name: "rt",
        region: null,
        disableBgpRoutePropagation: null,
        subnetIds: [],
        routes: [configured("to-nva", "10.2.0.0/16", "VirtualAppliance", "10.0.1.4")],
      });
      change(draft.networks, "hub", (each) => ({
        ...each,
        subnets: each.subnets.map((own) => (own.name === "GatewaySubnet" ? { ...own, routeTableId: "rt" } : own)),
      }));
    },
    disposition: "delivered",
    path: ["vpn", "nva", "db"],
  },
  {
    rule: "gateway-subnet",
    applies: false,
    name: "outbound by a learned route",
    from: "nic:nva",
    to: "192.168.1.4",
    lab: (draft) => withGateway(draft, ["192.168.0.0/16 192.168.0.4 EBgp 32768 65001"]),
    disposition: "leaves-azure",
  },
  {
    rule: "hub",
    applies: true,
    name: "a spoke's route to the hub goes on in the hub's table",
    ...there,
    lab: (draft) => withHub(draft, ["10.2.0.0/16 vhub/c2 Virtual_Network_Connection"]),
    disposition: "delivered",
    path: ["web", "vhub", "db"],
  },
  {
    rule: "hub",
    applies: true,
    name: "the hub's table has no route",
    ...there,
    lab: (draft) => withHub(draft, ["10.3.0.0/16 vhub/c3 Virtual_Network_Connection"]),
    disposition: "no-route",
    path: ["web", "vhub"],
  },
  {
    rule: "hub",
    applies: true,
    name: "the firewall of a hub goes on to the hub's own spoke",
    ...there,
    lab: withFirewalls,
    disposition: "delivered",
    path: ["web", "azfw1", "db"],
  },
  {
    rule: "hub",
    applies: true,
    name: "the firewall of a hub goes on to a spoke of another hub, by that hub's firewall",
    from: "nic:web",
    to: "10.3.0.4",
    lab: withFirewalls,
    disposition: "delivered",
    path: ["web", "azfw1", "hub2", "azfw2", "far"],
  },
  {
    rule: "leaves-azure",
    applies: true,
    name: "the firewall of a hub with routing intent for the Internet",
    from: "nic:web",
    to: "8.8.8.8",
    lab: (draft) => {
      withFirewalls(draft);
      draft.tables.web = [
        ...(draft.tables.web ?? []),
        "0.0.0.0/0 VirtualNetworkGateway VirtualNetworkGateway 10.0.0.132",
      ];
    },
    disposition: "leaves-azure",
    path: ["web", "azfw1"],
  },
  {
    rule: "leaves-azure",
    applies: false,
    name: "the firewall of a hub for a private address that nothing that was read has",
    from: "nic:web",
    to: "10.50.0.1",
    lab: withFirewalls,
    disposition: "unknown",
    path: ["web", "azfw1"],
  },
  {
    rule: "hub",
    applies: true,
    name: "the hub's router as the next hop",
    ...there,
    lab: (draft) => {
      withHub(draft, ["10.2.0.0/16 vhub/c2 Virtual_Network_Connection"]);
      draft.tables.web = [
        ...["10.1.0.0/16 Default VnetLocal", "10.0.0.0/23 Default VNetPeering"],
        "10.2.0.0/16 VirtualNetworkGateway VirtualNetworkGateway 10.0.0.68",
      ];
    },
    disposition: "delivered",
    path: ["web", "vhub", "db"],
  },
  {
    rule: "hub",
    applies: false,
    name: "a network that is connected to no hub",
    ...there,
    lab: none,
    disposition: "delivered",
  },
  {
    rule: "leaves-azure",
    applies: true,
    name: "the Internet",
    from: "nic:nva",
    to: "8.8.8.8",
    lab: none,
    disposition: "leaves-azure",
    path: ["nva"],
  },
  {
    rule: "leaves-azure",
    applies: true,
    name: "a site of a gateway without learned routes",
    from: "nic:nva",
    to: "192.168.1.4",
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
    disposition: "leaves-azure",
    path: ["nva", "vpn"],
  },
  {
    rule: "leaves-azure",
    applies: false,
    name: "a private address does not leave for the Internet",
    from: "nic:nva",
    to: "10.99.0.1",
    lab: none,
    disposition: "dropped",
    path: ["nva"],
  },
  {
    rule: "no-table",
    applies: true,
    name: "a stopped appliance's table is missing, which is no drop",
    ...there,
    lab: (draft) => {
      delete draft.tables.nva;
      draft.outcomes.nva = "stopped";
    },
    disposition: "unknown",
    path: ["web", "nva"],
  },
  {
    rule: "no-table",
    applies: true,
    name: "a hub without a table",
    ...there,
    lab: (draft) => withHub(draft, null),
    disposition: "unknown",
    path: ["web", "vhub"],
  },
  { rule: "no-table", applies: false, name: "all tables are there", ...there, lab: none, disposition: "delivered" },
];

export const labOf = ({ lab }: RuleCase): Draft => {
  const draft = hubAndSpokes();
  lab(draft);
  return draft;
};
