import { same } from "../../text/same.ts";
import type { ScaleSetPlace } from "./resource-id.ts";

/** A scale set in uniform mode, as most node pools of AKS are. */
export interface ScaleSet {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly name: string;
  /** The host names of its instances begin with it. */
  readonly computerNamePrefix: string;
}

/**
 * What a name means in each of the sets that know it: the set by its own name; an instance by its resource name
 * (`pool_12`) or by its host name, which is its name as a node in Kubernetes: the prefix and six digits of base 36
 * (`aks-pool-12345678-vmss00000c`).
 * https://learn.microsoft.com/azure/virtual-machine-scale-sets/virtual-machine-scale-sets-instance-ids
 */
export function placesNamed(sets: readonly ScaleSet[], name: string): readonly ScaleSetPlace[] {
  return sets.flatMap((set) => {
    const instance = instanceNamed(set, name);
    if (instance === undefined) return [];
    const { subscriptionId, resourceGroup } = set;
    return [{ subscriptionId, resourceGroup, scaleSet: set.name, instance, nic: null }];
  });
}

/** The number of the instance; null for the set itself, undefined for a name that is of neither. */
function instanceNamed(set: ScaleSet, name: string): string | null | undefined {
  if (same(name, set.name)) return null;
  const [, number] = same(name.slice(0, set.name.length), set.name)
    ? (/^_(\d+)$/.exec(name.slice(set.name.length)) ?? [])
    : [];
  if (number !== undefined) return number;
  const prefix = set.computerNamePrefix;
  const digits = name.slice(prefix.length);
  const isHost = same(name.slice(0, prefix.length), prefix) && /^[0-9a-z]{6}$/i.test(digits);
  return isHost ? String(Number.parseInt(digits, 36)) : undefined;
}
