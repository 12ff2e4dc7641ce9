import { formatPrefix } from "../net/prefix.ts";
import type { ServiceTagFile } from "../routes/annotation.ts";
import { RegionNames } from "./regions.ts";
import { serviceOfTag } from "./service-endpoints.ts";
import type { ServiceTag, TagCatalogue } from "./tag-catalogue.ts";
import { type TagFilter, tagTest } from "./tag-filter.ts";

/** A tag with the number of its prefixes. */
interface ListedTag {
  readonly name: string;
  readonly region: string | null;
  readonly systemService: string | null;
  readonly changeNumber: string | null;
  readonly networkFeatures: readonly string[];
  readonly prefixes: { readonly v4: number; readonly v6: number };
}

/** The JSON of `tags list -o json`. */
export interface TagListReport {
  readonly schemaVersion: "1.0";
  readonly tags: readonly ListedTag[];
  readonly serviceTagFile: ServiceTagFile;
}

/** The JSON of `tags show -o json`. */
export interface TagReport {
  readonly schemaVersion: "1.0";
  readonly tag: ListedTag & { readonly addressPrefixes: readonly string[] };
  readonly serviceTagFile: ServiceTagFile;
}

/** The names of the services that have tags. */
export function servicesOf(catalogue: TagCatalogue): readonly string[] {
  return [...new Set(catalogue.names().map(serviceOfTag))];
}

/** The names of the regions that have tags, synonyms included. */
export function regionsOf(catalogue: TagCatalogue): readonly string[] {
  return new RegionNames(catalogue.details()).all;
}

function counted({ prefixes, ...details }: ServiceTag): ListedTag {
  const v4 = prefixes.filter((prefix) => prefix.family === 4).length;
  return { ...details, prefixes: { v4, v6: prefixes.length - v4 } };
}

/** The tags that pass the filter, in the file's order. */
export function tagListReport(catalogue: TagCatalogue, filter: TagFilter): TagListReport {
  const tags = [...catalogue.tags()].filter(tagTest(filter, () => catalogue.details()));
  return { schemaVersion: "1.0", tags: tags.map(counted), serviceTagFile: catalogue.file };
}

/** One tag with every prefix. */
export function tagReport(tag: ServiceTag, serviceTagFile: ServiceTagFile): TagReport {
  const addressPrefixes = tag.prefixes.map(formatPrefix);
  return { schemaVersion: "1.0", tag: { ...counted(tag), addressPrefixes }, serviceTagFile };
}
