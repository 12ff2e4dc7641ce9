import type { Prefix } from "../net/prefix.ts";
import { longestAround } from "../net/prefix-table.ts";
import type { SubnetEndpoint } from "../routes/subnet-facts.ts";
import { same } from "../text/same.ts";
import { nextLink, parentOf } from "./index/links.ts";
import { detailsOf, isAzureCloud, type TagIndex } from "./index/tag-index.ts";
import { endpointOfTag, regionOfTag } from "./service-endpoints.ts";

/** How a tag fits the prefixes of a row. */
interface Fit {
  readonly tag: number;
  /** The number of the row's prefixes in the tag's own list. */
  readonly equal: number;
  /** The number that lie in a prefix of the tag. */
  readonly held: number;
}

/** The tag that names a row, and the number of the row's prefixes that it holds. */
export interface RowName {
  readonly tag: number;
  readonly matched: number;
}

/**
 * How each tag that has any of the row's prefixes fits them. Cost: a search per prefix, and a step per tag around it.
 */
function fits({ table, columns, chains }: TagIndex, prefixes: readonly Prefix[]): readonly Fit[] {
  const found = new Map<number, { tag: number; equal: number; held: number; place: number }>();
  prefixes.forEach((prefix, place) => {
    for (let at = longestAround(table, columns, prefix); at >= 0; at = parentOf({ table, columns }, at)) {
      const isEqual = columns.length[at] === prefix.length ? 1 : 0;
      for (let i = chains.ofPrefix[at] ?? 0; i > 0; i = nextLink(chains, i)) {
        const tag = chains.tag[i] ?? 0;
        const fit = found.get(tag) ?? { tag, equal: 0, held: 0, place: -1 };
        // A shorter prefix of the same tag around this one counts no second time.
        if (fit.place === place) continue;
        fit.place = place;
        fit.held++;
        fit.equal += isEqual;
        found.set(tag, fit);
      }
    }
  });
  return [...found.values()];
}

/** The number of the tag's prefixes in the address families of the row. */
function sizeOf({ tagStart, v4OfTag }: TagIndex, tag: number, families: ReadonlySet<number>): number {
  const v4 = v4OfTag[tag] ?? 0;
  const v6 = (tagStart[tag + 1] ?? 0) - (tagStart[tag] ?? 0) - v4;
  return (families.has(4) ? v4 : 0) + (families.has(6) ? v6 : 0);
}

/**
 * Whether the subnet's endpoint covers the tag's region. An endpoint for single regions does not cover the global tag.
 */
function covers({ locations }: SubnetEndpoint, tag: string): boolean {
  return locations.some((location) => location === "*" || same(location, regionOfTag(tag)));
}

/** A row and a tag that share this part of their union are the same list, perhaps of different weeks. */
const SAME_LIST = 0.75;

/**
 * Names a service endpoint row by its whole prefix set: Azure fills a row with exactly the prefixes of one tag
 * (https://learn.microsoft.com/azure/virtual-network/service-tags-overview). The best match is an endpoint's tag with
 * the same list, apart from the changes of a few weeks. Else, for a row that is only partly visible, it is the tag
 * with most of its prefixes: by equal prefixes, then by containment, because global tags are summarised. Ties are
 * broken by an endpoint of the subnet (in the tag's region first), then any service with endpoints, then the smaller
 * tag. Null if no tag has any of the prefixes. Cost: a search per prefix.
 */
export function nameRow(
  index: TagIndex,
  prefixes: readonly Prefix[],
  endpoints: readonly SubnetEndpoint[] = [],
): RowName | null {
  const families = new Set(prefixes.map((prefix) => prefix.family));
  const ranked = fits(index, prefixes).flatMap((fit) => {
    const { name } = detailsOf(index, fit.tag);
    if (isAzureCloud(name)) return [];
    const size = sizeOf(index, fit.tag, families);
    const own = endpointOfTag(name, endpoints);
    const on = own === null ? undefined : endpoints.find(({ service }) => same(service, own));
    const endpoint =
      on === undefined ? Number(own !== null || index.endpointCapable[fit.tag] === 1) : 2 + Number(covers(on, name));
    const shared = endpoint > 0 ? fit.equal / (prefixes.length + size - fit.equal) : 0;
    return [{ ...fit, name, size, sameList: shared >= SAME_LIST ? shared : 0, endpoint }];
  });
  ranked.sort(
    (a, b) =>
      b.sameList - a.sameList ||
      b.equal - a.equal ||
      b.held - a.held ||
      b.endpoint - a.endpoint ||
      a.size - b.size ||
      (a.name < b.name ? -1 : 1),
  );
  const best = ranked[0];
  return best === undefined ? null : { tag: best.tag, matched: best.held };
}
