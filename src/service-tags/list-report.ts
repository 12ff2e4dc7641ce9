import { formatPrefix } from "../net/prefix.ts";
import type { ServiceTagFile } from "../routes/annotation.ts";
import { same } from "../routes/effective-route.ts";
import { serviceOfTag } from "./service-endpoints.ts";
import type { ServiceTag, TagCatalogue } from "./tag-catalogue.ts";

/** A tag with its prefixes counted. */
export interface ListedTag {
  readonly name: string;
  readonly region: string | null;
  readonly systemService: string | null;
  readonly changeNumber: string | null;
  readonly networkFeatures: readonly string[];
  readonly prefixes: { readonly v4: number; readonly v6: number };
}

/** What `tags list -o json` prints. */
export interface TagListReport {
  readonly schemaVersion: "1.0";
  readonly tags: readonly ListedTag[];
  readonly serviceTagFile: ServiceTagFile;
}

/** What `tags show -o json` prints. */
export interface TagReport {
  readonly schemaVersion: "1.0";
  readonly tag: ListedTag & { readonly addressPrefixes: readonly string[] };
  readonly serviceTagFile: ServiceTagFile;
}

/** Which tags to list; without case. */
export interface TagFilter {
  /** The service in the tag's name, or its system service. */
  readonly service?: string | undefined;
  /** Azure's region name, or the region in the tag's name. */
  readonly region?: string | undefined;
}

function counted({ prefixes, ...details }: ServiceTag): ListedTag {
  const v4 = prefixes.filter((prefix) => prefix.family === 4).length;
  return { ...details, prefixes: { v4, v6: prefixes.length - v4 } };
}

/** The tags that fit, in the file's order. */
export function tagListReport(catalogue: TagCatalogue, { service, region }: TagFilter): TagListReport {
  const tags = [...catalogue.tags()].filter(
    (tag) =>
      (service === undefined || same(serviceOfTag(tag.name), service) || same(tag.systemService ?? "", service)) &&
      (region === undefined ||
        same(tag.region ?? "", region) ||
        same(tag.name.slice(serviceOfTag(tag.name).length + 1), region)),
  );
  return { schemaVersion: "1.0", tags: tags.map(counted), serviceTagFile: catalogue.file };
}

/** One tag with every prefix. */
export function tagReport(tag: ServiceTag, serviceTagFile: ServiceTagFile): TagReport {
  const addressPrefixes = tag.prefixes.map(formatPrefix);
  return { schemaVersion: "1.0", tag: { ...counted(tag), addressPrefixes }, serviceTagFile };
}
