import { isRecord } from "../../../text/type-guards.ts";
import type { EffectiveRoute } from "../../effective-route.ts";
import { effectiveRouteFromArm } from "../arm-row.ts";

/**
 * Returns a reader of rows whose fields have other names than ARM's; `armName` gives ARM's. Fields that ARM does not
 * have are kept, renamed too. `readRows` has checked that no field has two spellings.
 */
export function renamedRow(armName: (field: string) => string): (row: unknown, at: string) => EffectiveRoute {
  return (row, at) => {
    if (!isRecord(row)) return effectiveRouteFromArm(row, at);
    // fromEntries defines each field as the row's own, so a field named __proto__ stays a field.
    const fields = Object.entries(row).map(([field, value]) => [armName(field), value]);
    return effectiveRouteFromArm(Object.fromEntries(fields), at);
  };
}
