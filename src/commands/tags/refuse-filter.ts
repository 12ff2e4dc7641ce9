import type { TagDetails } from "../../service-tags/index/tag-index.ts";
import { RegionNames } from "../../service-tags/regions.ts";
import { serviceOfTag } from "../../service-tags/service-endpoints.ts";
import { tagTest } from "../../service-tags/tag-filter.ts";
import { nearNames } from "../../text/near-names.ts";
import { quotedText } from "../../text/quoted-text.ts";
import { UserError } from "../../text/user-error.ts";

/** The hint for a name that no tag has, nor a similar one. */
export const TAG_LIST = "vnet-explain tags list shows the service and region of every tag";

/**
 * Refuses a service that no tag has: an empty answer would hide the mistake.
 * @throws UserError with the near names.
 */
export function refuseUnknownService(service: string | undefined, tags: readonly TagDetails[]): void {
  if (service === undefined || tags.some(tagTest({ service }, () => tags))) return;
  const known = tags.flatMap(({ name, systemService }) => [serviceOfTag(name), systemService ?? []].flat());
  refuse("service", service, nearNames(service, known));
}

/**
 * The same for a region.
 * @throws UserError with the near names, synonyms included.
 */
export function refuseUnknownRegion(region: string | undefined, tags: readonly TagDetails[]): void {
  if (region === undefined) return;
  const regions = new RegionNames(tags);
  if (tags.some((tag) => regions.holds(region, tag))) return;
  refuse("region", region, nearNames(region, regions.all));
}

function refuse(kind: "service" | "region", typed: string, near: readonly string[]): never {
  throw new UserError(
    `unknown-${kind}`,
    `no service tag has ${kind} '${quotedText(typed, 40)}'`,
    near.length > 0 ? `did you mean: ${near.join(", ")}` : TAG_LIST,
  );
}
