import { isRecord } from "../../../text/type-guards.ts";
import type { EffectiveRoute } from "../../effective-route.ts";
import { effectiveRouteFromArm } from "../arm-row.ts";
import { type Form, oneTable } from "../form.ts";
import { contentOf, fitOfRow, type JsonDocument } from "./document.ts";

const FIELDS = ["AddressPrefix", "NextHopType", "Source", "State"];

/**
 * The output of `Get-AzEffectiveRouteTable | ConvertTo-Json`: ARM's fields in PascalCase.
 * https://learn.microsoft.com/powershell/module/az.network/get-azeffectiveroutetable
 */
export const powershellJson: Form<JsonDocument> = {
  name: "powershell",
  recognises: ({ rows }) => fitOfRow(rows?.[0], FIELDS),
  tables: (document) => oneTable(() => contentOf(document, readPowerShellRow)),
};

/**
 * Fields that ARM does not have are kept, in camelCase too. `readRows` has checked that no field has two spellings.
 */
function readPowerShellRow(row: unknown, at: string): EffectiveRoute {
  if (!isRecord(row)) return effectiveRouteFromArm(row, at);
  // fromEntries defines each field as the row's own, so a field named __proto__ stays a field.
  return effectiveRouteFromArm(
    Object.fromEntries(Object.entries(row).map(([key, value]) => [camelCase(key), value])),
    at,
  );
}

function camelCase(name: string): string {
  return name.slice(0, 1).toLowerCase() + name.slice(1);
}
