import { formatPrefix, parsePrefix } from "../../net/prefix.ts";
import type { AnnotatedRoute, AnnotatedRouteTable } from "../../routes/annotation.ts";
import type { TagCatalogue } from "../../service-tags/tag-catalogue.ts";
import { diffTables, type TableDiff } from "./tables.ts";
import type { TouchedRoute } from "./tag-routes.ts";

/**
 * What goes elsewhere once Azure has brought the touched rows to the newer lists: each gains and loses the prefixes that it is told to, and
 * keeps its tag's name. A prediction: "Microsoft manages the address prefixes encompassed by the service tag and automatically updates the
 * service tag as addresses change" (https://learn.microsoft.com/azure/virtual-network/service-tags-overview). Cost: as diffTables.
 */
export function movesOfTags(
  touched: readonly TouchedRoute[],
  annotated: AnnotatedRouteTable,
  newer: TagCatalogue,
): Pick<TableDiff, "moved" | "moves"> {
  const touches = new Map(touched.filter(({ touch }) => touch !== "overlap").map((each) => [each.row, each]));
  const routes = annotated.routes.map((row, at) => {
    const touch = touches.get(at);
    return touch === undefined ? row : broughtUpToDate(row, touch);
  });
  const after = { ...annotated, routes, table: { ...annotated.table, routes: routes.map(({ route }) => route) } };
  const { moved, moves } = diffTables(annotated, after, newer);
  return { moved, moves };
}

function broughtUpToDate(
  { route, prefixes, serviceTag, serviceEndpoint }: AnnotatedRoute,
  { tags }: TouchedRoute,
): AnnotatedRoute {
  const gone = new Set(tags.flatMap(({ removed }) => removed));
  const come = [...new Set(tags.flatMap(({ added }) => added))].map((text) => parsePrefix(text));
  const isKept = (text: string) => !gone.has(text);
  return {
    serviceTag,
    serviceEndpoint,
    route: {
      ...route,
      addressPrefix: [...route.addressPrefix.filter((prefix) => isKept(formatPrefix(prefix))), ...come],
    },
    prefixes: [
      ...prefixes.filter(({ prefix }) => isKept(formatPrefix(prefix))),
      ...come.map((prefix) => ({ prefix, serviceTag: serviceTag?.name ?? null })),
    ],
  };
}
