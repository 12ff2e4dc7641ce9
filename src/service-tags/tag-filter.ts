import { includesTag } from "../routes/includes-tag.ts";
import { same } from "../text/same.ts";
import type { TagDetails } from "./index/tag-index.ts";
import { RegionNames } from "./regions.ts";
import { serviceOfTag } from "./service-endpoints.ts";

/** The tags to keep. All given conditions must hold; case is ignored. */
export interface TagFilter {
  /** A tag. A global tag includes its regional ones. */
  readonly tag?: string | undefined;
  /** The service in the tag's name, or its system service. */
  readonly service?: string | undefined;
  /** Any name of a region: Azure's, the file's abbreviation or the display name. */
  readonly region?: string | undefined;
}

type FilteredTag = Pick<TagDetails, "name" | "region" | "systemService">;

type Known = () => Iterable<Pick<TagDetails, "name" | "region">>;

/**
 * The test of whether a tag passes the filter. `known` are the tags that the names of regions are learned from.
 * Cost: a pass over them where the filter has a region.
 */
export function tagTest({ tag, service, region }: TagFilter, known: Known): (each: FilteredTag) => boolean {
  const isOfRegion = region === undefined ? () => true : testOfRegion(region, known());
  return (each) =>
    (tag === undefined || includesTag(tag, each.name)) &&
    (service === undefined || same(serviceOfTag(each.name), service) || isOfSystem(each, service)) &&
    isOfRegion(each);
}

function testOfRegion(region: string, known: ReturnType<Known>): (each: FilteredTag) => boolean {
  const names = new RegionNames(known);
  return (each) => names.holds(region, each);
}

const isOfSystem = ({ systemService }: FilteredTag, service: string) =>
  systemService !== null && same(systemService, service);
