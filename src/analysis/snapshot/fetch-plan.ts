import { idKey } from "../../topology/resource-id.ts";
import type { Outcome } from "../../topology/snapshot.ts";
import type { NetworkInterface, Topology, VirtualMachine } from "../../topology/topology.ts";

/** A NIC of a plan. Nothing else about it is kept in memory while tables are fetched. */
export type PlannedNic = Pick<NetworkInterface, "id">;

/** The NICs of a subnet, which share one effective route table but for their own addresses. */
export interface NicGroup {
  /** Null for a NIC whose subnet is not known: it is a group of its own. */
  readonly subnetId: string | null;
  /** Those that can be asked, in the order in which they are asked: the same in every run. */
  readonly askable: readonly PlannedNic[];
  /** Those for which Azure computes no table now, and why. */
  readonly silent: readonly { readonly nic: PlannedNic; readonly outcome: SilentOutcome }[];
}

type SilentOutcome = Extract<Outcome, "stopped" | "unattached" | "no-api">;

/**
 * Which NICs to ask for their effective routes, by subnet. Azure answers only for a NIC of a running VM, and has no
 * call for those of scale sets in uniform mode and of private endpoints. A VM whose power state is not known is asked
 * after those that run.
 * https://learn.microsoft.com/azure/virtual-network/diagnose-network-routing-problem
 */
export function fetchPlan(topology: Topology): readonly NicGroup[] {
  const machines = new Map(topology.virtualMachines.map((machine) => [idKey(machine.id), machine]));
  const groups = new Map<string, NetworkInterface[]>();
  for (const nic of [...topology.nics].sort(byId)) {
    const key = idKey(subnetOf(nic) ?? nic.id);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [nic]);
    else group.push(nic);
  }
  return [...groups.values()].map((nics) => groupOf(nics, machines));
}

/** A group's subnet id is spelled as its first NIC spells it. */
function groupOf(nics: readonly NetworkInterface[], machines: ReadonlyMap<string, VirtualMachine>): NicGroup {
  const kinds = nics.map((nic) => ({ nic: { id: nic.id }, kind: kindOf(nic, machines) }));
  const [subnetId = null] = nics.map(subnetOf);
  const of = (wanted: string) => kinds.flatMap(({ nic, kind }) => (kind === wanted ? [nic] : []));
  return {
    subnetId,
    askable: [...of("running"), ...of("unknown")],
    silent: kinds.flatMap(({ nic, kind }) =>
      kind === "running" || kind === "unknown" ? [] : [{ nic, outcome: kind }],
    ),
  };
}

function kindOf(
  { scaleSetId, privateEndpointId, virtualMachineId }: NetworkInterface,
  machines: ReadonlyMap<string, VirtualMachine>,
): "running" | "unknown" | SilentOutcome {
  if (scaleSetId !== null || privateEndpointId !== null) return "no-api";
  if (virtualMachineId === null) return "unattached";
  const powerState = machines.get(idKey(virtualMachineId))?.powerState?.toLowerCase() ?? null;
  if (powerState === "running") return "running";
  return STOPPED.has(powerState) ? "stopped" : "unknown";
}

/** https://learn.microsoft.com/azure/virtual-machines/states-billing */
const STOPPED: ReadonlySet<string | null> = new Set(["stopped", "stopping", "deallocated", "deallocating"]);

/** The subnet of a NIC: all of its IP configurations are in one. Null where it is not known. */
function subnetOf({ ipConfigurations }: NetworkInterface): string | null {
  return ipConfigurations.find(({ subnetId }) => subnetId !== null)?.subnetId ?? null;
}

const byId = (left: NetworkInterface, right: NetworkInterface) => (idKey(left.id) < idKey(right.id) ? -1 : 1);
