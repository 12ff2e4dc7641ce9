import type { Member } from "../../../analysis/fleet/members.ts";
import { formatAddress } from "../../../net/address.ts";
import type { RouteTable } from "../../../routes/effective-route.ts";
import { idKey, networkOf } from "../../../topology/resource-id.ts";
import type { Topology } from "../../../topology/topology.ts";

/** The inventory's facts about a member's subnet and the NIC that answers: the same as Azure returns live. */
export function factsOf(
  { nics: [first], answeredBy }: Pick<Member, "nics" | "answeredBy">,
  topology: Topology | null,
): Pick<RouteTable, "subnet" | "nic"> {
  const subnetId = answeredBy?.subnetId ?? first?.subnetId ?? null;
  if (topology === null || subnetId === null) return {};
  const networkId = networkOf(subnetId);
  const network = topology.networks.find(({ id }) => networkId !== null && idKey(id) === idKey(networkId));
  const subnet = network?.subnets.find(({ id }) => idKey(id) === idKey(subnetId));
  const nic = topology.nics.find(({ id }) => answeredBy !== null && idKey(id) === idKey(answeredBy.id));
  return {
    ...(subnet !== undefined && {
      subnet: {
        id: subnet.id,
        region: network?.region ?? null,
        serviceEndpoints: subnet.serviceEndpoints,
        routeTableId: subnet.routeTableId,
        privateEndpointNetworkPolicies: subnet.privateEndpointNetworkPolicies,
        defaultOutboundAccess: subnet.defaultOutboundAccess,
        natGateway: subnet.natGatewayId,
      },
    }),
    ...(nic !== undefined && {
      nic: {
        privateIpAddresses: nic.ipConfigurations.flatMap(({ address }) =>
          address === null ? [] : [formatAddress(address)],
        ),
        publicIpAddresses: nic.ipConfigurations.flatMap(({ publicAddressId }) => publicAddressId ?? []),
      },
    }),
  };
}
