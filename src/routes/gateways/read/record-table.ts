import { UserError } from "../../../text/user-error.ts";
import type { Fit } from "../../read/form.ts";
import type { RouteFileErrorCode } from "../../read/route-file-error.ts";
import type { RowKind } from "./row-kind.ts";
import type { Title } from "./titles.ts";

/** One row of a source: its fields under their own names. */
export interface TableRecord {
  /** What messages call it, e.g. "line 7". */
  readonly at: string;
  readonly fields: Readonly<Record<string, unknown>>;
  /** The instance, where the source groups rows by it. */
  readonly instance: string | null;
}

/** One table of a source, before its rows are read. */
export interface RecordTable {
  readonly title: Title;
  /** Null for a table without rows, whose kind only its title or its reader may know. */
  readonly rowKind: RowKind | null;
  readonly records: readonly TableRecord[];
  /** The columns of a table in text; null for JSON, where a missing field may be empty. */
  readonly headings: readonly string[] | null;
  /** The instances of a Route Server by which the rows are grouped; null for rows in one list. */
  readonly roles: readonly string[] | null;
  /** A remark on what is missing, else null. */
  readonly note: string | null;
}

/** A form in which people have such tables. `recognises` is a score: no form needs to know the others. */
export interface GatewayForm {
  /** Kebab case. Reports show it as the format of the table. */
  readonly name: string;
  /** How well a text fits. Never throws. Linear in the text. */
  recognises(text: string): Fit;
  /**
   * The tables in the text.
   * @throws UserError<RouteFileErrorCode>. Linear in the text.
   */
  tables(text: string): readonly RecordTable[] | Promise<readonly RecordTable[]>;
}

/** The field under which this program keeps what it knows of a table, beside Azure's answer. */
export const GATEWAY_TABLE_FIELD = "gatewayTable";

/** How to export such a table whole, for hints. */
export const HOW_TO_EXPORT =
  "export it as JSON, e.g. az network vnet-gateway list-learned-routes -g GROUP -n GATEWAY -o json > gateway.json";

/** The rejection of a text as the table of a router. */
export function rejection(
  code: RouteFileErrorCode,
  message: string,
  hint = HOW_TO_EXPORT,
): UserError<RouteFileErrorCode> {
  return new UserError<RouteFileErrorCode>(code, message, hint);
}
