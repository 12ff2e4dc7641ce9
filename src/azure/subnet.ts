import type { NetworkManagementClient } from "@azure/arm-network";
import type { Nic } from "./nic.ts";

/** What a NIC's subnet says about the rows of its route table. */
export interface Subnet {
  readonly id: string;
  readonly addressPrefixes: readonly string[];
  /** The endpoints that are switched on, e.g. `Microsoft.Storage`, and the regions that each covers (`*` for all). */
  readonly serviceEndpoints: readonly { readonly service: string; readonly locations: readonly string[] }[];
  readonly routeTableId: string | null;
  /** `Disabled`, `Enabled`, `NetworkSecurityGroupEnabled` or `RouteTableEnabled`. */
  readonly privateEndpointNetworkPolicies: string | null;
}

const SUBNET =
  /\/resourceGroups\/([^/]+)\/providers\/Microsoft\.Network\/virtualNetworks\/([^/]+)\/subnets\/([^/]+)\/?$/i;

/** The NIC's subnet. @throws what the SDK throws, e.g. when the caller may not read it. One request. */
export async function readSubnet(
  client: NetworkManagementClient,
  nic: Nic,
  signal: AbortSignal,
): Promise<Subnet | null> {
  const [, group, network, name] = SUBNET.exec(nic.subnetId ?? "") ?? [];
  if (group === undefined || network === undefined || name === undefined) return null;
  const subnet = await client.subnets.get(group, network, name, { abortSignal: signal });
  return {
    id: subnet.id ?? nic.subnetId ?? "",
    addressPrefixes: subnet.addressPrefixes ?? (subnet.addressPrefix === undefined ? [] : [subnet.addressPrefix]),
    serviceEndpoints: (subnet.serviceEndpoints ?? []).flatMap(({ service, locations }) =>
      service === undefined ? [] : [{ service, locations: locations ?? [] }],
    ),
    routeTableId: subnet.routeTable?.id ?? null,
    privateEndpointNetworkPolicies: subnet.privateEndpointNetworkPolicies ?? null,
  };
}
