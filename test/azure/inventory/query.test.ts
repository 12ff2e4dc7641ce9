import { expect, test } from "vitest";
import {
  inventoryQuery,
  type ResourceSearch,
  resourceOf,
  searchCondition,
  WHOLE_INVENTORY,
} from "../../../src/azure/inventory/query.ts";

const NOTHING: ResourceSearch = {
  ...{ routers: false, nicNames: [], machineNames: [], addresses: [], ids: [], machineIds: [], subnets: [] },
};
const NICS = "(type =~ 'microsoft.network/networkinterfaces' and (";
const MACHINES = "(type =~ 'microsoft.compute/virtualmachines' and (";

test.each<[search: Partial<ResourceSearch>, conditions: readonly string[]]>([
  [{}, [""]],
  [{ nicNames: ["a", "b"] }, [`${NICS}name in~ ("a", "b")))`]],
  [{ addresses: ["10.0.0.4"] }, [`${NICS}tostring(properties) contains "\\"10.0.0.4\\""))`]],
  [{ subnets: ["net/app"] }, [`${NICS}tostring(properties) contains "/virtualNetworks/net/subnets/app\\""))`]],
  [{ ids: ["/x"] }, [`${NICS}id in~ ("/x")))`, `${MACHINES}id in~ ("/x")))`]],
  [
    { machineNames: ["vm"] },
    [`${NICS}tostring(properties) contains "/virtualMachines/vm\\""))`, `${MACHINES}name in~ ("vm")))`],
  ],
  [{ machineIds: ["/m"] }, [`${NICS}tostring(properties) contains "\\"/m\\""))`, `${MACHINES}id in~ ("/m")))`]],
  [
    { nicNames: ["a"], subnets: ["n/s"] },
    [`${NICS}name in~ ("a") or tostring(properties) contains "/virtualNetworks/n/subnets/s\\""))`],
  ],
  [{ nicNames: ['a") or true or ("'] }, [`${NICS}name in~ ("a\\") or true or (\\"")))`]],
])("a search for %j", (search, conditions) => {
  expect(searchCondition({ ...NOTHING, ...search }).split("\n    or ")).toEqual(conditions);
});

test("a search for routers leaves out what a subscription has thousands of, but public addresses of gateways", () => {
  const [routers = "", addresses, ...others] = searchCondition({ ...NOTHING, routers: true }).split("\n    or ");
  expect(others).toEqual([]);
  for (const type of ["virtualnetworks", "routetables", "azurefirewalls"]) {
    expect(routers).toContain(`'microsoft.network/${type}'`);
  }
  for (const type of ["networkinterfaces", "publicipaddresses", "privateendpoints"]) {
    expect(routers).not.toContain(`'microsoft.network/${type}'`);
  }
  expect(addresses).toContain("/virtualNetworkGateways/");
});

test("the whole inventory is every kind of resource that has no parent", () => {
  const ofNetwork = [
    ...["networkinterfaces", "virtualnetworks", "routetables", "loadbalancers", "azurefirewalls", "virtualhubs"],
    ...["expressroutecircuits", "privateendpoints", "publicipaddresses", "virtualnetworkgateways", "connections"],
    ...["localnetworkgateways", "virtualnetworkappliances"],
  ].map((type) => `microsoft.network/${type}`);
  const ofCompute = ["virtualmachines", "virtualmachinescalesets"].map((type) => `microsoft.compute/${type}`);
  const [, types = ""] = /^type in~ \('(.*)'\)$/.exec(WHOLE_INVENTORY) ?? [];
  expect(types.split("', '").sort()).toEqual([...ofNetwork, ...ofCompute].sort());
});

test("a query asks for the rows of a condition, by their ids, and for the properties that some kind has, each once", () => {
  const [table, where, project = "", order, ...more] = inventoryQuery("name == 'x'").split("\n");
  expect([table, where, order, more]).toEqual(["resources", "| where name == 'x'", "| order by id asc", []]);
  const columns = [
    ...["addressPrefix", "addressSpace", "azureFirewall", "backendAddressPools", "bgpSettings", "connectionStatus"],
    ...["connectionType", "disableBgpRoutePropagation", "enableIPForwarding", "expressRouteGateway", "extended"],
    ...["frontendIPConfigurations", "gatewayIpAddress", "gatewayType", "hubIPAddresses", "instanceView", "ipAddress"],
    ...["ipConfigurations", "loadBalancingRules", "localNetworkAddressSpace", "localNetworkGateway2", "macAddress"],
    ...["networkInterfaces", "networkProfile", "orchestrationMode", "p2SVpnGateway", "peer", "peerings"],
    ...["privateEndpoint", "routes", "subnet", "subnets", "virtualHub", "virtualMachine", "virtualMachineScaleSet"],
    ...["virtualNetworkGateway1", "virtualNetworkGateway2", "virtualNetworkPeerings", "virtualRouterAsn"],
    ...["virtualRouterIps", "virtualWan", "vpnGateway"],
  ].map((name) => `${name} = properties.${name}`);
  expect(project.split(", ")).toEqual(["| project id", "name", "type", "location", "kind", ...columns]);
});

test("a row is a resource, whose columns are its properties; one of another type is none", () => {
  const id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v";
  const space = { addressPrefixes: ["10.0.0.0/8"] };
  const row = { id, name: "v", type: "x", location: "l", kind: "k", addressSpace: space, other: 1 };
  expect(resourceOf(row)).toEqual({
    ...{ id, name: "v", location: "l", kind: "k", type: "Microsoft.Network/virtualNetworks" },
    properties: { addressSpace: space },
  });
  expect(resourceOf({ ...row, id: id.replace("virtualNetworks", "x") })).toBeNull();
  expect(resourceOf(null)).toBeNull();
});
