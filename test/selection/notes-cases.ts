import type { NicFacts, SubnetFacts } from "../../src/routes/subnet-facts.ts";
import type { NoteId } from "../../src/selection/notes/notes.ts";

/** One line per side of a note: the table, the destination, and the text, or null where the note is absent. */
export interface NoteCase {
  readonly id: NoteId;
  readonly name: string;
  readonly to: string;
  readonly rows: readonly string[];
  readonly says: string | null;
  readonly subnet?: Partial<SubnetFacts>;
  readonly nic?: NicFacts;
}

type Facts = Pick<NoteCase, "subnet" | "nic">;

const note =
  (id: NoteId) =>
  (name: string, to: string, rows: readonly string[], says: string | null, facts: Facts = {}): NoteCase => ({
    id,
    name,
    to,
    rows,
    says,
    ...facts,
  });

const drop = note("drop-none");
const unreachable = note("appliance-unreachable");
const toInternet = note("private-to-internet");
const outside = note("unreachable-next-hop");
const bypass = note("bypasses-appliance");
const contested = note("contested");
const endpoint = note("private-endpoint");
const shared = note("equal-cost");
const back = note("return-path");
const outbound = note("outbound-access");
const effects = note("endpoint-effects");
const byDefault = note("default-to-appliance");
const once = note("no-recursion");

const NET = "Default 10.0.0.0/16 VnetLocal";
const WEB = "Default 0.0.0.0/0 Internet";
const NVA = "User 0.0.0.0/0 VirtualAppliance 10.0.9.4 #to-nva";
const PEER = "Default 10.8.0.0/16 VNetPeering";
const BGP = "VirtualNetworkGateway 10.8.1.0/24 VirtualNetworkGateway 10.0.0.254";
const END = "Default 20.0.0.0/24 VirtualNetworkServiceEndpoint";
const PE = "Default! 10.1.4.5/32 InterfaceEndpoint";
const NO_NAT = { natGateway: null, defaultOutboundAccess: true } as const;
const NO_ADDRESS: NicFacts = { privateIpAddresses: ["10.0.1.4"], publicIpAddresses: [] };

const UNDELIVERED =
  "Internet does not deliver to a private address, and no active peering, gateway or longer user route covers it.";
const NEEDS_METHOD =
  "Needs an outbound method: a NAT gateway, a public IP or a load balancer rule. Networks created since 31 March 2026 have no default.";

export const NOTE_CASES: readonly NoteCase[] = [
  drop(
    "Azure's own None route",
    "10.200.0.1",
    ["Default 10.0.0.0/8 None"],
    "Dropped by Azure's default None route, for address space that is not in use.",
  ),
  drop(
    "a user route to None was made so or could not be placed",
    "10.60.1.4",
    ["User 10.60.1.4/32 None #to-workload"],
    "Dropped by the user route to-workload 10.60.1.4/32: made with next hop None, or Azure cannot place its next hop (VnetLocal outside the network, no gateway).",
  ),
  drop(
    "a gateway's None route is a gateway that does not run",
    "10.203.0.1",
    ["VirtualNetworkGateway 10.203.0.0/16 None 10.0.0.4"],
    "Dropped by the BGP route 10.203.0.0/16: its gateway or connection is not running or not configured.",
  ),
  drop(
    "a None route of an unknown source has no cause",
    "10.203.0.1",
    ["Mystery 10.203.0.0/16 None"],
    "Dropped by the Mystery route 10.203.0.0/16: its next hop is None.",
  ),
  drop("an unreachable appliance has a note of its own", "1.1.1.1", ["User 0.0.0.0/0 None 10.10.10.10"], null),
  drop(
    "an equal route that forwards saves the packet",
    "1.1.1.1",
    ["User 0.0.0.0/0 None", "User 0.0.0.0/0 VirtualAppliance 10.0.9.4"],
    null,
  ),
  unreachable(
    "None with an address",
    "1.1.1.1",
    ["User 0.0.0.0/0 None 10.10.10.10 #to-nva"],
    "to-nva points to unreachable 10.10.10.10: all that it wins is dropped.",
  ),
  unreachable(
    "also where it loses",
    "20.0.0.1",
    [END, "User 0.0.0.0/0 None 10.10.10.10"],
    "The user route 0.0.0.0/0 points to unreachable 10.10.10.10: all else that it wins is dropped.",
  ),
  unreachable("None without an address", "1.1.1.1", ["User 0.0.0.0/0 None"], null),
  unreachable(
    "a gateway's route is no appliance's",
    "1.1.1.1",
    ["VirtualNetworkGateway 0.0.0.0/0 None 10.0.0.4"],
    null,
  ),
  unreachable("no note for an inactive one", "1.1.1.1", [WEB, "User! 0.0.0.0/0 None 10.10.10.10"], null),
  unreachable("nor for a platform address", "168.63.129.16", ["User 0.0.0.0/0 None 10.10.10.10"], null),
  toInternet("a private address", "10.0.2.10", [WEB], UNDELIVERED),
  toInternet("shared address space", "100.64.0.1", [WEB], UNDELIVERED),
  toInternet("a unique local address", "fd00::1", ["Default ::/0 Internet"], UNDELIVERED),
  toInternet("by a user route too", "172.16.0.1", ["User 172.16.0.0/12 Internet"], UNDELIVERED),
  toInternet("a public address", "8.8.8.8", [WEB], null),
  toInternet("a private address that a peering covers", "10.8.0.1", [WEB, PEER], null),
  outside(
    "an address that nothing in the table reaches",
    "10.200.0.1",
    [NET, PEER, "User 10.200.0.0/16 VirtualAppliance 192.168.99.4 #far"],
    "far points to 192.168.99.4, which is in no network, peering or gateway prefix of this table.",
  ),
  outside(
    "an appliance without an address",
    "8.8.8.8",
    [NET, "User 0.0.0.0/0 VirtualAppliance"],
    "The user route 0.0.0.0/0 has no next hop address: its packets go nowhere.",
  ),
  outside(
    "the NIC's own address",
    "8.8.8.8",
    [NET, "User 0.0.0.0/0 VirtualAppliance 10.0.1.4"],
    "The user route 0.0.0.0/0 points to 10.0.1.4, this network interface's own address: packets loop, unless the appliance encapsulates them.",
    {
      nic: NO_ADDRESS,
    },
  ),
  outside("an appliance in the network", "8.8.8.8", [NET, NVA], null, { nic: NO_ADDRESS }),
  outside(
    "an appliance in a network whose row is Invalid",
    "10.0.1.1",
    ["Default! 10.0.0.0/16 VnetLocal", "User 10.0.0.0/16 VirtualAppliance 10.0.9.4"],
    null,
  ),
  outside("an appliance in a peered network", "1.1.1.1", [NET, PEER, "User 0.0.0.0/0 VirtualAppliance 10.8.0.4"], null),
  outside(
    "an appliance in a connected group",
    "1.1.1.1",
    [NET, "Default 10.9.0.0/16 ConnectedGroup", "User 0.0.0.0/0 VirtualAppliance 10.9.0.4"],
    null,
  ),
  outside("an appliance behind a gateway", "1.1.1.1", [NET, BGP, "User 0.0.0.0/0 VirtualAppliance 10.8.1.4"], null),
  outside("an excerpt without its own network's row tells nothing", "8.8.8.8", [PEER, NVA], null),
  outside("an address that is none tells nothing", "8.8.8.8", [NET, "User 0.0.0.0/0 VirtualAppliance fw"], null),
  outside("a losing route", "10.0.2.1", [NET, "User 0.0.0.0/0 VirtualAppliance 192.168.99.4"], null),
  bypass(
    "an endpoint before an appliance",
    "20.0.0.1",
    [END, NVA],
    "Bypasses appliance 10.0.9.4 of to-nva: its logs never show this traffic.",
  ),
  bypass(
    "a peering before a default route, with the remedy",
    "10.8.0.1",
    [PEER, NVA],
    "Bypasses appliance 10.0.9.4 of to-nva: its logs never show this traffic. To inspect it, add a user route for 10.8.0.0/16.",
  ),
  bypass(
    "no such remedy against a longer user route",
    "10.8.0.1",
    [PEER, "User 10.0.0.0/8 VirtualAppliance 10.0.9.4"],
    "Bypasses appliance 10.0.9.4 of the user route: its logs never show this traffic.",
  ),
  bypass(
    "an appliance of several addresses",
    "20.0.0.1",
    [END, "User 0.0.0.0/0 VirtualApplianceEcmp 10.0.9.4 10.0.9.5"],
    "Bypasses appliance 10.0.9.4, 10.0.9.5 of the user route: its logs never show this traffic.",
  ),
  bypass(
    "an appliance whose address is none",
    "20.0.0.1",
    [END, "User 0.0.0.0/0 VirtualAppliance fw"],
    "Bypasses appliance fw of the user route: its logs never show this traffic.",
  ),
  bypass(
    "an appliance without an address",
    "20.0.0.1",
    [END, "User 0.0.0.0/0 VirtualAppliance #fw"],
    "Bypasses appliance of fw: its logs never show this traffic.",
  ),
  bypass("the appliance itself", "10.8.0.4", [PEER, "User 0.0.0.0/0 VirtualAppliance 10.8.0.4"], null),
  bypass(
    "an appliance of another route",
    "10.8.0.4",
    [PEER, "User 10.0.0.0/8 VirtualAppliance 10.8.0.5", "User 0.0.0.0/0 VirtualAppliance 10.8.0.4"],
    null,
  ),
  bypass("traffic inside the network", "10.0.0.4", [NET, NVA], null),
  bypass("a packet that is dropped", "10.200.0.1", ["Default 10.0.0.0/8 None", NVA], null),
  bypass("another user route", "20.0.0.1", ["User 20.0.0.0/24 Internet", NVA], null),
  contested(
    "an endpoint before a longer BGP route",
    "20.0.0.1",
    ["VirtualNetworkGateway 20.0.0.0/25 VirtualNetworkGateway 10.0.0.254", END],
    "system-over-bgp: Microsoft's text: service endpoint routes come before BGP, even a longer prefix. docs#128591 disputes it: the longer BGP route would win.",
  ),
  contested("a peering before a longer BGP route", "10.8.1.1", [BGP, PEER], null),
  contested("a user route that wins so", "10.8.1.1", [BGP, PEER, "User 10.8.0.0/20 VirtualAppliance 10.0.9.4"], null),
  contested(
    "a private endpoint under a user route to the network",
    "10.1.4.5",
    ["User 10.1.4.0/24 VnetLocal #within-subnet", PE],
    "private-endpoint: By the table within-subnet replaces the Invalid route of the private endpoint 10.1.4.5/32; by docs#128666 and docs#119645 it does not work either, unless privateEndpointVNetPolicies is Basic.",
  ),
  contested(
    "a private endpoint under a user route to an appliance",
    "10.1.4.5",
    ["User 10.1.4.0/24 VirtualAppliance 10.0.9.4", PE],
    null,
  ),
  endpoint(
    "it wins",
    "10.1.4.5",
    ["Default 10.1.4.5/32 InterfaceEndpoint"],
    "10.1.4.5/32 is a private endpoint. 0.0.0.0/0 never overrides its route. With network policies on in its subnet, a user route at least as long as its network's prefix does.",
  ),
  endpoint(
    "it is Invalid and an appliance wins",
    "10.1.4.5",
    ["User 10.1.4.0/24 VirtualAppliance 10.0.9.4 #fw", PE],
    "10.1.4.5/32 is a private endpoint whose route is Invalid: traffic takes the appliance of fw, which needs source NAT, since the endpoint answers directly.",
  ),
  endpoint(
    "it is Invalid and an unreachable appliance wins",
    "10.1.4.5",
    ["User 10.1.4.0/24 None 10.0.9.4", PE],
    "10.1.4.5/32 is a private endpoint whose route is Invalid: traffic takes the winner instead.",
  ),
  endpoint(
    "it is Invalid and nothing else covers it",
    "10.1.4.5",
    [PE],
    "10.1.4.5/32 is a private endpoint whose route is Invalid: nothing replaces it.",
  ),
  endpoint("the dispute has a note of its own", "10.1.4.5", ["User 10.1.4.0/24 VnetLocal", PE], null),
  endpoint("another address", "10.1.4.6", ["User 10.1.4.0/24 VirtualAppliance 10.0.9.4", PE], null),
  shared(
    "several appliances",
    "8.8.8.8",
    [NVA, "User 0.0.0.0/0 VirtualAppliance 10.0.9.5"],
    "Several next hops share the traffic (ECMP): VirtualAppliance 10.0.9.4; VirtualAppliance 10.0.9.5.",
  ),
  shared(
    "two gateway rows to one next hop",
    "10.8.1.1",
    [BGP, BGP],
    "2 rows lead to VirtualNetworkGateway 10.0.0.254: 2 paths, such as tunnels.",
  ),
  shared(
    "two gateway rows to one address by two types",
    "10.8.1.1",
    [BGP, "VirtualNetworkGateway 10.8.1.0/24 VirtualAppliance 10.0.0.254"],
    "2 rows lead to VirtualNetworkGateway 10.0.0.254; VirtualAppliance 10.0.0.254: 2 paths, such as tunnels.",
  ),
  shared("one gateway row", "10.8.1.1", [BGP], null),
  shared("a system row listed twice", "8.8.8.8", [WEB, WEB], null),
  back(
    "an appliance for a private address",
    "10.200.0.1",
    [NVA],
    "A stateful appliance drops the flow unless the reply returns through it. Prove it with a symmetric rule of vnet-explain check.",
  ),
  back(
    "equal appliances for a private address",
    "10.200.0.1",
    [NVA, "User 0.0.0.0/0 VirtualAppliance 10.0.9.5"],
    "The reply may pass another of these appliances; a stateful one drops a flow if it sees only one direction. Prove it with a symmetric rule of vnet-explain check.",
  ),
  back("an appliance for a public address", "8.8.8.8", [NVA], null),
  back("no appliance", "10.8.0.1", [PEER], null),
  back("an unreachable appliance", "10.200.0.1", ["User 0.0.0.0/0 None 10.0.9.4"], null),
  back("a private endpoint's note says it", "10.1.4.5", ["User 10.1.4.0/24 VirtualAppliance 10.0.9.4", PE], null),
  outbound("offline", "8.8.8.8", [WEB], NEEDS_METHOD),
  outbound("a NAT gateway comes first", "8.8.8.8", [WEB], "Outbound method: the subnet's NAT gateway nat1.", {
    subnet: { natGateway: "/subscriptions/s/natGateways/nat1", defaultOutboundAccess: false },
    nic: { privateIpAddresses: [], publicIpAddresses: ["20.1.2.3"] },
  }),
  outbound(
    "then a public address",
    "8.8.8.8",
    [WEB],
    "Outbound method: the network interface's public IP address 20.1.2.3.",
    {
      subnet: { ...NO_NAT, defaultOutboundAccess: false },
      nic: { privateIpAddresses: [], publicIpAddresses: ["20.1.2.3"] },
    },
  ),
  outbound(
    "or several of them",
    "8.8.8.8",
    [WEB],
    "Outbound method: the network interface's public IP address 20.1.2.3, 20.1.2.4.",
    {
      subnet: { ...NO_NAT, defaultOutboundAccess: false },
      nic: { privateIpAddresses: [], publicIpAddresses: ["20.1.2.3", "20.1.2.4"] },
    },
  ),
  outbound(
    "a public address with a subnet that was not read",
    "8.8.8.8",
    [WEB],
    "Outbound method: the network interface's public IP address 20.1.2.3, unless the subnet has a NAT gateway.",
    {
      nic: { privateIpAddresses: [], publicIpAddresses: ["20.1.2.3"] },
    },
  ),
  outbound(
    "then default outbound access",
    "8.8.8.8",
    [WEB],
    "Outbound method: Azure's default outbound access, unless a load balancer has a rule. Its address can change.",
    {
      subnet: NO_NAT,
      nic: NO_ADDRESS,
    },
  ),
  outbound(
    "a private subnet has none",
    "8.8.8.8",
    [WEB],
    "No outbound method found: a private subnet, no NAT gateway, no public IP. Only a load balancer rule lets the packet out.",
    {
      subnet: { ...NO_NAT, defaultOutboundAccess: false },
      nic: NO_ADDRESS,
    },
  ),
  outbound("facts that were not read", "8.8.8.8", [WEB], NEEDS_METHOD, {
    subnet: { natGateway: null },
    nic: NO_ADDRESS,
  }),
  outbound("addresses that were not read", "8.8.8.8", [WEB], NEEDS_METHOD, {
    subnet: NO_NAT,
    nic: { privateIpAddresses: [], publicIpAddresses: null },
  }),
  outbound("IPv6 has no default outbound access", "2606:4700::1", ["Default ::/0 Internet"], NEEDS_METHOD, {
    subnet: NO_NAT,
    nic: NO_ADDRESS,
  }),
  outbound("a private address", "10.0.2.10", [WEB], null),
  outbound("an appliance", "8.8.8.8", [NVA], null),
  effects(
    "an endpoint wins",
    "20.0.0.1",
    [END, WEB],
    "The service sees a private source address: no IP rule of its firewall matches. Allow the subnet there.",
  ),
  effects(
    "it shares the traffic with a peering",
    "20.0.0.1",
    [END, "Default 20.0.0.0/24 VNetPeering"],
    "The service sees a private source address: no IP rule of its firewall matches. Allow the subnet there.",
  ),
  effects("an endpoint loses", "20.0.0.1", [END, "User 20.0.0.0/25 Internet"], null),
  byDefault(
    "an appliance",
    "8.8.8.8",
    [NVA],
    "The default route also sends traffic for Azure services and Windows activation (KMS) to VirtualAppliance 10.0.9.4. Replies to connections from the Internet go there too.",
  ),
  byDefault(
    "a gateway, by BGP",
    "8.8.8.8",
    ["VirtualNetworkGateway 0.0.0.0/0 VirtualNetworkGateway"],
    "The default route also sends traffic for Azure services and Windows activation (KMS) to VirtualNetworkGateway. Replies to connections from the Internet go there too.",
  ),
  byDefault(
    "a gateway, by a user route",
    "8.8.8.8",
    ["User 0.0.0.0/0 VirtualNetworkGateway"],
    "The default route also sends traffic for Azure services and Windows activation (KMS) to VirtualNetworkGateway. Replies to connections from the Internet go there too.",
  ),
  byDefault("a system route to a gateway", "8.8.8.8", ["Default 0.0.0.0/0 VirtualNetworkGateway"], null),
  byDefault("a longer route", "8.8.8.8", ["User 8.0.0.0/8 VirtualAppliance 10.0.9.4"], null),
  byDefault("a private address", "10.200.0.1", [NVA], null),
  byDefault("the Internet", "8.8.8.8", ["User 0.0.0.0/0 Internet"], null),
  byDefault("an unreachable appliance", "8.8.8.8", ["User 0.0.0.0/0 None 10.0.9.4"], null),
  once("an appliance", "8.8.8.8", [NVA], "Azure hands the packet to 10.0.9.4 and does not look that address up again."),
  once(
    "appliances of one route",
    "8.8.8.8",
    ["User 0.0.0.0/0 VirtualApplianceEcmp 10.0.9.4 10.0.9.5"],
    "Azure hands the packet to 10.0.9.4, 10.0.9.5 and does not look these addresses up again.",
  ),
  once("the network", "10.0.0.4", [NET], null),
  once("an unreachable appliance", "8.8.8.8", ["User 0.0.0.0/0 None 10.0.9.4"], null),
];
