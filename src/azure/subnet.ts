import type { SubnetFacts } from "../routes/subnet-facts.ts";
import type { ArmClient } from "./arm/client.ts";
import type { Nic } from "./nic/nic.ts";

const SUBNET =
  /\/resourceGroups\/([^/]+)\/providers\/Microsoft\.Network\/virtualNetworks\/([^/]+)\/subnets\/([^/]+)\/?$/i;

/** Azure sends `defaultOutboundAccess` since this version of its interface. */
const WITH_DEFAULT_OUTBOUND = "2023-09-01";

/** The NIC's subnet. @throws what the SDK throws, e.g. when the caller may not read it. One request. */
export async function readSubnet(
  { context, operations }: ArmClient,
  nic: Nic,
  apiVersion: string,
): Promise<SubnetFacts | null> {
  const [, group, network, name] = SUBNET.exec(nic.subnetId ?? "") ?? [];
  if (group === undefined || network === undefined || name === undefined) return null;
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
    ...(apiVersion < WITH_DEFAULT_OUTBOUND ? {} : { defaultOutboundAccess: subnet.defaultOutboundAccess ?? null }),
    natGateway: subnet.natGateway?.id ?? null,
  };
}
