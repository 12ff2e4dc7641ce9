import { same } from "../text/same.ts";
import type { TagDetails } from "./index/tag-index.ts";
import { regionOfTag, serviceOfTag } from "./service-endpoints.ts";

/** Which tags are meant; without case, all the conditions that are given must hold. */
export interface TagFilter {
  /** A tag; a global one stands for its regional ones too. */
  readonly tag?: string | undefined;
  /** The service in the tag's name, or its system service. */
  readonly service?: string | undefined;
  /** Azure's region name, or the region in the tag's name. */
  readonly region?: string | undefined;
}

/** Whether a tag is meant. */
export function fitsFilter(
  { name, region, systemService }: Pick<TagDetails, "name" | "region" | "systemService">,
  filter: TagFilter,
): boolean {
  const service = serviceOfTag(name);
  return (
    (filter.tag === undefined ||
      same(name, filter.tag) ||
      name.toLowerCase().startsWith(`${filter.tag.toLowerCase()}.`)) &&
    (filter.service === undefined || same(service, filter.service) || same(systemService ?? "", filter.service)) &&
    (filter.region === undefined || same(region ?? "", filter.region) || same(regionOfTag(name), filter.region))
  );
}
