import type { RuleStatus } from "../../selection/rules.ts";

/**
 * How sure a step is. `assumed`: nothing in Azure's configuration says so, such as what an appliance does inside.
 * `unknown`: what would say so is missing.
 */
export type TraceStatus = RuleStatus | "assumed" | "unknown";

/** The rules by which a trace finds the next hop. */
export type TraceRuleId =
  | "hop-own-table"
  | "next-hop-owner"
  | "ip-forwarding"
  | "appliance-inside"
  | "self-next-hop"
  | "loop"
  | "lb-frontend"
  | "lb-symmetry"
  | "firewall"
  | "managed-appliance"
  | "peering-access"
  | "peering-forwarded"
  | "vnet-host"
  | "gateway"
  | "gateway-route"
  | "gateway-recursion"
  | "gateway-subnet"
  | "hub"
  | "leaves-azure"
  | "no-table";

export interface TraceRule {
  readonly id: TraceRuleId;
  /** The rule in one sentence. */
  readonly text: string;
  readonly status: TraceStatus;
  /** Where it is written or was measured. */
  readonly source: string;
  /** The texts or measurements against it, in one sentence; null where there are none. */
  readonly dispute: string | null;
}

const UDR = "https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview";
const DIAGNOSE = "https://learn.microsoft.com/azure/virtual-network/diagnose-network-routing-problem";
const PEERING = "https://learn.microsoft.com/azure/virtual-network/virtual-network-manage-peering";
const SQUARE_LAB = "https://github.com/erjosito/net-lab-builder/tree/main/labs/dual-hub-interconnect-ars-route-policy";
const NVA_LAB = "https://github.com/kaysalawu/azure-network-terraform/tree/main/4-general/01-ipsec-over-er";
const issue = (number: number) => `https://github.com/MicrosoftDocs/azure-docs/issues/${number}`;

/** The rule catalogue of `trace`, in the order in which a packet meets them. */
export const TRACE_RULES: readonly TraceRule[] = [
  {
    id: "hop-own-table",
    text: "Each hop uses the effective routes of the network interface by which the packet leaves.",
    status: "documented",
    source: DIAGNOSE,
    dispute: null,
  },
  {
    id: "next-hop-owner",
    text:
      "A next hop address belongs to the resource with that address in the NIC's own network, else in a " +
      "network whose peering route covers it. It never belongs to another network with the same address " +
      "space.",
    status: "inferred",
    source: UDR,
    dispute: null,
  },
  {
    id: "ip-forwarding",
    text: "A network interface without IP forwarding drops packets that are not addressed to it.",
    status: "documented",
    source:
      "https://learn.microsoft.com/azure/virtual-network/virtual-network-network-interface#enable-or-disable-ip-forwarding",
    dispute: null,
  },
  {
    id: "appliance-inside",
    text:
      "An appliance is assumed to forward packets from any NIC of its virtual machine. Its filters, NAT and " +
      "tunnels are unknown.",
    status: "assumed",
    source: NVA_LAB,
    dispute: null,
  },
  {
    id: "self-next-hop",
    text:
      "Where an appliance's own route names the appliance as the next hop, the packet loops unless the appliance " +
      "encapsulates it.",
    status: "contested",
    source: SQUARE_LAB,
    dispute:
      "Measured both ways: without a tunnel the packet loops until its TTL is exceeded; with IPsec inside the " +
      "appliance it arrives.",
  },
  {
    id: "loop",
    text: "A packet that reaches the same router again, for the same destination, loops until its TTL is exceeded.",
    status: "inferred",
    source: DIAGNOSE,
    dispute: null,
  },
  {
    id: "lb-frontend",
    text:
      "A load balancer forwards to the backends of the matching rule. An HA ports rule matches everything, " +
      "any other rule its protocol and port. Health probes are unknown.",
    status: "documented",
    source: "https://learn.microsoft.com/azure/load-balancer/load-balancer-ha-ports-overview",
    dispute: null,
  },
  {
    id: "lb-symmetry",
    text: "A load balancer that is on the path in both directions chooses the same backend for a flow.",
    status: "contested",
    source: "https://learn.microsoft.com/azure/route-server/next-hop-ip",
    dispute:
      "A published lab measured the same backend in both directions; Microsoft's page on next hop IP says " +
      "that paths may be asymmetric.",
  },
  {
    id: "firewall",
    text:
      "An Azure Firewall has no effective routes. Its subnet's route table, the system routes and the " +
      "peerings decide where it sends packets.",
    status: "inferred",
    source: "https://learn.microsoft.com/azure/firewall/forced-tunneling",
    dispute: null,
  },
  {
    id: "managed-appliance",
    text:
      "A virtual network appliance that Azure runs has no effective routes. Its subnet's route table, the " +
      "system routes and the peerings decide where it sends packets.",
    status: "observed",
    source: "https://learn.microsoft.com/cli/azure/network/virtual-network-appliance",
    dispute: null,
  },
  {
    id: "peering-access",
    text: "A peering with allowVirtualNetworkAccess false drops everything, although its routes look active.",
    status: "documented",
    source: PEERING,
    dispute: null,
  },
  {
    id: "peering-forwarded",
    text:
      "A forwarded packet enters a peered network only if that network's side of the peering has " +
      "allowForwardedTraffic.",
    status: "documented",
    source: PEERING,
    dispute: null,
  },
  {
    id: "vnet-host",
    text:
      "A packet for a virtual network is delivered if an IP configuration, load balancer, private endpoint, " +
      "firewall or gateway there has the address.",
    status: "inferred",
    source: UDR,
    dispute: null,
  },
  {
    id: "gateway",
    text:
      "A gateway route's next hop may be an instance, a public address, or a Microsoft edge address outside " +
      "every network. It then means the network's own gateway, or that of its peering with " +
      "useRemoteGateways.",
    status: "observed",
    source: issue(82788),
    dispute: null,
  },
  {
    id: "gateway-route",
    text:
      "A gateway uses its own networks first, then the longest prefix that it learned, the highest weight, the " +
      "shortest AS path, and EBGP before IBGP.",
    status: "inferred",
    source: "https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-bgp-overview",
    dispute: null,
  },
  {
    id: "gateway-recursion",
    text: "Where a gateway's best learned route names the gateway's own instance as the next hop, the packet loops.",
    status: "observed",
    source: SQUARE_LAB,
    dispute: null,
  },
  {
    id: "gateway-subnet",
    text: "What a gateway sends into its network follows the route table of the GatewaySubnet.",
    status: "observed",
    source: UDR,
    dispute: null,
  },
  {
    id: "hub",
    text: "A packet from a spoke to a virtual hub follows the hub's route table for that connection.",
    status: "documented",
    source: "https://learn.microsoft.com/azure/virtual-wan/effective-routes-virtual-hub",
    dispute: null,
  },
  {
    id: "leaves-azure",
    text: "A trace ends where the packet leaves for the Internet, a site or a circuit.",
    status: "inferred",
    source: DIAGNOSE,
    dispute: null,
  },
  {
    id: "no-table",
    text: "Where a table is missing the path is unknown. Missing data is never taken for a drop.",
    status: "unknown",
    source: DIAGNOSE,
    dispute: null,
  },
];

const byId = new Map(TRACE_RULES.map((rule) => [rule.id, rule]));

/** The catalogue entry of a rule. */
export function traceRuleOf(id: TraceRuleId): TraceRule {
  const rule = byId.get(id);
  if (rule === undefined) throw new RangeError(`no trace rule '${id}'`);
  return rule;
}

const SUREST_FIRST: readonly TraceStatus[] = ["documented", "observed", "inferred", "contested", "assumed", "unknown"];

/** The least sure of several steps; documented where there are none. */
export function leastSureStep(statuses: Iterable<TraceStatus>): TraceStatus {
  let worst: TraceStatus = "documented";
  for (const each of statuses) if (SUREST_FIRST.indexOf(each) > SUREST_FIRST.indexOf(worst)) worst = each;
  return worst;
}
