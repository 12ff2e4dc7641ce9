import { quotedText } from "../../text/quoted-text.ts";
import { UserError } from "../../text/user-error.ts";
import { FIT, type Form } from "./form.ts";
import type { Grid, GridRow } from "./grid/grid.ts";
import { fitOfHeadings, tablesOf } from "./grid/grid.ts";
import { otherGrid } from "./grid/other-grid.ts";
import { nameIn } from "./grid/titles.ts";
import { HOW_TO_EXPORT, type RouteFileErrorCode } from "./route-file-error.ts";

/** A property as Format-List prints it, padded to the longest name. */
const PROPERTY = /^(?<name>[A-Za-z][A-Za-z0-9]*)\s*:(?:\s(?<value>.*))?$/;

/** The output of `Get-AzEffectiveRouteTable | Format-List`: a property a line, a blank line between routes. */
export const powershellList: Form<string> = {
  name: "powershell-list",
  recognises: (text) => {
    const names = new Set<string>();
    for (const line of text.split("\n")) {
      const name = PROPERTY.exec(line.trimEnd())?.groups?.name;
      if (name !== undefined && names.size < 100) names.add(name);
    }
    // A single line such as "Source: here" is prose.
    const headings = [...names];
    // YAML begins its keys in lower case.
    const own = headings.filter((name) => /^[A-Z]/.test(name));
    const isKnown = names.has("AddressPrefix") || names.has("NextHopType") || otherGrid(own) !== null;
    return isKnown ? fitOfHeadings([headings]) : FIT.none;
  },
  tables: (text) => tablesOf(gridsIn(text)),
};

interface Route {
  readonly line: number;
  readonly properties: Map<string, string>;
}

/** A grid per title: lines that are neither properties nor continue one begin a new table. */
function gridsIn(text: string): readonly Grid[] {
  const tables: { title: string | null; routes: Route[] }[] = [{ title: null, routes: [] }];
  let route: (Route & { property: string }) | null = null;
  for (const [index, raw] of text.split("\n").entries()) {
    const line = raw.trimEnd();
    const { name, value = "" } = PROPERTY.exec(line)?.groups ?? {};
    const table = tables.at(-1);
    if (route !== null && /^\s/.test(line)) {
      const before: string = route.properties.get(route.property) ?? "";
      route.properties.set(route.property, before.endsWith(",") ? `${before} ${line.trim()}` : before + line.trim());
    } else if (name !== undefined && table !== undefined) {
      if (route === null || route.properties.has(name)) {
        route = { line: index + 1, properties: new Map(), property: name };
        table.routes.push(route);
      }
      route.properties.set(name, value.trim());
      route.property = name;
    } else {
      route = null;
      const title = nameIn(line);
      if (title !== null) tables.push({ title, routes: [] });
    }
  }
  return tables.filter(({ routes }) => routes.some(({ properties }) => properties.size > 1)).map(gridOf);
}

function gridOf({ title, routes }: { title: string | null; routes: readonly Route[] }): Grid {
  const headings = [...new Set(routes.flatMap(({ properties }) => [...properties.keys()]))];
  const rows: readonly GridRow[] = routes.map(({ line, properties }) => ({
    at: `line ${line}`,
    cells: headings.map((heading) => propertyOf(properties, heading, line)),
  }));
  return { title, headings, rows, leftOut: null };
}

/** @throws UserError where a route lacks a property that the others have: part of it was not pasted. */
function propertyOf(properties: ReadonlyMap<string, string>, heading: string, line: number): string {
  const value = properties.get(heading);
  if (value !== undefined) return value;
  throw new UserError<RouteFileErrorCode>(
    "row-unreadable",
    `the route at line ${line} has no ${quotedText(heading, 30)}`,
    `paste every property of every route; ${HOW_TO_EXPORT}`,
  );
}
