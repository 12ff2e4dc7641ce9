import { effectiveRouteFromArm, isRecord } from "./arm-row.ts";
import type { EffectiveRoute } from "./effective-route.ts";
import { quotedText } from "./quoted-text.ts";
import { RouteFileError } from "./route-file-error.ts";

/**
 * One object of `Get-AzEffectiveRouteTable | ConvertTo-Json`: ARM's fields in PascalCase. Fields that ARM does not have are
 * kept, in camelCase too.
 * https://learn.microsoft.com/powershell/module/az.network/get-azeffectiveroutetable
 * @throws RouteFileError as `effectiveRouteFromArm`. Linear in the row.
 */
export function readPowerShellRow(row: unknown, at: string): EffectiveRoute {
  if (!isRecord(row)) return effectiveRouteFromArm(row, at);
  const twice = spelledTwice(Object.keys(row));
  if (twice !== null) {
    throw new RouteFileError(
      "route-shape",
      `${at} has the field '${quotedText(twice)}' in two spellings`,
      "PowerShell writes each field once; export the table again",
    );
  }
  // fromEntries defines each field as the row's own, so that a field named __proto__ stays a field.
  return effectiveRouteFromArm(
    Object.fromEntries(Object.entries(row).map(([key, value]) => [camelCase(key), value])),
    at,
  );
}

/** The first name that comes a second time, once all are written in camelCase. */
function spelledTwice(keys: readonly string[]): string | null {
  const seen = new Set<string>();
  for (const key of keys) {
    const name = camelCase(key);
    if (seen.has(name)) return name;
    seen.add(name);
  }
  return null;
}

function camelCase(name: string): string {
  return name.slice(0, 1).toLowerCase() + name.slice(1);
}
