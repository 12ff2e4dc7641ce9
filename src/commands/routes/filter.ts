import { tagHint } from "../../analysis/destinations/destination-set.ts";
import { unknownNextHopHint } from "../../analysis/expectation/unknown-next-hop.ts";
import { containedPrefix, type RouteFilter } from "../../routes/arrange-routes.ts";
import type { RouteTable } from "../../routes/effective-route.ts";
import { armName } from "../../routes/next-hop-types.ts";
import type { TagCatalogue } from "../../service-tags/tag-catalogue.ts";
import type { Cloud } from "../../store/tags/clouds.ts";
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
export function requireTag({ tag }: RouteFilter, table: RouteTable, tags: TagCatalogue | null, cloud?: Cloud): void {
  if (tag === undefined) return;
  if (tags === null) {
    if (!hasEndpointRows(table)) return;
    throw tagsMissingError("--tag needs service tags", cloud);
  }
  const isOfARow = table.routes.some((row) => row.destinationServiceTags.some((own) => same(own, tag)));
  if (isOfARow || tags.knows(tag)) return;
  throw new UserError("unknown-tag", `unknown service tag '${quotedText(tag)}'`, tagHint(tag, tags));
}

/** Azure's own values. A table may hold others. */
const SOURCES = ["Default", "User", "VirtualNetworkGateway", "Unknown"];
const STATES = ["Active", "Invalid"];

/**
 * Ensures that an empty result for `--source`, `--state` or `--next-hop` means that no row has the value, not that it
 * is misspelt.
 * @throws UserError
 */
export function requireKnownValues({ source, state, nextHop }: RouteFilter, { routes }: RouteTable): void {
  requireOneOf("source", source, [...SOURCES, ...routes.map((row) => row.source)]);
  requireOneOf("state", state, [...STATES, ...routes.map((row) => row.state)]);
  if (nextHop === undefined) return;
  const present = routes.map((row) => row.nextHopType);
  const hint = unknownNextHopHint(nextHop, present);
  if (hint !== null) throw new UserError("unknown-next-hop", `unknown next hop type '${quotedText(nextHop)}'`, hint);
}

function requireOneOf(option: "source" | "state", typed: string | undefined, known: readonly string[]): void {
  if (typed === undefined || known.some((name) => same(armName(name), armName(typed)))) return;
  const names = [...new Set(known)];
  const near = nearNames(typed, names);
  throw new UserError(
    `unknown-${option}`,
    `unknown ${option} '${quotedText(typed)}'`,
    near.length > 0 ? `did you mean: ${near.join(", ")}` : `one of: ${names.slice(0, 6).join(", ")}`,
  );
}
