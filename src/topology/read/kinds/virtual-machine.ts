import { same } from "../../../text/same.ts";
import type { Fields } from "../fields.ts";
import type { ResourceKind } from "./kind.ts";

export const VIRTUAL_MACHINE: ResourceKind = {
  types: ["microsoft.compute/virtualmachines"],
  read(base, fields, draft) {
    const nics = fields.part("networkProfile")?.parts("networkInterfaces") ?? [];
    const primaryFirst = [...nics].sort((a, b) => Number(isPrimary(b)) - Number(isPrimary(a)));
    draft.add("virtualMachines", {
      ...base,
      powerState: powerState(fields),
      nicIds: primaryFirst.flatMap((nic) => nic.text("id") ?? []),
      scaleSetId: fields.reference("virtualMachineScaleSet"),
    });
  },
};

export const SCALE_SET: ResourceKind = {
  types: ["microsoft.compute/virtualmachinescalesets"],
  read(base, fields, draft) {
    draft.add("scaleSets", { ...base, orchestrationMode: fields.text("orchestrationMode") });
  },
};

function isPrimary(nic: Fields): boolean {
  return nic.flag("primary") === true;
}

/** The power state from Resource Graph, from the instance view, or as az and PowerShell print it (`VM deallocated`). */
function powerState(fields: Fields): string | null {
  const ofGraph = fields.part("extended")?.part("instanceView")?.part("powerState")?.text("code");
  const codes = fields
    .part("instanceView")
    ?.parts("statuses")
    .map((status) => status.text("code"));
  for (const text of [ofGraph, ...(codes ?? []), fields.text("powerState")]) {
    const [, state] = /^(?:PowerState\/|VM )(\w+)$/i.exec(text ?? "") ?? [];
    if (state !== undefined && !same(state, "unknown")) return state.toLowerCase();
  }
  return null;
}
