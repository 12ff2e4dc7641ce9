import { describe, expect, it } from "vitest";
import { parseAddress } from "../../src/net/address.ts";
import { AddressOwners, type Owner } from "../../src/topology/owners.ts";
import { readTopology } from "../../src/topology/read/read-topology.ts";
import { network, networkId, nic, resourceId, subnetId } from "./resources.ts";

const hub = resourceId("virtualHubs", "hub");
const rs = resourceId("virtualHubs", "rs");
const lb = resourceId("loadBalancers", "lb");
const OWNERS = new AddressOwners(
  readTopology([
    network("spoke", "10.1.0.0/16", ["core", "gone"]),
    network("core", "10.0.0.0/16"),
    network("twin", "10.0.0.0/16"),
    nic("app", subnetId("spoke"), "10.1.0.4"),
    nic("nva", subnetId("core"), "10.0.1.4"),
    nic("other-nva", subnetId("twin"), "10.0.1.4"),
    nic("six", subnetId("core"), "::a00:104"),
    nic("off", subnetId("core"), ""),
    {
      id: lb,
      frontendIPConfigurations: [
        {
          id: `${lb}/frontendIPConfigurations/f`,
          name: "f",
          privateIPAddress: "10.0.2.99",
          subnet: { id: subnetId("core") },
        },
      ],
    },
    {
      id: resourceId("azureFirewalls", "fw"),
      ipConfigurations: [{ privateIPAddress: "10.0.3.4", subnet: { id: subnetId("core", "AzureFirewallSubnet") } }],
    },
    {
      id: resourceId("azureFirewalls", "hub-fw"),
      hubIPAddresses: { privateIPAddress: "10.64.0.4" },
      virtualHub: { id: hub },
    },
    {
      id: resourceId("virtualNetworkAppliances", "va"),
      subnet: { id: subnetId("core") },
      ipConfigurations: [{ privateIPAddress: "10.0.5.4" }],
    },
    {
      id: resourceId("virtualNetworkGateways", "gw"),
      ipConfigurations: [{ subnet: { id: subnetId("core", "GatewaySubnet") } }],
      bgpSettings: { bgpPeeringAddress: "10.0.0.30" },
    },
    { id: rs, kind: "RouteServer", virtualRouterIps: ["10.0.4.4"] },
    { id: `${rs}/ipConfigurations/i`, subnet: { id: subnetId("core", "RouteServerSubnet") } },
    { id: hub, virtualWan: { id: "/wan" }, addressPrefix: "10.64.0.0/23", virtualRouterIps: ["10.64.0.68"] },
    { id: `${hub}/hubVirtualNetworkConnections/c`, remoteVirtualNetwork: { id: networkId("spoke") } },
  ]).topology,
);

const name = ({ kind, resource }: Owner) => `${kind} ${resource.name}`;

describe("the owner of an address", () => {
  for (const [place, address, expected] of [
    ["spoke", "10.1.0.4", ["nic app"]],
    ["core", "10.0.1.4", ["nic nva"]],
    ["twin", "10.0.1.4", ["nic other-nva"]],
    ["core", "::a00:104", ["nic six"]],
    ["core", "10.0.2.99", ["load-balancer lb"]],
    ["core", "10.0.3.4", ["firewall fw"]],
    ["core", "10.0.5.4", ["managed-appliance va"]],
    ["core", "10.0.0.30", ["gateway gw"]],
    ["core", "10.0.4.4", ["hub rs"]],
    ["core", "10.0.1.5", []],
    ["nowhere", "10.0.1.4", []],
  ] satisfies readonly [string, string, string[]][]) {
    it(`${address} in ${place}: ${expected.join() || "none"}`, () => {
      expect(OWNERS.in(networkId(place), parseAddress(address)).map(name)).toEqual(expected);
    });
  }
});

describe("the owner of a next hop", () => {
  const near = (from: string, address: string) =>
    OWNERS.near(from, parseAddress(address)).map(({ placeId, owners }) => [placeId, ...owners.map(name)]);

  it("is in the network itself, or in one that it is peered with, and never elsewhere", () => {
    expect(near(networkId("spoke"), "10.1.0.4")).toEqual([[networkId("spoke"), "nic app"]]);
    expect(near(networkId("spoke"), "10.0.1.4")).toEqual([[networkId("core"), "nic nva"]]);
    expect(near(networkId("core"), "10.1.0.4")).toEqual([]);
  });

  it("is the router or the firewall of the network's virtual hub", () => {
    expect(near(networkId("spoke"), "10.64.0.68")).toEqual([[hub, "hub hub"]]);
    expect(near(networkId("spoke"), "10.64.0.4")).toEqual([[hub, "firewall hub-fw"]]);
  });

  it("may be in several networks that the network is peered with", () => {
    const owners = new AddressOwners(
      readTopology([
        network("a", "10.1.0.0/16", ["core", "twin"]),
        nic("nva", subnetId("core"), "10.0.1.4"),
        nic("second", subnetId("core"), "10.0.1.4"),
        nic("other", subnetId("twin"), "10.0.1.4"),
        nic("nowhere", "", "10.0.1.4"),
      ]).topology,
    );
    expect(
      owners.near(networkId("a"), parseAddress("10.0.1.4")).map(({ placeId, owners }) => [placeId, owners.map(name)]),
    ).toEqual([
      [networkId("core"), ["nic nva", "nic second"]],
      [networkId("twin"), ["nic other"]],
    ]);
    expect(owners.neighboursOf(networkId("a"))).toEqual([networkId("core"), networkId("twin")]);
    expect(owners.neighboursOf(networkId("core"))).toEqual([]);
  });

  it("is a network of the hub's own, from the hub", () => {
    expect(near(hub, "10.1.0.4")).toEqual([[networkId("spoke"), "nic app"]]);
    expect(near(hub, "10.64.0.68")).toEqual([[hub, "hub hub"]]);
  });

  it("is found by an id in any case", () => {
    expect(near(networkId("SPOKE").toUpperCase(), "10.0.1.4")).toEqual([[networkId("core"), "nic nva"]]);
  });
});

it("an index of 10,000 NICs answers without a search", () => {
  const nics = Array.from({ length: 10_000 }, (_, k) =>
    nic(`n${k}`, subnetId(`v${k % 60}`), `10.${k % 250}.${(k >> 8) % 250}.${(k % 240) + 4}`),
  );
  const owners = new AddressOwners(readTopology(nics).topology);
  const [first] = owners.in(networkId("v7"), parseAddress("10.7.0.11"));
  expect(first && name(first)).toBe("nic n7");
});
