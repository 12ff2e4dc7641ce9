import type { BackendPool, Frontend, LoadBalancingRule } from "../../topology.ts";
import type { Fields } from "../fields.ts";
import type { ResourceKind } from "./kind.ts";

export const LOAD_BALANCER: ResourceKind = {
  types: ["microsoft.network/loadbalancers"],
  read(base, fields, draft) {
    draft.add("loadBalancers", {
      ...base,
      frontends: fields.parts("frontendIPConfigurations").flatMap(frontend),
      pools: fields.parts("backendAddressPools").flatMap(pool),
      rules: fields.parts("loadBalancingRules").flatMap(rule),
    });
  },
};

function frontend(fields: Fields): readonly Frontend[] {
  const id = fields.text("id");
  if (id === null) return [];
  return [
    {
      id,
      name: fields.text("name") ?? "",
      address: fields.address("privateIPAddress"),
      subnetId: fields.reference("subnet"),
      publicAddressId: fields.reference("publicIPAddress"),
    },
  ];
}

function pool(fields: Fields): readonly BackendPool[] {
  const id = fields.text("id");
  if (id === null) return [];
  return [
    {
      id,
      name: fields.text("name") ?? "",
      ipConfigurationIds: fields.references("backendIPConfigurations"),
      addresses: fields.parts("loadBalancerBackendAddresses").flatMap((each) => each.address("ipAddress") ?? []),
    },
  ];
}

function rule(fields: Fields): readonly LoadBalancingRule[] {
  const frontendId = fields.reference("frontendIPConfiguration");
  const protocol = fields.text("protocol");
  if (frontendId === null || protocol === null) return [];
  const several = fields.references("backendAddressPools");
  const one = fields.reference("backendAddressPool");
  return [
    {
      name: fields.text("name") ?? "",
      frontendId,
      poolIds: several.length > 0 || one === null ? several : [one],
      protocol,
      frontendPort: fields.number("frontendPort") ?? 0,
      backendPort: fields.number("backendPort") ?? 0,
      floatingIp: fields.flag("enableFloatingIP") ?? false,
    },
  ];
}
