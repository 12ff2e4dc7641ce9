import { isRecord } from "../../../text/type-guards.ts";
import type { EffectiveRoute } from "../../effective-route.ts";
import { effectiveRouteFromArm } from "../arm-row.ts";
import { FIT, type Form, oneTable } from "../form.ts";
import { contentOf, fitOfRow, type JsonDocument } from "./document.ts";

const FIELDS = ["address_prefix", "next_hop_type", "source", "state"];

/**
 * The Python SDK's `as_dict()` as JSON: ARM's fields in snake_case.
 * https://learn.microsoft.com/python/api/azure-mgmt-network/azure.mgmt.network.models.effectiveroute
 */
export const snakeCaseJson: Form<JsonDocument> = {
  name: "python-sdk",
  recognises: ({ rows }) => {
    const fit = fitOfRow(rows?.[0], FIELDS);
    // ARM has source and state too.
    const hasOwnFields = fitOfRow(rows?.[0], FIELDS.slice(0, 2)) !== FIT.none;
    return fit === FIT.full ? FIT.full : hasOwnFields ? FIT.typical : FIT.none;
  },
  tables: (document) => oneTable(() => contentOf(document, readSnakeCaseRow)),
};

/** A row with fields in snake_case. Fields that ARM does not have are kept, in camelCase too. */
function readSnakeCaseRow(row: unknown, at: string): EffectiveRoute {
  if (!isRecord(row)) return effectiveRouteFromArm(row, at);
  return effectiveRouteFromArm(
    Object.fromEntries(Object.entries(row).map(([key, value]) => [camelCase(key), value])),
    at,
  );
}

function camelCase(name: string): string {
  return name.replace(/(?<=[a-z0-9])_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
