import { isRecord } from "../../text/type-guards.ts";
import type { EffectiveRoute } from "../effective-route.ts";
import { effectiveRouteFromArm } from "./arm-row.ts";

/**
 * One object of `Get-AzEffectiveRouteTable | ConvertTo-Json`: ARM's fields in PascalCase. Fields that ARM does not have are
 * kept, in camelCase too.
 * https://learn.microsoft.com/powershell/module/az.network/get-azeffectiveroutetable
 * The row has no field in two spellings: `routeTableFromJson` sees to that.
 * @throws RouteFileError as `effectiveRouteFromArm`. Linear in the row.
 */
export function readPowerShellRow(row: unknown, at: string): EffectiveRoute {
  if (!isRecord(row)) return effectiveRouteFromArm(row, at);
  // fromEntries defines each field as the row's own, so that a field named __proto__ stays a field.
  return effectiveRouteFromArm(
    Object.fromEntries(Object.entries(row).map(([key, value]) => [camelCase(key), value])),
    at,
  );
}

function camelCase(name: string): string {
  return name.slice(0, 1).toLowerCase() + name.slice(1);
}
