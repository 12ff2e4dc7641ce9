import { lastPart } from "../text/last-part.ts";

const IN_SCALE_SET = /\/virtualMachineScaleSets\/([^/]+)\/virtualMachines\/([^/]+)\//i;

/** What messages call the NIC with this resource id: its name, or for a scale set's NIC its instance, `pool_12`. */
export function nicName(id: string): string {
  const [, scaleSet, instance] = IN_SCALE_SET.exec(id) ?? [];
  return scaleSet === undefined ? lastPart(id) : `${scaleSet}_${instance}`;
}
