import { type Form, oneTable } from "../form.ts";
import { contentOf, fitOfRow, type JsonDocument } from "./document.ts";
import { renamedRow } from "./renamed-row.ts";

const FIELDS = ["AddressPrefix", "NextHopType", "Source", "State"];

const readPowerShellRow = renamedRow((field) => field.slice(0, 1).toLowerCase() + field.slice(1));

/**
 * The output of `Get-AzEffectiveRouteTable | ConvertTo-Json`: ARM's fields in PascalCase.
 * https://learn.microsoft.com/powershell/module/az.network/get-azeffectiveroutetable
 */
export const powershellJson: Form<JsonDocument> = {
  name: "powershell",
  recognises: ({ rows }) => fitOfRow(rows?.[0], FIELDS),
  tables: (document) => oneTable(() => contentOf(document, readPowerShellRow)),
};
