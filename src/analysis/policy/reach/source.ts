import { formatAddress } from "../../../net/address.ts";
import type { Family } from "../../../net/read-address.ts";
import { idKey } from "../../../topology/resource-id.ts";
import type { IpConfiguration, NetworkInterface } from "../../../topology/topology.ts";
import type { TraceData, TraceStart } from "../../trace/question.ts";

/** Where packets can start: a subnet, or NICs with a table of their own. */
export interface ReachSource {
  /** `network/subnet`, or the name of the NIC; unique. */
  readonly name: string;
  /** `network/subnet` of the NICs too; null where it is unknown. */
  readonly subnet: string | null;
  readonly nicIds: readonly string[];
  /** Null with a table. Without one, whether that is a gap: a stopped machine sends nothing, so it leaves none. */
  readonly withoutTable: { readonly isGap: boolean } | null;
}

/**
 * Returns the NIC whose packets are traced for a source; null if none of its NICs has a table. All NICs of a subnet
 * have the same routes; one that is not an appliance and whose address is known is preferred.
 */
export function nicOf({ nicIds }: ReachSource, { index, tables }: TraceData): NetworkInterface | null {
  const wanted = new Set(nicIds.map(idKey));
  let best: NetworkInterface | null = null;
  for (const id of wanted) {
    const nic = index.nics.get(id);
    if (nic === null || tables.ofNic(id).table === null) continue;
    if (best === null || rank(nic) > rank(best)) best = nic;
  }
  return best;
}

const rank = ({ ipForwarding, ipConfigurations }: NetworkInterface): number =>
  (ipForwarding === true ? 0 : 2) + (ipConfigurations.some(({ address }) => address !== null) ? 1 : 0);

/** Returns how a packet to an address of that family starts at the NIC: from an address of the same family. */
export function startAt(nic: NetworkInterface, family: Family): TraceStart {
  const own = nic.ipConfigurations.filter(({ address }) => address?.family === family);
  const configuration: IpConfiguration | undefined = own.find(({ primary }) => primary) ?? own[0];
  const address = configuration?.address ?? null;
  const text = address === null ? null : formatAddress(address);
  return {
    place: { kind: "nic", nic, arrivedBy: null, address: text },
    address,
    endpoint: { address: text, resourceId: nic.id, name: nic.name },
    notes: [],
  };
}
