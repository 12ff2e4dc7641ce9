import type { NetworkInterface, NetworkInterfaceIPConfiguration } from "@azure/arm-network";
import type { NicFacts } from "../../routes/subnet-facts.ts";
import { nameOf } from "../../topology/resource-id.ts";
import { formatNicId, formatScaleSetNicId, type NicId, type NicReference, readNicReference } from "./resource-id.ts";

/** What the program uses of a network interface, of a VM or of a scale set's instance. */
interface AnyNic extends NicFacts {
  /** In Azure's spelling. */
  readonly resourceId: string;
  /** Azure's region name, e.g. `westeurope`. */
  readonly region: string | null;
  /** Whether it is its VM's primary NIC. */
  readonly primary: boolean;
  /** The subnet of its primary IP configuration. */
  readonly subnetId: string | null;
}

/** A NIC of its own, as ordinary VMs and the instances of flexible scale sets have them. */
export interface Nic extends AnyNic {
  readonly id: NicId;
  readonly virtualMachineId: string | null;
  /** The private endpoint that the NIC belongs to. */
  readonly privateEndpointId: string | null;
}

/** The NIC of an instance of a uniform scale set. Azure computes no effective routes for it. */
export interface ScaleSetNic extends AnyNic {
  readonly scaleSet: string;
  readonly instance: string;
}

/** The NIC in an answer of the SDK, or null where its id is not one of a NIC of its own. */
export function nicOf(resource: NetworkInterface): Nic | null {
  const reference = readId(resource);
  if (reference?.kind !== "nic") return null;
  return {
    ...anyNic(resource, formatNicId(reference.id)),
    id: reference.id,
    virtualMachineId: resource.virtualMachine?.id ?? null,
    privateEndpointId: resource.privateEndpoint?.id ?? null,
  };
}

/** The scale set's NIC in an answer of the SDK, or null where its id is not one of those. */
export function scaleSetNicOf(resource: NetworkInterface): ScaleSetNic | null {
  const reference = readId(resource);
  if (reference?.kind !== "scale-set") return null;
  const { scaleSet, instance, nic } = reference.place;
  if (instance === null || nic === null) return null;
  return { ...anyNic(resource, formatScaleSetNicId({ ...reference.place, instance, nic })), scaleSet, instance };
}

function anyNic(resource: NetworkInterface, resourceId: string): AnyNic {
  const configurations = resource.ipConfigurations ?? [];
  const main = configurations.find((configuration) => configuration.primary === true) ?? configurations[0];
  return {
    resourceId,
    region: resource.location?.toLowerCase().replaceAll(" ", "") ?? null,
    primary: resource.primary === true,
    privateIpAddresses: configurations.flatMap(({ privateIPAddress }) => privateIPAddress ?? []),
    publicIpAddresses: resource.ipConfigurations === undefined ? null : configurations.flatMap(publicAddress),
    subnetId: main?.subnet?.id ?? null,
  };
}

/** Its address where Azure sends it, which it seldom does, else its resource id. */
function publicAddress({ publicIPAddress }: NetworkInterfaceIPConfiguration): string | readonly never[] {
  return publicIPAddress?.ipAddress ?? publicIPAddress?.id ?? [];
}

function readId({ id }: NetworkInterface): NicReference | null {
  if (id === undefined) return null;
  try {
    return readNicReference(id);
  } catch {
    return null;
  }
}

/** One line that identifies the NIC: the options that name it, its subscription if given, its VM, its addresses. */
export function nicLine(nic: Nic, subscription: string | null): string {
  const vm =
    nic.virtualMachineId === null ? "no VM" : `VM ${nameOf(nic.virtualMachineId)}${nic.primary ? ", primary" : ""}`;
  return `  --nic ${nic.id.name} -g ${nic.id.resourceGroup} (${[...(subscription === null ? [] : [subscription]), vm, ...nic.privateIpAddresses].join(", ")})`;
}
