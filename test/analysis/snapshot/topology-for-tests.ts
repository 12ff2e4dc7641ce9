import {
  EMPTY_TOPOLOGY,
  type NetworkInterface,
  type Topology,
  type VirtualMachine,
} from "../../../src/topology/topology.ts";

const GROUP = "/subscriptions/s1/resourceGroups/g";

/** What a test says of a NIC; the rest is usual. */
interface NicForTest {
  readonly name: string;
  readonly subnet?: string | null;
  /** Of its VM; null: it has none. Missing: the VM's state is not known. */
  readonly power?: string | null;
  readonly group?: string;
  readonly scaleSet?: boolean;
  readonly privateEndpoint?: boolean;
}

export const nicId = (name: string, group = GROUP) => `${group}/providers/Microsoft.Network/networkInterfaces/${name}`;

export const subnetId = (name: string) => `${GROUP}/providers/Microsoft.Network/virtualNetworks/vnet/subnets/${name}`;

const vmId = (name: string, group = GROUP) => `${group}/providers/Microsoft.Compute/virtualMachines/vm-${name}`;

/** A topology with these NICs and their VMs, and nothing else. */
export function topologyOf(nics: readonly NicForTest[]): Topology {
  const machines = nics.flatMap(({ name, power, group }): VirtualMachine[] =>
    power == null
      ? []
      : [
          {
            id: vmId(name, group).toUpperCase(),
            name: `vm-${name}`,
            region: null,
            powerState: power,
            nicIds: [],
            scaleSetId: null,
          },
        ],
  );
  return { ...EMPTY_TOPOLOGY, nics: nics.map(nicOf), virtualMachines: machines };
}

function nicOf({
  name,
  subnet = "a",
  power,
  group,
  scaleSet = false,
  privateEndpoint = false,
}: NicForTest): NetworkInterface {
  return {
    id: nicId(name, group),
    name,
    region: null,
    virtualMachineId: power === null || privateEndpoint ? null : vmId(name, group),
    scaleSetId: scaleSet ? `${GROUP}/providers/Microsoft.Compute/virtualMachineScaleSets/set` : null,
    privateEndpointId: privateEndpoint ? `${GROUP}/providers/Microsoft.Network/privateEndpoints/pe` : null,
    ipForwarding: null,
    ipConfigurations: [
      {
        id: null,
        primary: true,
        address: null,
        subnetId: subnet && subnetId(subnet),
        publicAddressId: null,
        poolIds: [],
      },
    ],
  };
}
