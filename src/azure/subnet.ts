import type { SubnetFacts } from "../routes/subnet-facts.ts";
import { DEFAULT_OUTBOUND_API_VERSION } from "./arm/api-version.ts";
import type { ArmClient } from "./arm/client.ts";
import type { Nic } from "./nic/nic.ts";

const SUBNET =
  /\/resourceGroups\/([^/]+)\/providers\/Microsoft\.Network\/virtualNetworks\/([^/]+)\/subnets\/([^/]+)\/?$/i;

/** The parts of a subnet's id; null where it is not one. */
export function subnetPlace(id: string | null): { group: string; network: string; name: string } | null {
  const [, group, network, name] = SUBNET.exec(id ?? "") ?? [];
  return group === undefined || network === undefined || name === undefined ? null : { group, network, name };
}

/** The NIC's subnet. @throws what the SDK throws, e.g. when the caller may not read it. One request. */
export async function readSubnet(
  { context, operations }: ArmClient,
  nic: Pick<Nic, "subnetId" | "region">,
  apiVersion: string,
): Promise<SubnetFacts | null> {
  const place = subnetPlace(nic.subnetId);
  if (place === null) return null;
  const { group, network, name } = place;
  const subnet = await operations.getSubnet(context, group, network, name);
  return {
    id: subnet.id ?? nic.subnetId ?? "",
    // A NIC is in the region of its network.
    region: nic.region,
    serviceEndpoints: (subnet.serviceEndpoints ?? []).flatMap(({ service, locations }) =>
      service === undefined ? [] : [{ service, locations: locations ?? [] }],
    ),
    routeTableId: subnet.routeTable?.id ?? null,
    privateEndpointNetworkPolicies: subnet.privateEndpointNetworkPolicies ?? null,
    ...(apiVersion < DEFAULT_OUTBOUND_API_VERSION
      ? {}
      : { defaultOutboundAccess: subnet.defaultOutboundAccess ?? null }),
    natGateway: subnet.natGateway?.id ?? null,
  };
}
