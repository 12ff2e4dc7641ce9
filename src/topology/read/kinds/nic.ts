import { parentOf } from "../../resource-id.ts";
import type { IpConfiguration } from "../../topology.ts";
import type { Fields } from "../fields.ts";
import type { ResourceKind } from "./kind.ts";

/** NICs as resources, and those of a uniform scale set's instances. */
export const NIC: ResourceKind = {
  types: [
    "microsoft.network/networkinterfaces",
    "microsoft.compute/virtualmachinescalesets/virtualmachines/networkinterfaces",
  ],
  read(base, fields, draft) {
    const instance = parentOf(base.id);
    draft.add("nics", {
      ...base,
      virtualMachineId: fields.reference("virtualMachine") ?? instance,
      scaleSetId: instance === null ? null : parentOf(instance),
      privateEndpointId: fields.reference("privateEndpoint"),
      ipForwarding: fields.flag("enableIPForwarding"),
      macAddress: fields.text("macAddress"),
      ipConfigurations: fields.parts("ipConfigurations").map(ipConfiguration),
    });
  },
};

function ipConfiguration(fields: Fields): IpConfiguration {
  return {
    id: fields.text("id"),
    primary: fields.flag("primary") ?? false,
    address: fields.address("privateIPAddress"),
    subnetId: fields.reference("subnet"),
    publicAddressId: fields.reference("publicIPAddress"),
    poolIds: fields.references("loadBalancerBackendAddressPools"),
  };
}
