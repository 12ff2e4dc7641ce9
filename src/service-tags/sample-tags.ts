import { compileTags } from "./index/compile-tags.ts";
import { TagCatalogue } from "./tag-catalogue.ts";
import type { TagFileEntry } from "./tag-file.ts";

function tag(name: string, region: string | null, systemService: string | null, ...prefixes: string[]): TagFileEntry {
  return { name, region, systemService, changeNumber: null, networkFeatures: [], prefixes };
}

/** The tags that the embedded route tables need, as published on 2023-11-06. */
const TAGS: readonly TagFileEntry[] = [
  tag("AzureCloud", null, null, "191.239.200.0/22"),
  tag("AzureCloud.westeurope", "westeurope", null, "191.239.200.0/22"),
  tag("Storage", null, "AzureStorage", "191.235.255.192/26", "191.239.203.0/28"),
  tag("Storage.NorthEurope", "northeurope", "AzureStorage", "191.235.255.192/26"),
  tag("Storage.WestEurope", "westeurope", "AzureStorage", "191.239.203.0/28"),
];

/** The embedded excerpt of service tags. Its `file.note` says so. */
export function sampleTags(): TagCatalogue {
  return new TagCatalogue(
    compileTags({
      file: {
        cloud: "Public",
        changeNumber: "279",
        numbering: "weekly-file",
        file: "embedded sample",
        date: "2023-11-06",
        note: `An excerpt of Microsoft's file: ${TAGS.length} of its tags, with the prefixes that the sample routes need.`,
      },
      tags: TAGS,
    }),
  );
}
