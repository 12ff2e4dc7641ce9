import { parentOf, typeOf } from "../../resource-id.ts";
import type { Draft } from "../draft.ts";
import type { Fields } from "../fields.ts";
import type { ResourceKind } from "./kind.ts";

const TYPE = "microsoft.network/loadbalancers";

export const LOAD_BALANCER: ResourceKind = {
  types: [TYPE],
  read(base, fields, draft) {
    draft.addLoadBalancer(base);
    for (const each of fields.parts("frontendIPConfigurations")) addFrontend(base.id, each, draft);
    for (const each of fields.parts("backendAddressPools")) addPool(base.id, each, draft);
    for (const [place, each] of fields.parts("loadBalancingRules").entries()) addRule(base.id, place, each, draft);
  },
};

type AddPart = (balancerId: string, fields: Fields, draft: Draft) => void;

const PARTS: ReadonlyMap<string, AddPart> = new Map<string, AddPart>([
  [`${TYPE}/frontendipconfigurations`, addFrontend],
  [`${TYPE}/backendaddresspools`, addPool],
  [`${TYPE}/loadbalancingrules`, (balancerId, fields, draft) => addRule(balancerId, 0, fields, draft)],
]);

/**
 * The parts of a load balancer, as `az network lb rule list`, `address-pool list` and `frontend-ip list` print them.
 */
export const LOAD_BALANCER_PART: ResourceKind = {
  types: [...PARTS.keys()],
  read({ id }, fields, draft) {
    const balancerId = parentOf(id);
    if (balancerId !== null) PARTS.get(typeOf(id) ?? "")?.(balancerId, fields, draft);
  },
};

function addFrontend(balancerId: string, fields: Fields, draft: Draft): void {
  const id = fields.text("id");
  if (id === null) return;
  draft.addBalancerPart(balancerId, "frontends", id, {
    id,
    name: fields.text("name") ?? "",
    address: fields.address("privateIPAddress"),
    subnetId: fields.reference("subnet"),
    publicAddressId: fields.reference("publicIPAddress"),
  });
}

function addPool(balancerId: string, fields: Fields, draft: Draft): void {
  const id = fields.text("id");
  if (id === null) return;
  draft.addBalancerPart(balancerId, "pools", id, {
    id,
    name: fields.text("name") ?? "",
    ipConfigurationIds: fields.references("backendIPConfigurations"),
    addresses: fields.parts("loadBalancerBackendAddresses").flatMap((each) => each.address("ipAddress") ?? []),
  });
}

function addRule(balancerId: string, place: number, fields: Fields, draft: Draft): void {
  const frontendId = fields.reference("frontendIPConfiguration");
  const protocol = fields.text("protocol");
  if (frontendId === null || protocol === null) return;
  const several = fields.references("backendAddressPools");
  const one = fields.reference("backendAddressPool");
  const name = fields.text("name");
  const id = fields.text("id") ?? `${balancerId}/loadBalancingRules/${name ?? place}`;
  draft.addBalancerPart(balancerId, "rules", id, {
    name: name ?? "",
    frontendId,
    poolIds: several.length > 0 || one === null ? several : [one],
    protocol,
    frontendPort: fields.number("frontendPort") ?? 0,
    backendPort: fields.number("backendPort") ?? 0,
    floatingIp: fields.flag("enableFloatingIP") ?? false,
  });
}
