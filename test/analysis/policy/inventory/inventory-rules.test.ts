import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { checkPolicy } from "../../../../src/analysis/policy/check.ts";
import { checkInventory } from "../../../../src/analysis/policy/inventory/check-inventory.ts";
import {
  INVENTORY_CHECK_NAMES,
  type InventoryCheckName,
} from "../../../../src/analysis/policy/inventory/check-names.ts";
import { type InventoryLacks, inventoryFacts } from "../../../../src/analysis/policy/inventory/facts.ts";
import { resultSize } from "../../../../src/analysis/policy/limits.ts";
import type { InventoryRule } from "../../../../src/analysis/policy/policy.ts";
import { readPolicy } from "../../../../src/analysis/policy/read-policy.ts";
import type { PolicyResult, PolicySubject } from "../../../../src/analysis/policy/result.ts";
import { readTopology } from "../../../../src/topology/read/read-topology.ts";
import { hasSharedData, readShared } from "../../../shared-data.ts";
import { machineId, network, networkId, nic, nicId, resourceId, subnetId } from "../../../topology/resources.ts";
import { policyOf, subject } from "../random-policies.ts";

interface Given {
  readonly except?: readonly string[];
  readonly tables?: readonly PolicySubject[];
}

function judge(check: InventoryCheckName, resources: readonly unknown[], given: Given = {}): PolicyResult {
  const { except, tables = [] } = given;
  const rule = { inventory: check, ...(except === undefined ? {} : { except }) };
  const { topology } = readTopology(resources);
  const [result] = checkPolicy(policyOf(rule), tables, null, topology).results;
  if (result === undefined) throw new Error("a rule without a result");
  return result;
}

const NO_ADDRESSES = { v4: "0", v6: "0" };

const RULE = { id: "rule-1", kind: "inventory", name: null, description: null, severity: "error", line: 1 };

/** The status, and a line for each finding; checks the other fields of the result of the rule against them. */
function told({ status, reason, inventory, ...others }: PolicyResult, rule: object = RULE): readonly string[] {
  const none = { tables: [], leftOut: [], counterExamples: [], reach: null };
  expect(others).toEqual({ rule, ...none, addresses: NO_ADDRESSES, violating: NO_ADDRESSES });
  const unknown = (inventory?.findings ?? []).filter((finding) => finding.status === "unknown");
  const [first] = unknown.map(({ resource, text }) => `${resource}: ${text}`);
  const more = unknown.length > 1 ? ` (and ${unknown.length - 1} more)` : "";
  expect(reason).toBe(status === "not-judged" ? `${first}${more}` : null);
  return [
    status,
    ...(inventory?.findings ?? []).map(({ status: own, resource, resourceId: id, text, remedy }) => {
      expect(id).toMatch(/^\/subscriptions\//);
      // Where nobody has an appliance's address, it is the route table that names it.
      if (!id.includes("/routeTables/")) expect(resource).toContain(id.split("/").at(-1));
      expect(remedy).toMatch(/^\S.*[^\s.]$/);
      return `${own} ${resource}: ${text}`;
    }),
  ];
}

const RT = resourceId("routeTables", "rt");
type Route = readonly [name: string, prefix: string, type: string, hop?: string];
const routeTable = (...routes: readonly Route[]) => ({
  id: RT,
  name: "rt",
  routes: routes.map(([name, addressPrefix, nextHopType, nextHopIpAddress]) => ({
    name,
    addressPrefix,
    nextHopType,
    nextHopIpAddress,
  })),
});
const TO_NVA = routeTable(["to-nva", "0.0.0.0/0", "VirtualAppliance", "10.0.1.4"]);
const spoke = (more: object = {}, peers: readonly string[] = ["core"], peering: object = {}) => {
  const whole = network("spoke", "10.1.0.0/16", peers, peering) as { properties: { subnets: object[] } };
  const subnets = [
    { id: subnetId("spoke"), name: "app", addressPrefix: "10.1.0.0/24", routeTable: { id: RT }, ...more },
  ];
  return { ...whole, properties: { ...whole.properties, subnets } };
};
const CORE = network("core", "10.0.0.0/16", ["spoke"]);
const nva = (more: object = {}) => nic("nva", subnetId("core"), "10.0.1.4", { enableIPForwarding: true, ...more });
const vm = (powerState?: string, name = "vm-nva") => ({ id: machineId(name), name, powerState });

const LB = resourceId("loadBalancers", "lb");
const POOL = `${LB}/backendAddressPools/p`;
const loadBalancer = (backends: readonly string[], more: object = {}) => ({
  id: LB,
  frontendIPConfigurations: [
    { id: `${LB}/frontendIPConfigurations/f`, privateIPAddress: "10.0.1.4", subnet: { id: subnetId("core") } },
  ],
  backendAddressPools: [
    {
      id: POOL,
      backendIPConfigurations: backends.map((name) => ({ id: `${nicId(name)}/ipConfigurations/ipconfig1` })),
    },
  ],
  loadBalancingRules: [
    {
      frontendIPConfiguration: { id: `${LB}/frontendIPConfigurations/f` },
      backendAddressPool: { id: POOL },
      protocol: "All",
    },
  ],
  ...more,
});
const backend = (name: string, last: number, more: object = {}) =>
  nic(name, subnetId("core"), `10.0.1.${last}`, { enableIPForwarding: true, ...more });

/** A NIC in the load balancer's pool. */
const pooled = (name: string, subnet: string | null) =>
  nic(name, subnetId("core"), "10.0.1.5", {
    ipConfigurations: [
      { subnet: subnet === null ? undefined : { id: subnet }, loadBalancerBackendAddressPools: [{ id: POOL }] },
    ],
  });

const NOBODY =
  "violated appliance 10.0.1.4 of spoke: no NIC, load balancer or firewall in spoke or its peers has 10.0.1.4, the next hop of route to-nva (rt) of spoke/app";
const UNSEEN_BALANCER =
  "unknown appliance 10.0.1.4 of spoke: 10.0.1.4, the next hop of route to-nva (rt) of spoke/app, may belong to a load balancer that is not in the inventory";

const GATEWAYS = { useRemoteGateways: true };
const FIREWALL_DEFAULT = ["all", "0.0.0.0/0", "VirtualAppliance", "10.0.1.4"] as const;

const CASES: readonly (readonly [InventoryCheckName, string, readonly unknown[], readonly string[], Given?])[] = [
  ["appliances-found", "a NIC of a peer", [spoke(), CORE, TO_NVA, nva()], ["holds"]],
  ["appliances-found", "no user routes", [network("spoke", "10.1.0.0/16"), CORE], ["holds"]],
  [
    "appliances-found",
    "nobody has the address",
    [spoke(), CORE, TO_NVA],
    [
      "violated appliance 10.0.1.4 of spoke: no NIC, load balancer or firewall in spoke or its peers has 10.0.1.4, the next hop of route to-nva (rt) of spoke/app",
    ],
  ],
  [
    "appliances-found",
    "a network that is no peer has the address",
    [spoke({}, []), CORE, TO_NVA, nva()],
    [
      "violated appliance 10.0.1.4 of spoke: no NIC, load balancer or firewall in spoke or its peers has 10.0.1.4, the next hop of route to-nva (rt) of spoke/app",
    ],
  ],
  [
    "appliances-found",
    "a peer that is not in the inventory may have it",
    [spoke(), TO_NVA],
    [
      "unknown appliance 10.0.1.4 of spoke: 10.0.1.4, the next hop of route to-nva (rt) of spoke/app, may be in core, which is not in the inventory",
    ],
  ],
  [
    "appliances-found",
    "an address of the own network, beside a peer that is not in the inventory",
    [spoke(), routeTable(["to-nva", "0.0.0.0/0", "VirtualAppliance", "10.1.9.9"])],
    [
      "violated appliance 10.1.9.9 of spoke: no NIC, load balancer or firewall in spoke or its peers has 10.1.9.9, the next hop of route to-nva (rt) of spoke/app",
    ],
  ],
  [
    "appliances-found",
    "an unseen peer of other addresses cannot have it",
    [spoke({}, ["core"], { remoteAddressSpace: { addressPrefixes: ["10.7.0.0/16"] } }), TO_NVA],
    [
      "violated appliance 10.0.1.4 of spoke: no NIC, load balancer or firewall in spoke or its peers has 10.0.1.4, the next hop of route to-nva (rt) of spoke/app",
    ],
  ],
  [
    "appliances-found",
    "a network of which the inventory has only a subnet",
    [{ id: subnetId("spoke"), routeTable: { id: RT } }, TO_NVA],
    [
      "unknown appliance 10.0.1.4 of spoke: 10.0.1.4, the next hop of route to-nva (rt) of spoke/app, may be in spoke, which is not in the inventory",
    ],
  ],
  [
    "appliances-found",
    "a load balancer that is not in the inventory may have it",
    [
      spoke(),
      CORE,
      TO_NVA,
      nic("a", subnetId("core"), "10.0.1.5", {
        ipConfigurations: [{ subnet: { id: subnetId("core") }, loadBalancerBackendAddressPools: [{ id: POOL }] }],
      }),
    ],
    [
      "unknown appliance 10.0.1.4 of spoke: 10.0.1.4, the next hop of route to-nva (rt) of spoke/app, may belong to a load balancer that is not in the inventory",
    ],
  ],
  [
    "appliances-found",
    "the route table is not in the inventory",
    [spoke(), CORE, nva()],
    ["unknown route table rt: the route table of spoke/app is not in the inventory"],
  ],
  [
    "appliances-found",
    "a load balancer with backends",
    [spoke(), CORE, TO_NVA, loadBalancer(["a"]), backend("a", 5)],
    ["holds"],
  ],
  [
    "appliances-found",
    "a load balancer without backends",
    [spoke(), CORE, TO_NVA, loadBalancer([]), backend("a", 5)],
    [
      "violated load balancer lb: load balancer lb has no backend for its frontend 10.0.1.4, the next hop of route to-nva (rt) of spoke/app",
    ],
  ],
  [
    "appliances-found",
    "a load balancer without a rule for the frontend",
    [spoke(), CORE, TO_NVA, loadBalancer(["a"], { loadBalancingRules: [] }), backend("a", 5)],
    [
      "violated load balancer lb: load balancer lb has no backend for its frontend 10.0.1.4, the next hop of route to-nva (rt) of spoke/app",
    ],
  ],
  [
    "appliances-found",
    "a next hop that only the effective table has",
    [spoke({ routeTable: undefined }), CORE],
    [
      "violated appliance 10.0.9.9 of spoke: no NIC, load balancer or firewall in spoke or its peers has 10.0.9.9, the next hop of route to-fw of spoke/app",
    ],
    {
      tables: [{ ...subject("t", "User 0.0.0.0/0 VirtualAppliance 10.0.9.9 #to-fw"), subnetIds: [subnetId("SPOKE")] }],
    },
  ],
  [
    "appliances-running",
    "it runs",
    [spoke(), CORE, TO_NVA, nva({ virtualMachine: { id: machineId("vm-nva") } }), vm("VM running")],
    ["holds"],
  ],
  [
    "appliances-running",
    "it is deallocated",
    [spoke(), CORE, TO_NVA, nva(), vm("VM deallocated")],
    ["violated VM vm-nva: vm-nva, the next hop 10.0.1.4 of user routes, is deallocated"],
  ],
  [
    "appliances-running",
    "its state is unknown",
    [spoke(), CORE, TO_NVA, nva(), vm()],
    ["unknown VM vm-nva: the inventory lacks the power state of vm-nva, the next hop 10.0.1.4 of user routes"],
  ],
  [
    "appliances-running",
    "the VM is not in the inventory",
    [spoke(), CORE, TO_NVA, nva()],
    ["unknown VM vm-nva: the inventory lacks the power state of vm-nva, the next hop 10.0.1.4 of user routes"],
  ],
  [
    "appliances-running",
    "instances of a scale set",
    [
      spoke(),
      CORE,
      TO_NVA,
      loadBalancer([], {
        backendAddressPools: [
          { id: POOL, loadBalancerBackendAddresses: [{ ipAddress: "10.0.1.5" }, { ipAddress: "10.0.1.6" }] },
        ],
      }),
      ...[5, 6].map((last) => ({
        ...nic("i", subnetId("core"), `10.0.1.${last}`, { virtualMachine: undefined }),
        id: `${machineId("set").replace("virtualMachines", "virtualMachineScaleSets")}/virtualMachines/${last}/networkInterfaces/i`,
      })),
    ],
    [
      "unknown scale set set: an inventory has no power states of scale set instances; set is a backend of lb (10.0.1.4)",
    ],
  ],
  [
    "appliances-running",
    "a NIC without VM",
    [spoke(), CORE, TO_NVA, nva({ virtualMachine: undefined })],
    ["violated NIC nva: nva, the next hop 10.0.1.4 of user routes, is not attached to a VM"],
  ],
  [
    "appliances-running",
    "one backend of two is stopped",
    [
      spoke(),
      CORE,
      TO_NVA,
      loadBalancer(["a", "b"]),
      backend("a", 5),
      backend("b", 6),
      vm("VM running", "vm-a"),
      vm("VM stopped", "vm-b"),
    ],
    ["violated VM vm-b: vm-b, a backend of lb (10.0.1.4), is stopped; 1 of 2 backends runs"],
  ],
  [
    "appliances-running",
    "a VM that no route leads to",
    [spoke(), CORE, TO_NVA, nva(), vm("VM running"), nic("x", subnetId("core"), "10.0.1.9"), vm("VM stopped", "vm-x")],
    ["holds"],
  ],
  [
    "appliances-running",
    "a stopped one that is exempt",
    [spoke(), CORE, TO_NVA, nva(), vm("VM stopped")],
    ["holds"],
    { except: ["VM-NVA"] },
  ],
  [
    "appliances-running",
    "a private endpoint, which has no VM",
    [
      spoke(),
      CORE,
      TO_NVA,
      nva({ virtualMachine: undefined, privateEndpoint: { id: resourceId("privateEndpoints", "p") } }),
    ],
    ["holds"],
  ],
  ["appliances-forwarding", "it forwards", [spoke(), CORE, TO_NVA, nva()], ["holds"]],
  [
    "appliances-forwarding",
    "it does not",
    [spoke(), CORE, TO_NVA, nva({ enableIPForwarding: false })],
    [
      "violated NIC nva: IP forwarding is off on nva, the next hop 10.0.1.4 of user routes: Azure drops packets that are not addressed to it",
    ],
  ],
  [
    "appliances-forwarding",
    "a backend of a pool by address does not",
    [
      spoke(),
      CORE,
      TO_NVA,
      loadBalancer([], {
        backendAddressPools: [{ id: POOL, loadBalancerBackendAddresses: [{ ipAddress: "10.0.1.5" }] }],
      }),
      backend("a", 5, { enableIPForwarding: false }),
    ],
    [
      "violated NIC a: IP forwarding is off on a, a backend of lb (10.0.1.4): Azure drops packets that are not addressed to it",
    ],
  ],
  [
    "appliances-forwarding",
    "the inventory does not say",
    [spoke(), CORE, TO_NVA, nva({ enableIPForwarding: null })],
    [
      "unknown NIC nva: the inventory does not say whether nva, the next hop 10.0.1.4 of user routes, has IP forwarding",
    ],
  ],
  ["peerings-connected", "both are", [spoke(), CORE], ["holds"]],
  [
    "peerings-connected",
    "one is not",
    [spoke({}, ["core"], { peeringState: "Disconnected" }), CORE],
    ["violated peering to-core of spoke: state Disconnected: no traffic passes between spoke and core"],
  ],
  [
    "peerings-connected",
    "half of it is missing",
    [spoke({}, ["core"], { peeringState: "Initiated" })],
    ["violated peering to-core of spoke: state Initiated: core has no peering back to spoke"],
  ],
  [
    "peerings-connected",
    "it is out of sync",
    [spoke({}, ["core"], { peeringSyncLevel: "RemoteNotInSync" })],
    ["violated peering to-core of spoke: sync level RemoteNotInSync: one side does not know all prefixes of the other"],
  ],
  [
    "peerings-connected",
    "its state is unknown",
    [spoke({}, ["core"], { peeringState: undefined })],
    ["unknown peering to-core of spoke: the inventory lacks its state"],
  ],
  ["peerings-allow-access", "it does", [spoke({}, ["core"], { allowVirtualNetworkAccess: true })], ["holds"]],
  [
    "peerings-allow-access",
    "it does not, although connected",
    [spoke({}, ["core"], { allowVirtualNetworkAccess: false, peeringSyncLevel: "FullyInSync" })],
    ["violated peering to-core of spoke: access is not allowed: traffic between spoke and core is dropped"],
  ],
  [
    "peerings-allow-access",
    "the inventory does not say",
    [spoke()],
    ["unknown peering to-core of spoke: the inventory does not say whether it allows access"],
  ],
  [
    "gateway-transit-allowed",
    "the peer allows it",
    [
      spoke({}, ["core"], GATEWAYS),
      network("core", "10.0.0.0/16", ["spoke"], { allowGatewayTransit: true, useRemoteGateways: false }),
    ],
    ["holds"],
  ],
  [
    "gateway-transit-allowed",
    "the peer does not",
    [
      spoke({}, ["core"], GATEWAYS),
      network("core", "10.0.0.0/16", ["spoke"], { allowGatewayTransit: false, useRemoteGateways: false }),
    ],
    [
      "violated peering to-core of spoke: uses the gateways of core, whose peering to-spoke does not allow gateway transit",
    ],
  ],
  [
    "gateway-transit-allowed",
    "the peer has no peering back",
    [spoke({}, ["core"], GATEWAYS), network("core", "10.0.0.0/16")],
    ["violated peering to-core of spoke: uses the gateways of core, which has no peering back"],
  ],
  [
    "gateway-transit-allowed",
    "the peer is not in the inventory",
    [spoke({}, ["core"], GATEWAYS)],
    [
      "unknown peering to-core of spoke: uses the gateways of core, and the inventory lacks the peering settings of core",
    ],
  ],
  [
    "gateway-transit-allowed",
    "the inventory does not say whether it uses gateways",
    [spoke()],
    ["unknown peering to-core of spoke: the inventory does not say whether it uses the gateways of the other network"],
  ],
  ["gateway-transit-allowed", "nobody uses gateways", [spoke({}, ["core"], { useRemoteGateways: false })], ["holds"]],
  ["no-endpoint-bypass", "no endpoints", [spoke(), TO_NVA], ["holds"]],
  [
    "no-endpoint-bypass",
    "service endpoints under a route for 0.0.0.0/0",
    [spoke({ serviceEndpoints: [{ service: "Microsoft.Storage" }, { service: "Microsoft.Sql" }] }), TO_NVA],
    [
      "violated subnet spoke/app: its service endpoints Microsoft.Storage and Microsoft.Sql bypass route to-nva (0.0.0.0/0)",
    ],
  ],
  [
    "no-endpoint-bypass",
    "service endpoints that are exempt",
    [spoke({ serviceEndpoints: [{ service: "Microsoft.Storage" }] }), TO_NVA],
    ["holds"],
    { except: ["spoke/app"] },
  ],
  [
    "no-endpoint-bypass",
    "service endpoints of a subnet without routes to an appliance",
    [spoke({ serviceEndpoints: [{ service: "Microsoft.Storage" }] }), routeTable(["out", "0.0.0.0/0", "Internet"])],
    ["holds"],
  ],
  ...(
    [
      [
        "under a route for their network",
        "10.0.0.0/16",
        "Disabled",
        "violated subnet spoke/app: private endpoints bypass route r (10.0.0.0/16): 10.0.7.4 (pe)",
      ],
      [
        "under a longer route",
        "10.0.7.0/24",
        "NetworkSecurityGroupEnabled",
        "violated subnet spoke/app: private endpoints bypass route r (10.0.7.0/24): 10.0.7.4 (pe)",
      ],
      [
        "of unknown policies",
        "10.0.0.0/16",
        undefined,
        "unknown subnet spoke/app: private endpoints may bypass route r (10.0.0.0/16): the inventory lacks the network policies of 10.0.7.4 (pe)",
      ],
      ["whose subnet lets user routes win", "10.0.0.0/16", "RouteTableEnabled", null],
      ["that the peering leads to anyway", "10.0.0.0/8", "Disabled", null],
      ["with a user route of their own", "10.0.7.4/32", "Disabled", null],
    ] as const
  ).map(([rule, prefix, policies, finding]): (typeof CASES)[number] => [
    "no-endpoint-bypass",
    `private endpoints ${rule}`,
    [
      spoke({}, ["core"], { remoteAddressSpace: { addressPrefixes: ["10.0.0.0/16"] } }),
      {
        id: networkId("core"),
        addressSpace: { addressPrefixes: ["10.0.0.0/16"] },
        subnets: [
          { id: subnetId("core", "pe"), addressPrefix: "10.0.7.0/24", privateEndpointNetworkPolicies: policies },
        ],
      },
      routeTable(["r", prefix, "VirtualAppliance", "10.0.1.4"]),
      nic("pe", subnetId("core", "pe"), "10.0.7.4", { privateEndpoint: { id: resourceId("privateEndpoints", "pe") } }),
    ],
    finding === null ? ["holds"] : [finding],
  ]),
  [
    "internet-outbound",
    "default outbound access",
    [spoke({ routeTable: undefined }, []), nic("n", subnetId("spoke"), "10.1.0.4")],
    ["holds"],
  ],
  [
    "internet-outbound",
    "a private subnet",
    [spoke({ routeTable: undefined, defaultOutboundAccess: false }, []), nic("n", subnetId("spoke"), "10.1.0.4")],
    [
      "violated subnet spoke/app: n: routed to the Internet without an outbound method (private subnet, no NAT gateway, no public address, no public load balancer)",
    ],
  ],
  [
    "internet-outbound",
    "a private subnet without NICs",
    [spoke({ routeTable: undefined, defaultOutboundAccess: false }, [])],
    ["holds"],
  ],
  [
    "internet-outbound",
    "a private subnet behind a firewall",
    [spoke({ defaultOutboundAccess: false }, []), TO_NVA, nic("n", subnetId("spoke"), "10.1.0.4")],
    ["holds"],
  ],
  [
    "internet-outbound",
    "a private subnet with a user route to the Internet",
    [
      spoke({ defaultOutboundAccess: false }, []),
      routeTable(["out", "0.0.0.0/0", "Internet"]),
      nic("n", subnetId("spoke"), "10.1.0.4"),
    ],
    [
      "violated subnet spoke/app: n: routed to the Internet without an outbound method (private subnet, no NAT gateway, no public address, no public load balancer)",
    ],
  ],
  ...(
    [
      ["an address of it", [["kms", "20.118.99.224/32", "Internet"], FIREWALL_DEFAULT], true],
      ["a service tag", [FIREWALL_DEFAULT, ["tag", "AzureMonitor", "Internet"]], true],
      ["private addresses", [["private", "10.0.0.0/8", "Internet"], FIREWALL_DEFAULT], false],
      ["IPv6", [["six", "::/0", "Internet"], FIREWALL_DEFAULT], false],
      [
        "addresses that longer routes to the firewall have",
        [
          ["wide", "20.0.0.0/8", "Internet"],
          ["low", "20.0.0.0/9", "VirtualAppliance", "10.0.1.4"],
          ["high", "20.128.0.0/9", "VirtualAppliance", "10.0.1.4"],
          FIREWALL_DEFAULT,
        ],
        false,
      ],
      [
        "nothing, where two halves lead to the firewall",
        [
          ["low", "0.0.0.0/1", "VirtualAppliance", "10.0.1.4"],
          ["high", "128.0.0.0/1", "VirtualAppliance", "10.0.1.4"],
        ],
        false,
      ],
    ] as const
  ).map(([what, routes, isViolated]): (typeof CASES)[number] => [
    "internet-outbound",
    `a private subnet behind a firewall, with a user route to the Internet for ${what}`,
    [
      spoke({ defaultOutboundAccess: false }, ["core"], GATEWAYS),
      routeTable(...routes),
      nic("n", subnetId("spoke"), "10.1.0.4"),
    ],
    isViolated
      ? [
          "violated subnet spoke/app: n: routed to the Internet without an outbound method (private subnet, no NAT gateway, no public address, no public load balancer)",
        ]
      : ["holds"],
  ]),
  [
    "internet-outbound",
    "a private subnet that learns routes of a gateway",
    [
      spoke({ routeTable: undefined, defaultOutboundAccess: false }, ["core"], GATEWAYS),
      nic("n", subnetId("spoke"), "10.1.0.4"),
    ],
    [
      "unknown subnet spoke/app: n: no outbound method (private subnet, no NAT gateway, no public address, no public load balancer), unless a gateway's route leads elsewhere",
    ],
  ],
  [
    "internet-outbound",
    "the same with a route table that does not take a gateway's routes",
    [
      spoke({ defaultOutboundAccess: false }, ["core"], GATEWAYS),
      { ...routeTable(["x", "192.0.2.0/24", "None"]), disableBgpRoutePropagation: true },
      nic("n", subnetId("spoke"), "10.1.0.4"),
    ],
    [
      "violated subnet spoke/app: n: routed to the Internet without an outbound method (private subnet, no NAT gateway, no public address, no public load balancer)",
    ],
  ],
  [
    "internet-outbound",
    "a private subnet with nothing but private endpoints",
    [
      spoke({ routeTable: undefined, defaultOutboundAccess: false }, []),
      nic("pe", subnetId("spoke"), "10.1.0.4", { privateEndpoint: { id: resourceId("privateEndpoints", "p") } }),
    ],
    ["holds"],
  ],
  [
    "internet-outbound",
    "the same, whose effective table leads to an appliance",
    [
      spoke({ routeTable: undefined, defaultOutboundAccess: false }, ["core"], GATEWAYS),
      nic("n", subnetId("spoke"), "10.1.0.4"),
    ],
    ["holds"],
    {
      tables: [
        {
          ...subject("t", "VirtualNetworkGateway 0.0.0.0/0 VirtualNetworkGateway 10.0.0.4"),
          subnetIds: [subnetId("spoke")],
        },
      ],
    },
  ],
  [
    "internet-outbound",
    "the same, whose effective table leads to the Internet",
    [
      spoke({ routeTable: undefined, defaultOutboundAccess: false }, ["core"], GATEWAYS),
      nic("n", subnetId("spoke"), "10.1.0.4"),
    ],
    [
      "violated subnet spoke/app: n: routed to the Internet without an outbound method (private subnet, no NAT gateway, no public address, no public load balancer)",
    ],
    { tables: [{ ...subject("t", "Default 0.0.0.0/0 Internet"), subnetIds: [subnetId("spoke")] }] },
  ],
  [
    "internet-outbound",
    "a NAT gateway",
    [
      spoke({ routeTable: undefined, defaultOutboundAccess: false, natGateway: { id: "/nat" } }, []),
      nic("n", subnetId("spoke"), "10.1.0.4"),
    ],
    ["holds"],
  ],
  [
    "internet-outbound",
    "a public address and a public load balancer, but not for all",
    [
      spoke({ routeTable: undefined, defaultOutboundAccess: false }, []),
      ...(["pip", "pool", "none"] as const).map((name, k) =>
        nic(name, subnetId("spoke"), `10.1.0.${4 + k}`, {
          ipConfigurations: [
            {
              subnet: { id: subnetId("spoke") },
              ...(name === "pip" ? { publicIPAddress: { id: "/pip" } } : {}),
              ...(name === "pool" ? { loadBalancerBackendAddressPools: [{ id: POOL }] } : {}),
            },
          ],
        }),
      ),
      {
        id: LB,
        frontendIPConfigurations: [{ id: "/f", publicIPAddress: { id: "/p" } }],
        backendAddressPools: [{ id: POOL }],
      },
    ],
    [
      "violated subnet spoke/app: none: routed to the Internet without an outbound method (private subnet, no NAT gateway, no public address, no public load balancer)",
    ],
  ],
  ["appliances-found", "nor has it a NIC in no pool", [spoke(), CORE, TO_NVA, backend("a", 5)], [NOBODY]],
  [
    "appliances-found",
    "nor has it a load balancer of the inventory, in whose pool a NIC is",
    [spoke(), CORE, TO_NVA, { id: LB.toUpperCase(), name: "lb" }, pooled("a", subnetId("core"))],
    [NOBODY],
  ],
  [
    "appliances-found",
    "a load balancer that is not in the inventory may have it, in the subnet's own network",
    [spoke({}, []), TO_NVA, pooled("a", subnetId("SPOKE"))],
    [UNSEEN_BALANCER],
  ],
  [
    "appliances-found",
    "a load balancer that is not in the inventory, of a network that is no peer",
    [spoke({}, []), CORE, TO_NVA, pooled("a", subnetId("core"))],
    [NOBODY],
  ],
  [
    "appliances-found",
    "a load balancer that is not in the inventory, of NICs without a subnet or in one of no network",
    [spoke(), CORE, TO_NVA, pooled("a", null), pooled("b", "app")],
    [NOBODY],
  ],
  [
    "appliances-found",
    "the route table is not in the inventory, but the effective routes are known",
    [spoke(), CORE, nva()],
    ["holds"],
    { tables: [{ ...subject("t", "Default 0.0.0.0/0 Internet"), subnetIds: [subnetId("spoke")] }] },
  ],
  [
    "appliances-running",
    "one backend of two has no VM",
    [
      spoke(),
      CORE,
      TO_NVA,
      loadBalancer(["a", "b"]),
      backend("a", 5),
      backend("b", 6, { virtualMachine: undefined }),
      vm("VM stopped", "vm-a"),
    ],
    [
      "violated VM vm-a: vm-a, a backend of lb (10.0.1.4), is stopped; 0 of 2 backends run",
      "violated NIC b: b, a backend of lb (10.0.1.4), is not attached to a VM",
    ],
  ],
  [
    "appliances-running",
    "an address that a NIC and a load balancer with one backend have",
    [spoke(), CORE, TO_NVA, loadBalancer(["a"]), backend("a", 5), nva(), vm("VM stopped", "vm-a"), vm("VM running")],
    ["violated VM vm-a: vm-a, a backend of lb (10.0.1.4), is stopped"],
  ],
  [
    "appliances-running",
    "a NIC that is a next hop itself, and behind a load balancer",
    [
      spoke(),
      CORE,
      routeTable(
        ["nic", "10.8.0.0/16", "VirtualAppliance", "10.0.1.5"],
        ["lb", "10.9.0.0/16", "VirtualAppliance", "10.0.1.4"],
      ),
      loadBalancer(["a"]),
      backend("a", 5),
      vm("VM stopped", "vm-a"),
    ],
    ["violated VM vm-a: vm-a, the next hop 10.0.1.5 of user routes, is stopped"],
  ],
  [
    "no-endpoint-bypass",
    "several private endpoints of one network, and addresses or subnets that the inventory lacks",
    [
      spoke({}, ["core"], { remoteAddressSpace: { addressPrefixes: ["10.0.0.0/16"] } }),
      {
        id: networkId("core"),
        addressSpace: { addressPrefixes: ["10.0.0.0/16"] },
        subnets: [{ id: subnetId("core", "pe"), privateEndpointNetworkPolicies: "Disabled" }],
      },
      routeTable(["r", "10.0.0.0/16", "VirtualAppliance", "10.0.1.4"]),
      ...[
        ["one", { privateIPAddress: "10.0.7.4", subnet: { id: subnetId("core", "pe") } }],
        ["two", { privateIPAddress: "10.0.7.5", subnet: { id: subnetId("CORE", "pe") } }],
        ["no-address", { subnet: { id: subnetId("core", "pe") } }],
        ["no-subnet", { privateIPAddress: "10.0.7.6" }],
        ["no-network", { privateIPAddress: "10.0.7.7", subnet: { id: "pe" } }],
      ].map(([name, properties]) =>
        nic(String(name), subnetId("core", "pe"), "10.0.7.4", {
          privateEndpoint: { id: resourceId("privateEndpoints", "pe") },
          ipConfigurations: [{ id: `/x/${name}`, properties }],
        }),
      ),
    ],
    ["violated subnet spoke/app: private endpoints bypass route r (10.0.0.0/16): 10.0.7.4 (one) and 10.0.7.5 (two)"],
  ],
  ["route-tables-used", "by the subnet's word", [spoke(), TO_NVA], ["holds"]],
  ["route-tables-used", "by its own word", [{ ...TO_NVA, subnets: [{ id: subnetId("elsewhere") }] }], ["holds"]],
  [
    "appliances-found",
    "five routes of three subnets to one address",
    [
      {
        ...spoke({}, []),
        properties: {
          addressSpace: { addressPrefixes: ["10.1.0.0/16"] },
          subnets: ["a", "b", "c"].map((name) => ({ id: subnetId("spoke", name), name, routeTable: { id: RT } })),
        },
      },
      routeTable(
        ...["1", "2", "3", "4", "5"].map((n) => [`r${n}`, `10.9.${n}.0/24`, "VirtualAppliance", "10.1.9.9"] as const),
      ),
    ],
    [
      "violated appliance 10.1.9.9 of spoke: no NIC, load balancer or firewall in spoke or its peers has 10.1.9.9, the next hop of route r1 (rt), route r2 (rt), route r3 (rt) and 2 more of spoke/a, spoke/b and 1 more",
    ],
  ],
  [
    "appliances-running",
    "no backend of two runs",
    [
      spoke(),
      CORE,
      TO_NVA,
      loadBalancer(["a", "b"]),
      backend("a", 5),
      backend("b", 6),
      vm("VM stopped", "vm-a"),
      vm("VM stopped", "vm-b"),
    ],
    [
      "violated VM vm-a: vm-a, a backend of lb (10.0.1.4), is stopped; 0 of 2 backends run",
      "violated VM vm-b: vm-b, a backend of lb (10.0.1.4), is stopped; 0 of 2 backends run",
    ],
  ],
  [
    "appliances-forwarding",
    "an instance of a scale set does not",
    [
      spoke(),
      CORE,
      TO_NVA,
      {
        ...nva({ enableIPForwarding: false, virtualMachine: undefined }),
        id: `${machineId("set").replace("virtualMachines", "virtualMachineScaleSets")}/virtualMachines/1/networkInterfaces/nva`,
      },
    ],
    [
      "violated NIC nva: IP forwarding is off on nva, the next hop 10.0.1.4 of user routes: Azure drops packets that are not addressed to it",
    ],
  ],
  [
    "peerings-connected",
    "a state of no peering that works, whose other network nothing names",
    [spoke({}, ["core"], { peeringState: "Disconnected", remoteVirtualNetwork: undefined })],
    ["violated peering to-core of spoke: state Disconnected: no traffic passes between spoke and the other network"],
  ],
  [
    "peerings-allow-access",
    "it does not, and nothing names the other network",
    [spoke({}, ["core"], { allowVirtualNetworkAccess: false, remoteVirtualNetwork: undefined })],
    [
      "violated peering to-core of spoke: access is not allowed: traffic between spoke and the other network is dropped",
    ],
  ],
  [
    "gateway-transit-allowed",
    "nothing names the other network",
    [spoke({}, ["core"], { useRemoteGateways: true, remoteVirtualNetwork: undefined })],
    [
      "unknown peering to-core of spoke: uses the gateways of the other network, and the inventory lacks the peering settings of the other network",
    ],
  ],
  [
    "no-endpoint-bypass",
    "one service endpoint under a route for 0.0.0.0/0",
    [spoke({ serviceEndpoints: [{ service: "Microsoft.Storage" }] }), TO_NVA],
    ["violated subnet spoke/app: its service endpoint Microsoft.Storage bypasses route to-nva (0.0.0.0/0)"],
  ],
  [
    "no-endpoint-bypass",
    "a route table that is not in the inventory",
    [spoke()],
    ["unknown subnet spoke/app: its route table is not in the inventory"],
  ],
  [
    "internet-outbound",
    "a private subnet whose route table is not in the inventory",
    [spoke({ defaultOutboundAccess: false }, []), nic("n", subnetId("spoke"), "10.1.0.4")],
    [
      "unknown subnet spoke/app: n: no outbound method (private subnet, no NAT gateway, no public address, no public load balancer), unless a gateway's route leads elsewhere",
    ],
  ],
  [
    "internet-outbound",
    "a private subnet in the network of a gateway",
    [
      spoke({ routeTable: undefined, defaultOutboundAccess: false }, []),
      nic("n", subnetId("spoke"), "10.1.0.4"),
      {
        id: resourceId("virtualNetworkGateways", "vpn"),
        gatewayType: "Vpn",
        ipConfigurations: [{ subnet: { id: subnetId("spoke", "GatewaySubnet") } }],
      },
    ],
    [
      "unknown subnet spoke/app: n: no outbound method (private subnet, no NAT gateway, no public address, no public load balancer), unless a gateway's route leads elsewhere",
    ],
  ],
  [
    "internet-outbound",
    "a private subnet in a network that is connected to a hub",
    [
      spoke({ routeTable: undefined, defaultOutboundAccess: false }, []),
      nic("n", subnetId("spoke"), "10.1.0.4"),
      { id: resourceId("virtualHubs", "vhub"), virtualWan: { id: "/wan" } },
      {
        id: `${resourceId("virtualHubs", "vhub")}/hubVirtualNetworkConnections/c`,
        remoteVirtualNetwork: { id: networkId("SPOKE") },
      },
    ],
    [
      "unknown subnet spoke/app: n: no outbound method (private subnet, no NAT gateway, no public address, no public load balancer), unless a gateway's route leads elsewhere",
    ],
  ],
  [
    "internet-outbound",
    "five NICs of a private subnet",
    [
      spoke({ routeTable: undefined, defaultOutboundAccess: false }, []),
      ...["a", "b", "c", "d", "e"].map((name, at) => nic(name, subnetId("spoke"), `10.1.0.${at + 4}`)),
    ],
    [
      "violated subnet spoke/app: a, b, c and 2 more: routed to the Internet without an outbound method (private subnet, no NAT gateway, no public address, no public load balancer)",
    ],
  ],
  [
    "route-tables-used",
    "by none, with several routes",
    [routeTable(["a", "10.8.0.0/16", "None"], ["b", "10.9.0.0/16", "None"])],
    ["violated route table rt: not associated with any subnet: its 2 routes have no effect"],
  ],
  [
    "route-tables-used",
    "by none, without routes",
    [routeTable()],
    ["violated route table rt: not associated with any subnet, and without routes"],
  ],
  [
    "route-tables-used",
    "by none",
    [TO_NVA],
    ["violated route table rt: not associated with any subnet: its route has no effect"],
  ],
];

/** For each case how many resources were judged, and for each finding its resource and what to do. */
const WHAT_TO_DO = [
  "appliances-found, a NIC of a peer: of 1 next hop of user routes",
  "appliances-found, no user routes: of 0 next hops of user routes",
  "appliances-found, nobody has the address: of 1 next hop of user routes; routeTables/rt: correct the next hop of the route, or create the appliance",
  "appliances-found, a network that is no peer has the address: of 1 next hop of user routes; routeTables/rt: correct the next hop of the route, or create the appliance",
  "appliances-found, a peer that is not in the inventory may have it: of 1 next hop of user routes; routeTables/rt: take the snapshot of its subscription too",
  "appliances-found, an address of the own network, beside a peer that is not in the inventory: of 1 next hop of user routes; routeTables/rt: correct the next hop of the route, or create the appliance",
  "appliances-found, an unseen peer of other addresses cannot have it: of 1 next hop of user routes; routeTables/rt: correct the next hop of the route, or create the appliance",
  "appliances-found, a network of which the inventory has only a subnet: of 1 next hop of user routes; routeTables/rt: take the snapshot of its subscription too",
  "appliances-found, a load balancer that is not in the inventory may have it: of 1 next hop of user routes; routeTables/rt: take the snapshot with a role that may read load balancers (Reader)",
  "appliances-found, the route table is not in the inventory: of 0 next hops of user routes; routeTables/rt: take the snapshot with a role that may read route tables (Reader)",
  "appliances-found, a load balancer with backends: of 1 next hop of user routes",
  "appliances-found, a load balancer without backends: of 1 next hop of user routes; loadBalancers/lb: put the appliances into the backend pool of its rule",
  "appliances-found, a load balancer without a rule for the frontend: of 1 next hop of user routes; loadBalancers/lb: put the appliances into the backend pool of its rule",
  "appliances-found, a next hop that only the effective table has: of 1 next hop of user routes; virtualNetworks/spoke: correct the next hop of the route, or create the appliance",
  "appliances-running, it runs: of 1 NIC of an appliance",
  "appliances-running, it is deallocated: of 1 NIC of an appliance; virtualMachines/vm-nva: start it: az vm start -g rg -n vm-nva",
  "appliances-running, its state is unknown: of 1 NIC of an appliance; virtualMachines/vm-nva: take the snapshot through Resource Graph, with a role that may read VMs (Reader)",
  "appliances-running, the VM is not in the inventory: of 1 NIC of an appliance; virtualMachines/vm-nva: take the snapshot through Resource Graph, with a role that may read VMs (Reader)",
  "appliances-running, instances of a scale set: of 2 NICs of appliances; virtualMachineScaleSets/set: see az vmss get-instance-view -g rg -n set --instance-id '*', or add set to except",
  "appliances-running, a NIC without VM: of 1 NIC of an appliance; networkInterfaces/nva: attach it to the appliance, or correct the next hop",
  "appliances-running, one backend of two is stopped: of 2 NICs of appliances; virtualMachines/vm-b: start it: az vm start -g rg -n vm-b",
  "appliances-running, a VM that no route leads to: of 1 NIC of an appliance",
  "appliances-running, a stopped one that is exempt: of 1 NIC of an appliance",
  "appliances-running, a private endpoint, which has no VM: of 1 NIC of an appliance",
  "appliances-forwarding, it forwards: of 1 NIC of an appliance",
  "appliances-forwarding, it does not: of 1 NIC of an appliance; networkInterfaces/nva: turn it on: az network nic update -g rg -n nva --ip-forwarding true",
  "appliances-forwarding, a backend of a pool by address does not: of 1 NIC of an appliance; networkInterfaces/a: turn it on: az network nic update -g rg -n a --ip-forwarding true",
  "appliances-forwarding, the inventory does not say: of 1 NIC of an appliance; networkInterfaces/nva: take a new snapshot",
  "peerings-connected, both are: of 2 peerings",
  "peerings-connected, one is not: of 2 peerings; virtualNetworkPeerings/to-core: delete the peerings on both sides and create them again",
  "peerings-connected, half of it is missing: of 1 peering; virtualNetworkPeerings/to-core: create the peering from core to spoke",
  "peerings-connected, it is out of sync: of 1 peering; virtualNetworkPeerings/to-core: sync it: az network vnet peering sync -g rg --vnet-name spoke -n to-core",
  "peerings-connected, its state is unknown: of 1 peering; virtualNetworkPeerings/to-core: take the snapshot with a role that may read both networks (Reader)",
  "peerings-allow-access, it does: of 1 peering",
  "peerings-allow-access, it does not, although connected: of 1 peering; virtualNetworkPeerings/to-core: allow it: az network vnet peering update -g rg --vnet-name spoke -n to-core --set allowVirtualNetworkAccess=true",
  "peerings-allow-access, the inventory does not say: of 1 peering; virtualNetworkPeerings/to-core: take the snapshot with a role that may read both networks (Reader)",
  "gateway-transit-allowed, the peer allows it: of 1 peering that uses remote gateways",
  "gateway-transit-allowed, the peer does not: of 1 peering that uses remote gateways; virtualNetworkPeerings/to-core: allow it: az network vnet peering update -g rg --vnet-name core -n to-spoke --set allowGatewayTransit=true",
  "gateway-transit-allowed, the peer has no peering back: of 1 peering that uses remote gateways; virtualNetworkPeerings/to-core: create the peering from core, with gateway transit allowed",
  "gateway-transit-allowed, the peer is not in the inventory: of 1 peering that uses remote gateways; virtualNetworkPeerings/to-core: take the snapshot with a role that may read both networks (Reader)",
  "gateway-transit-allowed, the inventory does not say whether it uses gateways: of 1 peering that uses remote gateways; virtualNetworkPeerings/to-core: take the snapshot with a role that may read both networks (Reader)",
  "gateway-transit-allowed, nobody uses gateways: of 0 peerings that use remote gateways",
  "no-endpoint-bypass, no endpoints: of 1 subnet with user routes to an appliance",
  "no-endpoint-bypass, service endpoints under a route for 0.0.0.0/0: of 1 subnet with user routes to an appliance; subnets/app: remove the service endpoints from the subnet, or add the subnet to except",
  "no-endpoint-bypass, service endpoints that are exempt: of 1 subnet with user routes to an appliance",
  "no-endpoint-bypass, service endpoints of a subnet without routes to an appliance: of 0 subnets with user routes to an appliance",
  "no-endpoint-bypass, private endpoints under a route for their network: of 1 subnet with user routes to an appliance; subnets/app: turn on network policies for route tables in the endpoints' subnets, or add the subnet to except",
  "no-endpoint-bypass, private endpoints under a longer route: of 1 subnet with user routes to an appliance; subnets/app: turn on network policies for route tables in the endpoints' subnets, or add the subnet to except",
  "no-endpoint-bypass, private endpoints of unknown policies: of 1 subnet with user routes to an appliance; subnets/app: take the snapshot with a role that may read the endpoints' networks (Reader)",
  "no-endpoint-bypass, private endpoints whose subnet lets user routes win: of 1 subnet with user routes to an appliance",
  "no-endpoint-bypass, private endpoints that the peering leads to anyway: of 1 subnet with user routes to an appliance",
  "no-endpoint-bypass, private endpoints with a user route of their own: of 1 subnet with user routes to an appliance",
  "internet-outbound, default outbound access: of 1 subnet with routes to the Internet",
  "internet-outbound, a private subnet: of 1 subnet with routes to the Internet; subnets/app: give the subnet a NAT gateway, or a user route for 0.0.0.0/0 to a firewall",
  "internet-outbound, a private subnet without NICs: of 0 subnets with routes to the Internet",
  "internet-outbound, a private subnet behind a firewall: of 0 subnets with routes to the Internet",
  "internet-outbound, a private subnet with a user route to the Internet: of 1 subnet with routes to the Internet; subnets/app: give the subnet a NAT gateway, or lead route out (rt) to a firewall",
  "internet-outbound, a private subnet behind a firewall, with a user route to the Internet for an address of it: of 1 subnet with routes to the Internet; subnets/app: give the subnet a NAT gateway, or lead route kms (rt) to a firewall",
  "internet-outbound, a private subnet behind a firewall, with a user route to the Internet for a service tag: of 1 subnet with routes to the Internet; subnets/app: give the subnet a NAT gateway, or lead route tag (rt) to a firewall",
  "internet-outbound, a private subnet behind a firewall, with a user route to the Internet for private addresses: of 0 subnets with routes to the Internet",
  "internet-outbound, a private subnet behind a firewall, with a user route to the Internet for IPv6: of 0 subnets with routes to the Internet",
  "internet-outbound, a private subnet behind a firewall, with a user route to the Internet for addresses that longer routes to the firewall have: of 0 subnets with routes to the Internet",
  "internet-outbound, a private subnet behind a firewall, with a user route to the Internet for nothing, where two halves lead to the firewall: of 0 subnets with routes to the Internet",
  "internet-outbound, a private subnet that learns routes of a gateway: of 1 subnet with routes to the Internet; subnets/app: take a snapshot with a route table of this subnet",
  "internet-outbound, the same with a route table that does not take a gateway's routes: of 1 subnet with routes to the Internet; subnets/app: give the subnet a NAT gateway, or a user route for 0.0.0.0/0 to a firewall",
  "internet-outbound, a private subnet with nothing but private endpoints: of 0 subnets with routes to the Internet",
  "internet-outbound, the same, whose effective table leads to an appliance: of 0 subnets with routes to the Internet",
  "internet-outbound, the same, whose effective table leads to the Internet: of 1 subnet with routes to the Internet; subnets/app: give the subnet a NAT gateway, or a user route for 0.0.0.0/0 to a firewall",
  "internet-outbound, a NAT gateway: of 1 subnet with routes to the Internet",
  "internet-outbound, a public address and a public load balancer, but not for all: of 1 subnet with routes to the Internet; subnets/app: give the subnet a NAT gateway, or a user route for 0.0.0.0/0 to a firewall",
  "appliances-found, nor has it a NIC in no pool: of 1 next hop of user routes; routeTables/rt: correct the next hop of the route, or create the appliance",
  "appliances-found, nor has it a load balancer of the inventory, in whose pool a NIC is: of 1 next hop of user routes; routeTables/rt: correct the next hop of the route, or create the appliance",
  "appliances-found, a load balancer that is not in the inventory may have it, in the subnet's own network: of 1 next hop of user routes; routeTables/rt: take the snapshot with a role that may read load balancers (Reader)",
  "appliances-found, a load balancer that is not in the inventory, of a network that is no peer: of 1 next hop of user routes; routeTables/rt: correct the next hop of the route, or create the appliance",
  "appliances-found, a load balancer that is not in the inventory, of NICs without a subnet or in one of no network: of 1 next hop of user routes; routeTables/rt: correct the next hop of the route, or create the appliance",
  "appliances-found, the route table is not in the inventory, but the effective routes are known: of 0 next hops of user routes",
  "appliances-running, one backend of two has no VM: of 2 NICs of appliances; virtualMachines/vm-a: start it: az vm start -g rg -n vm-a; networkInterfaces/b: attach it to the appliance, or correct the next hop",
  "appliances-running, an address that a NIC and a load balancer with one backend have: of 2 NICs of appliances; virtualMachines/vm-a: start it: az vm start -g rg -n vm-a",
  "appliances-running, a NIC that is a next hop itself, and behind a load balancer: of 1 NIC of an appliance; virtualMachines/vm-a: start it: az vm start -g rg -n vm-a",
  "no-endpoint-bypass, several private endpoints of one network, and addresses or subnets that the inventory lacks: of 1 subnet with user routes to an appliance; subnets/app: turn on network policies for route tables in the endpoints' subnets, or add the subnet to except",
  "route-tables-used, by the subnet's word: of 1 route table",
  "route-tables-used, by its own word: of 1 route table",
  "appliances-found, five routes of three subnets to one address: of 1 next hop of user routes; routeTables/rt: correct the next hop of the route, or create the appliance",
  "appliances-running, no backend of two runs: of 2 NICs of appliances; virtualMachines/vm-a: start it: az vm start -g rg -n vm-a; virtualMachines/vm-b: start it: az vm start -g rg -n vm-b",
  "appliances-forwarding, an instance of a scale set does not: of 1 NIC of an appliance; networkInterfaces/nva: turn it on in the network profile of the scale set set, and update its instances",
  "peerings-connected, a state of no peering that works, whose other network nothing names: of 1 peering; virtualNetworkPeerings/to-core: delete the peerings on both sides and create them again",
  "peerings-allow-access, it does not, and nothing names the other network: of 1 peering; virtualNetworkPeerings/to-core: allow it: az network vnet peering update -g rg --vnet-name spoke -n to-core --set allowVirtualNetworkAccess=true",
  "gateway-transit-allowed, nothing names the other network: of 1 peering that uses remote gateways; virtualNetworkPeerings/to-core: take the snapshot with a role that may read both networks (Reader)",
  "no-endpoint-bypass, one service endpoint under a route for 0.0.0.0/0: of 1 subnet with user routes to an appliance; subnets/app: remove the service endpoint from the subnet, or add the subnet to except",
  "no-endpoint-bypass, a route table that is not in the inventory: of 0 subnets with user routes to an appliance; subnets/app: take the snapshot with a role that may read route tables (Reader)",
  "internet-outbound, a private subnet whose route table is not in the inventory: of 1 subnet with routes to the Internet; subnets/app: take a snapshot with a route table of this subnet",
  "internet-outbound, a private subnet in the network of a gateway: of 1 subnet with routes to the Internet; subnets/app: take a snapshot with a route table of this subnet",
  "internet-outbound, a private subnet in a network that is connected to a hub: of 1 subnet with routes to the Internet; subnets/app: take a snapshot with a route table of this subnet",
  "internet-outbound, five NICs of a private subnet: of 1 subnet with routes to the Internet; subnets/app: give the subnet a NAT gateway, or a user route for 0.0.0.0/0 to a firewall",
  "route-tables-used, by none, with several routes: of 1 route table; routeTables/rt: associate it with the subnet that it was created for, or delete it",
  "route-tables-used, by none, without routes: of 1 route table; routeTables/rt: associate it with the subnet that it was created for, or delete it",
  "route-tables-used, by none: of 1 route table; routeTables/rt: associate it with the subnet that it was created for, or delete it",
];

describe("a rule about an inventory", () => {
  for (const [check, rule, resources, expected, given] of CASES) {
    it(`${check}: ${rule}`, () => {
      const result = judge(check, resources, given);
      const findings = expected.filter((line) => line !== "holds");
      const status = findings.some((line) => line.startsWith("violated"))
        ? "violated"
        : findings.length > 0
          ? "not-judged"
          : "holds";
      expect(told(result)).toEqual([status, ...findings]);
    });
  }

  it("reports the number of resources that it judged, and a remedy for each violation", () => {
    const found = CASES.map(([check, rule, resources, , given]) => {
      const { inventory } = judge(check, resources, given);
      const findings = inventory?.findings ?? [];
      const ids = findings.map(({ resourceId: id, remedy }) => `${id.split("/").slice(-2).join("/")}: ${remedy}`);
      return [`${check}, ${rule}: of ${inventory?.resources} ${inventory?.judges}`, ...ids].join("; ");
    });
    expect(found).toEqual(WHAT_TO_DO);
  });

  it("has a case for each status of each check", () => {
    const statuses = new Set(CASES.map(([check, , , [first = ""]]) => `${check} ${first.split(" ")[0]}`));
    const checks = new Set(CASES.map(([check]) => check));
    expect(
      [...checks].filter((check) => !statuses.has(`${check} holds`) || !statuses.has(`${check} violated`)),
    ).toEqual([]);
  });

  it("names what to do, and the resource to do it with", () => {
    const [finding] =
      judge("appliances-running", [spoke(), CORE, TO_NVA, nva(), vm("VM deallocated")]).inventory?.findings ?? [];
    expect(finding).toMatchObject({ resourceId: machineId("vm-nva"), remedy: "start it: az vm start -g rg -n vm-nva" });
  });

  it("suggests no command line with a name that a shell would change", () => {
    const hostile = { id: machineId("vm $(reboot)"), powerState: "VM stopped" };
    const leads = nva({ virtualMachine: { id: hostile.id } });
    const [finding] = judge("appliances-running", [spoke(), CORE, TO_NVA, leads, hostile]).inventory?.findings ?? [];
    expect(finding?.remedy).toBe("start it: az vm start -g rg -n NAME");
  });

  it("counts what it judged", () => {
    expect(judge("peerings-connected", [spoke(), CORE]).inventory).toEqual({
      judges: "peerings",
      resources: 2,
      findings: [],
    });
    expect(judge("route-tables-used", [TO_NVA]).inventory).toMatchObject({ judges: "route table", resources: 1 });
  });

  it("is not judged without an inventory, whatever the tables", () => {
    const { results, passed } = checkPolicy(policyOf({ inventory: "peerings-connected" }), [subject("t")], null, null);
    expect(results.map(({ status, reason }) => [status, reason])).toEqual([
      [
        "not-judged",
        "it needs an inventory: check a snapshot directory, or a folder that has exports of resources (az network vnet list)",
      ],
    ]);
    expect(passed).toBe(false);
  });

  it("is violated where one resource is known to violate it and others are unknown", () => {
    const { status, reason, inventory } = judge("peerings-allow-access", [
      spoke({}, ["core"], { allowVirtualNetworkAccess: false }),
      CORE,
    ]);
    expect([status, reason]).toEqual(["violated", null]);
    expect(inventory?.findings.map((finding) => finding.status)).toEqual(["violated", "unknown"]);
  });
});

describe("an exception of a rule about an inventory", () => {
  const stopped = [spoke(), CORE, TO_NVA, nva(), vm("VM deallocated")];
  it.each<[string, readonly string[], string]>([
    ["is a name", ["vm-nva"], "holds"],
    ["is a name in any case", ["other", "VM-NVA"], "holds"],
    ["is what the finding says", ["VM vm-nva"], "holds"],
    ["is an id, however it is spelled", [machineId("vm-nva").toUpperCase()], "holds"],
    ["is not another name", ["other", "nva", "vm"], "violated"],
    ["is not another id", [machineId("other")], "violated"],
    ["is not a part of an id", ["virtualMachines/vm-nva"], "violated"],
  ])("%s: %j", (_, except, status) => {
    expect(judge("appliances-running", stopped, { except }).status).toBe(status);
  });
});

describe("appliances that are found", () => {
  it("hold beside a pool of a load balancer that is not in the inventory", () => {
    const resources = [spoke(), CORE, TO_NVA, nva(), pooled("a", subnetId("core"))];
    expect(told(judge("appliances-found", resources))).toEqual(["holds"]);
  });

  it("are those of effective routes too, named or not", () => {
    const rows = ["User 0.0.0.0/0 VirtualAppliance 10.0.1.4", "User 9.0.0.0/8 VirtualAppliance nobody"];
    const own = { ...subject("t", ...rows), subnetIds: [subnetId("spoke")] };
    const named = { ...subject("t", `${rows[0]} #to-fw`), subnetIds: [subnetId("spoke")] };
    const route = (table: PolicySubject) =>
      told(judge("appliances-found", [spoke(), CORE, routeTable()], { tables: [table] }))[1]?.split("hop of ")[1];
    expect(route(own)).toBe("route without a name of spoke/app");
    expect(route(named)).toBe("route to-fw of spoke/app");
  });
});

describe("next hops of user routes", () => {
  const found = (resources: readonly unknown[], tables: readonly PolicySubject[] = []) => {
    const result = judge("appliances-found", resources, { tables });
    return [result.status, result.inventory?.resources, result.inventory?.findings[0]?.resourceId.split("/").at(-1)];
  };
  const NOT_FOUND = ["violated", 1, "rt"];
  const MAY_BE = ["not-judged", 1, "rt"];
  const inSpaces = (...addressPrefixes: readonly string[]) => ({ remoteAddressSpace: { addressPrefixes } });
  const balanced = (more: object) => [spoke(), CORE, TO_NVA, loadBalancer(["a"], more), backend("a", 5)];

  it.each<[string, readonly unknown[], readonly unknown[]]>([
    [
      "are those of routes to an appliance alone",
      [spoke(), CORE, routeTable(["out", "10.7.0.0/16", "Internet"], ["off", "10.8.0.0/16", "None", "10.0.9.9"])],
      ["holds", 0, undefined],
    ],
    [
      "count once for each network",
      [spoke(), { id: networkId("core"), subnets: [{ id: subnetId("core"), routeTable: { id: RT } }] }, TO_NVA, nva()],
      ["holds", 2, undefined],
    ],
    [
      "are not found beside a peering that names no network",
      [spoke({}, ["core"], { remoteVirtualNetwork: undefined }), TO_NVA],
      NOT_FOUND,
    ],
    [
      "may be in an unseen peer that has the address in one of its spaces",
      [spoke({}, ["core"], inSpaces("10.7.0.0/16", "10.0.0.0/16")), TO_NVA],
      MAY_BE,
    ],
    ["may be in a peer of which only a subnet was seen", [spoke(), { id: subnetId("core") }, TO_NVA], MAY_BE],
    [
      "are not found in the own network, in one of whose spaces the address is",
      [
        {
          id: networkId("spoke"),
          addressSpace: { addressPrefixes: ["10.1.0.0/16", "10.0.1.0/24"] },
          subnets: [{ id: subnetId("spoke"), routeTable: { id: RT } }],
          virtualNetworkPeerings: [{ id: "/x/peering", remoteVirtualNetwork: { id: networkId("core") } }],
        },
        TO_NVA,
      ],
      NOT_FOUND,
    ],
    [
      "have no backends by a rule of another frontend",
      balanced({
        loadBalancingRules: [
          {
            frontendIPConfiguration: { id: `${LB}/frontendIPConfigurations/other` },
            backendAddressPool: { id: POOL },
            protocol: "All",
          },
        ],
      }),
      ["violated", 1, "lb"],
    ],
    [
      "have no backends in a pool that their rule does not name",
      balanced({
        loadBalancingRules: [
          {
            frontendIPConfiguration: { id: `${LB}/frontendIPConfigurations/f` },
            backendAddressPool: { id: `${LB}/backendAddressPools/other` },
            protocol: "All",
          },
        ],
      }),
      ["violated", 1, "lb"],
    ],
    [
      "have no backend where a pool has the address of the load balancer itself",
      balanced({ backendAddressPools: [{ id: POOL, loadBalancerBackendAddresses: [{ ipAddress: "10.0.1.4" }] }] }),
      ["violated", 1, "lb"],
    ],
  ])("%s", (_, resources, expected) => {
    expect(found(resources)).toEqual(expected);
  });

  const LOST = [
    spoke(),
    CORE,
    routeTable(
      ["to-nva", "0.0.0.0/0", "VirtualAppliance", "10.0.1.4"],
      ["to-lost", "10.9.0.0/16", "VirtualAppliance", "10.0.1.99"],
    ),
    nva(),
    vm("VM running"),
  ];

  it.each(["appliances-running", "appliances-forwarding"] as const)(
    "that nobody has are judged by appliances-found, and leave %s open in exports",
    (check) => {
      expect(told(judge(check, LOST))).toEqual(["holds"]);
      const lacks = { unreadParts: [], unreadSubscriptions: [], isOfExports: true };
      const [rule] = policyOf({ inventory: check }).rules as [InventoryRule];
      const found = checkInventory(rule, inventoryFacts(readTopology(LOST).topology, [], lacks), resultSize());
      expect(told(found)).toEqual([
        "not-judged",
        "unknown appliance 10.0.1.99 of spoke: no NIC, load balancer or firewall in spoke or its peers has 10.0.1.99, the next hop of route to-lost (rt) of spoke/app",
      ]);
    },
  );

  it("of effective routes are reported at the route table of their subnet", () => {
    const table = { ...subject("t", "User 0.0.0.0/0 VirtualAppliance 10.0.9.9"), subnetIds: [subnetId("spoke")] };
    expect(found([spoke(), CORE, routeTable()], [table])).toEqual(NOT_FOUND);
    expect(found([spoke({ routeTable: undefined }), CORE], [table])).toEqual(["violated", 1, "spoke"]);
  });
});

describe("an endpoint bypasses the appliance", () => {
  const to = (name: string, prefix: string): Route => [name, prefix, "VirtualAppliance", "10.0.1.4"];
  const texts = (resources: readonly unknown[]) =>
    (judge("no-endpoint-bypass", resources).inventory?.findings ?? []).map(({ status, text }) => `${status}: ${text}`);

  it.each<[string, readonly Route[], boolean]>([
    ["0.0.0.0/0", [to("r", "0.0.0.0/0")], true],
    ["0.0.0.0/0 behind another", [to("r", "10.0.0.0/8"), to("all", "0.0.0.0/0")], true],
    ["IPv6", [to("r", "::/0")], false],
    ["a shorter prefix than all", [to("r", "0.0.0.0/1")], false],
    ["a service tag", [to("r", "Storage")], false],
  ])("as a service endpoint under a user route for %s, or not", (_, routes, expected) => {
    const subnet = spoke({ serviceEndpoints: [{ service: "Microsoft.Storage" }] });
    expect(texts([subnet, routeTable(...routes)]).length).toBe(expected ? 1 : 0);
  });

  const WIDE = to("wide", "10.0.0.0/16");
  const LONG = to("long", "10.0.7.0/24");
  const OFF = "private endpoints bypass route";
  const endpoint = (name: string, address: string, policies?: string) => {
    const network = address.startsWith("10.1.") ? "spoke" : "core";
    return [
      { id: subnetId(network, name), privateEndpointNetworkPolicies: policies },
      nic(name, subnetId(network, name), address, { privateEndpoint: { id: resourceId("privateEndpoints", name) } }),
    ];
  };
  const one = endpoint("pe", "10.0.7.4", "Disabled");
  const inSpaces = (...addressPrefixes: readonly string[]) => ({ remoteAddressSpace: { addressPrefixes } });

  it.each<[string, readonly Route[], readonly unknown[], readonly string[], object?]>([
    ["the longest route that covers it", [WIDE, LONG], one, [`violated: ${OFF} long (10.0.7.0/24): 10.0.7.4 (pe)`]],
    ["the same in another order", [LONG, WIDE], one, [`violated: ${OFF} long (10.0.7.0/24): 10.0.7.4 (pe)`]],
    [
      "none that does not cover it",
      [to("other", "10.0.8.0/24"), to("tag", "Storage"), WIDE],
      one,
      [`violated: ${OFF} wide (10.0.0.0/16): 10.0.7.4 (pe)`],
    ],
    ["no route of other addresses", [to("other", "10.0.8.0/24")], one, []],
    [
      "a route for half of it and its neighbour",
      [to("two", "10.0.7.4/31")],
      one,
      [`violated: ${OFF} two (10.0.7.4/31): 10.0.7.4 (pe)`],
    ],
    ["none where a longer user route leads elsewhere", [WIDE, ["local", "10.0.7.0/24", "VnetLocal"]], one, []],
    [
      "the longest route, beside a shorter one that leads elsewhere",
      [["local", "10.0.0.0/16", "VnetLocal"], LONG],
      one,
      [`violated: ${OFF} long (10.0.7.0/24): 10.0.7.4 (pe)`],
    ],
    ["nothing where network policies are on", [WIDE], endpoint("pe", "10.0.7.4", "enabled"), []],
    [
      "one of its own network too",
      [to("own", "10.1.0.0/16")],
      endpoint("pe", "10.1.7.4", "Disabled"),
      [`violated: ${OFF} own (10.1.0.0/16): 10.1.7.4 (pe)`],
    ],
    [
      "none that its own network's route wins against",
      [to("own", "10.0.0.0/8")],
      endpoint("pe", "10.1.7.4", "Disabled"),
      [],
    ],
    [
      "none that the peer's route wins against, whatever other spaces the peer has",
      [to("r", "10.0.0.0/8")],
      one,
      [],
      inSpaces("10.9.0.0/16", "10.0.0.0/16"),
    ],
    ["no NIC of another kind", [WIDE], [one[0], nic("vm", subnetId("core", "pe"), "10.0.7.4")], []],
    [
      "what may be on or off, as its subnet is not in the inventory",
      [WIDE],
      one.slice(1),
      [
        "unknown: private endpoints may bypass route wide (10.0.0.0/16): the inventory lacks the network policies of 10.0.7.4 (pe)",
      ],
    ],
    ["none over a peering that names no network", [WIDE], one, [], { remoteVirtualNetwork: undefined }],
    [
      "each by its policies: off, on, and unknown",
      [WIDE, LONG],
      [
        ...endpoint("on", "10.0.7.5", "Enabled"),
        ...endpoint("open", "10.0.3.4"),
        ...endpoint("off", "10.0.7.6", "Disabled"),
      ],
      [
        `violated: ${OFF} wide (10.0.0.0/16): 10.0.7.6 (off)`,
        "unknown: private endpoints may bypass route wide (10.0.0.0/16): the inventory lacks the network policies of 10.0.3.4 (open)",
      ],
    ],
  ])("as a private endpoint under %s", (_, routes, resources, expected, peering = {}) => {
    expect(texts([spoke({}, ["core"], peering), CORE, routeTable(...routes), ...resources])).toEqual(expected);
  });
});

it("gateway transit is not known where the peer's side does not say whether it allows it", () => {
  const core = network("core", "10.0.0.0/16", ["spoke"], { useRemoteGateways: false });
  expect(told(judge("gateway-transit-allowed", [spoke({}, ["core"], GATEWAYS), core]))).toEqual([
    "not-judged",
    "unknown peering to-core of spoke: uses the gateways of core, and the inventory lacks the peering settings of core",
  ]);
});

describe("the way out of a private subnet", () => {
  const PRIVATE = { defaultOutboundAccess: false, routeTable: undefined };
  const web = (more: object = {}) => nic("web", subnetId("spoke"), "10.1.0.4", more);
  const inPool = { loadBalancerBackendAddressPools: [{ id: POOL }], subnet: { id: subnetId("spoke") } };
  const OUT = { useRemoteGateways: false };
  const status = (balancer: object) =>
    judge("internet-outbound", [
      spoke(PRIVATE, ["core"], OUT),
      CORE,
      web({ ipConfigurations: [inPool] }),
      { ...loadBalancer([]), ...balancer },
    ]).status;

  it("is a load balancer with a public frontend, not one with private frontends alone", () => {
    expect(status({})).toBe("violated");
    expect(status({ frontendIPConfigurations: [{ id: "/f", publicIPAddress: { id: "/p" } }] })).toBe("holds");
  });

  it("is not known in the network of a Route Server, which learns routes", () => {
    const id = resourceId("virtualHubs", "ars");
    const server = (name: string) => [
      { id, kind: "RouteServer" },
      { id: `${id}/ipConfigurations/c`, subnet: { id: subnetId(name, "RouteServerSubnet") } },
    ];
    const resources = [spoke(PRIVATE, ["core"], OUT), CORE, web()];
    expect(judge("internet-outbound", [...resources, ...server("spoke")]).status).toBe("not-judged");
    expect(judge("internet-outbound", [...resources, ...server("core")]).status).toBe("violated");
  });

  it("is not asked of a NIC whose subnet is not known", () => {
    const lost = web({ ipConfigurations: [{ properties: { privateIPAddress: "10.1.0.9" } }] });
    expect(judge("internet-outbound", [spoke(PRIVATE, ["core"], OUT), CORE, lost])).toMatchObject({
      status: "holds",
      inventory: { resources: 0 },
    });
  });

  it("is a route of a service tag too, whatever other routes there are", () => {
    const table = {
      ...routeTable(["all", "0.0.0.0/0", "VirtualAppliance", "10.0.1.4"], ["storage", "Storage", "Internet"]),
      name: "rt",
    };
    const found = judge("internet-outbound", [
      spoke({ defaultOutboundAccess: false }, ["core"], OUT),
      CORE,
      table,
      web(),
    ]);
    expect(found.inventory?.findings.map(({ remedy }) => remedy)).toEqual([
      "give the subnet a NAT gateway, or lead route storage (rt) to a firewall",
    ]);
  });
});

describe("what could not be read", () => {
  const unread = (what: string) => [{ resourceId: "/subscriptions/s1", what: `the list of ${what}` }];
  const judged = (check: InventoryCheckName, resources: readonly unknown[], lacks: Partial<InventoryLacks>) => {
    const rule = policyOf({ inventory: check }).rules[0] as InventoryRule;
    const whole = { unreadParts: [], unreadSubscriptions: [], isOfExports: false, ...lacks };
    const facts = inventoryFacts(readTopology(resources).topology, [], whole);
    return checkInventory(rule, facts, resultSize());
  };
  const statuses = (check: InventoryCheckName, resources: readonly unknown[], what: string) => {
    const { status, reason, inventory } = judged(check, resources, { unreadParts: unread(what) });
    return [status, reason, ...(inventory?.findings ?? []).map((finding) => finding.status)];
  };

  it("makes a rule that needs it unknown, and not one that does not", () => {
    const reason = "the list of routeTables of s1: could not be read";
    expect(statuses("route-tables-used", [], "routeTables")).toEqual(["not-judged", reason, "unknown"]);
    expect(statuses("peerings-connected", [spoke(), CORE], "routeTables")).toEqual(["holds", null]);
  });

  const OF_HOPS = "loadBalancers routeTables";
  const NEEDED = {
    "appliances-found": `azureFirewalls gateways hubVirtualNetworkConnections ${OF_HOPS} set virtualHubs virtualNetworkAppliances`,
    "appliances-running": `${OF_HOPS} virtualMachines`,
    "appliances-forwarding": OF_HOPS,
    "peerings-connected": "",
    "peerings-allow-access": "",
    "gateway-transit-allowed": "",
    "no-endpoint-bypass": "routeTables",
    "internet-outbound": `gateways hubVirtualNetworkConnections ${OF_HOPS} virtualHubs`,
    "route-tables-used": "routeTables",
  } as const satisfies Record<InventoryCheckName, string>;
  const LISTS = [
    ...["azureFirewalls", "gateways", "hubVirtualNetworkConnections", "loadBalancers", "routeTables", "set"],
    ...["virtualHubs", "virtualMachines", "virtualNetworkAppliances", "virtualNetworks"],
  ];

  it.each(INVENTORY_CHECK_NAMES)("leaves %s open where it is a list that the rule needs", (check) => {
    const needed = LISTS.filter((list) => statuses(check, [], list)[0] === "not-judged");
    expect(needed.join(" ")).toBe(NEEDED[check]);
  });

  it("is counted after the first", () => {
    const unreadSubscriptions = ["a", "b", "c"].map((id) => ({ id, name: null, reason: "not allowed" }));
    const { reason, inventory } = judged("peerings-connected", [], { unreadSubscriptions });
    expect(reason).toBe("subscription a: could not be read (and 2 more)");
    expect(inventory?.findings[0]).toEqual({
      ...{ status: "unknown", resourceId: "/subscriptions/a", resource: "subscription a" },
      ...{ text: "could not be read", remedy: "take the snapshot with a role that may read it (Reader)" },
    });
  });

  it("leaves a violation that was seen", () => {
    const off = [spoke(), CORE, TO_NVA, nva({ enableIPForwarding: false })];
    expect(statuses("appliances-forwarding", off, "loadBalancers")).toEqual(["violated", null, "violated", "unknown"]);
  });

  it("makes unknown what only seems to be missing", () => {
    const [status, , ...found] = statuses("appliances-found", [spoke(), CORE, TO_NVA], "azureFirewalls");
    expect([status, ...found]).toEqual(["not-judged", "unknown", "unknown"]);
  });

  it.each(INVENTORY_CHECK_NAMES)("a subscription leaves %s open, unless another resource violates it", (check) => {
    const unreadSubscriptions = [{ id: "s2", name: "dev", reason: "not allowed" }];
    const { status, reason } = judged(check, [], { unreadSubscriptions });
    expect([status, reason]).toEqual(["not-judged", "subscription dev: could not be read"]);
    const bad = [spoke({}, ["core"], { peeringState: "Initiated" })];
    if (check === "peerings-connected") expect(judged(check, bad, { unreadSubscriptions }).status).toBe("violated");
  });
});

describe("exports in a folder", () => {
  const OFF = nva({ enableIPForwarding: false });
  const UNUSED = { ...TO_NVA, id: resourceId("routeTables", "unused") };
  const exported = (check: InventoryCheckName, resources: readonly unknown[]) => {
    const rule = policyOf({ inventory: check }).rules[0] as InventoryRule;
    const lacks = { unreadParts: [], unreadSubscriptions: [], isOfExports: true };
    return checkInventory(rule, inventoryFacts(readTopology(resources).topology, [], lacks), resultSize());
  };

  it.each<[string, InventoryCheckName, readonly unknown[], string]>([
    [
      "a peering that is half made",
      "peerings-connected",
      [spoke({}, ["core"], { peeringState: "Initiated" })],
      "violated",
    ],
    ["peerings that are whole", "peerings-connected", [spoke(), CORE], "holds"],
    ["an appliance without IP forwarding", "appliances-forwarding", [spoke(), CORE, TO_NVA, OFF], "violated"],
    ["one with it", "appliances-forwarding", [spoke(), CORE, TO_NVA, nva()], "holds"],
    ["one that no export has", "appliances-forwarding", [spoke(), CORE, TO_NVA], "not-judged"],
    ["the same, to be found", "appliances-found", [spoke(), CORE, TO_NVA], "not-judged"],
    ["the same, to run", "appliances-running", [spoke(), CORE, TO_NVA], "not-judged"],
    ["a route table that no export has", "appliances-found", [spoke(), CORE], "not-judged"],
    ["a route table that no subnet uses", "route-tables-used", [UNUSED], "violated"],
    ["a VM that is stopped", "appliances-running", [spoke(), CORE, TO_NVA, nva(), vm("VM deallocated")], "violated"],
    ["a VM without its state", "appliances-running", [spoke(), CORE, TO_NVA, nva(), vm()], "not-judged"],
  ])("are judged by what they have: %s", (_, check, resources, status) => {
    expect(exported(check, resources).status).toBe(status);
  });

  const HOPS = "az network vnet list, route-table list, nic list and lb list";
  const NOTHING_TO_JUDGE = {
    "appliances-found": `next hops of user routes: add the output of ${HOPS}`,
    "appliances-running": `NICs of appliances: add the output of ${HOPS}, and of az vm list -d`,
    "appliances-forwarding": `NICs of appliances: add the output of ${HOPS}`,
    "peerings-connected": "peerings: add the output of az network vnet list",
    "peerings-allow-access": "peerings: add the output of az network vnet list",
    "gateway-transit-allowed": "peerings that use remote gateways: add the output of az network vnet list",
    "no-endpoint-bypass":
      "subnets with user routes to an appliance: add the output of az network vnet list, route-table list and nic list",
    "internet-outbound": `subnets with routes to the Internet: add the output of ${HOPS}`,
    "route-tables-used": "route tables: add the output of az network vnet list and route-table list",
  } as const satisfies Record<InventoryCheckName, string>;

  it.each(INVENTORY_CHECK_NAMES)("without anything to judge leave %s open, and say what to export", (check) => {
    const { status, reason } = exported(check, [vm("VM running")]);
    expect([status, reason]).toEqual(["not-judged", `the folder has no ${NOTHING_TO_JUDGE[check]}`]);
  });

  it("with networks but without peerings leave peerings open, and do not ask for the networks again", () => {
    const { status, reason } = exported("peerings-connected", [spoke({}, [])]);
    expect([status, reason]).toEqual([
      "not-judged",
      "no network in the folder has peerings: if other networks have, add the output of az network vnet list",
    ]);
  });

  it("show that there is nothing to judge where they have the resources that would have it", () => {
    const none = { ...TO_NVA, routes: [] };
    expect(exported("gateway-transit-allowed", [spoke({}, ["core"], { useRemoteGateways: false })]).status).toBe(
      "holds",
    );
    expect(exported("appliances-running", [spoke(), CORE, none, nva()]).status).toBe("holds");
    expect(exported("appliances-running", [spoke(), CORE, none]).status).toBe("not-judged");
    const bare = { id: nicId("bare"), name: "bare", ipConfigurations: [] };
    expect(exported("appliances-running", [spoke(), CORE, none, bare]).status).toBe("not-judged");
    expect(exported("appliances-running", [none, nva()]).status).toBe("not-judged");
    expect(exported("appliances-running", [spoke({ routeTable: undefined }), CORE, nva()]).status).toBe("not-judged");
    expect(exported("route-tables-used", [spoke({ routeTable: undefined }), CORE, UNUSED, nva()]).status).toBe(
      "violated",
    );
  });

  it("have unknown findings for missing data, with another export as the remedy", () => {
    const [finding, ...others] = exported("appliances-found", [spoke(), CORE, TO_NVA]).inventory?.findings ?? [];
    expect(others).toEqual([]);
    expect(finding?.remedy).toBe(
      "add the output of az network vnet list, route-table list, nic list and lb list to the folder, or take a snapshot",
    );
  });
});

describe.skipIf(!hasSharedData)("the shipped policies on labs", () => {
  const square = "data/labs/netlab-square";
  const json = (path: string) => JSON.parse(readShared(`${square}/${path}`)) as unknown;
  const shipped = (name: string) => {
    const path = fileURLToPath(new URL(`../../../../docs/policies/${name}.yaml`, import.meta.url));
    return readPolicy(readFileSync(path, "utf8"), `${name}.yaml`);
  };
  const statuses = (name: string, ...files: readonly string[]) =>
    checkPolicy(shipped(name), [], null, readTopology(files.map(json)).topology).results.map(
      ({ rule, status }) => `${rule.id} ${status}`,
    );

  it("peerings of two hubs hold", () => {
    expect(statuses("peerings", "square/e0/02-hub1-peerings.json", "square/e0/03-hub2-peerings.json")).toEqual([
      "peerings-connected holds",
      "peerings-allow-access holds",
      "gateway-transit-allowed holds",
    ]);
  });

  it("a lab without route tables has no appliance, and no peering of unknown state passes", () => {
    expect(statuses("appliances", "square-preflight/03-vnets.json", "square/e0/10-vm-state.json")).toEqual([
      "appliances-found holds",
      "appliances-running holds",
      "appliances-forwarding holds",
    ]);
  });

  it("a hub's next hop whose VM is deallocated is found, with the NIC's address", () => {
    const [nvaMachine] = (
      json("square/e0/10-vm-state.json") as {
        id: string;
        name: string;
        networkProfile: { networkInterfaces: { id: string }[] };
      }[]
    ).filter(({ name }) => name === "vm-nva1");
    const nicOfLab = nvaMachine?.networkProfile.networkInterfaces[0]?.id ?? "";
    const hub1 = nicOfLab.replace(/networkInterfaces.*/, "virtualNetworks/vnet-hub1");
    const table = nicOfLab.replace(/networkInterfaces.*/, "routeTables/rt-spoke-a");
    const resources = [
      json("square-preflight/03-vnets.json"),
      json("square/e0/02-hub1-peerings.json"),
      json("square/e0/10-vm-state.json"),
      {
        id: nicOfLab,
        virtualMachine: { id: nvaMachine?.id },
        enableIPForwarding: true,
        ipConfigurations: [{ privateIPAddress: "10.10.1.4", subnet: { id: `${hub1}/subnets/snet-nva` } }],
      },
      {
        id: table,
        routes: [
          {
            name: "default",
            addressPrefix: "0.0.0.0/0",
            nextHopType: "VirtualAppliance",
            nextHopIpAddress: "10.10.1.4",
          },
        ],
      },
      { id: `${hub1}/subnets/snet-endpoint`, addressPrefix: "10.10.2.0/27", routeTable: { id: table } },
    ];
    const { results } = checkPolicy(shipped("appliances"), [], null, readTopology(resources).topology);
    expect(results.map((result) => told(result, result.rule))).toEqual([
      ["holds"],
      ["violated", "violated VM vm-nva1: vm-nva1, the next hop 10.10.1.4 of user routes, is deallocated"],
      ["holds"],
    ]);
  });
});
