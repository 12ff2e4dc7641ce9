import { expect } from "vitest";
import { isRouteFileError } from "../../../src/routes/read/route-file-error.ts";

/** How to export a route table that is read whole, as the hints of refusals say it. */
export const EXPORT =
  "export it with: az network nic show-effective-route-table -g GROUP -n NIC -o json > routes.json, or in PowerShell: " +
  "Get-AzEffectiveRouteTable -ResourceGroupName GROUP -NetworkInterfaceName NIC | ConvertTo-Json -Depth 5 > routes.json";

/** The same for the table of a gateway. */
export const EXPORT_GATEWAY =
  "export it as JSON, e.g. az network vnet-gateway list-learned-routes -g GROUP -n GATEWAY -o json > gateway.json";

/** Checks that a text is refused with this code, message and hint; `origin` is what the message begins with. */
export async function expectRefusal(
  reading: Promise<unknown>,
  origin: string,
  refusal: { readonly code: string; readonly message: string; readonly hint: string },
): Promise<void> {
  const error = await reading.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!isRouteFileError(error)) throw new Error(`not refused: ${error}`);
  const { code, message, hint } = error;
  expect({ code, message, hint }).toEqual({ ...refusal, message: `${origin}: ${refusal.message}` });
}
