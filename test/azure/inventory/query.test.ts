import { expect, test } from "vitest";
import { type ResourceSearch, searchCondition } from "../../../src/azure/inventory/query.ts";

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
