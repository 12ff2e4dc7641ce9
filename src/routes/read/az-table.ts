import type { Form } from "./form.ts";
import { dashHeadings, dashTables, isPowerShellHeading } from "./grid/dash-table.ts";
import { fitOfHeadings, tablesOf } from "./grid/grid.ts";

/**
 * The output of `az network nic show-effective-route-table -o table`, with the prompt, titles and remarks that a paste
 * has around it. It has no route names. All prefixes of a row are joined by blanks.
 */
export const azTable: Form<string> = {
  name: "az-table",
  recognises: (text) => fitOfHeadings(dashHeadings(text).filter((each) => !isPowerShellHeading(each))),
  tables: (text) => tablesOf(dashTables(text).filter(({ headings }) => !isPowerShellHeading(headings))),
};
