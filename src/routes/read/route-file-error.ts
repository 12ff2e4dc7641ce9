/** Why a text was refused as an effective route table. Closed, so that scripts and tests can tell the cases apart. */
export type RouteFileErrorCode =
  | "text-empty"
  | "text-encoding"
  | "text-binary"
  | "text-unrecognised"
  | "json-truncated"
  | "json-syntax"
  | "csv-truncated"
  | "csv-syntax"
  | "csv-columns"
  | "azure-error"
  | "partial-table"
  | "table-too-large"
  | "null-result"
  | "plain-value"
  | "security-rules"
  | "route-table-resource"
  | "service-tag-file"
  | "next-hop-result"
  | "network-interface"
  | "routes-report"
  | "not-effective-routes"
  | "route-shape"
  | "route-field"
  | "route-prefix-missing"
  | "route-prefix-masked"
  | "route-prefix-cut"
  | "route-prefix-invalid";

/** A text that was refused as an effective route table: `message` says what and why, `hint` says what to do next. */
export class RouteFileError extends Error {
  override readonly name = "RouteFileError";
  readonly code: RouteFileErrorCode;
  readonly hint: string;

  constructor(code: RouteFileErrorCode, message: string, hint: string) {
    super(message);
    this.code = code;
    this.hint = hint;
  }

  /** The same error, its message opened by the name of what was read. */
  of(name: string): RouteFileError {
    return new RouteFileError(this.code, `${name}: ${this.message}`, this.hint);
  }
}

/** The commands whose output this program reads, for hints. */
export const HOW_TO_EXPORT =
  "export it with: az network nic show-effective-route-table -g GROUP -n NIC -o json > routes.json";
