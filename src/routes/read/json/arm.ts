import { isRecord } from "../../../text/type-guards.ts";
import { effectiveRouteFromArm } from "../arm-row.ts";
import { FIT, type Form, oneTable } from "../form.ts";
import { contentOf, fitOfRow, type JsonDocument } from "./document.ts";

const FIELDS = ["addressPrefix", "nextHopType", "source", "state"];

/**
 * JSON of Azure Resource Manager and az: `{value, nextLink}`, a bare list, or one row. A list without rows is a table
 * without rows.
 */
export const armJson: Form<JsonDocument> = {
  name: "arm",
  recognises: ({ rows }) => {
    if (rows === null) return FIT.none;
    const [first] = rows;
    if (first === undefined) return FIT.full;
    return isRecord(first) ? fitOfRow(first, FIELDS) : FIT.partial;
  },
  tables: (document) => oneTable(() => contentOf(document, effectiveRouteFromArm)),
};
