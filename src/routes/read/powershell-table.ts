import type { Form } from "./form.ts";
import { dashHeadings, dashTables, isPowerShellHeading } from "./grid/dash-table.ts";
import { fitOfHeadings, tablesOf } from "./grid/grid.ts";

/**
 * The output of `Get-AzEffectiveRouteTable | Format-Table`, wrapped cells included. PowerShell shows four elements of
 * a list by default, and cuts text that does not fit the window; such cells are rejected.
 * https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_preference_variables#formatenume
 * rationlimit
 */
export const powershellTable: Form<string> = {
  name: "powershell-table",
  recognises: (text) => fitOfHeadings(dashHeadings(text).filter(isPowerShellHeading)),
  tables: (text) => tablesOf(dashTables(text).filter(({ headings }) => isPowerShellHeading(headings))),
};
