import { UNPRINTABLE } from "../text/unprintable.ts";
import type { TableData } from "./table-data.ts";

/** What the page's script reads: the tables by which it answers. */
export interface PageData {
  readonly tables: readonly { readonly label: string; readonly table: TableData }[];
}

/** The source that the compiled tags in a page name: both sides must agree on one. */
export const TAGS_IN_PAGE = "page";

/** Says how the data element's text is to be read. */
export type DataEncoding = "json" | "gzip";

/**
 * Returns JSON that can be the text of a `<script>` element: no `<`, which could end the element or open a comment, and
 * no unprintable characters, which could steer a terminal that the page is printed on.
 * https://html.spec.whatwg.org/multipage/scripting.html#restrictions-for-contents-of-script-elements
 */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value).replace(new RegExp(`[<${UNPRINTABLE}]`, "gu"), (char) =>
    Array.from({ length: char.length }, (_, at) => `\\u${char.charCodeAt(at).toString(16).padStart(4, "0")}`).join(""),
  );
}
