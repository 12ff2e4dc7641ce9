import { FIT, type Form, oneTable } from "../form.ts";
import { contentOf, fitOfRow, type JsonDocument } from "./document.ts";
import { renamedRow } from "./renamed-row.ts";

const FIELDS = ["address_prefix", "next_hop_type", "source", "state"];

const readSnakeCaseRow = renamedRow((field) =>
  field.replace(/(?<=[a-z0-9])_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
);

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
