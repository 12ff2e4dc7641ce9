import { formatPrefix, parsePrefix } from "../../net/prefix.ts";
import type { AnnotatedRoute, AnnotatedRouteTable } from "../../routes/annotation.ts";
import type { TagCatalogue } from "../../service-tags/tag-catalogue.ts";
import { diffTables, type TableDiff } from "./tables.ts";
import type { TouchedRoute } from "./tag-routes.ts";

/**
 * Predicts which addresses move once Azure updates the touched rows to the newer tag file. Each row gains and loses
 * the listed prefixes and keeps the name of its tag. Basis: "Microsoft manages the address prefixes encompassed by the
 * service tag and automatically updates the service tag as addresses change"
 * (https://learn.microsoft.com/azure/virtual-network/service-tags-overview). Cost: that of `diffTables`.
 */
export function movesOfTags(
  touched: readonly TouchedRoute[],
  annotated: AnnotatedRouteTable,
  newer: TagCatalogue,
): Pick<TableDiff, "moved" | "moves"> {
  const touches = new Map(touched.filter(({ touch }) => touch !== "overlap").map((each) => [each.row, each]));
  const routes = annotated.routes.map((row, at) => {
    const touch = touches.get(at);
    return touch === undefined ? row : updatedRow(row, touch);
  });
  const after = { ...annotated, routes, table: { ...annotated.table, routes: routes.map(({ route }) => route) } };
  const { moved, moves } = diffTables(annotated, after, newer);
  return { moved, moves };
}

/**
 * Returns the row with the newer prefixes of its tags. Its annotated prefixes stay those of before: a diff does not
 * read them.
 */
function updatedRow(
  { route, prefixes, serviceTag, serviceEndpoint }: AnnotatedRoute,
  { tags }: TouchedRoute,
): AnnotatedRoute {
  const removed = new Set(tags.flatMap((tag) => tag.removed));
  const added = [...new Set(tags.flatMap((tag) => tag.added))].map((text) => parsePrefix(text));
  const kept = route.addressPrefix.filter((prefix) => !removed.has(formatPrefix(prefix)));
  return { prefixes, serviceTag, serviceEndpoint, route: { ...route, addressPrefix: [...kept, ...added] } };
}
