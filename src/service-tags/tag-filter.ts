import { same } from "../text/same.ts";
import type { TagDetails } from "./index/tag-index.ts";
import { regionOfTag, serviceOfTag } from "./service-endpoints.ts";

/** The tags to keep. All given conditions must hold; case is ignored. */
export interface TagFilter {
  /** A tag. A global tag includes its regional ones. */
  readonly tag?: string | undefined;
  /** The service in the tag's name, or its system service. */
  readonly service?: string | undefined;
  /** Azure's region name, or the region in the tag's name. */
  readonly region?: string | undefined;
}

/** Whether the tag passes the filter. */
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
