import { expect, test } from "vitest";
import { keyOf, type Place } from "../../../src/analysis/trace/places.ts";
import { gateway, hub, loadBalancer, nic } from "./lab.ts";

const host = { kind: "host", resourceId: null, network: null, found: null, powerState: null } as const;
const [frontend] = loadBalancer("LB", "hub", "10.0.1.9", [], []).frontends;
if (frontend === undefined) throw new RangeError("no frontend");
const firewall = { id: "FW", name: "fw", region: null, subnetId: null, hubId: null, addresses: [] };
const appliance = { id: "VA", name: "va", region: null, subnetId: null, addresses: [] };

test.each<[string, unknown, unknown, boolean]>([
  [
    "a NIC, whatever led to it",
    { kind: "nic", nic: nic("A", null, null), arrivedBy: null, address: null },
    { kind: "nic", nic: nic("a", null, null), arrivedBy: nic("b", null, null), address: "10.0.0.4" },
    true,
  ],
  [
    "two NICs",
    { kind: "nic", nic: nic("a", null, null), arrivedBy: null, address: null },
    { kind: "nic", nic: nic("b", null, null), arrivedBy: null, address: null },
    false,
  ],
  [
    "a frontend, however its id is spelled",
    { kind: "load-balancer", frontend },
    { kind: "load-balancer", frontend: { ...frontend, id: "lb/F" } },
    true,
  ],
  [
    "two frontends",
    { kind: "load-balancer", frontend },
    { kind: "load-balancer", frontend: { ...frontend, id: "lb/g" } },
    false,
  ],
  [
    "a firewall",
    { kind: "firewall", firewall, address: null },
    { kind: "firewall", firewall: { ...firewall, id: "fw" }, address: "10.0.0.4" },
    true,
  ],
  [
    "a firewall and an appliance that Azure runs, of one id",
    { kind: "firewall", firewall, address: null },
    { kind: "managed-appliance", appliance: { ...appliance, id: "FW" }, address: null },
    false,
  ],
  [
    "an appliance that Azure runs",
    { kind: "managed-appliance", appliance, address: null },
    { kind: "managed-appliance", appliance: { ...appliance, id: "va" }, address: "10.0.0.4" },
    true,
  ],
  [
    "a gateway",
    { kind: "gateway", gateway: gateway("GW", null, []), address: null },
    { kind: "gateway", gateway: gateway("gw", null, []), address: "10.0.0.4" },
    true,
  ],
  [
    "unnamed gateways by their next hops",
    { kind: "unnamed-gateway", nextHops: ["10.0.0.4", "10.0.0.5"], edge: true },
    { kind: "unnamed-gateway", nextHops: ["10.0.0.4", "10.0.0.5"], edge: false },
    true,
  ],
  [
    "unnamed gateways with other next hops",
    { kind: "unnamed-gateway", nextHops: ["10.0.0.4"], edge: true },
    { kind: "unnamed-gateway", nextHops: ["10.0.0.5"], edge: true },
    false,
  ],
  [
    "a hub and its connection, however their ids are spelled",
    { kind: "hub", hub: hub("H"), connectionId: "C" },
    { kind: "hub", hub: hub("h"), connectionId: "c" },
    true,
  ],
  [
    "a hub by two connections, which may have two tables",
    { kind: "hub", hub: hub("h"), connectionId: "c" },
    { kind: "hub", hub: hub("h"), connectionId: null },
    false,
  ],
  [
    "a host",
    { ...host, resourceId: "A", name: "a", network: "x" },
    { ...host, resourceId: "a", name: "a", found: "y" },
    true,
  ],
  ["two hosts without ids", { ...host, name: "10.0.0.4" }, { ...host, name: "10.0.0.5" }, false],
  ["two hosts of one name", { ...host, resourceId: "a", name: "a" }, { ...host, resourceId: "b", name: "a" }, false],
])("the same place or two: %s", (_, one, other, same) => {
  expect(keyOf(one as Place) === keyOf(other as Place)).toBe(same);
});
