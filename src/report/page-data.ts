import { UNPRINTABLE } from "../text/unprintable.ts";
import type { TableData } from "./table-data.ts";

/** The data of the page's script: the tables from which it answers. */
export interface PageData {
  readonly tables: readonly { readonly label: string; readonly table: TableData }[];
}

/** The source name in the compiled tags of a page. Writer and reader must use the same one. */
export const TAGS_IN_PAGE = "page";

/** The encoding of the data element's text. */
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
