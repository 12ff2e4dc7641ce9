import { firstAddress, type Prefix } from "../net/prefix.ts";
import { covering } from "../net/prefix-table.ts";
import { same } from "../routes/effective-route.ts";
import type { SubnetEndpoint } from "../routes/subnet-facts.ts";
import { endpointOfTag } from "./service-endpoints.ts";
import { isAzureCloud, type TagIndex } from "./tag-index.ts";

/** How a tag fits a row's prefixes. */
interface Fit {
  readonly tag: number;
  /** How many of the row's prefixes stand in the tag's own list. */
  equal: number;
  /** How many lie in one of the tag's prefixes. */
  held: number;
}

/** The tag that names a row, and how many of the row's prefixes it holds. */
export interface RowName {
  readonly tag: number;
  readonly matched: number;
}

/** The place of a prefix among the index's distinct ones, and of every one around it, longest first. */
export function prefixesAround(index: TagIndex, prefix: Prefix): number[] {
  const around: number[] = [];
  for (const at of covering(index.table, firstAddress(prefix))) {
    if ((index.columns.length[at] ?? 0) <= prefix.length) around.push(at);
  }
  return around;
}

function fits(index: TagIndex, prefixes: readonly Prefix[]): Fit[] {
  const byTag = new Map<number, Fit>();
  for (const prefix of prefixes) {
    const counted = new Set<number>();
    for (const at of prefixesAround(index, prefix)) {
      const equal = index.columns.length[at] === prefix.length;
      for (let i = index.prefixStart[at] ?? 0; i < (index.prefixStart[at + 1] ?? 0); i++) {
        const tag = index.tagsOfPrefix[i] ?? 0;
        if (counted.has(tag)) continue;
        counted.add(tag);
        const fit = byTag.get(tag) ?? { tag, equal: 0, held: 0 };
        byTag.set(tag, fit);
        fit.held++;
        if (equal) fit.equal++;
      }
    }
  }
  return [...byTag.values()].filter(({ tag }) => !isAzureCloud(index.tags.at(tag)?.name ?? ""));
}

/** How many of the tag's prefixes are of the families that the row has. */
function sizeOf(index: TagIndex, tag: number, families: ReadonlySet<number>): number {
  let size = 0;
  for (let i = index.tagStart[tag] ?? 0; i < (index.tagStart[tag + 1] ?? 0); i++) {
    if (families.has(index.columns.family[index.prefixesOfTag[i] ?? 0] ?? 0)) size++;
  }
  return size;
}

/** Whether the switched-on endpoint covers the tag's region; one of single regions does not give the global tag. */
function covers({ locations }: SubnetEndpoint, region: string | null): boolean {
  return locations.some((location) => location === "*" || (region !== null && same(location, region)));
}

/** Where row and tag share this much of what both have together, they are the same list, of different weeks at most. */
const SAME_LIST = 0.75;

/**
 * Names a service endpoint row by its whole prefix set: Azure fills a row with exactly the prefixes of one tag
 * (https://learn.microsoft.com/azure/virtual-network/service-tags-overview). Best is the endpoint's tag whose list is the row's, but
 * for what a few weeks change; else, for a row of which only a part is seen, the tag with most of its prefixes: first by equal
 * prefixes, then by containment, for global tags are summarised. At equal overlap an endpoint that the subnet has switched on,
 * in the tag's region above all, comes first, then any endpoint's service, then the smaller tag. Null where no tag has any of it. Cost: a search per prefix.
 */
export function nameRow(
  index: TagIndex,
  prefixes: readonly Prefix[],
  endpoints: readonly SubnetEndpoint[] = [],
): RowName | null {
  const families = new Set(prefixes.map((prefix) => prefix.family));
  const ranked = fits(index, prefixes).map((fit) => {
    const name = index.tags.at(fit.tag)?.name ?? "";
    const size = sizeOf(index, fit.tag, families);
    const shared = fit.equal / (prefixes.length + size - fit.equal);
    const own = endpointOfTag(name, endpoints);
    const on = endpoints.find(({ service }) => own !== null && same(service, own));
    const endpoint =
      on === undefined
        ? Number(own !== null || index.endpointCapable[fit.tag] === 1)
        : 2 + Number(covers(on, index.tags.at(fit.tag)?.region ?? null));
    return {
      ...fit,
      name,
      size,
      sameList: endpoint > 0 && shared >= SAME_LIST ? shared : 0,
      endpoint,
    };
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
