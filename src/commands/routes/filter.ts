import { tagHint } from "../../analysis/destinations/destination-set.ts";
import { containedPrefix, type RouteFilter } from "../../routes/arrange-routes.ts";
import type { RouteTable } from "../../routes/effective-route.ts";
import { armName, NEXT_HOP_TYPES } from "../../routes/next-hop-types.ts";
import type { TagCatalogue } from "../../service-tags/tag-catalogue.ts";
import { nearNames } from "../../text/near-names.ts";
import { quotedText } from "../../text/quoted-text.ts";
import { same } from "../../text/same.ts";
import { UserError } from "../../text/user-error.ts";
import { tagsMissingError } from "../shared/tag-source.ts";

/** The options that filter rows. */
export interface FilterOptions {
  readonly source?: string | undefined;
  readonly nextHop?: string | undefined;
  readonly state?: string | undefined;
  readonly tag?: string | undefined;
  readonly contains?: string | undefined;
}

/**
 * The filter that the options describe.
 * @throws UserError
 */
export function filterOf({ source, nextHop, state, tag, contains }: FilterOptions): RouteFilter {
  return { source, nextHop, state, tag, contains: contains === undefined ? undefined : containedPrefix(contains) };
}

/** Whether the table has rows that only service tags can name. */
export function hasEndpointRows({ routes }: RouteTable): boolean {
  return routes.some(({ nextHopType }) => same(nextHopType, "VirtualNetworkServiceEndpoint"));
}

/**
 * Ensures that an empty result for `--tag` means that no row has the tag, not that it is unknown.
 * @throws UserError if the tags have no such tag, or if there are no tags.
 */
export function requireTag({ tag }: RouteFilter, table: RouteTable, tags: TagCatalogue | null): void {
  if (tag === undefined) return;
  if (tags === null) {
    if (!hasEndpointRows(table)) return;
    throw tagsMissingError("--tag needs service tags");
  }
  const isOfARow = table.routes.some((row) => row.destinationServiceTags.some((own) => same(own, tag)));
  if (isOfARow || tags.knows(tag)) return;
  throw new UserError("unknown-tag", `unknown service tag '${quotedText(tag)}'`, tagHint(tag, tags));
}

/**
 * Known names near to a filter value that no row has. Azure may add names at any time, so an unknown one is not an error.
 */
export function nearFilters({ source, state, nextHop }: RouteFilter, { routes }: RouteTable): readonly string[] {
  const near = (typed: string | undefined, known: readonly string[]) =>
    typed === undefined || known.some((name) => same(armName(name), armName(typed))) ? [] : nearNames(typed, known);
  return [
    ...near(source, [...routes.map((row) => row.source), "Default", "User", "VirtualNetworkGateway"]),
    ...near(state, [...routes.map((row) => row.state), "Active", "Invalid"]),
    ...near(nextHop, [...routes.map((row) => row.nextHopType), ...NEXT_HOP_TYPES]),
  ];
}
