import { describe, expect, it } from "vitest";
import type { InventoryResource } from "../../../src/azure/inventory/kinds.ts";
import { narrowed } from "../../../src/azure/inventory/narrow.ts";
import type { InventoryScope } from "../../../src/azure/inventory/scope.ts";

const NETWORK = "Microsoft.Network";
const COMPUTE = "Microsoft.Compute";
const at = (provider: string, path: string, group = "rg") =>
  `/subscriptions/S/resourceGroups/${group}/providers/${provider}/${path}`;
const subnet = (network: string, name = "app") => at(NETWORK, `virtualNetworks/${network}/subnets/${name}`);
const ref = (id: string) => ({ id });

function resource(id: string, properties: object): InventoryResource {
  const [provider = "", ...parts] = (id.split("/providers/")[1] ?? "").split("/");
  const type = [provider, ...parts.filter((_, index) => index % 2 === 0)].join("/");
  return { id, type, name: parts.at(-1), properties: { ...properties } };
}

function network(name: string, peers: readonly string[], subnets: readonly string[] = ["app"]) {
  return resource(at(NETWORK, `virtualNetworks/${name}`), {
    addressSpace: { addressPrefixes: ["10.0.0.0/16"] },
    subnets: subnets.map((each) => ({
      ...{ id: subnet(name, each), name: each },
      properties: { addressPrefix: "10.0.0.0/24", routeTable: ref(at(NETWORK, `routeTables/rt-${name}`)) },
    })),
    virtualNetworkPeerings: peers.map((peer) => ({
      ...{ id: at(NETWORK, `virtualNetworks/${name}/virtualNetworkPeerings/${peer}`), name: peer },
      properties: { remoteVirtualNetwork: ref(at(NETWORK, `virtualNetworks/${peer}`)), peeringState: "Connected" },
    })),
  });
}

/** One of everything in a network, whose names end with the network's. */
function everythingIn(of: string): readonly InventoryResource[] {
  const here = ref(subnet(of));
  const pip = (name: string) => at(NETWORK, `publicIPAddresses/${name}-${of}`);
  const configuration = (id: string, properties: object) => [
    { id, name: "ip", properties: { subnet: here, ...properties } },
  ];
  const nic = (name: string, more: object, properties: object = {}) => {
    const id = at(NETWORK, `networkInterfaces/${name}-${of}`);
    return resource(id, {
      ipConfigurations: configuration(`${id}/ipConfigurations/ip`, { privateIPAddress: "10.0.0.4", ...properties }),
      ...more,
    });
  };
  const vm = at(COMPUTE, `virtualMachines/vm-${of}`);
  const set = at(COMPUTE, `virtualMachineScaleSets/set-${of}`);
  const inSet = `${set}/virtualMachines/0/networkInterfaces/nic`;
  const endpoint = at(NETWORK, `privateEndpoints/pe-${of}`);
  const server = at(NETWORK, `virtualHubs/rs-${of}`);
  const hub = at(NETWORK, `virtualHubs/hub-${of}`);
  const gateway = at(NETWORK, `virtualNetworkGateways/gw-${of}`);
  const site = at(NETWORK, `localNetworkGateways/site-${of}`);
  const pooled = at(NETWORK, `networkInterfaces/nic-${of}/ipConfigurations/ip`);
  const frontends = (more: object) => [{ id: "/frontend", name: "f", properties: more }];
  return [
    resource(at(NETWORK, `routeTables/rt-${of}`), { routes: [] }),
    nic("nic", { virtualMachine: ref(vm) }, { publicIPAddress: ref(pip("nic")) }),
    nic("penic", { privateEndpoint: ref(endpoint) }),
    resource(vm, {}),
    resource(set, { orchestrationMode: "Uniform" }),
    resource(inSet, { ipConfigurations: configuration(`${inSet}/ipConfigurations/ip`, {}) }),
    resource(endpoint, { subnet: here, networkInterfaces: [] }),
    ...["nic", "lb", "gw"].map((name) => resource(pip(name), { ipAddress: "20.0.0.1" })),
    resource(at(NETWORK, `loadBalancers/pool-${of}`), {
      frontendIPConfigurations: frontends({ publicIPAddress: ref(pip("lb")) }),
      backendAddressPools: [{ id: "/p", name: "p", properties: { backendIPConfigurations: [ref(pooled)] } }],
    }),
    resource(at(NETWORK, `loadBalancers/front-${of}`), {
      frontendIPConfigurations: frontends({ subnet: here, privateIPAddress: "10.0.0.5" }),
      backendAddressPools: [],
    }),
    resource(at(NETWORK, `azureFirewalls/fw-${of}`), {
      ipConfigurations: configuration("/ip", { privateIPAddress: "10.0.0.6" }),
    }),
    resource(at(NETWORK, `azureFirewalls/hubfw-${of}`), {
      virtualHub: ref(hub),
      hubIPAddresses: { privateIPAddress: "10.9.0.4" },
    }),
    resource(at(NETWORK, `virtualNetworkAppliances/nva-${of}`), { subnet: here, ipConfigurations: [] }),
    { ...resource(server, {}), kind: "RouteServer" },
    resource(`${server}/ipConfigurations/ip`, { subnet: here }),
    resource(hub, { virtualWan: ref("/wan"), addressPrefix: "10.9.0.0/24" }),
    resource(`${hub}/hubVirtualNetworkConnections/c`, {
      remoteVirtualNetwork: ref(at(NETWORK, `virtualNetworks/${of}`)),
    }),
    resource(gateway, {
      gatewayType: "Vpn",
      ipConfigurations: configuration("/ip", { publicIPAddress: ref(pip("gw")) }),
    }),
    resource(at(NETWORK, `connections/vpn-${of}`), {
      connectionType: "IPsec",
      virtualNetworkGateway1: ref(gateway),
      localNetworkGateway2: ref(site),
    }),
    resource(site, { gatewayIpAddress: "20.0.0.9" }),
  ];
}

/** Networks a and b are peered. Nothing leads from a to c. */
const RESOURCES = [
  network("a", ["b"], ["app", "other"]),
  network("b", ["a"]),
  network("c", []),
  ...["a", "b", "c"].flatMap(everythingIn),
];
const ALL: InventoryScope = {
  ...{ subscriptions: [], managementGroup: null, resourceGroup: null, network: null, subnet: null },
};

const end = (id: string) => id.slice(id.indexOf("/providers/") + "/providers/".length).replace(/^[^/]+\//, "");
const ids = (resources: readonly { readonly id: string }[]) => resources.map(({ id }) => end(id)).sort();
const narrow = (scope: Partial<InventoryScope>, resources = RESOURCES) => {
  const found = narrowed(resources, { ...ALL, ...scope });
  return { resources: ids(found.resources), nicIds: found.nicIds.map(end).sort() };
};
const nicsOf = (of: string) => [
  `networkInterfaces/nic-${of}`,
  `networkInterfaces/penic-${of}`,
  `virtualMachineScaleSets/set-${of}/virtualMachines/0/networkInterfaces/nic`,
];

describe("a scope keeps what its networks need", () => {
  /** A network that is only peered keeps no hub that it alone is connected to, nor what is behind that hub. */
  const OF_A = ids(
    RESOURCES.filter(({ id }) => !/-c\b|\/c$|virtualNetworks\/c\b/.test(id) || id.includes("hub-a/")).filter(
      ({ id }) => !/virtualHubs\/hub-[bc]|hubfw-[bc]/.test(id),
    ),
  );

  it.each<[rule: string, scope: Partial<InventoryScope>]>([
    ["a network by its name", { network: "A" }],
    ["a network by its id", { network: at(NETWORK, "virtualNetworks/A/") }],
    ["a network of a group", { network: "a", resourceGroup: "RG" }],
    ["a subnet by its id", { subnet: subnet("a").toUpperCase() }],
    ["a subnet of a network", { network: "a", subnet: "APP" }],
  ])("%s: what is in it, in its peers, and its own hubs; nothing of others", (_, scope) => {
    expect(narrow(scope)).toEqual({ resources: OF_A, nicIds: nicsOf("a").sort() });
  });

  it("a subnet without NICs keeps the same, and has none", () => {
    expect(narrow({ subnet: "other" })).toEqual({ resources: OF_A, nicIds: [] });
  });

  it("a network without peers keeps its own", () => {
    const { resources, nicIds } = narrow({ network: "c" });
    expect(nicIds).toEqual(nicsOf("c").sort());
    expect(resources).toEqual(ids(RESOURCES.filter(({ id }) => /-c\b|virtualNetworks\/c\b/.test(id))));
  });

  it("no scope keeps everything", () => {
    const { resources, nicIds } = narrow({});
    expect(resources).toEqual(ids(RESOURCES));
    expect(nicIds).toEqual(["a", "b", "c"].flatMap(nicsOf).sort());
  });

  it("a group keeps its NICs, their networks, and all of its own", () => {
    const moved = RESOURCES.map((each): InventoryResource => {
      const isMoved = /networkInterfaces\/nic-c$|azureFirewalls\/fw-b$/.test(each.id);
      return isMoved ? { ...each, id: each.id.replace("/rg/", "/RG-App/") } : each;
    });
    const { resources, nicIds } = narrow({ resourceGroup: "rg-app" }, moved);
    expect(nicIds).toEqual(["networkInterfaces/nic-c"]);
    expect(resources).toEqual(
      ids(RESOURCES.filter(({ id }) => /-c\b|virtualNetworks\/c\b|azureFirewalls\/fw-b$/.test(id))).filter(
        (id) => id !== "loadBalancers/pool-c" && id !== "publicIPAddresses/lb-c",
      ),
    );
  });

  it("a group with a network and no NIC keeps the network and what it needs", () => {
    const own = "/rg/providers/Microsoft.Network/virtualNetworks/c";
    const moved = JSON.stringify(RESOURCES).replaceAll(own, own.replace("rg", "rg-app")) as string;
    const { resources, nicIds } = narrow({ resourceGroup: "RG-APP" }, JSON.parse(moved) as InventoryResource[]);
    expect(nicIds).toEqual([]);
    expect(resources).toEqual(ids(RESOURCES.filter(({ id }) => /-c\b|virtualNetworks\/c\b/.test(id))));
  });
});

describe("what a scope keeps of single resources", () => {
  const nicIp = (of: string) => ref(at(NETWORK, `networkInterfaces/nic-${of}/ipConfigurations/ip`));
  const pool = (...backendIPConfigurations: readonly object[]) =>
    resource(at(NETWORK, "loadBalancers/lb"), {
      frontendIPConfigurations: [],
      backendAddressPools: [{ id: "/p", name: "p", properties: { backendIPConfigurations } }],
    });
  const connection = (gateway1: string, more: object) =>
    resource(at(NETWORK, "connections/x"), {
      virtualNetworkGateway1: ref(at(NETWORK, `virtualNetworkGateways/gw-${gateway1}`)),
      ...more,
    });
  const gateway2 = (of: string) => ({ virtualNetworkGateway2: ref(at(NETWORK, `virtualNetworkGateways/gw-${of}`)) });
  const looseNic = resource(at(NETWORK, "networkInterfaces/loose"), {
    ipConfigurations: [{ id: "/ip", name: "ip", properties: { privateIPAddress: "10.0.0.4" } }],
  });
  const firewall = (more: object) => resource(at(NETWORK, "azureFirewalls/fw"), more);

  it.each<[rule: string, of: string, added: InventoryResource, kept: readonly string[]]>([
    ["a load balancer with any backend in it", "a", pool(nicIp("c"), nicIp("a")), ["loadBalancers/lb"]],
    ["no load balancer whose backends are elsewhere", "a", pool(nicIp("c"), ref("/x")), []],
    ["no load balancer without backends", "a", pool(), []],
    ["no NIC without a subnet", "a", looseNic, []],
    ["no firewall without a place", "a", firewall({}), []],
    ["no firewall of a hub elsewhere", "a", firewall({ virtualHub: ref(at(NETWORK, "virtualHubs/hub-c")) }), []],
    ["a connection without a peer", "a", connection("a", {}), ["connections/x"]],
    ["no connection elsewhere", "a", connection("c", {}), []],
    [
      "a connection from elsewhere, with its gateway",
      "a",
      connection("c", gateway2("a")),
      ["connections/x", "virtualNetworkGateways/gw-c"],
    ],
    [
      "a connection to elsewhere, with its gateway",
      "a",
      connection("a", gateway2("c")),
      ["connections/x", "virtualNetworkGateways/gw-c"],
    ],
  ])("%s", (_, of, added, kept) => {
    const { resources } = narrow({ network: of }, [...RESOURCES, added]);
    const before = new Set(narrow({ network: of }).resources);
    expect(resources.filter((id) => !before.has(id))).toEqual(kept);
  });

  it("a NIC without a subnet is kept for its group, alone", () => {
    const loose = { ...looseNic, id: looseNic.id.replace("/rg/", "/other/") };
    expect(narrow({ resourceGroup: "other" }, [...RESOURCES, loose])).toEqual({
      resources: ["networkInterfaces/loose"],
      nicIds: ["networkInterfaces/loose"],
    });
  });
});

describe("a scope that names missing resources", () => {
  it.each<[scope: Partial<InventoryScope>, code: string, message: string, hint: string]>([
    [
      { network: "zzzzz" },
      "network-not-found",
      "no virtual network named zzzzz is visible to you",
      "check --vnet, -g and --subscription",
    ],
    [
      { network: at(NETWORK, "virtualNetworks/zzzzz") },
      "network-not-found",
      "no virtual network named zzzzz is visible to you",
      "check --vnet, -g and --subscription",
    ],
    [
      { network: "a", resourceGroup: "x" },
      "network-not-found",
      "no virtual network named a is visible to you",
      "did you mean: a, b, c",
    ],
    [{ subnet: "apq" }, "subnet-not-found", "no subnet named apq is visible to you", "did you mean: app"],
    [
      { network: "b", subnet: "other" },
      "subnet-not-found",
      "no subnet named other is visible to you",
      "check --subnet, --vnet and --subscription",
    ],
    [
      { subnet: "app", resourceGroup: "x" },
      "subnet-not-found",
      "no subnet named app is visible to you",
      "check --subnet, --vnet and --subscription",
    ],
  ])("%j", (scope, code, message, hint) => {
    expect(() => narrow(scope)).toThrow(expect.objectContaining({ code, message, hint }));
  });
});
