import type { TagDetails } from "../../service-tags/index/tag-index.ts";
import { RegionNames } from "../../service-tags/regions.ts";
import { nearNames } from "../../text/near-names.ts";
import { quotedText } from "../../text/quoted-text.ts";
import { UserError } from "../../text/user-error.ts";

/**
 * Refuses a region that no tag has: an empty answer would hide the mistake.
 * @throws UserError with the near names, synonyms included.
 */
export function refuseUnknownRegion(region: string | undefined, tags: readonly TagDetails[]): void {
  if (region === undefined) return;
  const regions = new RegionNames(tags);
  if (tags.some((tag) => regions.holds(region, tag))) return;
  const near = nearNames(region, regions.all);
  throw new UserError(
    "unknown-region",
    `no service tag has region '${quotedText(region, 40)}'`,
    near.length > 0
      ? `did you mean: ${near.join(", ")}`
      : "vnet-explain tags list shows the service and region of every tag",
  );
}
