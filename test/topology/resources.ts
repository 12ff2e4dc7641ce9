import { formatAddress } from "../../src/net/address.ts";
import { formatPrefix } from "../../src/net/prefix.ts";

/** Resource ids of tests, in Azure's spelling. */
export const GROUP = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg/providers";
export const networkId = (name: string) => `${GROUP}/Microsoft.Network/virtualNetworks/${name}`;
export const subnetId = (network: string, name = "app") => `${networkId(network)}/subnets/${name}`;
export const nicId = (name: string) => `${GROUP}/Microsoft.Network/networkInterfaces/${name}`;
export const machineId = (name: string) => `${GROUP}/Microsoft.Compute/virtualMachines/${name}`;
export const resourceId = (type: string, name: string) => `${GROUP}/Microsoft.Network/${type}/${name}`;

/** A NIC as Azure Resource Manager answers. */
export function nic(name: string, subnet: string, address: string, more: object = {}): object {
  return {
    id: nicId(name),
    name,
    type: "Microsoft.Network/networkInterfaces",
    location: "westeurope",
    properties: {
      virtualMachine: { id: machineId(`vm-${name}`) },
      ipConfigurations: [
        {
          id: `${nicId(name)}/ipConfigurations/ipconfig1`,
          properties: { primary: true, privateIPAddress: address, subnet: { id: subnet } },
        },
      ],
      ...more,
    },
  };
}

/** A network with one subnet `app`, as Azure Resource Manager answers. `peers`: the names of networks. */
export function network(name: string, prefix: string, peers: readonly string[] = [], more: object = {}): object {
  return {
    id: networkId(name),
    name,
    location: "westeurope",
    properties: {
      addressSpace: { addressPrefixes: [prefix] },
      subnets: [{ id: subnetId(name), name: "app", properties: { addressPrefix: prefix } }],
      virtualNetworkPeerings: peers.map((peer) => ({
        id: `${networkId(name)}/virtualNetworkPeerings/to-${peer}`,
        name: `to-${peer}`,
        properties: { remoteVirtualNetwork: { id: networkId(peer) }, peeringState: "Connected", ...more },
      })),
    },
  };
}

/** With addresses and prefixes as texts. */
export function texts(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, each: unknown) => {
      if (typeof each !== "object" || each === null) return each;
      if ("value" in each && "family" in each) return formatAddress(each as never);
      return "first" in each && "length" in each ? formatPrefix(each as never) : each;
    }),
  );
}
