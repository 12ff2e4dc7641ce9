import { UserError } from "../../text/user-error.ts";

const OTHER_CONTENT_CODES = [
  "security-rules",
  "route-table-resource",
  "service-tag-file",
  "next-hop-result",
  "hub-routes",
  "gateway-routes",
  "peering",
  "system-routes",
  "network-interface",
  "routes-report",
] as const;

const CODES = [
  "text-empty",
  "text-encoding",
  "text-binary",
  "text-unrecognised",
  "text-ambiguous",
  "several-tables",
  "table-unknown",
  "columns-missing",
  "rows-missing",
  "row-unreadable",
  "cell-cut",
  "heading-missing",
  "counts-only",
  "prefixes-only",
  "json-truncated",
  "json-syntax",
  "csv-truncated",
  "csv-syntax",
  "csv-columns",
  "azure-error",
  "partial-table",
  "table-too-large",
  "null-result",
  "plain-value",
  ...OTHER_CONTENT_CODES,
  "not-effective-routes",
  "route-shape",
  "route-field",
  "states-unknown",
  "route-prefix-missing",
  "route-prefix-masked",
  "route-prefix-cut",
  "route-prefix-invalid",
] as const;

/**
 * Why a text was rejected as an effective route table. A closed set, so that scripts and tests can tell the cases
 * apart.
 */
export type RouteFileErrorCode = (typeof CODES)[number];

const OTHER_CONTENT: ReadonlySet<string> = new Set(OTHER_CONTENT_CODES);

/** Whether the text was recognised as something else, even if it has fields of a route table. */
export const isOtherContent = ({ code }: UserError<RouteFileErrorCode>): boolean => OTHER_CONTENT.has(code);

/** Whether the error is the rejection of a text as a route table. */
export function isRouteFileError(error: unknown): error is UserError<RouteFileErrorCode> {
  return error instanceof UserError && CODES.some((code) => code === error.code);
}

/** How to export a table that this program reads whole, for hints. */
export const HOW_TO_EXPORT =
  "export it with: az network nic show-effective-route-table -g GROUP -n NIC -o json > routes.json, or in PowerShell: " +
  "Get-AzEffectiveRouteTable -ResourceGroupName GROUP -NetworkInterfaceName NIC | ConvertTo-Json -Depth 5 > routes.json";
