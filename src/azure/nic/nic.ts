import type { NetworkInterface, NetworkInterfaceIPConfiguration } from "@azure/arm-network";
import type { NicFacts } from "../../routes/subnet-facts.ts";
import { formatNicId, lastPart, type NicId, readNicReference } from "./resource-id.ts";

/** The parts of a network interface that the program uses. */
export interface Nic extends NicFacts {
  readonly id: NicId;
  /** In Azure's spelling. */
  readonly resourceId: string;
  /** Azure's region name, e.g. `westeurope`. */
  readonly region: string | null;
  readonly virtualMachineId: string | null;
  /** The private endpoint that the NIC belongs to. */
  readonly privateEndpointId: string | null;
  /** Whether it is its VM's primary NIC. */
  readonly primary: boolean;
  /** The subnet of its primary IP configuration. */
  readonly subnetId: string | null;
}

/** The NIC in an answer of the SDK, or null where its id is not one of a NIC. */
export function nicOf(resource: NetworkInterface): Nic | null {
  const reference = resource.id === undefined ? null : readId(resource.id);
  if (reference === null) return null;
  const configurations = resource.ipConfigurations ?? [];
  const main = configurations.find((configuration) => configuration.primary === true) ?? configurations[0];
  return {
    id: reference,
    resourceId: formatNicId(reference),
    region: resource.location?.toLowerCase().replaceAll(" ", "") ?? null,
    virtualMachineId: resource.virtualMachine?.id ?? null,
    privateEndpointId: resource.privateEndpoint?.id ?? null,
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

function readId(text: string): NicId | null {
  try {
    const reference = readNicReference(text);
    return reference.kind === "nic" ? reference.id : null;
  } catch {
    return null; // a scale set's NIC: Azure gives no effective routes for it
  }
}

/** One line that identifies the NIC: the options that name it, its VM, its addresses. */
export function nicLine(nic: Nic): string {
  const vm =
    nic.virtualMachineId === null ? "no VM" : `VM ${lastPart(nic.virtualMachineId)}${nic.primary ? ", primary" : ""}`;
  return `  --nic ${nic.id.name} -g ${nic.id.resourceGroup} (${[vm, ...nic.privateIpAddresses].join(", ")})`;
}
