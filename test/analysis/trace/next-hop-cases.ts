import { parseAddress } from "../../../src/net/address.ts";
import { parsePrefix } from "../../../src/net/prefix.ts";
import type { Firewall, Hub } from "../../../src/topology/topology.ts";
import {
  change,
  changePeering,
  configured,
  type Draft,
  gateway,
  hub,
  learned,
  loadBalancer,
  network,
  nic,
  peering,
  subnetId,
} from "./lab.ts";
import {
  applies,
  CONNECTION,
  doesNotApply,
  inSpoke1,
  type RuleCase,
  toFirewall,
  toLoadBalancer,
  withGateway,
  withHub,
  withRouteTable,
} from "./rules-cases.ts";

/** The routes of web after those of its network and of the peering with the hub. */
const web = (...routes: readonly string[]) => ({
  lab: (draft: Draft) => {
    draft.tables.web = inSpoke1(...routes);
  },
});

const TO_NVA = "0.0.0.0/0 User VirtualAppliance 10.0.1.4";
const GATEWAY_ROUTE = "VirtualNetworkGateway VirtualNetworkGateway";

const LOCAL_GATEWAY = { region: null, addressPrefixes: [], gatewayAddress: null, bgpAddress: null, asn: null } as const;

function withSites(draft: Draft, ...sites: readonly (readonly [name: string, prefix: string])[]): void {
  for (const [name, prefix] of sites) {
    draft.localNetworkGateways.push({ ...LOCAL_GATEWAY, id: name, name, addressPrefixes: [parsePrefix(prefix)] });
    draft.connections.push({ ...CONNECTION, id: name, gatewayId: "vpn", peerId: name });
  }
}

function withRouteServer(draft: Draft, more: Partial<Hub> = {}): void {
  draft.hubs.push(hub("rs", { kind: "route-server", subnetId: subnetId("hub", "main"), ...more }));
}

const HUB_FIREWALL: Firewall = {
  ...{ id: "azfw", name: "azfw", region: null, subnetId: null, hubId: "vhub" },
  addresses: [parseAddress("10.0.0.132")],
};

/** A packet from web to the firewall of a hub, for an address of no network. */
function toHubFirewall(draft: Draft): void {
  withHub(draft, null);
  draft.firewalls.push(HUB_FIREWALL);
  draft.tables.web = [
    ...["10.1.0.0/16 Default VnetLocal", "10.0.0.0/23 Default VNetPeering"],
    `0.0.0.0/0 ${GATEWAY_ROUTE} 10.0.0.132`,
  ];
}

/** A circuit whose routes lead out of Azure, and into the hub with these addresses. */
const circuit = (name: string, ...inside: readonly string[]) =>
  learned(
    `/x/${name}`,
    ["172.16.0.0/16 172.31.0.1 - 0 65001", ...inside.map((each) => `10.0.0.0/8 ${each} - 0 65515`)],
    "circuit",
  );

const atHub = (draft: Draft, prefix: string) =>
  change(draft.hubs, "vhub", (each) => ({ ...each, addressPrefixes: [parsePrefix(prefix)] }));

const toHub = (draft: Draft, prefix: string) => {
  draft.tables.web = ["10.1.0.0/16 Default VnetLocal", `${prefix} ${GATEWAY_ROUTE} 20.0.0.1`];
};

/** Kinds of next hops and of what is missing, beyond the cases of each rule. */
export const NEXT_HOP_CASES: readonly RuleCase[] = [
  applies("hop-own-table", "Azure's own address", "delivered", { to: "168.63.129.16" }),
  applies("hop-own-table", "no row covers it", "no-route", { to: "2001:db8::1" }),
  applies("hop-own-table", "a user route without an appliance to go to", "dropped", web("10.2.0.0/16 User None")),
  applies("hop-own-table", "a service endpoint", "delivered", {
    to: "20.60.0.1",
    ...web("20.60.0.0/16 Default VirtualNetworkServiceEndpoint"),
  }),
  applies("hop-own-table", "a route to an appliance has no address", "unknown", web("0.0.0.0/0 User VirtualAppliance")),
  applies("hop-own-table", "a contested row", "delivered", {
    ...web("10.2.0.0/16 User VirtualAppliance 10.0.1.4", `10.2.0.0/16 ${GATEWAY_ROUTE} 10.0.1.4`, TO_NVA),
  }),
  applies("no-table", "a next hop type that nobody knows", "unknown", web("10.2.0.0/16 Default Teleport")),
  applies("next-hop-owner", "a next hop that is no address", "unknown", web("0.0.0.0/0 User VirtualAppliance nva01")),
  applies("next-hop-owner", "two next hops, of which one is no address", "depends", {
    ...web("0.0.0.0/0 User VirtualApplianceEcmp 10.0.1.4,nva01"),
  }),
  applies("next-hop-owner", "a peering with an unknown network has the next hop", "unknown", {
    lab: (draft) => {
      change(draft.networks, "spoke1", (each) => ({
        ...each,
        peerings: [...each.peerings, peering("spoke1", "/x/far", "10.50.0.0/16")],
      }));
      draft.tables.web = inSpoke1(
        "10.50.0.0/16 Default VNetGlobalPeering",
        "0.0.0.0/0 User VirtualAppliance 10.50.1.4",
      );
    },
  }),
  applies("peering-access", "a peering with an unknown network that denies access has the next hop", "dropped", {
    lab: (draft) => {
      change(draft.networks, "spoke1", (each) => ({
        ...each,
        peerings: [...each.peerings, peering("spoke1", "/x/far", "10.50.0.0/16", { allowVirtualNetworkAccess: false })],
      }));
      draft.tables.web = inSpoke1("10.50.0.0/16 Default VNetPeering", "0.0.0.0/0 User VirtualAppliance 10.50.1.4");
    },
  }),
  applies("next-hop-owner", "a peering row that no peering explains has the next hop", "unknown", {
    ...web("10.50.0.0/16 Default VNetPeering", "0.0.0.0/0 User VirtualAppliance 10.50.1.4"),
  }),
  applies("next-hop-owner", "a next hop of a gateway's prefix", "unknown", {
    ...web(`10.50.0.0/16 ${GATEWAY_ROUTE} 10.63.1.1`, "0.0.0.0/0 User VirtualAppliance 10.50.1.4"),
  }),
  applies("next-hop-owner", "a Route Server as the next hop", "dropped", {
    lab: (draft) => {
      withRouteServer(draft, { routerAddresses: [parseAddress("10.0.1.100")] });
      draft.tables.web = inSpoke1("0.0.0.0/0 User VirtualAppliance 10.0.1.100");
    },
  }),
  applies("next-hop-owner", "an appliance without a virtual machine", "delivered", {
    path: "web nva db",
    lab: (draft) => change(draft.nics, "nva", (each) => ({ ...each, virtualMachineId: null })),
  }),
  applies("gateway", "an appliance route to a gateway's instance", "unknown", {
    lab: (draft) => {
      draft.gateways.push(gateway("vpn", "hub", ["10.0.0.4"]));
      draft.tables.web = inSpoke1("0.0.0.0/0 User VirtualAppliance 10.0.0.4");
    },
    to: "172.16.0.1",
  }),
  applies("vnet-host", "a peering with an unknown network has the destination", "delivered", {
    to: "10.50.1.4",
    lab: (draft) => {
      change(draft.networks, "spoke1", (each) => ({
        ...each,
        peerings: [...each.peerings, peering("spoke1", "/x/far", "10.50.0.0/16")],
      }));
      draft.tables.web = inSpoke1("10.50.0.0/16 Default VNetPeering");
    },
  }),
  applies("vnet-host", "a network that nothing describes has the destination", "delivered", {
    to: "10.50.1.4",
    ...web("10.50.0.0/16 Default VNetPeering"),
  }),
  applies("peering-access", "a peering that denies access, to the destination itself", "dropped", {
    to: "10.0.1.4",
    lab: (draft) => changePeering(draft, "spoke1", "hub", { allowVirtualNetworkAccess: false }),
  }),
  applies("peering-access", "a peering with an unknown network that denies access", "dropped", {
    to: "10.50.1.4",
    lab: (draft) => {
      change(draft.networks, "spoke1", (each) => ({
        ...each,
        peerings: [...each.peerings, peering("spoke1", "/x/far", "10.50.0.0/16", { allowVirtualNetworkAccess: false })],
      }));
      draft.tables.web = inSpoke1("10.50.0.0/16 Default VNetPeering");
    },
  }),
  applies("vnet-host", "a connected group whose one network has the destination", "delivered", {
    ...web("10.2.0.0/16 Default ConnectedGroup"),
  }),
  applies("vnet-host", "a connected group of which two networks have the destination", "delivered", {
    lab: (draft) => {
      draft.networks.push(network("twin", "10.2.0.0/16"));
      draft.tables.web = inSpoke1("10.2.0.0/16 Default ConnectedGroup");
    },
  }),
  applies("vnet-host", "a host whose machine is stopped", "delivered", {
    lab: (draft) => {
      const machine = { region: null, scaleSetId: null, nicIds: [] } as const;
      draft.virtualMachines.push(
        { ...machine, id: "vm-db", name: "db-vm", powerState: "deallocated" },
        { ...machine, id: "vm-nva", name: "nva-vm", powerState: "stopped" },
        { ...machine, id: "vm-web", name: "web-vm", powerState: "Running" },
      );
    },
  }),
  applies("vnet-host", "a private endpoint with the destination", "delivered", {
    to: "10.0.1.9",
    lab: (draft) => {
      draft.nics.push(nic("pe", "hub", "10.0.1.9", { privateEndpointId: "pe", virtualMachineId: null }));
      draft.tables.web = inSpoke1("10.0.1.9/32 Default InterfaceEndpoint");
    },
  }),
  applies("vnet-host", "a private endpoint that was not read", "delivered", {
    to: "10.0.1.9",
    ...web("10.0.1.9/32 Default InterfaceEndpoint"),
  }),
  applies("peering-access", "a private endpoint behind a peering that denies access", "dropped", {
    to: "10.0.1.9",
    lab: (draft) => {
      draft.nics.push(nic("pe", "hub", "10.0.1.9", { privateEndpointId: "pe", virtualMachineId: null }));
      changePeering(draft, "hub", "spoke1", { allowVirtualNetworkAccess: false });
      draft.tables.web = inSpoke1("10.0.1.9/32 Default InterfaceEndpoint");
    },
  }),
  applies("vnet-host", "another NIC of the appliance has the destination", "delivered", {
    to: "10.0.2.4",
    path: "web nva nva-out nva-out",
    lab: (draft) => {
      change(draft.nics, "nva", (each) => ({ ...each, virtualMachineId: "vm" }));
      draft.nics.push(nic("nva-out", "hub", "10.0.2.4", { ipForwarding: true, virtualMachineId: "vm" }));
      draft.tables.web = inSpoke1("10.0.2.0/24 User VirtualAppliance 10.0.1.4");
      draft.tables["nva-out"] = draft.tables.nva ?? [];
    },
  }),
  applies("ip-forwarding", "the other NIC of an appliance without IP forwarding", "depends", {
    lab: (draft) => {
      change(draft.nics, "nva", (each) => ({ ...each, virtualMachineId: "vm" }));
      draft.nics.push(nic("nva-out", "hub", "10.0.2.4", { virtualMachineId: "vm" }));
      draft.tables["nva-out"] = draft.tables.nva ?? [];
    },
  }),
  applies("appliance-inside", "two NICs whose IP forwarding nothing says", "delivered", {
    lab: (draft) => {
      change(draft.nics, "nva", (each) => ({ ...each, virtualMachineId: "vm", ipForwarding: null }));
      draft.nics.push(nic("nva-out", "hub", "10.0.2.4", { virtualMachineId: "vm", ipForwarding: null }));
      draft.tables["nva-out"] = draft.tables.nva ?? [];
    },
  }),
  doesNotApply("peering-forwarded", "a peering whose other side was not read", "delivered", {
    lab: (draft) => change(draft.networks, "spoke2", (each) => ({ ...each, peerings: [] })),
  }),
  applies("no-table", "the reason that Azure gives for a table that is missing", "unknown", {
    lab: (draft) => {
      delete draft.tables.nva;
      draft.outcomes.nva = "denied";
    },
  }),
  applies("lb-frontend", "rules that were not read", "delivered", { lab: (draft) => toLoadBalancer(draft, []) }),
  applies("no-table", "neither rules nor backends were read", "unknown", {
    lab: (draft) => {
      draft.loadBalancers.push(loadBalancer("ilb", "hub", "10.0.1.99", [], []));
      draft.tables.web = inSpoke1("0.0.0.0/0 User VirtualAppliance 10.0.1.99");
    },
  }),
  applies("lb-frontend", "a rule for one port, where no port is given", "delivered", {
    lab: (draft) =>
      toLoadBalancer(draft, [
        { protocol: "Tcp", frontendPort: 443 },
        { protocol: "Udp", frontendPort: 53 },
      ]),
  }),
  applies("lb-frontend", "a rule for one port of the protocol that is given", "delivered", {
    protocol: "udp",
    lab: (draft) =>
      toLoadBalancer(draft, [
        { protocol: "Tcp", frontendPort: 443 },
        { protocol: "Udp", frontendPort: 53 },
      ]),
  }),
  applies("lb-frontend", "no rule for icmp", "refused", {
    protocol: "icmp",
    lab: (draft) => toLoadBalancer(draft, [{ frontendPort: 443 }]),
  }),
  applies("lb-frontend", "a rule for every port of a protocol", "delivered", {
    protocol: "tcp",
    port: 22,
    lab: (draft) => toLoadBalancer(draft, [{ protocol: "Tcp", frontendPort: 0 }]),
  }),
  applies("lb-frontend", "no rule for a port, where no protocol is given", "refused", {
    port: 22,
    lab: (draft) => toLoadBalancer(draft, [{ protocol: "Tcp", frontendPort: 443 }]),
  }),
  applies("lb-frontend", "rules of another frontend", "refused", {
    lab: (draft) => toLoadBalancer(draft, [{ frontendId: "ilb/other" }]),
  }),
  applies("lb-frontend", "a reply, where only a service has a rule", "refused", {
    isReply: true,
    lab: (draft) => toLoadBalancer(draft, [{ protocol: "Tcp", frontendPort: 443 }]),
  }),
  applies("lb-frontend", "a reply, where a rule has every port of a protocol", "delivered", {
    isReply: true,
    lab: (draft) => toLoadBalancer(draft, [{ protocol: "Tcp", frontendPort: 0 }]),
  }),
  applies("lb-frontend", "a pool by addresses", "delivered", {
    path: "web ilb nva db",
    lab: (draft) => {
      const balancer = loadBalancer("ilb", "hub", "10.0.1.99", [], [{}]);
      const addresses = ["10.0.1.4", "10.0.1.5"].map(parseAddress);
      draft.loadBalancers.push({ ...balancer, pools: balancer.pools.map((each) => ({ ...each, addresses })) });
      draft.tables.web = inSpoke1("0.0.0.0/0 User VirtualAppliance 10.0.1.99");
    },
  }),
  applies("lb-frontend", "a load balancer with the destination", "delivered", {
    to: "10.0.1.99",
    path: "web ilb nva nva2",
    lab: (draft) => toLoadBalancer(draft, [{}]),
  }),
  applies("self-next-hop", "a load balancer before the appliance, by the address of its pool", "depends", {
    lab: (draft) => {
      const balancer = loadBalancer("ilb", "hub", "10.0.1.99", [], [{}]);
      const addresses = [parseAddress("10.0.1.4")];
      draft.loadBalancers.push({ ...balancer, pools: balancer.pools.map((each) => ({ ...each, addresses })) });
      draft.tables.nva = ["10.0.0.0/16 Default VnetLocal", "0.0.0.0/0 User VirtualAppliance 10.0.1.99"];
    },
  }),
  applies("self-next-hop", "a load balancer before the other NIC of the appliance", "depends", {
    lab: (draft) => {
      change(draft.nics, "nva", (each) => ({ ...each, virtualMachineId: "vm" }));
      draft.nics.push(nic("nva-in", "hub", "10.0.2.4", { virtualMachineId: "VM" }));
      draft.loadBalancers.push(loadBalancer("ilb", "hub", "10.0.1.99", ["nva-in"], [{}]));
      draft.tables.nva = ["10.0.0.0/16 Default VnetLocal", "0.0.0.0/0 User VirtualAppliance 10.0.1.99"];
      draft.tables["nva-in"] = ["10.0.0.0/16 Default VnetLocal"];
    },
  }),
  applies("ip-forwarding", "an appliance of two NICs, without IP forwarding on the one that it arrives at", "dropped", {
    path: "web nva",
    lab: (draft) => {
      change(draft.nics, "nva", (each) => ({ ...each, virtualMachineId: "vm", ipForwarding: false }));
      draft.nics.push(nic("nva-out", "hub", "10.0.2.4", { ipForwarding: true, virtualMachineId: "vm" }));
      draft.tables["nva-out"] = draft.tables.nva ?? [];
    },
  }),
  applies("firewall", "a firewall whose subnet has a route to a load balancer", "delivered", {
    path: "web azfw ilb nva db",
    lab: (draft) => {
      toFirewall(draft);
      draft.loadBalancers.push(loadBalancer("ilb", "hub", "10.0.1.99", ["nva"], [{}]));
      withRouteTable(draft, "main", configured("to-ilb", "10.2.0.0/16", "VirtualAppliance", "10.0.1.99"));
    },
  }),
  applies("firewall", "a firewall whose subnet was not read", "unknown", {
    lab: (draft) => {
      toFirewall(draft);
      change(draft.firewalls, "azfw", (each) => ({ ...each, subnetId: null, addresses: [] }));
      draft.firewalls.push({ ...HUB_FIREWALL, id: "lost", name: "lost", hubId: "gone" });
      withHub(draft, ["10.2.0.0/16 lost Azure_Firewall"]);
    },
  }),
  applies("firewall", "a learned route of the network's gateway", "unknown", {
    to: "172.30.0.1",
    lab: (draft) => {
      toFirewall(draft);
      draft.gateways.push(gateway("vpn", "hub", ["10.0.0.4"]), gateway("er", "hub", ["10.0.0.12"]));
    },
  }),
  applies("firewall", "a route table that refuses learned routes", "leaves-azure", {
    to: "8.8.8.8",
    lab: (draft) => {
      toFirewall(draft);
      draft.gateways.push(gateway("vpn", "hub", ["10.0.0.4"]));
      withRouteTable(draft, "main", configured("drop", "10.2.0.0/16", "None", null));
      change(draft.routeTables, "rt", (each) => ({ ...each, disableBgpRoutePropagation: true }));
    },
  }),
  applies("firewall", "a user route of its subnet for everything, while learned routes are missing", "leaves-azure", {
    to: "8.8.8.8",
    lab: (draft) => {
      toFirewall(draft);
      draft.gateways.push(gateway("vpn", "hub", ["10.0.0.4"]));
      withRouteTable(draft, "main", configured("out", "0.0.0.0/0", "Internet", null));
    },
  }),
  applies("firewall", "a learned route of a gateway with tables", "leaves-azure", {
    to: "172.16.0.1",
    path: "web azfw vpn",
    lab: (draft) => {
      toFirewall(draft);
      draft.gateways.push(gateway("vpn", "hub", ["10.0.0.4"]));
      draft.gatewayTables.push(
        learned("vpn", ["10.0.0.0/16 - Network 32768", "172.16.0.0/16 192.168.0.4 EBgp 32768 65001"]),
      );
    },
  }),
  applies("firewall", "a route that an appliance announces to the Route Server", "delivered", {
    to: "172.16.0.1",
    path: "web azfw nva nva",
    lab: (draft) => {
      toFirewall(draft);
      withRouteServer(draft);
      draft.gatewayTables.push(learned("rs", ["172.16.0.0/16 10.0.1.4 EBgp 0 65010"], "route-server-learned", "nva"));
      change(draft.nics, "nva", (each) => ({
        ...each,
        ipConfigurations: each.ipConfigurations.flatMap((own) => [
          own,
          { ...own, id: "tunnel", primary: false, address: parseAddress("172.16.0.1") },
        ]),
      }));
    },
  }),
  applies("hub", "a firewall in a hub that was not read", "unknown", {
    lab: (draft) => {
      withHub(draft, ["10.2.0.0/16 lost Azure_Firewall"]);
      draft.firewalls.push({ ...HUB_FIREWALL, id: "lost", name: "lost", hubId: "/x/gone" });
    },
  }),
  applies("leaves-azure", "a firewall in a hub, by the circuit of the hub", "leaves-azure", {
    to: "172.16.0.1",
    lab: (draft) => {
      toHubFirewall(draft);
      atHub(draft, "10.0.0.0/23");
      draft.gatewayTables.push(circuit("c1", "10.0.0.70"));
    },
  }),
  applies("hub", "a firewall in a hub, by the circuit of another hub", "leaves-azure", {
    to: "172.16.0.1",
    path: "web azfw vhub2",
    lab: (draft) => {
      toHubFirewall(draft);
      draft.hubs.push(hub("vhub2", { addressPrefixes: [parsePrefix("10.9.0.0/23")] }));
      draft.gatewayTables.push(circuit("c1", "10.9.0.70"));
    },
  }),
  applies("leaves-azure", "a firewall in a hub, by circuits that lead into no hub", "leaves-azure", {
    to: "172.16.0.1",
    lab: (draft) => {
      toHubFirewall(draft);
      draft.gatewayTables.push(circuit("c1"), circuit("c2"));
    },
  }),
  applies("leaves-azure", "a public address by a firewall in a hub, where no circuit has a route", "leaves-azure", {
    to: "8.8.8.8",
    lab: toHubFirewall,
  }),
  applies("leaves-azure", "a public address by a firewall in a hub with a circuit that has the route", "leaves-azure", {
    to: "8.8.8.8",
    lab: (draft) => {
      toHubFirewall(draft);
      atHub(draft, "10.0.0.0/23");
      draft.gatewayTables.push(learned("/x/c1", ["8.8.0.0/16 172.31.0.1 - 0", "10.0.0.0/8 10.0.0.70 - 0"], "circuit"));
    },
  }),
  applies("hub", "a hub without tables whose circuit has the route", "leaves-azure", {
    to: "172.16.0.1",
    lab: (draft) => {
      withHub(draft, null);
      toHub(draft, "172.16.0.0/16");
      atHub(draft, "10.0.0.0/23");
      draft.gatewayTables.push(circuit("c1", "10.0.0.70"));
    },
  }),
  applies("hub", "a table of the connection comes before the default one", "delivered", {
    path: "web vhub db",
    lab: (draft) => {
      withHub(draft, ["10.2.0.0/16 none VPN_S2S_Gateway"]);
      draft.gatewayTables.push(learned("vhub", ["10.2.0.0/16 vhub/c2 Virtual_Network_Connection"], "hub", "/x/C1"));
    },
  }),
  applies("hub", "a table of no connection, where neither it nor the default one was read", "delivered", {
    path: "web vhub db",
    lab: (draft) => {
      withHub(draft, null);
      draft.gatewayTables.push(learned("vhub", ["10.2.0.0/16 vhub/c2 Virtual_Network_Connection"], "hub"));
    },
  }),
  applies("hub", "a route to another hub", "unknown", {
    path: "web vhub vhub2",
    lab: (draft) => {
      withHub(draft, ["10.2.0.0/16 vhub2 Remote_Hub"]);
      draft.hubs.push(hub("vhub2"));
    },
  }),
  applies("hub", "a route to a firewall in the hub", "delivered", {
    path: "web vhub azfw db",
    lab: (draft) => {
      withHub(draft, ["10.2.0.0/16 azfw Azure_Firewall"]);
      draft.firewalls.push(HUB_FIREWALL);
    },
  }),
  applies(
    "leaves-azure",
    "of two sites the one that has the destination, although its prefix is shorter",
    "leaves-azure",
    {
      from: "gateway:vpn",
      to: "192.168.0.4",
      lab: (draft) => {
        withGateway(draft, null);
        withSites(draft, ["other", "192.168.1.0/24"], ["wide", "192.168.0.0/16"]);
        draft.connections.unshift({ ...CONNECTION, gatewayId: "vpn", peerId: "vpn" });
      },
    },
  ),
  doesNotApply("peering-forwarded", "a peering whose other side does not say it", "delivered", {
    lab: (draft) => changePeering(draft, "spoke2", "hub", { allowForwardedTraffic: null }),
  }),
  applies("hub", "the default table comes before that of another connection", "delivered", {
    path: "web vhub db",
    lab: (draft) => {
      withHub(draft, null);
      draft.gatewayTables.push(
        learned("vhub", ["10.2.0.0/16 none VPN_S2S_Gateway"], "hub", "/x/other"),
        learned("vhub", ["10.2.0.0/16 vhub/c2 Virtual_Network_Connection"], "hub", "/x/defaultRouteTable"),
      );
    },
  }),
  applies("leaves-azure", "a circuit whose routes have no AS path", "leaves-azure", {
    to: "172.16.0.1",
    lab: (draft) => {
      toHubFirewall(draft);
      atHub(draft, "10.0.0.0/23");
      const table = circuit("c1", "10.0.0.70");
      draft.gatewayTables.push({ ...table, routes: table.routes.map((route) => ({ ...route, asPath: null })) });
    },
  }),
  applies("lb-frontend", "a pool by addresses, of a frontend without a subnet beside one with it", "delivered", {
    path: "web ilb nva db",
    lab: (draft) => {
      const balancer = loadBalancer("ilb", "hub", "10.0.1.99", [], [{}]);
      const addresses = [parseAddress("10.0.1.4")];
      draft.loadBalancers.push({
        ...balancer,
        frontends: balancer.frontends.flatMap((each) => [
          { ...each, subnetId: null },
          { ...each, id: "ilb/g", address: null },
        ]),
        pools: balancer.pools.map((each) => ({ ...each, addresses })),
      });
      draft.tables.web = inSpoke1("0.0.0.0/0 User VirtualAppliance 10.0.1.99");
    },
  }),
  applies("gateway", "both public addresses of the gateway", "unknown", {
    to: "172.16.0.1",
    path: "web vpn",
    lab: (draft) => {
      draft.gateways.push(
        gateway("vpn", "hub", ["10.0.0.4"], { publicAddressIds: ["pip1", "pip2"] }),
        gateway("vpn2", "hub", ["10.0.0.5"]),
      );
      for (const [name, text] of [
        ["pip1", "20.0.0.1"],
        ["pip2", "20.0.0.2"],
      ] as const) {
        draft.publicAddresses.push({ id: name, name, region: null, address: parseAddress(text) });
      }
      changePeering(draft, "spoke1", "hub", { useRemoteGateways: true });
      draft.tables.web = inSpoke1(`172.16.0.0/16 ${GATEWAY_ROUTE} 20.0.0.1,20.0.0.2`);
    },
  }),
  applies("gateway", "a public address of one gateway, one of another, and one of neither", "unknown", {
    to: "172.16.0.1",
    path: "web vpn vpn2",
    lab: (draft) => {
      for (const [name, address] of [
        ["vpn", "20.0.0.1"],
        ["vpn2", "20.0.0.2"],
      ] as const) {
        draft.gateways.push(
          gateway(name, "hub", [`10.0.0.${draft.gateways.length + 4}`], { publicAddressIds: [name] }),
        );
        draft.publicAddresses.push({ id: name, name, region: null, address: parseAddress(address) });
      }
      changePeering(draft, "spoke1", "hub", { useRemoteGateways: true });
      draft.tables.web = inSpoke1(`172.16.0.0/16 ${GATEWAY_ROUTE} 20.0.0.1,20.0.0.2,20.0.0.3`);
    },
  }),
  applies("lb-frontend", "HA ports beside a rule for one port, where no port is given", "delivered", {
    lab: (draft) => toLoadBalancer(draft, [{}, { protocol: "Tcp", frontendPort: 443 }]),
  }),
  applies("leaves-azure", "a circuit of the hub with a next hop that is no address", "leaves-azure", {
    to: "172.16.0.1",
    lab: (draft) => {
      toHubFirewall(draft);
      atHub(draft, "10.0.0.0/23");
      draft.gatewayTables.push(circuit("c1", "peer", "10.0.0.70"));
    },
  }),
  applies("gateway-route", "equal-cost peers that are two gateways", "unknown", {
    from: "gateway:vpn",
    to: "172.16.0.1",
    path: "vpn paris rome",
    lab: (draft) => {
      withGateway(draft, ["172.16.0.0/16 192.168.0.4 EBgp 32768", "172.16.0.0/16 192.168.0.5 EBgp 32768"]);
      draft.gateways.push(gateway("paris", null, ["192.168.0.4"]), gateway("rome", null, ["192.168.0.5"]));
      for (const peerId of ["paris", "rome"]) draft.connections.push({ ...CONNECTION, gatewayId: "vpn", peerId });
    },
  }),
  applies("gateway", "one next hop of no instance, with gateways of two kinds", "depends", {
    to: "172.16.0.1",
    lab: (draft) => {
      draft.gateways.push(
        gateway("vpn", "hub", ["10.0.0.4"]),
        gateway("er", "hub", ["10.0.0.12"], { gatewayType: "ExpressRoute" }),
      );
      changePeering(draft, "spoke1", "hub", { useRemoteGateways: true });
      draft.tables.web = inSpoke1(`172.16.0.0/16 ${GATEWAY_ROUTE} 20.0.0.1`);
    },
  }),
  applies("firewall", "private space beside a user route of its subnet", "dropped", {
    to: "172.30.0.1",
    lab: (draft) => {
      toFirewall(draft);
      withRouteTable(draft, "main", configured("to-db", "10.2.0.0/16", "VirtualAppliance", "10.0.1.4"));
    },
  }),
  applies("firewall", "private space below a user route of its subnet for everything", "dropped", {
    to: "172.30.0.1",
    path: "web azfw nva",
    lab: (draft) => {
      toFirewall(draft);
      withRouteTable(draft, "main", configured("out", "0.0.0.0/0", "VirtualAppliance", "10.0.1.4"));
    },
  }),
  applies("hub", "a firewall in a hub that is connected to a network that was not read too", "delivered", {
    path: "web azfw db",
    lab: (draft) => {
      toHubFirewall(draft);
      change(draft.hubs, "vhub", (each) => ({
        ...each,
        connections: [{ id: "vhub/c0", name: "c0", networkId: "gone" }, ...each.connections],
      }));
    },
  }),
  applies("hub", "the router of the second of two hubs, whose table of its connection decides", "delivered", {
    path: "web vhub2 db",
    lab: (draft) => {
      withHub(draft, null);
      const connections = ["spoke1", "spoke2"].map((to) => ({ id: `vhub2/${to}`, name: to, networkId: to }));
      draft.hubs.push(hub("vhub2", { routerAddresses: [parseAddress("10.9.0.68")], connections }));
      draft.gatewayTables.push(
        learned("vhub2", ["10.2.0.0/16 none VPN_S2S_Gateway"], "hub", "defaultRouteTable"),
        learned("vhub2", ["10.2.0.0/16 vhub2/spoke2 Virtual_Network_Connection"], "hub", "vhub2/spoke1"),
      );
      draft.tables.web = [
        ...["10.1.0.0/16 Default VnetLocal", "10.9.0.0/23 Default VNetPeering"],
        `10.2.0.0/16 ${GATEWAY_ROUTE} 10.9.0.68`,
      ];
    },
  }),
  applies("leaves-azure", "a hub's route to a gateway for VPN", "leaves-azure", {
    path: "web vhub",
    lab: (draft) => withHub(draft, ["10.2.0.0/16 /x/vpn1 VPN_S2S_Gateway"]),
  }),
  applies("hub", "a route without a next hop", "unknown", {
    path: "web vhub",
    lab: (draft) => withHub(draft, ["10.2.0.0/16 - Mystery"]),
  }),
  applies("leaves-azure", "a hub's route to a gateway that it does not name", "leaves-azure", {
    path: "web vhub",
    lab: (draft) => withHub(draft, ["10.2.0.0/16 - VPN_S2S_Gateway"]),
  }),
  applies("hub", "a route to something that is not known", "unknown", {
    path: "web vhub",
    lab: (draft) => withHub(draft, ["10.2.0.0/16 /x/thing Mystery"]),
  }),
  applies("vnet-host", "a network behind a hub without the host", "unknown", {
    to: "10.2.0.99",
    path: "web vhub",
    lab: (draft) => withHub(draft, ["10.2.0.0/16 vhub/c2 Virtual_Network_Connection"]),
  }),
  applies("gateway", "a public address of the gateway", "unknown", {
    to: "172.16.0.1",
    path: "web vpn",
    lab: (draft) => {
      draft.gateways.push(
        gateway("vpn", "hub", ["10.0.0.4"], { publicAddressIds: ["pip-gone", "pip"] }),
        gateway("vpn2", "hub", ["10.0.0.5"]),
      );
      draft.publicAddresses.push({ id: "pip", name: "pip", region: null, address: parseAddress("20.0.0.1") });
      changePeering(draft, "spoke1", "hub", { useRemoteGateways: true });
      draft.tables.web = inSpoke1(`172.16.0.0/16 ${GATEWAY_ROUTE} 20.0.0.1`);
    },
  }),
  applies("gateway", "a next hop of no instance, with gateways of two kinds", "depends", {
    to: "172.16.0.1",
    lab: (draft) => {
      draft.gateways.push(
        gateway("vpn", "hub", ["10.0.0.4"]),
        gateway("er", "hub", ["10.0.0.12"], { gatewayType: "ExpressRoute" }),
      );
      changePeering(draft, "spoke1", "hub", { useRemoteGateways: true });
      draft.tables.web = inSpoke1(`172.16.0.0/16 ${GATEWAY_ROUTE} 20.0.0.1,20.0.0.2,20.0.0.3`);
    },
  }),
  applies("gateway", "a user route to a gateway means one for VPN", "unknown", {
    from: "nic:nva",
    to: "172.16.0.1",
    path: "nva vpn",
    lab: (draft) => {
      draft.gateways.push(
        gateway("er", "hub", ["10.0.0.12"], { gatewayType: "ExpressRoute" }),
        gateway("vpn", "hub", ["10.0.0.4"]),
      );
      draft.tables.nva = ["10.0.0.0/16 Default VnetLocal", "172.16.0.0/16 User VirtualNetworkGateway"];
    },
  }),
  applies("gateway", "edge addresses, where no gateway is for ExpressRoute", "unknown", {
    from: "nic:nva",
    to: "172.16.0.1",
    lab: (draft) => {
      draft.gateways.push(gateway("vpn", "hub", ["10.0.0.4"]));
      draft.tables.nva = [
        "10.0.0.0/16 Default VnetLocal",
        `172.16.0.0/16 ${GATEWAY_ROUTE} 10.63.110.248,10.63.110.249`,
      ];
    },
  }),
  applies("gateway", "edge addresses, where no gateway was read", "leaves-azure", {
    to: "172.16.0.1",
    ...web(`172.16.0.0/16 ${GATEWAY_ROUTE} 10.63.110.248,10.63.110.249`),
  }),
  applies("gateway", "one edge address, where no gateway was read", "leaves-azure", {
    to: "172.16.0.1",
    ...web(`172.16.0.0/16 ${GATEWAY_ROUTE} 10.63.110.248`),
  }),
  applies("gateway", "a public next hop, where no gateway was read", "unknown", {
    to: "172.16.0.1",
    ...web(`172.16.0.0/16 ${GATEWAY_ROUTE} 20.0.0.1`),
  }),
  applies("gateway", "public next hops, where no gateway was read", "unknown", {
    to: "172.16.0.1",
    ...web(`172.16.0.0/16 ${GATEWAY_ROUTE} 20.0.0.1,20.0.0.2`),
  }),
  applies("gateway", "no next hop address, and no gateway was read", "unknown", {
    to: "172.16.0.1",
    ...web(`172.16.0.0/16 ${GATEWAY_ROUTE}`),
  }),
  applies("gateway", "an instance and a public address", "unknown", {
    to: "172.16.0.1",
    lab: (draft) => {
      draft.gateways.push(gateway("vpn", "hub", ["10.0.0.4"]));
      draft.tables.web = inSpoke1(`172.16.0.0/16 ${GATEWAY_ROUTE} 10.0.0.4,20.0.0.1`);
    },
  }),
  applies("hub", "next hops that name no instance, from a network that is connected to a hub", "unknown", {
    to: "172.16.0.1",
    lab: (draft) => {
      withHub(draft, null);
      draft.tables.web = ["10.1.0.0/16 Default VnetLocal", `172.16.0.0/16 ${GATEWAY_ROUTE} 20.0.0.1,20.0.0.2`];
    },
  }),
  applies("gateway-route", "a gateway at the other end of a tunnel has the destination", "delivered", {
    from: "gateway:vpn",
    to: "192.168.0.4",
    lab: (draft) => {
      withGateway(draft, ["192.168.0.4/32 - Network 32768"]);
      draft.networks.push(network("site", "192.168.0.0/16"));
      draft.gateways.push(gateway("site-vpn", "site", ["192.168.0.4"]));
      draft.connections.push({ ...CONNECTION, gatewayId: "SITE-VPN", peerId: "VPN" });
    },
  }),
  applies("gateway-route", "a route of the gateway's own that leads nowhere known", "unknown", {
    from: "gateway:vpn",
    to: "192.168.0.4",
    lab: (draft) => withGateway(draft, ["192.168.0.0/16 - Network 32768"]),
  }),
  applies("leaves-azure", "a route of the gateway's own to a site", "leaves-azure", {
    from: "gateway:vpn",
    to: "192.168.0.4",
    lab: (draft) => {
      withGateway(draft, ["192.168.0.0/16 - Network 32768"]);
      withSites(draft, ["wide", "192.168.0.0/16"], ["near", "192.168.0.0/24"], ["other", "192.168.1.0/24"]);
    },
  }),
  applies("leaves-azure", "the site with the longest prefix, whatever the order", "leaves-azure", {
    from: "gateway:vpn",
    to: "192.168.0.4",
    lab: (draft) => {
      withGateway(draft, null);
      withSites(draft, ["near", "192.168.0.0/24"], ["wide", "192.168.0.0/16"]);
      draft.connections.push(
        { ...CONNECTION, gatewayId: "other", peerId: "near" },
        { ...CONNECTION, gatewayId: "vpn", peerId: null },
      );
    },
  }),
  applies("leaves-azure", "the circuit of a gateway without learned routes", "leaves-azure", {
    from: "nic:nva",
    to: "172.16.0.1",
    lab: (draft) => {
      draft.gateways.push(gateway("er", "hub", ["10.0.0.12"], { gatewayType: "expressroute" }));
      draft.tables.nva = ["10.0.0.0/16 Default VnetLocal", `172.16.0.0/16 ${GATEWAY_ROUTE} 10.0.0.12`];
    },
  }),
  applies("gateway-route", "a connected gateway without learned routes, whose network has the destination", "unknown", {
    from: "nic:nva",
    to: "192.168.1.4",
    lab: (draft) => {
      withGateway(draft, null);
      draft.networks.push(network("site", "192.168.0.0/16"));
      draft.gateways.push(gateway("site-vpn", "site", ["192.168.0.4"]));
      draft.connections.push({ ...CONNECTION, gatewayId: "vpn", peerId: "site-vpn" });
    },
  }),
  applies("gateway-route", "of connected gateways without learned routes, those whose network has it", "unknown", {
    from: "nic:nva",
    to: "192.168.1.4",
    path: "nva vpn site-vpn",
    lab: (draft) => {
      withGateway(draft, null);
      const site = network("site", "172.20.0.0/16");
      const addressPrefixes = [...site.addressPrefixes, parsePrefix("192.168.0.0/16")];
      draft.networks.push({ ...site, addressPrefixes }, network("other", "172.21.0.0/16"));
      draft.gateways.push(
        gateway("lost-vpn", null, ["172.22.0.4"]),
        gateway("other-vpn", "other", ["172.21.0.4"]),
        gateway("site-vpn", "site", ["192.168.0.4"]),
      );
      for (const peerId of ["lost-vpn", "other-vpn", "site-vpn"]) {
        draft.connections.push({ ...CONNECTION, gatewayId: "vpn", peerId });
      }
      draft.connections.push({ ...CONNECTION, gatewayId: "site-vpn", peerId: "vpn" });
    },
  }),
  doesNotApply("gateway-route", "gateways that nothing connects, without learned routes", "unknown", {
    from: "nic:nva",
    to: "192.168.1.4",
    path: "nva vpn",
    lab: (draft) => {
      withGateway(draft, null);
      draft.networks.push(network("site", "192.168.0.0/16"));
      draft.gateways.push(gateway("site-vpn", "site", ["192.168.0.4"]));
    },
  }),
  doesNotApply("gateway-route", "a gateway is not at the other end of its own tunnel", "delivered", {
    from: "gateway:vpn",
    to: "172.22.0.4",
    path: "vpn vpn",
    lab: (draft) => {
      draft.gateways.push(gateway("vpn", null, ["172.22.0.4"]));
      draft.gatewayTables.push(learned("vpn", ["172.22.0.0/16 - Network 32768"]));
    },
  }),
  applies("leaves-azure", "of sites with the same prefix the first", "leaves-azure", {
    from: "gateway:vpn",
    to: "192.168.0.4",
    lab: (draft) => {
      withGateway(draft, null);
      withSites(draft, ["paris", "192.168.0.0/24"], ["rome", "192.168.0.0/24"]);
    },
  }),
  applies("gateway-route", "gateways that nothing connects but the address of a BGP peer", "delivered", {
    from: "nic:nva",
    to: "192.168.1.4",
    path: "nva vpn site-vpn pc",
    lab: (draft) => {
      withGateway(draft, ["192.168.0.0/16 192.168.0.4 EBgp 32768 65001"]);
      draft.networks.push(network("site", "192.168.0.0/16"));
      draft.gateways.push(gateway("site-vpn", "site", ["192.168.0.4"]));
      draft.gatewayTables.push(learned("site-vpn", ["192.168.0.0/16 - Network 32768"]));
      draft.nics.push(nic("pc", "site", "192.168.1.4"));
    },
  }),
  applies("gateway-route", "a BGP peer that is a site", "leaves-azure", {
    from: "nic:nva",
    to: "192.168.1.4",
    lab: (draft) => {
      withGateway(draft, ["192.168.0.0/16 192.168.0.4 EBgp 32768 65001"]);
      draft.localNetworkGateways.push(
        { ...LOCAL_GATEWAY, id: "none", name: "none" },
        { ...LOCAL_GATEWAY, id: "lng", name: "paris", bgpAddress: parseAddress("192.168.0.4") },
      );
    },
  }),
  applies("gateway-route", "a BGP peer in the gateway's network", "delivered", {
    from: "gateway:vpn",
    to: "172.16.0.1",
    path: "vpn nva nva",
    lab: (draft) => {
      withGateway(draft, ["172.16.0.0/16 10.0.1.4 EBgp 32768 65010"]);
      change(draft.nics, "nva", (each) => ({
        ...each,
        ipConfigurations: each.ipConfigurations.flatMap((own) => [
          own,
          { ...own, id: "tunnel", primary: false, address: parseAddress("172.16.0.1") },
        ]),
      }));
    },
  }),
  applies("gateway-route", "equal-cost peers, without AS path or address", "leaves-azure", {
    from: "nic:nva",
    to: "192.168.1.4",
    lab: (draft) =>
      withGateway(draft, [
        "192.168.0.0/16 192.168.0.4 EBgp 32768",
        "192.168.0.0/16 192.168.0.5 EBgp 32768",
        "192.168.0.0/16 peer EBgp 32768",
        "192.168.0.0/16 192.168.0.5 EBgp 32768",
      ]),
  }),
  applies("gateway-route", "a learned route without a next hop", "leaves-azure", {
    from: "nic:nva",
    to: "192.168.1.4",
    lab: (draft) => withGateway(draft, ["192.168.0.0/16 - EBgp 32768 65001"]),
  }),
  applies("gateway-subnet", "a peering of the gateway's network", "delivered", {
    from: "gateway:vpn",
    path: "vpn db",
    lab: (draft) => withGateway(draft, ["172.16.0.0/16 192.168.0.4 EBgp 32768 65001"]),
  }),
  doesNotApply("gateway-subnet", "a learned route that is longer than the network's", "leaves-azure", {
    from: "gateway:vpn",
    to: "10.2.0.4",
    lab: (draft) => withGateway(draft, ["10.2.0.0/24 192.168.0.4 EBgp 32768 65001"]),
  }),
  applies("gateway-subnet", "a learned route that is as long as the network's", "delivered", {
    from: "gateway:vpn",
    to: "10.2.0.4",
    lab: (draft) => withGateway(draft, ["10.2.0.0/16 192.168.0.4 EBgp 32768 65001"]),
  }),
];
