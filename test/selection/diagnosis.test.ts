import { describe, expect, it } from "vitest";
import { parseAddress } from "../../src/net/address.ts";
import type { NicFacts, SubnetFacts } from "../../src/routes/subnet-facts.ts";
import { explain } from "../../src/selection/explain.ts";
import { DIAGNOSIS_IDS, type Diagnosis } from "../../src/selection/explanation.ts";
import { annotatedTable } from "./routes-for-tests.ts";

interface DiagnosisCase {
  readonly name: string;
  readonly to: string;
  readonly rows: readonly string[];
  readonly is: `${Diagnosis["id"]} ${Diagnosis["level"]}`;
  readonly says: string;
  readonly brief: string;
  /** What to check next; null where all is well. */
  readonly next: string | null;
  readonly subnet?: SubnetFacts;
  readonly nic?: NicFacts;
}

const NET = "Default 10.0.0.0/16 VnetLocal";
const WEB = "Default 0.0.0.0/0 Internet";
const END = "Default 20.0.0.0/24 VirtualNetworkServiceEndpoint";
const PE = "Default! 10.1.4.5/32 InterfaceEndpoint";
const SUBNET = {
  id: "subnet",
  region: null,
  serviceEndpoints: [],
  routeTableId: null,
  privateEndpointNetworkPolicies: null,
  natGateway: null,
  defaultOutboundAccess: false,
};
const NIC: NicFacts = { privateIpAddresses: ["10.0.1.4"], publicIpAddresses: [] };

const CASES: readonly DiagnosisCase[] = [
  {
    name: "a user route that Azure lists as None with an address",
    to: "8.8.8.8",
    rows: ["User 0.0.0.0/0 None 10.10.10.10 #to-nva"],
    is: "appliance-unreachable problem",
    says: "DROPPED: to-nva (0.0.0.0/0) points to appliance 10.10.10.10, which is unreachable",
    brief: "DROPPED: appliance 10.10.10.10 is unreachable",
    next: "check that 10.10.10.10 exists, runs, forwards IP, and lies in a reachable network",
  },
  {
    name: "the same without a name",
    to: "8.8.8.8",
    rows: ["User 0.0.0.0/0 None 10.10.10.10"],
    is: "appliance-unreachable problem",
    says: "DROPPED: the user route (0.0.0.0/0) points to appliance 10.10.10.10, which is unreachable",
    brief: "DROPPED: appliance 10.10.10.10 is unreachable",
    next: "check that 10.10.10.10 exists, runs, forwards IP, and lies in a reachable network",
  },
  {
    name: "Azure's own None route",
    to: "10.200.0.1",
    rows: [NET, "Default 10.0.0.0/8 None"],
    is: "drop-none problem",
    says: "DROPPED: only Azure's default None route (10.0.0.0/8) covers it",
    brief: "DROPPED: Azure's default None route",
    next: "check that a peering, gateway route or user route covers it and is active",
  },
  {
    name: "a user route to None",
    to: "10.60.1.4",
    rows: ["User 10.60.1.4/32 None #to-workload"],
    is: "drop-none problem",
    says: "DROPPED: to-workload (10.60.1.4/32) has next hop None",
    brief: "DROPPED: user route to None",
    next: "check to-workload in its route table: made with None, or Azure cannot place its next hop (VnetLocal outside the network, no gateway)",
  },
  {
    name: "a gateway that does not run",
    to: "10.203.0.1",
    rows: ["VirtualNetworkGateway 10.203.0.0/16 None"],
    is: "drop-none problem",
    says: "DROPPED: the BGP route (10.203.0.0/16) has next hop None",
    brief: "DROPPED: gateway route to None",
    next: "check that the gateway and its connection are configured and running",
  },
  {
    name: "a None route of an unknown source",
    to: "10.203.0.1",
    rows: ["Mystery 10.203.0.0/16 None"],
    is: "drop-none problem",
    says: "DROPPED: the Mystery route (10.203.0.0/16) has next hop None",
    brief: "DROPPED: next hop None",
    next: "check why this route has next hop None",
  },
  {
    name: "no row",
    to: "8.8.8.8",
    rows: [NET],
    is: "no-route problem",
    says: "DROPPED: no route covers it",
    brief: "DROPPED: no route",
    next: "check that the route table is complete, or add a route that covers it",
  },
  {
    name: "inactive rows only",
    to: "8.8.8.8",
    rows: ["Default! 0.0.0.0/0 Internet"],
    is: "no-route problem",
    says: "DROPPED: no active route covers it (the system route 0.0.0.0/0 is Invalid)",
    brief: "DROPPED: no route",
    next: "check why the system route 0.0.0.0/0 is Invalid",
  },
  {
    name: "a private address that only Internet covers",
    to: "10.1.2.3",
    rows: [NET, WEB],
    is: "private-to-internet problem",
    says: "NOT DELIVERED: a private address, and only Internet (0.0.0.0/0) covers it",
    brief: "NOT DELIVERED: a private address to Internet",
    next: "check that a peering, gateway route or user route covers it and is active",
  },
  {
    name: "an appliance without an address",
    to: "8.8.8.8",
    rows: ["User 0.0.0.0/0 VirtualAppliance #fw"],
    is: "unreachable-next-hop problem",
    says: "NOT DELIVERED: fw (0.0.0.0/0) points to an appliance without an address",
    brief: "NOT DELIVERED: appliance without an address",
    next: "check the next hop address of fw in its route table",
  },
  {
    name: "an appliance that nothing reaches",
    to: "8.8.8.8",
    rows: [NET, "User 0.0.0.0/0 VirtualAppliance 192.168.99.4 #far"],
    is: "unreachable-next-hop warning",
    says: "appliance 192.168.99.4 (far), but no route of this table reaches 192.168.99.4 directly",
    brief: "appliance 192.168.99.4, but no route of this table reaches 192.168.99.4 directly",
    next: "check 192.168.99.4 in far, and the peering or gateway that leads there",
  },
  {
    name: "the NIC's own address",
    to: "8.8.8.8",
    rows: [NET, "User 0.0.0.0/0 VirtualAppliance 10.0.1.4 #nva-x"],
    is: "unreachable-next-hop warning",
    says: "appliance 10.0.1.4 (nva-x), this network interface itself: packets may loop",
    brief: "appliance 10.0.1.4, this network interface itself: packets may loop",
    next: "check 10.0.1.4 in nva-x: only an appliance that encapsulates may point to itself",
    nic: NIC,
  },
  {
    name: "a private subnet without an outbound method",
    to: "8.8.8.8",
    rows: [WEB],
    is: "outbound-access warning",
    says: "Internet, but the subnet has no outbound method",
    brief: "Internet, but the subnet has no outbound method",
    next: "check for a NAT gateway, a public IP or a load balancer rule",
    subnet: SUBNET,
    nic: NIC,
  },
  {
    name: "IPv6 in a table without any is not sent, which is no outage",
    to: "2001:db8::1",
    rows: [NET, WEB],
    is: "no-ipv6 warning",
    says: "NOT SENT: no row is IPv6, so the subnet has no IPv6",
    brief: "NOT SENT: the subnet has no IPv6",
    next: "give the network and the subnet an IPv6 range, and the NIC an IPv6 address",
  },
  {
    name: "IPv6 without a route in a table that has some",
    to: "2001:db8::1",
    rows: [NET, "Default fd00::/64 VnetLocal"],
    is: "no-route problem",
    says: "DROPPED: no route covers it",
    brief: "DROPPED: no route",
    next: "check that the route table is complete, or add a route that covers it",
  },
  {
    name: "the platform",
    to: "168.63.129.16",
    rows: [WEB],
    is: "platform-address fine",
    says: "answered by the Azure host, not by a route",
    brief: "the Azure host",
    next: null,
  },
  {
    name: "the network",
    to: "10.0.2.1",
    rows: [NET],
    is: "forwarded fine",
    says: "this virtual network (10.0.0.0/16)",
    brief: "this virtual network",
    next: null,
  },
  {
    name: "a peering",
    to: "10.8.0.1",
    rows: ["Default 10.8.0.0/16 VNetPeering"],
    is: "forwarded fine",
    says: "VNet peering (10.8.0.0/16)",
    brief: "VNet peering",
    next: null,
  },
  {
    name: "the Internet",
    to: "8.8.8.8",
    rows: [WEB],
    is: "forwarded fine",
    says: "Internet",
    brief: "Internet",
    next: null,
  },
  {
    name: "the Internet by a user route",
    to: "8.8.8.8",
    rows: ["User 0.0.0.0/0 Internet #out"],
    is: "forwarded fine",
    says: "Internet (out)",
    brief: "Internet",
    next: null,
  },
  {
    name: "an appliance",
    to: "8.8.8.8",
    rows: ["User 0.0.0.0/0 VirtualAppliance 10.0.9.4 #to-nva"],
    is: "forwarded fine",
    says: "appliance 10.0.9.4 (to-nva)",
    brief: "appliance 10.0.9.4",
    next: null,
  },
  {
    name: "a gateway",
    to: "10.8.1.1",
    rows: ["VirtualNetworkGateway 10.8.1.0/24 VirtualNetworkGateway 10.0.0.254"],
    is: "forwarded fine",
    says: "gateway 10.0.0.254 (10.8.1.0/24)",
    brief: "gateway 10.0.0.254",
    next: "ask the gateway: vnet-explain routes --gateway NAME (or --route-server)",
  },
  {
    name: "a service endpoint without tags",
    to: "20.0.0.1",
    rows: [END],
    is: "forwarded fine",
    says: "service endpoint (20.0.0.0/24)",
    brief: "service endpoint",
    next: null,
  },
  {
    name: "an unknown next hop",
    to: "8.8.8.8",
    rows: ["Default 0.0.0.0/0 HyperNetGateway 10.9.9.9"],
    is: "forwarded fine",
    says: "HyperNetGateway 10.9.9.9 (0.0.0.0/0)",
    brief: "HyperNetGateway 10.9.9.9",
    next: null,
  },
  {
    name: "several gateways",
    to: "10.8.1.1",
    rows: [
      "VirtualNetworkGateway 10.8.0.0/16 VirtualNetworkGateway 10.0.0.4",
      "VirtualNetworkGateway 10.8.0.0/16 VirtualNetworkGateway 10.0.0.5",
    ],
    is: "shared fine",
    says: "gateways 10.0.0.4, 10.0.0.5, equal cost (10.8.0.0/16)",
    brief: "gateways 10.0.0.4, 10.0.0.5, equal cost",
    next: "ask the gateway: vnet-explain routes --gateway NAME (or --route-server)",
  },
  {
    name: "two paths to one gateway",
    to: "10.8.1.1",
    rows: [
      "VirtualNetworkGateway 10.8.0.0/16 VirtualNetworkGateway 10.0.0.4",
      "VirtualNetworkGateway 10.8.0.0/16 VirtualNetworkGateway 10.0.0.4",
    ],
    is: "forwarded fine",
    says: "gateway 10.0.0.4 (10.8.0.0/16)",
    brief: "gateway 10.0.0.4",
    next: "ask the gateway: vnet-explain routes --gateway NAME (or --route-server)",
  },
  {
    name: "appliances of two routes",
    to: "8.8.8.8",
    rows: ["User 0.0.0.0/0 VirtualAppliance 10.0.9.4 #nva-a", "User 0.0.0.0/0 VirtualAppliance 10.0.9.5 #nva-b"],
    is: "shared fine",
    says: "appliances 10.0.9.4, 10.0.9.5, equal cost (nva-a, nva-b)",
    brief: "appliances 10.0.9.4, 10.0.9.5, equal cost",
    next: null,
  },
  {
    name: "an equal route that drops its share",
    to: "8.8.8.8",
    rows: ["User 0.0.0.0/0 None 10.0.9.5 #dead", "User 0.0.0.0/0 VirtualAppliance 10.0.9.4 #live"],
    is: "shared warning",
    says: "appliance 10.0.9.4 (live), and dead DROPS its share",
    brief: "appliance 10.0.9.4, a share DROPPED",
    next: "check dead: its next hop is None",
  },
  {
    name: "an unreachable appliance of several addresses",
    to: "8.8.8.8",
    rows: ["User 0.0.0.0/0 None 10.0.9.4 10.0.9.5 #nva"],
    is: "appliance-unreachable problem",
    says: "DROPPED: nva (0.0.0.0/0) points to appliance 10.0.9.4, 10.0.9.5, which is unreachable",
    brief: "DROPPED: appliance 10.0.9.4, 10.0.9.5 is unreachable",
    next: "check that 10.0.9.4, 10.0.9.5 exists, runs, forwards IP, and lies in a reachable network",
  },
  {
    name: "a route to None beside an unreachable appliance",
    to: "8.8.8.8",
    rows: ["User 0.0.0.0/0 None 10.0.9.5 #dead", "User 0.0.0.0/0 None #none"],
    is: "drop-none problem",
    says: "DROPPED: none (0.0.0.0/0) has next hop None",
    brief: "DROPPED: user route to None",
    next: "check none in its route table: made with None, or Azure cannot place its next hop (VnetLocal outside the network, no gateway)",
  },
  {
    name: "IPv6 in a table without rows",
    to: "2001:db8::1",
    rows: [],
    is: "no-route problem",
    says: "DROPPED: no route covers it",
    brief: "DROPPED: no route",
    next: "check that the route table is complete, or add a route that covers it",
  },
  {
    name: "an IPv6 address of the Internet, which needs no outbound method",
    to: "2606:4700::1",
    rows: ["Default ::/0 Internet"],
    is: "forwarded fine",
    says: "Internet",
    brief: "Internet",
    next: null,
    subnet: SUBNET,
    nic: NIC,
  },
  {
    name: "an address that is neither private nor of the Internet",
    to: "192.0.2.1",
    rows: [WEB],
    is: "forwarded fine",
    says: "Internet",
    brief: "Internet",
    next: null,
    subnet: SUBNET,
    nic: NIC,
  },
  {
    name: "an appliance in a private subnet without an outbound method",
    to: "8.8.8.8",
    rows: ["User 0.0.0.0/0 VirtualAppliance 10.0.9.4 #fw"],
    is: "forwarded fine",
    says: "appliance 10.0.9.4 (fw)",
    brief: "appliance 10.0.9.4",
    next: null,
    subnet: SUBNET,
    nic: NIC,
  },
  {
    name: "the network and a peering of the same prefix",
    to: "10.0.2.1",
    rows: [NET, "Default 10.0.0.0/16 VNetPeering"],
    is: "shared fine",
    says: "this virtual network + VNet peering, equal cost (10.0.0.0/16)",
    brief: "this virtual network + VNet peering, equal cost",
    next: null,
  },
  {
    name: "an unknown next hop of several addresses",
    to: "8.8.8.8",
    rows: ["Default 0.0.0.0/0 HyperNetGateway 10.9.9.9 10.9.9.8"],
    is: "shared fine",
    says: "HyperNetGateway 10.9.9.9, 10.9.9.8, equal cost (0.0.0.0/0)",
    brief: "HyperNetGateway 10.9.9.9, 10.9.9.8, equal cost",
    next: null,
  },
  {
    name: "an appliance of which one address is nowhere",
    to: "8.8.8.8",
    rows: [NET, "User 0.0.0.0/0 VirtualAppliance 10.0.9.4 192.168.99.4 192.168.99.5 #fw"],
    is: "unreachable-next-hop warning",
    says: "appliances 10.0.9.4, 192.168.99.4, 192.168.99.5, equal cost (fw), but no route of this table reaches 192.168.99.4, 192.168.99.5 directly",
    brief:
      "appliances 10.0.9.4, 192.168.99.4, 192.168.99.5, equal cost, but no route of this table reaches 192.168.99.4, 192.168.99.5 directly",
    next: "check 192.168.99.4, 192.168.99.5 in fw, and the peering or gateway that leads there",
  },
  {
    name: "a contested choice with a problem of its own says what to check for that",
    to: "20.0.0.1",
    rows: [NET, END, "User 20.0.0.0/24 VirtualAppliance 192.168.99.4 #far"],
    is: "unreachable-next-hop warning",
    says: "appliance 192.168.99.4 (far), but no route of this table reaches 192.168.99.4 directly",
    brief: "appliance 192.168.99.4, but no route of this table reaches 192.168.99.4 directly",
    next: "check 192.168.99.4 in far, and the peering or gateway that leads there",
  },
  {
    name: "an appliance without an address in place of an endpoint",
    to: "20.0.0.1",
    rows: [END, "User 20.0.0.0/24 VirtualAppliance #fw"],
    is: "unreachable-next-hop problem",
    says: "NOT DELIVERED: fw (20.0.0.0/24) points to an appliance without an address",
    brief: "NOT DELIVERED: appliance without an address",
    next: "check the next hop address of fw in its route table",
  },
  {
    name: "a contested choice is never fine",
    to: "20.0.0.1",
    rows: ["User 20.0.0.0/24 Internet #to-web", END],
    is: "forwarded warning",
    says: "service endpoint (20.0.0.0/24)",
    brief: "service endpoint",
    next: "settle it with Network Watcher's next hop: --nic NAME --verify",
  },
  {
    name: "nor is a private endpoint under a user route to the network",
    to: "10.1.4.5",
    rows: ["User 10.1.4.0/24 VnetLocal #within", PE],
    is: "forwarded warning",
    says: "this virtual network (within)",
    brief: "this virtual network",
    next: "settle it with a connection test",
  },
];

function explained({ to, rows, subnet, nic }: Pick<DiagnosisCase, "to" | "rows" | "subnet" | "nic">) {
  const annotated = annotatedTable(...rows);
  const facts = { ...(subnet && { subnet }), ...(nic && { nic }) };
  return explain({ ...annotated, table: { ...annotated.table, ...facts } }, parseAddress(to), null);
}

describe("the diagnosis", () => {
  it.each(CASES)("of $name", (each) => {
    const { diagnosis, next } = explained(each);
    expect(`${diagnosis.id} ${diagnosis.level}: ${diagnosis.text}`).toBe(`${each.is}: ${each.says}`);
    expect(diagnosis.brief).toBe(each.brief);
    expect(next).toBe(each.next);
  });

  it.each(CASES)("in brief of $name has neither the route's name nor its prefix", (each) => {
    const { diagnosis, candidates } = explained(each);
    const [winner] = candidates;
    expect(diagnosis.brief.length).toBeLessThanOrEqual(diagnosis.text.length);
    for (const part of [winner?.name, winner?.addressPrefix]) if (part) expect(diagnosis.brief).not.toContain(part);
  });

  it.each(DIAGNOSIS_IDS)("%s has a case", (id) => {
    expect(CASES.some(({ is }) => is.startsWith(`${id} `))).toBe(true);
  });

  it("names the service and its tag, and the tag of an Internet address", () => {
    const annotated = annotatedTable(END, WEB);
    const named = annotated.routes.map((each, at) =>
      at > 0
        ? each
        : {
            ...each,
            serviceEndpoint: "Microsoft.Storage",
            prefixes: each.prefixes.map((prefix) => ({ ...prefix, serviceTag: "Storage" })),
          },
    );
    const tags = { lookup: () => [{ name: "Sql", addressPrefix: "30.0.0.0/8", region: null, systemService: null }] };
    const source = {
      ...tags,
      mostSpecific: () => "Sql",
      annotate: () => ({ serviceTag: null, serviceEndpoint: null, prefixes: [] }),
      file: { cloud: null, changeNumber: null, numbering: "weekly-file" as const, file: "t", date: null, note: null },
    };
    const textOf = (to: string) => explain({ ...annotated, routes: named }, parseAddress(to), source).diagnosis.text;
    expect(textOf("20.0.0.1")).toBe("service endpoint Microsoft.Storage (Storage)");
    expect(textOf("30.0.0.1")).toBe("Internet (Sql)");
  });
});
